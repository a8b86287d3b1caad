import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { assigned, judgeWire, notActivated } from './sample-judging.ts';
import { failing, wireTarget } from './sample-record.ts';

describe('the cause that probing shows', () => {
  it.each<[string, Partial<WireRecord>, object]>([
    [
      'silent DNS servers',
      notActivated({
        dns: [{ ip: '10.20.0.2', q: 'timeout', ping: 0 }],
        srv: [{ d: 'corp.example', e: 'timeout' }],
        tgt: [],
      }),
      { kind: 'dns-server-silent', subject: '10.20.0.2' },
    ],
    [
      'no DNS server at all',
      notActivated({ dns: [], srv: [{ d: 'corp.example', e: '8007267C' }], tgt: [] }),
      {
        kind: 'dns-server-silent',
        code: '0x8007267C',
      },
    ],
    [
      'an assigned host that does not answer',
      assigned({ tcp: 'timeout' }),
      {
        kind: 'assigned-host-dead',
        subject: 'kms-old.corp.example',
      },
    ],
    ['an assigned host that refuses', assigned({ tcp: 'refused' }), { kind: 'assigned-host-dead' }],
    [
      'an assigned host nobody can resolve',
      notActivated({
        prod: [failing({ kms: ['nowhere', 0] })],
        tgt: [{ n: 'nowhere', p: 1688, by: 'a', e: 'nxdomain' }],
        srv: null,
      }),
      { kind: 'target-unresolved', subject: 'nowhere' },
    ],
    [
      'no record in any domain',
      notActivated({
        srv: [
          { d: 'eu-central-1.ec2-utilities.amazonaws.com', e: 'nxdomain' },
          { d: 'corp.example', e: '8007251D' },
        ],
        tgt: [],
      }),
      { kind: 'no-srv-record', subject: 'corp.example' },
    ],
    ['no domain to ask', notActivated({ srv: [], tgt: [] }), { kind: 'no-srv-record' }],
    [
      'a record whose target does not resolve',
      notActivated({ tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', e: 'nxdomain' }] }),
      {
        kind: 'target-unresolved',
        subject: 'kms1.corp.example',
      },
    ],
    [
      'a target that does not answer',
      notActivated({ tgt: [wireTarget({ tcp: 'timeout' })] }),
      {
        kind: 'target-no-answer',
        subject: 'kms1.corp.example',
      },
    ],
    [
      'a target that cannot be reached',
      notActivated({ tgt: [wireTarget({ tcp: 'unreachable' })] }),
      {
        kind: 'target-no-answer',
      },
    ],
    ['a target that refuses', notActivated({ tgt: [wireTarget({ tcp: 'refused' })] }), { kind: 'target-refused' }],
    [
      'a target that is no KMS host',
      notActivated({ tgt: [wireTarget({ bind: 'rejected' })] }),
      {
        kind: 'target-not-kms',
      },
    ],
  ])('is right for %s', (_what, changes, cause) => {
    expect(judgeWire(changes).cause).toMatchObject(cause);
  });
});
