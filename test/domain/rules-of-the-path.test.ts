import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { assigned, judgeWire, notActivated, request } from './sample-judging.ts';
import { failing, wireTarget } from './sample-record.ts';

/** Assigned to port 1689, where probing gives the one; beside it the target that DNS names gives the other. */
const wrongPort = (asked: Parameters<typeof wireTarget>[0], named: Parameters<typeof wireTarget>[0]) =>
  notActivated({
    prod: [failing({ kms: ['kms1.corp.example', 1689] })],
    tgt: [wireTarget({ p: 1689, by: 'a', ...asked }), wireTarget(named)],
  });

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
        kind: 'no-dns-server',
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
      { kind: 'assigned-unresolved', subject: 'nowhere' },
    ],
    [
      'an assigned text that is no host name',
      notActivated({
        prod: [failing({ kms: ['http://kms-old.corp.example', 0] })],
        tgt: [{ n: 'http://kms-old.corp.example', p: 1688, by: 'a', e: 'invalid-name' }, wireTarget()],
      }),
      { kind: 'assigned-unresolved', subject: 'http://kms-old.corp.example' },
    ],
    [
      'an assigned host that is no KMS host',
      assigned({ bind: 'rejected' }),
      { kind: 'assigned-not-kms', subject: 'kms-old.corp.example' },
    ],
    [
      'an assigned host that said it is no KMS host',
      notActivated({
        prod: [failing({ kms: ['kms1.corp.example', 0] })],
        tgt: [wireTarget({ by: 'a' })],
        evt: { q: [request('C004F039')], r: null },
      }),
      { kind: 'assigned-not-kms', subject: 'kms1.corp.example', code: '0xC004F039' },
    ],
    [
      'a lookup domain without record, though another domain has one',
      notActivated({
        prod: [failing({ look: 'kms.corp.exmaple' })],
        srv: [
          { d: 'kms.corp.exmaple', e: 'nxdomain' },
          { d: 'corp.example', a: [[0, 100, 1688, 0]] },
        ],
      }),
      { kind: 'lookup-domain-empty', subject: 'kms.corp.exmaple' },
    ],
    [
      'an assigned port at which nothing answers, on a host that answers on its own',
      wrongPort({ tcp: 'refused' }, {}),
      { kind: 'assigned-wrong-port', subject: 'kms1.corp.example:1689' },
    ],
    [
      'an assigned port, where the same host is known by another name',
      wrongPort({ tcp: 'timeout' }, { n: 'kms.corp.example' }),
      { kind: 'assigned-wrong-port', subject: 'kms1.corp.example:1689' },
    ],
    [
      'an assigned port, where only another host answers',
      wrongPort({ tcp: 'timeout' }, { n: 'kms2.corp.example', ip: ['10.20.0.41'] }),
      { kind: 'assigned-host-dead', subject: 'kms1.corp.example' },
    ],
    [
      'an assigned port, where the host answers on no port',
      wrongPort({ tcp: 'timeout' }, { tcp: 'timeout' }),
      { kind: 'assigned-host-dead', subject: 'kms1.corp.example' },
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
