import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { answer, judgeWire, notActivated, request } from './sample-judging.ts';
import { failing } from './sample-record.ts';

describe('the cause that clock, last attempt or status tell', () => {
  it.each<[string, Partial<WireRecord>, object]>([
    ['a clock five hours ahead', notActivated({ clk: [18_000, 't'] }), { kind: 'clock-skew' }],
    ['a clock five hours behind', notActivated({ clk: [-18_000, 't'] }), { kind: 'clock-skew' }],
    [
      'the inner code of a wrong clock',
      notActivated({ evt: { q: [request('C004F06C')], r: null } }),
      {
        kind: 'clock-skew',
        code: '0xC004F06C',
      },
    ],
    [
      'a host of an older generation',
      notActivated({ evt: { q: [request('00000000')], r: answer('C004F042', 0) } }),
      {
        kind: 'host-too-old',
        subject: 'kms1.corp.example',
        code: '0xC004F042',
      },
    ],
    [
      'a host that is not activated',
      notActivated({ evt: { q: [request('C004F041')], r: null } }),
      {
        kind: 'host-not-activated',
        subject: 'kms1.corp.example',
      },
    ],
    [
      'too few clients, by code',
      notActivated({ evt: { q: [request('00000000')], r: answer('C004F038', 3) } }),
      {
        kind: 'count-too-low',
        subject: 'kms1.corp.example',
      },
    ],
    [
      'too few clients, by flag',
      notActivated({ evt: { q: [request('00000000')], r: answer('00000000', 9, '04000008') } }),
      {
        kind: 'count-too-low',
      },
    ],
    [
      'too few clients, by the count',
      notActivated({ evt: { q: [request('00000000')], r: answer('00000000', 4) } }),
      {
        kind: 'count-too-low',
      },
    ],
    [
      'the count reason alone, when there are no events',
      notActivated({
        prod: [failing({ why: 'C004F038' })],
        evt: { q: [], r: null },
      }),
      { kind: 'count-too-low', code: '0xC004F038' },
    ],
    [
      'an RPC failure while probes are silent',
      notActivated({
        tgt: null,
        evt: { q: [request('800706BA', '[fd00::10]:1688')], r: null },
        err: { tgt: 'timeout' },
      }),
      { kind: 'target-no-answer', subject: 'fd00::10', code: '0x800706BA' },
    ],
    [
      'a target that says it is no KMS host',
      notActivated({ evt: { q: [request('C004F039')], r: null } }),
      { kind: 'target-not-kms', subject: 'kms1.corp.example', code: '0xC004F039' },
    ],
    [
      'no DNS server at the last attempt, when it could not be probed',
      notActivated({ srv: null, tgt: null, dns: null, evt: { q: [request('8007267C', '')], r: null } }),
      { kind: 'no-dns-server', code: '0x8007267C' },
    ],
    [
      'a record missing at the last attempt, when lookups could not be probed',
      notActivated({ srv: null, tgt: null, evt: { q: [request('8007232B', '')], r: null } }),
      { kind: 'no-srv-record', code: '0x8007232B' },
    ],
    [
      'DNS failing at the last attempt, when it could not be probed',
      notActivated({ srv: null, tgt: null, dns: null, evt: { q: [request('8007232A', '')], r: null } }),
      { kind: 'dns-server-silent', code: '0x8007232A' },
    ],
    [
      'a key that fits no edition of this build, as Windows says',
      notActivated({ prod: [failing({ why: 'C004F069', key: 'ABCDE' })], evt: { q: [], r: null } }),
      { kind: 'wrong-key', code: '0xC004F069' },
    ],
    [
      'a failing lookup',
      notActivated({ srv: [{ d: 'corp.example', e: 'servfail' }], tgt: [], evt: { q: [], r: null } }),
      {
        kind: 'status-reason',
        code: '0x8007232A',
      },
    ],
    [
      'a new machine without any attempt',
      notActivated({
        prod: [failing({ st: 2, min: 30_000, why: '4004F00C' })],
        evt: { q: [], r: null },
      }),
      { kind: 'never-reached-host', code: '0x4004F00C' },
    ],
    [
      'expired grace and no other clue',
      notActivated({ prod: [failing({ why: 'C004F009' })], evt: { q: [], r: null } }),
      {
        kind: 'status-reason',
        code: '0xC004F009',
      },
    ],
    [
      'an inner code instead of the symptom',
      notActivated({ evt: { q: [request('C004F035')], r: null } }),
      {
        kind: 'status-reason',
        code: '0xC004F035',
      },
    ],
  ])('is right for %s', (_what, changes, cause) => {
    expect(judgeWire(changes).cause).toMatchObject(cause);
  });
});
