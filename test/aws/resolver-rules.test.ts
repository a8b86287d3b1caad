import { afterEach, describe, expect, it } from 'vitest';
import { forwardedDomains } from '../../bot/aws/resolver-rules.ts';
import { slowDownSeconds } from '../../bot/errors.ts';
import { set, startRecordSets, VPC, zone } from './record-sets-setup.ts';

type Started = Awaited<ReturnType<typeof startRecordSets>>;
let at: Started | undefined;
afterEach(() => at?.lab.close());

const start = async (domains: readonly string[]) => {
  at = await startRecordSets([zone('corp.example', [set('_vlmcs._tcp.corp.example.', 'SRV', '0 0 1688 kms.x.')])]);
  const [vpc] = at.lab.world.state.vpcs;
  if (vpc === undefined) throw new Error('no network');
  vpc.resolverRules = domains.map((domain, n) => ({
    id: `rslvr-rr-${n}`,
    name: `n${n}`,
    domain,
    servers: ['10.0.0.9'],
  }));
  return at;
};

const resolverCalls = ({ lab }: Started): string[] =>
  lab.exchanges
    .splice(0)
    .flatMap((each) => (each.to === 'route53resolver' ? [each.operation.split(':')[1] ?? ''] : []));

describe('forwarding rules', () => {
  it('are read for the network that is asked about, by two calls', async () => {
    const started = await start(['corp.example', 'ad.example']);

    const answer = await started.read({ domains: ['corp.example'], vpcId: VPC });

    expect(answer.resolverRules).toEqual(['corp.example', 'ad.example']);
    expect(answer.zones).toHaveLength(1);
    expect(resolverCalls(started)).toEqual(['ListResolverRuleAssociations', 'ListResolverRules']);
  });

  it('are not listed where the network has none but AWS’s own', async () => {
    const started = await start([]);

    expect((await started.read({ domains: ['corp.example'], vpcId: VPC })).resolverRules).toEqual([]);
    expect(resolverCalls(started)).toEqual(['ListResolverRuleAssociations']);
  });

  it('are not asked for without a network', async () => {
    const started = await start(['corp.example']);

    expect((await started.read({ domains: ['corp.example'] })).resolverRules).toEqual([]);
    expect(resolverCalls(started)).toEqual([]);
  });

  it.each(['ListResolverRuleAssociations', 'ListResolverRules'])(
    'leave the network unread without %s, and the zones read',
    async (operation) => {
      const { read, lab } = await start(['corp.example']);
      lab.faults.push({ id: '1', fault: 'aws-denied', service: 'route53resolver', operation });

      const { zones, unread } = await read({ domains: ['corp.example'], vpcId: VPC });

      expect(zones).toHaveLength(1);
      expect(unread).toEqual([{ name: VPC, why: 'missing-right', action: `route53resolver:${operation}` }]);
    },
  );

  it('ask to slow down when they are throttled, and the zones are not read again', async () => {
    const { read, lab, calls } = await start(['corp.example']);
    lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'route53resolver', times: 1 });

    const error = await read({ domains: ['corp.example'], vpcId: VPC }).catch((thrown: unknown) => thrown);
    expect(slowDownSeconds(error)).toBeGreaterThan(0);
    calls();

    expect((await read({ domains: ['corp.example'], vpcId: VPC })).resolverRules).toEqual(['corp.example']);
    expect(calls()).toEqual([]);
  });

  it.each(['aws-error', 'aws-unavailable'])('ask to be tried again after %s', async (fault) => {
    const { read, lab } = await start(['corp.example']);
    lab.faults.push({ id: '1', fault, service: 'route53resolver', times: 1 });

    await expect(read({ domains: ['corp.example'], vpcId: VPC })).rejects.toMatchObject({ name: 'Transient' });
  });

  it('survive one connection that ends without an answer', async () => {
    const { read, lab } = await start(['corp.example']);
    lab.faults.push({ id: '1', fault: 'aws-dropped', service: 'route53resolver', times: 1 });

    expect((await read({ domains: ['corp.example'], vpcId: VPC })).resolverRules).toEqual(['corp.example']);
  });
});

describe('of several rules', () => {
  const rule = (Id: string, DomainName: string, RuleType = 'FORWARD', Status = 'COMPLETE') => ({
    Id,
    DomainName,
    RuleType,
    Status,
  });
  const domainsOf = (rules: readonly ReturnType<typeof rule>[], names: readonly string[], Status = 'COMPLETE') =>
    forwardedDomains(
      {
        associations: async () => rules.map(({ Id }) => ({ ResolverRuleId: Id, Status })),
        rules: async () => [...rules, rule('elsewhere', 'other.example.')],
      },
      { once: (_, ask) => ask() },
      VPC,
      names,
    );

  it.each([
    ['those that forward', [rule('1', 'corp.example.')], ['corp.example'], ['corp.example']],
    ['none that is for everything', [rule('1', '.')], ['corp.example'], []],
    ['none that keeps questions here', [rule('1', 'corp.example.', 'SYSTEM')], ['corp.example'], []],
    ['none that AWS makes', [rule('rslvr-autodefined-rr-1', 'corp.example.')], ['corp.example'], []],
    ['none that is being deleted', [rule('1', 'corp.example.', 'FORWARD', 'DELETING')], ['corp.example'], []],
    [
      'none whose names a narrower one keeps here',
      [rule('1', 'example.'), rule('2', 'corp.example.', 'SYSTEM')],
      ['dev.corp.example'],
      [],
    ],
    [
      'those that some name is left to',
      [rule('1', 'example.'), rule('2', 'corp.example.', 'SYSTEM')],
      ['dev.corp.example', 'ad.example'],
      ['example'],
    ],
    [
      'the narrower that forwards what a wider keeps',
      [rule('1', 'example.', 'SYSTEM'), rule('2', 'CORP.example.')],
      ['corp.example'],
      ['corp.example'],
    ],
  ])('only %s count', async (_, rules, names, expected) => {
    expect(await domainsOf(rules, names)).toEqual(expected);
  });

  it('only those count whose association is complete', async () => {
    expect(await domainsOf([rule('1', 'corp.example.')], ['corp.example'], 'CREATING')).toEqual([]);
  });
});
