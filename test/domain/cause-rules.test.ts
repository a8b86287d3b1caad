import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { answer, judgeWire, notActivated, request } from './sample-judging.ts';
import { AT_SECONDS, failing, wireRecord, wireTarget } from './sample-record.ts';

describe('the cause', () => {
  it.each<[string, Partial<WireRecord>]>([
    ['a probe that timed out', notActivated({ tgt: null, err: { tgt: 'timeout' } })],
    [
      'a lookup that timed out beside one without record',
      notActivated({
        srv: [
          { d: 'a.example', e: 'nxdomain' },
          { d: 'b.example', e: 'timeout' },
        ],
        tgt: [],
      }),
    ],
    [
      'domains that were left out',
      notActivated({ srv: [{ d: 'a.example', e: 'nxdomain' }], tgt: [], cut: { dom: 2 } }),
    ],
    [
      'a second target nobody tried',
      notActivated({
        srv: [
          {
            d: 'corp.example',
            a: [
              [0, 0, 1688, 0],
              [0, 0, 1688, 'kms2.corp.example'],
            ],
          },
        ],
        tgt: [wireTarget({ tcp: 'timeout' })],
      }),
    ],
    [
      'a target that is not ours',
      notActivated({ tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['8.8.8.8'], skip: 'not-ours' }] }),
    ],
    [
      'one of two targets being well',
      notActivated({
        srv: [
          {
            d: 'corp.example',
            a: [
              [0, 0, 1688, 0],
              [0, 0, 1688, 1],
            ],
          },
        ],
        tgt: [wireTarget({ tcp: 'timeout' }), wireTarget({ n: 'kms2.corp.example' })],
      }),
    ],
    [
      'a cached host that answers',
      notActivated({
        srv: [{ d: 'corp.example', e: 'nxdomain' }],
        tgt: [wireTarget({ by: 'd' })],
      }),
    ],
    [
      'a lookup of the target that timed out',
      notActivated({ tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', e: 'timeout' }] }),
    ],
    ['answers that were left out', notActivated({ tgt: [wireTarget({ tcp: 'timeout' })], cut: { srv: 2 } })],
    [
      'a DNS server that answers nobody while a target has an address',
      notActivated({ dns: [{ ip: '10.20.0.2', q: 'timeout', ping: 0 }] }),
    ],
    [
      'the count in an answer that activated',
      notActivated({ evt: { q: [], r: [AT_SECONDS - 99, '00000000', '00000000', 1, 3] } }),
    ],
    [
      'an answer to an earlier attempt',
      notActivated({
        evt: { q: [request('C004F074')], r: answer('C004F038', 3, '04000000', AT_SECONDS - 99_999) },
      }),
    ],
  ])('is not claimed from %s', (_what, changes) => {
    expect(judgeWire(changes).cause).toMatchObject({ kind: 'status-reason', code: '0xC004F074' });
  });

  it('is not a low count when the host answered with another error', () => {
    const evt: WireRecord['evt'] = { q: [request('00000000')], r: answer('C004F035', 0) };

    expect(judgeWire(notActivated({ evt })).cause).toMatchObject({ kind: 'status-reason', code: '0xC004F035' });
  });

  it('is not a silent host when probing reached it since: the code stands for itself', () => {
    const evt: WireRecord['evt'] = { q: [request('800706BA')], r: null };

    expect(judgeWire(notActivated({ evt })).cause).toMatchObject({ kind: 'status-reason', code: '0x800706BA' });
  });

  it('counts on a cached host only while caching is on', () => {
    const svc = { ...(wireRecord().svc as NonNullable<WireRecord['svc']>), cache: 0 as const };
    const changes = notActivated({ svc, srv: [{ d: 'corp.example', e: 'nxdomain' }], tgt: [wireTarget({ by: 'd' })] });

    expect(judgeWire(changes).cause).toMatchObject({ kind: 'no-srv-record' });
  });

  it('respects the lookup domain: other domains are not asked', () => {
    const prod = [failing({ look: 'Other.Example.' })];
    const srv: WireRecord['srv'] = [
      { d: 'corp.example', a: [[0, 0, 1688, 0]] },
      { d: 'other.example', e: 'nxdomain' },
    ];

    expect(judgeWire({ prod, srv }).cause).toMatchObject({ kind: 'lookup-domain-empty', subject: 'other.example' });
  });

  it.each<[string, Partial<WireRecord>, object]>([
    ['the key before the network', { prod: [], tgt: [wireTarget({ tcp: 'timeout' })] }, { kind: 'no-key' }],
    [
      'the network before the last attempt',
      notActivated({
        tgt: [wireTarget({ tcp: 'refused' })],
        evt: { q: [request('C004F06C')], r: null },
      }),
      { kind: 'target-refused' },
    ],
    [
      'the clock before the count',
      notActivated({
        clk: [20_000, 't'],
        evt: { q: [request('00000000')], r: answer('C004F038', 1) },
      }),
      { kind: 'clock-skew' },
    ],
    [
      'the attempt before the older status reason',
      notActivated({
        prod: [failing({ why: 'C004F038' })],
        evt: { q: [request('C004F042')], r: null },
      }),
      { kind: 'host-too-old' },
    ],
  ])('puts %s', (_what, changes, cause) => {
    expect(judgeWire(changes).cause).toMatchObject(cause);
  });
});
