import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import type { DiagnosisFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { failing, wireTarget } from '../sample-record.ts';
import { causeOf, failingDiagnosis, VPC, zone } from './sample-facts.ts';

const NOTHING: Partial<WireRecord> = { srv: [{ d: 'corp.example', e: 'nxdomain' }], tgt: [] };
const HOST = { name: 'kms1.corp.example', port: 1688, nodeId: 'i-0aaaaaaaaaaaaaaa1' };
const other = zone({ name: 'lab.example', zoneId: 'Z2', addresses: {} });

describe('a diagnosis of names', () => {
  it.each<[string, Partial<WireRecord>, Partial<DiagnosisFacts>, DiagnosedCause]>([
    [
      'a record that is nowhere',
      NOTHING,
      { zones: [zone({ srv: [] })] },
      { kind: 'record-missing', domain: 'corp.example', host: HOST },
    ],
    [
      'a zone that the machine’s network does not see',
      NOTHING,
      { zones: [zone({ vpcIds: ['vpc-2'] })] },
      { kind: 'zone-not-associated', zone: 'corp.example', zoneId: 'Z1', vpcId: VPC },
    ],
    [
      'a forwarding rule that beats the zone',
      NOTHING,
      { resolverRules: ['example', 'corp.example'] },
      { kind: 'resolver-differs', zone: 'corp.example', servers: [], ruleFor: 'corp.example' },
    ],
    [
      'a DNS server that does not ask the zone',
      {
        ...NOTHING,
        net: {
          if: [{ ip: ['10.20.4.17'], gw: ['10.20.4.1'], dns: ['10.9.9.9'], sfx: '' }],
          sfx: 'corp.example',
          list: [],
        },
      },
      {},
      { kind: 'resolver-differs', zone: 'corp.example', servers: ['10.9.9.9'] },
    ],
    [
      'a record of another type',
      NOTHING,
      { zones: [zone({ srv: [], otherTypes: ['TXT'] })] },
      { kind: 'record-of-wrong-type', domain: 'corp.example', host: HOST },
    ],
    [
      'a name without SRV record in a zone that is not in Route 53',
      { ...NOTHING, srv: [{ d: 'ad.example', e: 'nodata' }] },
      { zones: [] },
      { kind: 'record-of-wrong-type', domain: 'ad.example', host: HOST },
    ],
    [
      'a record in a domain that the machine never asks',
      { ...NOTHING, srv: [{ d: 'corp.exmaple', e: 'nxdomain' }] },
      {},
      { kind: 'suffix-without-record', domains: ['corp.exmaple'], recordIn: 'corp.example' },
    ],
    [
      'a lookup domain that is empty',
      { prod: [failing({ look: 'old.example' })], srv: [{ d: 'old.example', e: 'nxdomain' }], tgt: [] },
      {},
      { kind: 'lookup-domain-empty', domain: 'old.example', recordIn: 'corp.example' },
    ],
    [
      'DNS servers that are silent',
      { dns: [{ ip: '10.20.0.2', q: 'timeout', ping: 0 }], srv: [{ d: 'corp.example', e: 'timeout' }], tgt: [] },
      {},
      { kind: 'dns-server-silent', servers: ['10.20.0.2'] },
    ],
    [
      'DNS servers that fail',
      { dns: [{ ip: '10.20.0.2', q: 'servfail', ping: 0 }], srv: [{ d: 'corp.example', e: 'servfail' }], tgt: [] },
      {},
      { kind: 'dns-failing', domain: 'corp.example', code: '0x8007232A' },
    ],
    [
      'no DNS server',
      {
        ...NOTHING,
        net: { if: [{ ip: ['10.20.4.17'], gw: ['10.20.4.1'], dns: [], sfx: '' }], sfx: 'corp.example', list: [] },
        dns: [],
        srv: [{ d: 'corp.example', e: '8007267C' }],
      },
      {},
      { kind: 'no-dns-server' },
    ],
    [
      'a target without address',
      { tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', e: 'nxdomain' }] },
      { zones: [zone({ addresses: { 'kms1.corp.example': [] } })] },
      { kind: 'target-without-address', target: 'kms1.corp.example', recordIn: 'corp.example' },
    ],
    [
      'a zone that is not seen, when it holds the address of the host',
      { tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', e: 'nxdomain' }] },
      { zones: [zone({ vpcIds: ['vpc-2'] })] },
      { kind: 'zone-not-associated', zone: 'corp.example', zoneId: 'Z1', vpcId: VPC },
    ],
    [
      'a name that leads to another machine’s address',
      { tgt: [wireTarget({ ip: ['10.20.9.9'], tcp: 'timeout' })] },
      {},
      { kind: 'address-stale', host: 'kms1.corp.example', address: '10.20.9.9', right: '10.20.0.40' },
    ],
  ])('names %s', (_, wire, facts, cause) => {
    expect(causeOf({ evt: { q: [], r: null }, ...wire }, facts)).toEqual(cause);
  });

  it('does not take a record for missing where the host that it names elsewhere would not serve', () => {
    const wire = { ...NOTHING, srv: [{ d: 'corp.example', e: 'nxdomain' }] };
    const lab = { ...other, srv: [{ priority: 0, weight: 0, port: 1688, target: 'kms-lab.lab.example' }] };

    expect(causeOf(wire, { zones: [zone({ srv: [] }), lab] })).toMatchObject({
      kind: 'record-missing',
      domain: 'corp.example',
    });
  });

  it('says of a machine whose lookups were not read what its zone would answer, and is not sure', () => {
    const wire: Partial<WireRecord> = {
      srv: null,
      tgt: null,
      err: { srv: 'timeout', tgt: 'timeout' },
      evt: { q: [], r: null },
    };
    const diagnosis = failingDiagnosis(wire, { zones: [zone({ srv: [] })] });

    expect(diagnosis.first).toMatchObject({ cause: { kind: 'record-missing' }, confidence: 'likely' });
    expect(diagnosis.unseen).toContainEqual({ kind: 'probe', where: 'FILESERVER-07', probe: 'srv', why: 'timeout' });
  });

  it('needs no record while the cached host answers', () => {
    const prod: WireRecord['prod'] = [{ ...failing(), disc: ['kms1.corp.example', 1688, '10.20.0.40'] }];
    const wire = { ...NOTHING, prod, tgt: [wireTarget({ by: 'd' })] };

    expect(causeOf(wire, { zones: [zone({ srv: [] })] })).toEqual({ kind: 'works-now', host: 'kms1.corp.example' });
  });
});
