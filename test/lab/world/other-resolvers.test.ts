import { describe, expect, it } from 'vitest';
import type { LabDnsServer } from './types.ts';
import { worldUnderTest } from './world-under-test.ts';

const CORP = 'vpc-0a1c0e5d2b7f4a601';
const SERVER = '10.20.5.53';
const RECORD = '_vlmcs._tcp.corp.example';

/** What web-01 gets when it asks that server. */
function asked(server: Omit<LabDnsServer, 'address'>) {
  const lab = worldUnderTest();
  lab.world.state.dnsServers = [{ address: SERVER, ...server }];
  return lab.world.surface(lab.machine('web-01').id).dns(RECORD, 'SRV', SERVER);
}

/** What the resolver of the corporate VPC answers where a rule for that domain names these servers. */
function forwarded(domain: string, servers: string[], name = RECORD) {
  const lab = worldUnderTest();
  lab.world.state.dnsServers = [{ address: SERVER, vpc: '' }];
  for (const vpc of lab.world.state.vpcs) {
    if (vpc.id === CORP) vpc.resolverRules = [{ id: 'rslvr-rr-1', name: 'rule', domain, servers }];
  }
  return lab.world.resolve(name, 'SRV', CORP);
}

describe('a DNS server of another kind', () => {
  it.each([
    [{ vpc: CORP }, 2],
    [{ vpc: '' }, 9003],
    [{ vpc: CORP, rcode: 'SERVFAIL' as const }, 9002],
    [{ vpc: CORP, rcode: 'REFUSED' as const }, 9005],
  ])('%j answers %i', (server, expected) => {
    const outcome = asked(server);
    expect('answers' in outcome ? outcome.answers.length : outcome.win32).toBe(expected);
  });

  it('is silent where the way there is blocked', () => {
    const lab = worldUnderTest();
    lab.world.state.dnsServers = [{ address: SERVER, vpc: CORP }];
    lab.world.state.blocked.push({ from: CORP, to: SERVER, port: 53 });
    expect(lab.world.surface(lab.machine('web-01').id).dns(RECORD, 'SRV', SERVER)).toMatchObject({ win32: 1460 });
  });
});

describe('a forwarding rule', () => {
  it('beats the private zone of the same name', () => {
    expect(forwarded('corp.example', [SERVER])).toEqual({ answers: [], rcode: 'NXDOMAIN' });
  });

  it('loses against a zone that is more specific', () => {
    expect(forwarded('example', [SERVER]).answers).toHaveLength(2);
  });

  it('asks domain controllers as well', () => {
    const { answers } = forwarded('ad.corp.example', ['10.20.2.10'], '_vlmcs._tcp.ad.corp.example');
    expect(answers.map(({ value }) => value)).toEqual(['0 100 1688 kms-01.corp.example.']);
  });

  it('fails where none of its servers answers', () => {
    expect(forwarded('corp.example', ['10.20.9.53']).rcode).toBe('SERVFAIL');
  });
});
