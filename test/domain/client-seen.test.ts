import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { answer, assigned, judgeWire, notActivated, request } from './sample-judging.ts';
import { AT_SECONDS, failing, wireProduct, wireTarget } from './sample-record.ts';

const seenOf = (changes: Partial<WireRecord> = {}) => judgeWire(changes).seen;

describe('what of a record matters to other machines', () => {
  it('is its identity, its image, what it needs, and the host it reaches', () => {
    expect(seenOf()).toEqual({
      cmid: '9b1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10',
      imageId: 'ami-0abc',
      vpcId: 'vpc-1',
      build: 20_348,
      needs: 5,
      host: 'kms1.corp.example:1688',
      reached: true,
      recordIn: 'corp.example',
      asks: [{ domain: 'corp.example', gives: ['kms1.corp.example:1688'], isDirectory: true }],
    });
  });

  it('is what its resolver gave in each domain: hosts, none, or no answer at all', () => {
    const srv = [
      {
        d: 'corp.example',
        a: [
          [0, 0, 1688, 0],
          [10, 0, 1689, 0],
        ],
      },
      { d: 'lab.example', e: 'nxdomain' },
      { d: 'old.example', e: 'nodata' },
      { d: 'far.example', e: 'timeout' },
    ] as WireRecord['srv'];

    expect(seenOf({ srv })?.asks).toEqual([
      { domain: 'corp.example', gives: ['kms1.corp.example:1688', 'kms1.corp.example:1689'], isDirectory: true },
      { domain: 'lab.example', gives: [] },
      { domain: 'old.example', gives: [] },
      { domain: 'far.example' },
    ]);
    expect(seenOf({ srv })?.assigned).toBeUndefined();
    expect(seenOf(assigned({ tcp: 'timeout' }))?.assigned).toBe(true);
  });

  it('takes the network from the node where the machine itself does not know it', () => {
    expect(judgeWire({ aws: null }, { vpcId: 'vpc-node' }).seen?.vpcId).toBe('vpc-node');
    expect(judgeWire({}, { vpcId: 'vpc-node' }).seen?.vpcId).toBe('vpc-1');
  });

  it('leaves out what was not read, and has nothing where no record came', () => {
    const seen = seenOf({ svc: null, aws: null, os: null, srv: null, tgt: null, evt: null, prod: [failing()] });

    expect(seen).toEqual({});
    expect(judgeWire({ v: 2 } as unknown as Partial<WireRecord>).seen).toBeUndefined();
  });

  it('tells client Windows, which needs 25, and an image that keeps its CMID', () => {
    const os = { b: '22631.4460', ed: 'Enterprise', sku: 4, pt: 1, ui: 'en-US', role: 0 } as const;

    expect(seenOf({ os, reg: { skip: 1, nopub: null, list: [] } })).toMatchObject({ needs: 25, skipRearm: true });
  });

  it('is about the assigned host before all others', () => {
    const evt = { q: [request('00000000', 'kms1.corp.example:1688')], r: null };
    const seen = seenOf({ ...assigned({ tcp: 'timeout' }), evt });

    expect(seen).toMatchObject({ host: 'kms-old.corp.example:1688', reached: false });
  });

  it('is about the host that the cause names, of several', () => {
    const dead = wireTarget({ n: 'kms-dead.corp.example', ip: ['10.20.0.41'], tcp: 'timeout' });
    const deaf = wireTarget({ n: 'kms-deaf.corp.example', ip: ['10.20.0.42'], tcp: 'refused' });
    const seen = seenOf(
      notActivated({
        tgt: [deaf, dead],
        srv: [
          {
            d: 'corp.example',
            a: [
              [0, 0, 1688, 0],
              [0, 0, 1688, 1],
            ],
          },
        ],
        evt: { q: [request('C0020017', 'kms-deaf.corp.example:1688')], r: null },
      }),
    );

    expect(seen?.host).toBe('kms-dead.corp.example:1688');
  });

  it.each([
    ['C0020017', false],
    ['800706BA', false],
    ['8007232B', false],
    ['C004F074', false],
    ['C004F06C', true],
    ['00000000', true],
  ])('takes a newest attempt that ended with %s for reached: %s, where nothing was probed', (code, reached) => {
    expect(seenOf({ tgt: null, evt: { q: [request(code)], r: null } })?.reached).toBe(reached);
  });

  it('believes a probe of today before the newest attempt', () => {
    expect(seenOf({ evt: { q: [request('C0020017')], r: null } })?.reached).toBe(true);
  });

  it('keeps the count a host told, and what it refused with', () => {
    const evt = { q: [request('00000000')], r: answer('C004F038', 4) };

    expect(seenOf(notActivated({ evt }))).toMatchObject({
      counted: { count: 4, atMs: (AT_SECONDS - 99) * 1000 },
      refused: '0xC004F038',
    });
    expect(seenOf({ evt: { q: [request('C0020017')], r: null } })).not.toHaveProperty('refused');
  });

  it.each([
    ['127.0.0.2', 'loopback'],
    ['203.0.113.9', 'public-address'],
  ])('says that a host at %s, which the inspection left alone, is not ours', (ip, why) => {
    const target = wireTarget({ n: 'kms-old.corp.example', by: 'a', ip: [ip], skip: 'not-ours' });
    const { tcp: _tcp, bind: _bind, ...skipped } = target;

    expect(seenOf({ ...assigned({}), tgt: [skipped] })).toMatchObject({
      host: 'kms-old.corp.example:1688',
      notOurs: why,
    });
  });

  it('knows an assigned loopback address for what it is even when it was not probed', () => {
    expect(seenOf({ tgt: null, prod: [wireProduct({ kms: ['127.0.0.1', 0] })] })?.notOurs).toBe('loopback');
    expect(seenOf({ tgt: null, prod: [wireProduct({ kms: ['203.0.113.9', 0] })] })?.notOurs).toBeUndefined();
  });

  it('cuts a text that is no name, and reads an IPv6 address without its brackets', () => {
    expect(seenOf({ prod: [wireProduct({ kms: ['x'.repeat(900), 1688] })] })?.host).toHaveLength(255 + ':1688'.length);
    expect(seenOf({ prod: [wireProduct({ kms: ['[FD00:EC2::250]', 1688] })] })?.host).toBe('fd00:ec2::250:1688');
  });

  it('tells under which names clients may know a KMS host', () => {
    const svc = { ver: '10.0', cmid: '9b1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10', host: 1, cache: 1, rearm: 3 } as const;
    const adapters = [{ ip: ['10.20.4.17', 'fe80::1'], gw: [], dns: [], sfx: 'aws.corp.example' }];

    expect(seenOf({ svc, net: { if: adapters, sfx: 'corp.example', list: [] } })).toMatchObject({
      isHost: true,
      knownAs: ['fileserver-07', 'fileserver-07.corp.example', 'fileserver-07.aws.corp.example', '10.20.4.17'],
    });
  });
});
