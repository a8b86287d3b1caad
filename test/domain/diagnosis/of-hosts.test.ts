import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import type { DiagnosisFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { WireRecord, WireTarget } from '../../../bot/domain/inspection-wire.ts';
import { failing, wireTarget } from '../sample-record.ts';
import { asked, causeOf, failingDiagnosis, hostFacts, secondHost, wireHost, zone } from './sample-facts.ts';

const HOST = { name: 'kms1.corp.example', port: 1688, nodeId: 'i-0aaaaaaaaaaaaaaa1' };
const BARE = { name: 'kms1.corp.example', port: 1688 };
const KMS2 = { name: 'kms2.corp.example', port: 1688, nodeId: 'i-0aaaaaaaaaaaaaaa2' };
const role = wireHost().host ?? undefined;
const target = (changes: Partial<WireTarget>): Partial<WireRecord> => ({
  tgt: [wireTarget({ bind: undefined as never, ...changes })].map(({ bind, ...rest }) =>
    bind === undefined ? rest : { ...rest, bind },
  ),
  evt: { q: [], r: null },
});
const SILENT = target({ tcp: 'timeout' });
const REFUSED = target({ tcp: 'refused' });
const reach = (reached: number, failed: number): Partial<DiagnosisFacts> => ({
  fleet: { sameCmid: [], reach: [{ host: 'kms1.corp.example:1688', reached, failed }] },
});

describe('a diagnosis of a host that is not reached', () => {
  it.each<[string, Partial<WireRecord>, Partial<DiagnosisFacts>, DiagnosedCause]>([
    [
      'a path that is blocked, when the host listens and lets clients in',
      SILENT,
      {},
      { kind: 'path-blocked', host: HOST, address: '10.20.0.40' },
    ],
    [
      'the host’s firewall, when its rule is off',
      SILENT,
      { hosts: [hostFacts({ fw: { r: '', on: 'dpu', a: 'd' } })] },
      { kind: 'host-firewall-closed', host: HOST },
    ],
    [
      'the host’s firewall, when its rule holds in another profile',
      SILENT,
      { hosts: [hostFacts({ fw: { r: 'd', on: 'dpu', a: 'u' } })] },
      { kind: 'host-firewall-closed', host: HOST },
    ],
    [
      'a path, when the host’s firewall is off altogether',
      SILENT,
      { hosts: [hostFacts({ fw: { r: '', on: '', a: 'd' } })] },
      { kind: 'path-blocked', host: HOST, address: '10.20.0.40' },
    ],
    [
      'a stopped service',
      REFUSED,
      {
        hosts: [
          hostFacts({ spp: ['Stopped', 'Auto'], ...(role === undefined ? {} : { host: { ...role, tcp: 'refused' } }) }),
        ],
      },
      { kind: 'host-service-stopped', host: HOST },
    ],
    [
      'a port that the host left',
      REFUSED,
      { hosts: [hostFacts(role === undefined ? {} : { host: { ...role, p: 1700 } })] },
      { kind: 'record-wrong-port', target: 'kms1.corp.example', port: 1688, right: 1700, recordIn: 'corp.example' },
    ],
    [
      'a machine that is stopped',
      SILENT,
      { hosts: [hostFacts({}, { presence: { kind: 'not-running', instanceState: 'stopped' } })] },
      { kind: 'host-not-running', host: HOST, state: 'stopped' },
    ],
    [
      'a path, when others reach a host that nobody can ask',
      SILENT,
      { hosts: [], ...reach(4, 1) },
      { kind: 'path-blocked', host: BARE, address: '10.20.0.40' },
    ],
    [
      'silence, when nothing more is known of the host',
      SILENT,
      { hosts: [], knownHosts: ['kms1.corp.example'] },
      { kind: 'host-silent', host: BARE },
    ],
    ['refusal, when nothing more is known of the host', REFUSED, { hosts: [] }, { kind: 'host-refuses', host: BARE }],
    [
      'another service',
      target({ tcp: 'ok', bind: 'rejected' }),
      { hosts: [] },
      { kind: 'foreign-service', host: BARE, speaks: 'rpc' },
    ],
    [
      'no RPC at all',
      target({ tcp: 'ok', bind: 'other' }),
      { hosts: [] },
      { kind: 'foreign-service', host: BARE, speaks: 'other' },
    ],
    [
      'a cut, when the host answers itself',
      target({ tcp: 'ok', bind: 'closed' }),
      {},
      { kind: 'path-cut', host: HOST },
    ],
    ['a busy host', target({ tcp: 'ok', bind: 'busy' }), {}, { kind: 'host-busy', host: HOST }],
  ])('names %s', (_, wire, facts, cause) => {
    expect(causeOf(wire, facts)).toEqual(cause);
  });

  it('is sure of a blocked path only with the host’s own word', () => {
    expect(failingDiagnosis(SILENT).first?.confidence).toBe('sure');
    expect(failingDiagnosis(SILENT, { hosts: [], ...reach(4, 1) }).first?.confidence).toBe('likely');
  });

  it('rules out what the host’s own record speaks against', () => {
    const { runnersUp } = failingDiagnosis(SILENT);

    expect(runnersUp.filter(({ lessLikely }) => lessLikely === 'contradicted').map(({ cause }) => cause.kind)).toEqual([
      'host-service-stopped',
      'host-firewall-closed',
    ]);
  });

  it('does not blame a dead standby while the host in use answers', () => {
    const srv: WireRecord['srv'] = [
      {
        d: 'corp.example',
        a: [
          [0, 0, 1688, 0],
          [10, 0, 1688, 1],
        ],
      },
    ];
    const tgt = [wireTarget(), { n: 'kms-old.corp.example', p: 1688, by: 's', ip: ['10.20.0.99'], tcp: 'timeout' }];

    expect(causeOf({ srv, tgt, evt: asked('C004F074', 'kms-gone.example:1688') })).toEqual({
      kind: 'works-now',
      host: 'kms1.corp.example',
    });
  });

  it('names a record whose host is no more when another host would serve', () => {
    const srv: WireRecord['srv'] = [{ d: 'corp.example', a: [[0, 0, 1688, 0]] }];
    const tgt = [{ n: 'kms-old.corp.example', p: 1688, by: 's', ip: ['10.20.0.99'], tcp: 'timeout' }];
    const zones = [zone({ srv: [{ priority: 0, weight: 0, port: 1688, target: 'kms-old.corp.example' }] })];

    expect(causeOf({ srv, tgt, evt: { q: [], r: null } }, { zones })).toEqual({
      kind: 'record-names-dead-host',
      target: 'kms-old.corp.example',
      recordIn: 'corp.example',
      alive: HOST,
    });
  });
});

describe('a diagnosis of an assignment', () => {
  const to = (host: string, probe: Partial<WireTarget>, port = 1688): Partial<WireRecord> => ({
    prod: [failing({ kms: [host, port] })],
    tgt: [wireTarget(), { n: host, p: port, by: 'a', ...probe }],
    evt: { q: [], r: null },
  });

  it.each<[string, Partial<WireRecord>, DiagnosedCause]>([
    [
      'to a host that is no more',
      to('kms-old.corp.example', { ip: ['10.20.0.99'], tcp: 'timeout' }),
      { kind: 'assigned-to-dead-host', host: 'kms-old.corp.example', alive: HOST },
    ],
    [
      'to a name without address',
      to('kms-gone', { e: 'nxdomain' }),
      { kind: 'assigned-to-unknown-name', host: 'kms-gone' },
    ],
    ['to a URL', to('http://kms1', { e: 'invalid-name' }), { kind: 'assigned-malformed', host: 'http://kms1' }],
    [
      'to a port where nobody listens',
      to('kms1.corp.example', { ip: ['10.20.0.40'], tcp: 'timeout' }, 1689),
      { kind: 'assigned-wrong-port', host: 'kms1.corp.example', port: 1689, right: 1688 },
    ],
    [
      'to the machine itself',
      to('127.0.0.1', { ip: ['127.0.0.1'], skip: 'not-ours' }),
      { kind: 'unknown-host', host: '127.0.0.1', why: 'loopback' },
    ],
    [
      'to a public address',
      to('8.8.8.8', { ip: ['8.8.8.8'], skip: 'not-ours' }),
      { kind: 'unknown-host', host: '8.8.8.8', why: 'public-address' },
    ],
    [
      'to a name on the internet',
      to('kms.some.example', { ip: ['8.8.8.8'], skip: 'not-ours' }),
      { kind: 'unknown-host', host: 'kms.some.example', why: 'unknown-name' },
    ],
    [
      'to a print server',
      to('print.corp.example', { ip: ['10.20.0.77'], tcp: 'ok', bind: 'other' }),
      { kind: 'foreign-service', host: { name: 'print.corp.example', port: 1688 }, speaks: 'other' },
    ],
  ])('names one %s', (_, wire, cause) => {
    expect(causeOf(wire)).toEqual(cause);
  });

  it('leaves an assignment alone when its host is the one that DNS gives: then its address is missing', () => {
    const wire = {
      prod: [failing({ kms: ['kms1.corp.example', 1688] as [string, number] })],
      tgt: [{ n: 'kms1.corp.example', p: 1688, by: 'as', e: 'nxdomain' }],
      evt: { q: [], r: null },
    };

    const zones = [zone({ addresses: { 'kms1.corp.example': [] } })];

    expect(causeOf(wire, { zones })).toMatchObject({ kind: 'target-without-address', target: 'kms1.corp.example' });
  });

  it('blames the host itself where it is one of ours and another would do', () => {
    const srv: WireRecord['srv'] = [{ d: 'corp.example', a: [[0, 0, 1688, 1]] }];
    const tgt = [
      { n: 'kms1.corp.example', p: 1688, by: 'a', ip: ['10.20.0.40'], tcp: 'refused' },
      { n: 'kms2.corp.example', p: 1688, by: 's', ip: ['10.20.0.41'], tcp: 'ok', bind: 'ok' },
    ];
    const hosts = [
      hostFacts({ spp: ['Stopped', 'Auto'], ...(role === undefined ? {} : { host: { ...role, tcp: 'refused' } }) }),
      secondHost(),
    ];
    const diagnosis = failingDiagnosis(
      { prod: [failing({ kms: ['kms1.corp.example', 0] })], srv, tgt, evt: { q: [], r: null } },
      { hosts },
    );

    expect(diagnosis.first?.cause).toEqual({ kind: 'host-service-stopped', host: HOST });
    expect(diagnosis.runnersUp[0]?.cause).toEqual({
      kind: 'assigned-to-dead-host',
      host: 'kms1.corp.example',
      alive: KMS2,
    });
  });
});
