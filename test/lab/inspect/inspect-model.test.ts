import { describe, expect, it } from 'vitest';
import { WIRE_LIMIT_BYTES, type WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { allCases, brokenCases, seededCases } from '../../powershell/cases.ts';
import { longCases } from '../../powershell/edge-cases.ts';
import { plainMachine, plainSurface } from '../../powershell/fixtures/plain-machine.ts';
import type { InspectCase } from '../../powershell/plain-case.ts';
import { targetCases } from '../../powershell/target-cases.ts';
import { inspect } from '../world/inspect-model.ts';
import { unpackLine, wireJson } from './line.ts';

const LINE_END_BYTES = 2;
const cases = allCases();

const run = ({ surface, run: options }: InspectCase) => inspect(surface, options);

const named = (list: readonly InspectCase[], name: string): WireRecord => {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return run(found).record;
};

const healthy = inspect(plainSurface(plainMachine()), { bind: 'all' }).record;

/** Keys whose value differs from the healthy machine's. */
const changed = (record: WireRecord): string[] =>
  Object.keys(record).filter((key) => {
    const at = key as keyof WireRecord;
    return JSON.stringify(record[at]) !== JSON.stringify(healthy[at]);
  });

describe('the model of KmsBot-Inspect', () => {
  it('prints at most 2,400 bytes of ASCII, whatever the machine', () => {
    for (const one of cases) {
      const { line } = run(one);

      expect(line.length + LINE_END_BYTES, one.name).toBeLessThanOrEqual(WIRE_LIMIT_BYTES);
      expect(line, one.name).toMatch(/^KMSBOT1Z? [ -~]+$/);
    }
  });

  it('prints the record it returns', () => {
    for (const one of cases) {
      const { line, record } = run(one);

      expect(wireJson(JSON.parse(unpackLine(line))), one.name).toBe(wireJson(record));
    }
  });

  it('takes less than a minute beyond its delayed start', () => {
    for (const one of cases) {
      const { seconds } = run({ ...one, run: { ...one.run, jitter: 0 } });

      expect(seconds, one.name).toBeLessThan(60);
    }
  });

  it('finds nothing to complain of on a healthy machine', () => {
    expect(healthy.err).toEqual({});
    expect(healthy.cut).toBeUndefined();
  });

  it.each([
    ['svc: invalid class', ['svc', 'err'], { svc: '80041010' }],
    ['svc: hangs', ['svc', 'err'], { svc: 'timeout' }],
    ['svc: no instance', ['svc', 'err'], { svc: 'missing' }],
    ['spp: hangs', ['spp', 'err'], { spp: 'timeout' }],
    ['rt: invalid class', ['rt', 'err'], { rt: '80041010' }],
    ['evt: access denied', ['evt', 'err'], { evt: '80070005' }],
    ['evt: hangs', ['evt', 'err'], { evt: 'timeout' }],
    ['imds: not there', ['aws', 'err'], { aws: 'timeout' }],
    ['imds: refused', ['aws', 'err'], { aws: '80131509' }],
    ['clk: nobody answers', ['clk', 'err'], { clk: 'timeout' }],
    ['os: hangs', ['os', 'err'], { os: 'timeout' }],
  ])('loses nothing else to "%s"', (name, keys, err) => {
    const record = named(brokenCases(), name);

    expect(changed(record)).toEqual(keys);
    expect(record.err).toEqual(err);
  });

  it('keeps the name of a machine whose CIM repository is broken', () => {
    expect(named(brokenCases(), 'computer: invalid class').name).toBe('web-01');
  });

  it('still asks the suffixes of the registry when the adapters cannot be read', () => {
    const record = named(brokenCases(), 'net: invalid class');

    expect(record.srv).toEqual(healthy.srv);
    expect(record.err).toEqual({ net: '80041010', dns: 'no-net' });
  });

  it.each([
    ['target at 127.0.0.1, known ', 'not-ours'],
    ['target at 169.254.1.1, known ', 'not-ours'],
    ['target at 169.254.169.250, known ', undefined],
    ['target at fd00:ec2::250, known ', undefined],
    ['target at fe80::1234, known ', 'not-ours'],
    ['target at 8.8.8.8, known ', 'not-ours'],
    ['target at 8.8.8.8, known 8.8.8.0/24', undefined],
    ['target at 8.8.8.8, known host.example', undefined],
    ['target at 127.0.0.1, known host.example 127.0.0.0/8', 'not-ours'],
    ['target at 100.100.1.1, known ', undefined],
    ['target at 172.32.0.1, known ', 'not-ours'],
  ])('with a %s, says skip: %s', (name, skip) => {
    const [target] = named(targetCases(), name).tgt ?? [];

    expect(target?.skip).toBe(skip);
    expect(target?.tcp).toBe(skip === undefined ? 'ok' : undefined);
  });

  it('binds only from the nodes it was told to', () => {
    const binds = (name: string) => named(targetCases(), name).tgt?.map(({ bind }) => bind);

    expect(binds('not among those that bind')).toEqual([undefined]);
    expect(binds('among those that bind')).toEqual(['ok']);
    expect(binds('named by its instance metadata')).toEqual(['ok']);
  });

  it('delays its start by a share of the jitter that depends on the node alone', () => {
    const surface = plainSurface(plainMachine());
    const delays = Array.from({ length: 200 }, (_, i) => inspect(surface, { jitter: 60, nodeId: `i-${i}` }).seconds);

    expect(inspect(surface, { jitter: 60, nodeId: 'i-7' }).seconds).toBe(delays[7]);
    expect(new Set(delays).size).toBeGreaterThan(30);
    expect(Math.max(...delays) - Math.min(...delays)).toBeLessThan(60);
  });

  it('reads every seeded machine without cutting anything', () => {
    for (const one of seededCases()) expect(run(one).record.cut, one.name).toBeUndefined();
  });

  it('keeps states, reasons, assignments and codes of the adversarial machine, and says what it dropped', () => {
    const { record, line } = run(longCases()[0] as InspectCase);

    expect(line).toMatch(/^KMSBOT1Z /);
    expect(Object.keys(record.cut ?? {})).toEqual(['srv', 'dom', 'tgt']);
    expect(record.prod).toHaveLength(6);
    for (const { why, kms } of record.prod ?? []) {
      expect(why).toBe('C004F056');
      expect(kms?.[0]).toMatch(/^[0-9a-z]{63}\.[0-9a-z]{63}\.example$/);
    }
    expect(record.evt?.q.map(([, code]) => code)).toEqual(['C004F074', 'C004F074', 'C004F074']);
    expect(record.name).toBe('経理部ファイルサーバー第一');
  });

  it('names a target where it was cut from the list', () => {
    const { record } = run(longCases()[1] as InspectCase);
    const kept = record.tgt?.length ?? 0;
    const references = (record.srv ?? []).flatMap(({ a }) => a ?? []).map(([, , , reference]) => reference);

    expect(references.some((reference) => typeof reference === 'string')).toBe(true);
    for (const reference of references) {
      if (typeof reference === 'number') expect(reference).toBeLessThan(kept);
      else expect(reference).toMatch(/\.example$/);
    }
  });
});
