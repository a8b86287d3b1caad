import { describe, expect, it } from 'vitest';
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import { recordSetsContract, ZONES } from '../contracts/record-sets-contract.ts';
import { memoryRecordSets } from '../fakes/memory-record-sets.ts';
import { FRANKFURT, TOKYO } from '../lab/aws/accounts-under-test.ts';
import type { LabRecordSet, LabZone } from '../lab/world/types.ts';
import { CORP, HOST, SRV, set, startedForEachTest, startRecordSets, VPC, zone } from './record-sets-setup.ts';

const setsOf = (facts: ZoneFacts): LabRecordSet[] => {
  const own = `_vlmcs._tcp.${facts.name}.`;
  const values = facts.srv.map((srv) => `${srv.priority} ${srv.weight} ${srv.port} ${srv.target}.`);
  return [
    ...(values.length === 0 ? [] : [set(own, 'SRV', ...values)]),
    ...facts.otherTypes.map((type) => set(own, type as LabRecordSet['type'], '"text"')),
    ...Object.entries(facts.addresses).flatMap(([name, held]) =>
      held.map((address) => set(`${name}.`, address.includes(':') ? 'AAAA' : 'A', address)),
    ),
  ];
};

const labZone = (facts: ZoneFacts): LabZone =>
  zone(facts.name, setsOf(facts), {
    id: facts.zoneId,
    site: facts.siteId,
    private: facts.private,
    vpcs: [...facts.vpcIds],
  });

recordSetsContract('in memory', async () => {
  const recordSets = memoryRecordSets();
  recordSets.zones.push(...ZONES);
  return {
    recordSets,
    tokyo: TOKYO,
    frankfurt: FRANKFURT,
    setRights: (allowed) => {
      if (allowed) delete recordSets.missingRight;
      else recordSets.missingRight = 'route53:ListHostedZones';
    },
    close: async () => {},
  };
});

recordSetsContract('over Route 53', async () => {
  const { recordSets, observe, frankfurt, lab } = await startRecordSets(ZONES.map(labZone));
  const { policies } = observe;
  return {
    recordSets,
    tokyo: TOKYO,
    frankfurt,
    setRights: (allowed) => {
      observe.policies = allowed ? policies : [];
    },
    close: lab.close,
  };
});

const start = startedForEachTest();

describe('reading zones', () => {
  it('takes one call for the list, one for the networks of a private zone and one for its sets', async () => {
    const { read, calls } = await start([CORP(), zone('corp.example', [], { id: 'ZPUBLIC', private: false })]);

    await read({ domains: ['corp.example'], targets: ['kms-01.corp.example'] });

    expect(calls()).toEqual(['ListHostedZones', 'GetHostedZone', 'ListResourceRecordSets', 'ListResourceRecordSets']);
  });

  it('lists zones once a minute, and reads what is in them every time', async () => {
    const { read, calls, lab } = await start([CORP()]);
    await read({ domains: ['corp.example'] });
    lab.world.state.zones[0]?.recordSets.splice(0, 1);

    expect((await read({ domains: ['corp.example'] })).zones).toMatchObject([{ srv: [] }]);
    expect(calls().filter((call) => call === 'ListHostedZones')).toHaveLength(1);

    await lab.clock.advance(61_000);
    await read({ domains: ['corp.example'] });
    expect(calls()).toContain('ListHostedZones');
  });

  it('lists zones once for several who ask at the same time', async () => {
    const { read, calls } = await start([CORP()]);

    await Promise.all([read({ domains: ['corp.example'] }), read({ domains: ['a.corp.example'] })]);

    expect(calls().filter((call) => call === 'ListHostedZones')).toHaveLength(1);
  });

  it('finds a zone on any page of the list', async () => {
    const many = Array.from({ length: 250 }, (_, n) => zone(`n${n}.example`, [], { private: false, vpcs: [] }));
    const { read, calls } = await start([...many, zone('z.example')]);

    expect((await read({ domains: ['z.example'] })).zones.map(({ name }) => name)).toEqual(['z.example']);
    expect(calls().filter((call) => call === 'ListHostedZones')).toHaveLength(3);
  });

  it('asks for nothing but the list where the names can be in no zone', async () => {
    const { read, calls } = await start([CORP()]);

    const answer = await read({
      domains: [''],
      targets: ['kms-01', '10.0.0.1', 'fd00::1', 'http://kms.corp.example:1688', 'a b.corp.example', 'x..corp.example'],
    });

    expect(answer).toEqual({ zones: [], unread: [], resolverRules: [] });
    expect(calls()).toEqual(['ListHostedZones']);
  });

  it('reads at most ten zones, those of the domains first', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `t${n}.example`);
    const { read } = await start([...names.map((name) => zone(name)), CORP()]);

    const { zones } = await read({ domains: ['corp.example'], targets: names.map((name) => `kms.${name}`) });

    expect(zones).toHaveLength(10);
    expect(zones[0]?.name).toBe('corp.example');
  });
});

describe('a zone', () => {
  it('says which networks see it, those besides the machine’s too', async () => {
    const { read } = await start([zone('corp.example', [SRV], { vpcs: ['vpc-0000000000000000b', VPC] })]);

    expect((await read({ domains: ['corp.example'] })).zones[0]?.vpcIds).toEqual(['vpc-0000000000000000b', VPC]);
  });

  it('that the machine’s network sees is read though no name points to it', async () => {
    const { read } = await start([CORP(), zone('other.example', [], { vpcs: ['vpc-0000000000000000b'] })]);

    expect((await read({ domains: ['x.example'], vpcId: VPC })).zones.map(({ name }) => name)).toEqual([
      'corp.example',
    ]);
    expect((await read({ domains: ['x.example'] })).zones).toEqual([]);
  });

  it('that nobody named is asked once a minute who sees it', async () => {
    const others = [zone('a.example', [], { vpcs: [] }), zone('b.example')];
    const { read, calls } = await start([CORP(), ...others]);
    const wanted = { domains: ['corp.example'], vpcId: VPC };
    await read(wanted);
    calls();

    expect((await read(wanted)).zones.map(({ name }) => name)).toEqual(['corp.example', 'b.example']);
    expect(calls()).toEqual(['GetHostedZone', 'ListResourceRecordSets', 'ListResourceRecordSets']);
  });

  it('for reverse lookups or of AWS itself is not read unless it is named', async () => {
    const { read, calls } = await start([zone('10.in-addr.arpa'), zone('ec2.ap-northeast-1.amazonaws.com')]);

    expect((await read({ domains: ['corp.example'], vpcId: VPC })).zones).toEqual([]);
    expect(calls()).toEqual(['ListHostedZones']);
  });

  it('above a domain is read as well, and holds what is below its own name', async () => {
    const below = set('_vlmcs._tcp.dev.corp.example.', 'SRV', '0 0 1688 kms-01.corp.example.');
    const { read } = await start([zone('corp.example', [SRV, HOST, below])]);

    const { zones, unread } = await read({ domains: ['dev.corp.example'] });

    expect(zones[0]?.srv).toHaveLength(1);
    expect(zones[0]?.below).toEqual({
      'dev.corp.example': [{ priority: 0, weight: 0, port: 1688, target: 'kms-01.corp.example' }],
    });
    expect(unread).toEqual([]);
  });

  it('that is public is not responsible for a domain of which it knows nothing', async () => {
    const { read } = await start([zone('example', [], { private: false, vpcs: [] })]);

    const { zones, unread } = await read({ domains: ['ad.example'], targets: ['dc1.ad.example'] });

    expect(zones.map(({ name }) => name)).toEqual(['example']);
    expect(unread).toEqual([
      { name: 'ad.example', why: 'not-in-route53' },
      { name: 'dc1.ad.example', why: 'not-in-route53' },
    ]);
  });

  it('of Active Directory is none of Route 53’s', async () => {
    const { read } = await start([zone('ad.example', [], { hostedBy: 'active-directory' })]);

    expect((await read({ domains: ['ad.example'] })).unread).toEqual([{ name: 'ad.example', why: 'not-in-route53' }]);
  });
});
