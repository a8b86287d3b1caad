import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WIRE_LIMIT_BYTES, type WireProduct, type WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { unpackLine, wireJson, wireLine } from './line.ts';

const LINE_END_BYTES = 2;

const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.constant('x'.repeat(9000)),
);
const guid = fc.uuid();
const uint32 = fc.nat({ max: 0xffffffff });
const hresult = uint32.map((value) => value.toString(16).toUpperCase().padStart(8, '0'));
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 40 });
const code = fc.constantFrom('timeout', 'missing', '80041010', 'http-404');

const product: fc.Arbitrary<WireProduct> = fc.record(
  {
    id: guid,
    app: fc.constantFrom('w', 'o', '59a52881-a989-479d-af46-f275c6370663'),
    fam: text,
    ch: text,
    key: fc.constant('ABCDE'),
    st: fc.nat(6),
    why: hresult,
    min: uint32,
    vt: fc.nat(3),
    ve: fc.nat(3),
    kms: fc.tuple(text, uint32),
    look: text,
    disc: fc.tuple(text, uint32, text),
  },
  { requiredKeys: ['id', 'app', 'fam', 'ch', 'key', 'st', 'why', 'min', 'vt', 've'] },
);

const keys = [
  'os',
  'aws',
  'svc',
  'prod',
  'spp',
  'reg',
  'net',
  'dns',
  'srv',
  'tgt',
  'clk',
  'evt',
  'rt',
  'host',
  'fw',
  'req',
  'pub',
] as const;

const flag = fc.constantFrom(0 as const, 1 as const);
const hostParts = {
  host: fc.record({
    n: uint32,
    need: uint32,
    rq: fc.tuple(uint32, uint32, uint32, uint32, uint32, uint32, uint32, uint32),
    iv: fc.tuple(uint32, uint32),
    p: fc.nat(65_535),
    pub: flag,
    low: flag,
    tcp: code,
    bind: code,
  }),
  fw: fc.record({ r: fc.constant('dpu'), on: fc.constant('dpu'), a: fc.constant('d') }),
  req: fc.record({
    s: uint32,
    ok: flag,
    n: fc.nat(1_000_000),
    c: fc.nat(100_000),
    w: fc.nat(100_000),
    d: fc.array(fc.nat(100_000), { maxLength: 30 }),
    f: fc.array(fc.tuple(hresult, fc.nat(1_000_000), uint32), { maxLength: 8 }),
    dup: fc.array(fc.tuple(guid, fc.nat(10_000), fc.array(text, { maxLength: 3 })), { maxLength: 5 }),
  }),
  pub: fc.record({ ok: fc.tuple(uint32, text), no: fc.tuple(uint32, hresult, text) }),
};

const recordOf: fc.Arbitrary<WireRecord> = fc.record({
  v: fc.constant(1 as const),
  at: uint32,
  name: text,
  os: fc.record({ b: text, ed: text, sku: uint32, pt: fc.nat(3), ui: text, role: fc.nat(5) }),
  aws: fc.record({ ami: text, vpc: text, bp: many(text) }),
  svc: fc.record({
    ver: text,
    cmid: guid,
    host: fc.constantFrom(0 as const, 1 as const),
    cache: fc.constantFrom(0 as const, 1 as const),
    rearm: uint32,
    kms: fc.tuple(text, uint32),
    look: text,
  }),
  prod: many(product),
  spp: fc.tuple(text, text),
  reg: fc.record({ skip: uint32, nopub: uint32, list: many(text) }),
  net: fc.record({
    if: many(fc.record({ ip: many(text), gw: many(text), dns: many(text), sfx: text })),
    sfx: text,
    list: many(text),
  }),
  dns: many(fc.record({ ip: text, q: code, ping: fc.constantFrom(0 as const, 1 as const) })),
  srv: many(fc.record({ d: text, a: many(fc.tuple(uint32, uint32, uint32, fc.constant(0))) })),
  tgt: fc.array(fc.record({ n: text, p: uint32, by: fc.constant('sadz'), ip: many(text), tcp: code, bind: code }), {
    minLength: 1,
    maxLength: 16,
  }),
  clk: fc.tuple(fc.integer(), text),
  evt: fc.record({
    q: fc.array(fc.tuple(uint32, hresult, text), { maxLength: 3 }),
    r: fc.tuple(uint32, hresult, hresult, fc.nat(1), uint32),
  }),
  rt: many(fc.tuple(text, text, uint32, uint32)),
  ...hostParts,
  err: fc.dictionary(fc.constantFrom(...keys), code),
});

describe('the line', () => {
  it('has room for any record', () => {
    fc.assert(
      fc.property(recordOf, (record) => {
        const { line } = wireLine(record);

        expect(line.length + LINE_END_BYTES).toBeLessThanOrEqual(WIRE_LIMIT_BYTES);
        expect(line).toMatch(/^[ -~]+$/);
      }),
      { numRuns: 60 },
    );
  });

  it('never drops probe errors, event codes, or states and reasons of the first products', () => {
    fc.assert(
      fc.property(recordOf, (full) => {
        const { record } = wireLine(full);

        expect(record.err).toEqual(full.err);
        expect(record.evt?.q.map(([at, why]) => [at, why])).toEqual(full.evt?.q.map(([at, why]) => [at, why]));
        expect(record.evt?.r).toEqual(full.evt?.r);
        const states = (products: readonly WireProduct[] | null) =>
          products?.slice(0, 2).map(({ id, st, why, min }) => [id, st, why, min]);
        expect(states(record.prod)).toEqual(states(full.prod));
        expect(record.host).toEqual(full.host);
        const withoutNames = (req: WireRecord['req']) => ({
          ...req,
          dup: req?.dup.map(([cmid, count]) => [cmid, count]),
        });
        expect(withoutNames(record.req)).toEqual(withoutNames(full.req));
      }),
      { numRuns: 40 },
    );
  });

  it('says that something was dropped whenever something was', () => {
    fc.assert(
      fc.property(recordOf, (full) => {
        const { record } = wireLine(full);
        const { cut, ...rest } = record;

        expect(cut === undefined).toBe(wireJson(rest) === wireJson(full));
      }),
      { numRuns: 40 },
    );
  });

  it('gives back every text as it was, in ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const json = wireJson(value);

        expect(JSON.parse(json)).toBe(value);
        expect(json).toMatch(/^[ -~]*$/);
      }),
    );
  });

  it.each([
    ['a quote and a backslash', '"\\', '"\\"\\\\"'],
    ['a line end', '\r\n', '"\\u000d\\u000a"'],
    ['DEL', '\u007f', '"\\u007f"'],
    ['Japanese', '経理', '"\\u7d4c\\u7406"'],
    ['half a surrogate pair', '\ud83d', '"\\ud83d"'],
  ])('escapes %s', (_, value, json) => {
    expect(wireJson(value)).toBe(json);
  });

  it('refuses to unpack what is not ours', () => {
    expect(() => unpackLine('KMSBOT2 {}')).toThrow('not a record');
  });
});
