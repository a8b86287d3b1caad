import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { judgeWire, notActivated, os } from './sample-judging.ts';
import { failing, wireProduct } from './sample-record.ts';

describe('the cause that lies in the machine itself', () => {
  it.each<[string, Partial<WireRecord>, object]>([
    ['no key at all', { prod: [] }, { kind: 'no-key' }],
    ['only Office has a key', { prod: [wireProduct({ app: 'o' })] }, { kind: 'no-key' }],
    [
      'an evaluation edition',
      { os: os({ ed: 'ServerStandardEval' }), prod: [wireProduct({ ch: 'TIMEBASED_EVAL' })] },
      { kind: 'evaluation-edition' },
    ],
    [
      'a MAK that is not activated',
      notActivated({ prod: [failing({ ch: 'VOLUME_MAK', why: 'C004C020' })] }),
      {
        kind: 'other-channel',
        subject: 'mak',
        code: '0xC004C020',
      },
    ],
    ['a retail key', notActivated({ prod: [failing({ ch: 'RETAIL' })] }), { kind: 'other-channel', subject: 'retail' }],
    [
      'a channel nobody knows',
      notActivated({ prod: [failing({ ch: 'NEW_THING' })] }),
      {
        kind: 'other-channel',
        subject: 'unknown',
      },
    ],
    [
      'a KMS host that is not activated itself',
      notActivated({ prod: [failing({ ch: 'VOLUME_KMS_WS22' })] }),
      {
        kind: 'host-not-activated',
        subject: 'FILESERVER-07',
      },
    ],
    [
      'the key of another edition',
      notActivated({ os: os({ ed: 'ServerDatacenter' }) }),
      {
        kind: 'wrong-key',
        subject: 'Windows Server 2022 Standard',
      },
    ],
    [
      'activation by Active Directory only',
      notActivated({ prod: [failing({ ve: 1 })] }),
      {
        kind: 'kms-disabled',
        subject: 'active-directory',
      },
    ],
    [
      'a service that is disabled',
      notActivated({ spp: ['Stopped', 'Disabled'] }),
      { kind: 'status-reason', code: '0x80070422' },
    ],
  ])('is right for %s', (_what, changes, cause) => {
    expect(judgeWire(changes).cause).toMatchObject(cause);
  });
});
