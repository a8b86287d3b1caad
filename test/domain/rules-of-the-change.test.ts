import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { answer, diagnose, judgeWire, notActivated, request } from './sample-judging.ts';
import { failing, wireProduct, wireTarget } from './sample-record.ts';

const attempt = (code: string, host: string): Partial<WireRecord> => ({ evt: { q: [request(code, host)], r: null } });

describe('a machine that has not tried since', () => {
  it.each<[string, Partial<WireRecord>]>([
    ['its assignment was cleared', notActivated(attempt('800706BA', 'kms-old.corp.example:1688'))],
    ['an assigned port was cleared', notActivated(attempt('800706BA', 'kms1.corp.example:1689'))],
    [
      'an assigned host that is not activated was cleared',
      notActivated(attempt('C004F041', 'kms-new.corp.example:1688')),
    ],
    ['its record was published', notActivated(attempt('8007232B', ''))],
    [
      'it was assigned to a host that answers',
      notActivated({
        prod: [failing({ kms: ['kms1.corp.example', 0] })],
        tgt: [wireTarget({ by: 'a' })],
        srv: null,
        ...attempt('800706BA', 'kms-old.corp.example:1688'),
      }),
    ],
    [
      'the host that had counted too few was replaced',
      notActivated({ evt: { q: [request('00000000', 'kms-lab.lab.example:1688')], r: answer('C004F038', 3) } }),
    ],
  ])('is told so when %s', (_what, changes) => {
    expect(judgeWire(changes)).toMatchObject({
      cause: { kind: 'not-tried-since', subject: 'kms1.corp.example' },
      next: diagnose,
    });
  });

  it('is told so of renewals too', () => {
    const prod = [failing({ st: 1, why: '4004F040', min: 200_000, vt: 2 })];

    expect(judgeWire({ prod, ...attempt('800706BA', 'kms-old.corp.example:1688') }).cause).toMatchObject({
      kind: 'renewals-missed',
      detail: 'not-tried-since',
      subject: 'kms1.corp.example',
    });
  });

  it.each<[string, Partial<WireRecord>, object]>([
    [
      'the event names the same host by its address',
      notActivated(attempt('C004F041', '10.20.0.40:1688')),
      { kind: 'host-not-activated' },
    ],
    [
      'the event names the same host by its first label',
      notActivated(attempt('C004F041', 'KMS1:1688')),
      { kind: 'host-not-activated' },
    ],
    [
      'the newest attempt asked one of its hosts as well',
      notActivated({
        evt: { q: [request('800706BA', 'kms-old.corp.example:1688'), request('C004F041')], r: null },
      }),
      { kind: 'host-not-activated', subject: 'kms1.corp.example' },
    ],
    [
      'no host it would ask answers',
      notActivated({ tgt: [wireTarget({ tcp: 'timeout' })], ...attempt('C004F041', 'kms-old.corp.example:1688') }),
      { kind: 'target-no-answer' },
    ],
    [
      'its DNS could not be read',
      notActivated({ srv: null, ...attempt('C004F041', 'kms-old.corp.example:1688') }),
      { kind: 'host-not-activated' },
    ],
    [
      'some hosts were left out of the record',
      notActivated({ cut: { tgt: 1 }, ...attempt('C004F041', 'kms-old.corp.example:1688') }),
      { kind: 'host-not-activated' },
    ],
    [
      'the event log tells of no attempt',
      notActivated({ prod: [failing({ why: 'C004F038' })], evt: { q: [], r: null } }),
      { kind: 'count-too-low' },
    ],
    [
      'the key would fail any attempt',
      notActivated({ evt: { q: [request('C004F069', 'kms-old.corp.example:1688')], r: null } }),
      { kind: 'wrong-key' },
    ],
    [
      'the attempt asked the cached host',
      notActivated({
        prod: [wireProduct({ ...failing(), disc: ['kms9.corp.example', 1688, '10.20.0.49'] })],
        ...attempt('C004F041', 'kms9.corp.example:1688'),
      }),
      { kind: 'host-not-activated', subject: 'kms9.corp.example' },
    ],
  ])('is not assumed when %s', (_what, changes, cause) => {
    expect(judgeWire(changes).cause).toMatchObject(cause);
  });
});
