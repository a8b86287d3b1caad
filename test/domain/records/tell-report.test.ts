import { describe, expect, it } from 'vitest';
import type { RecordsInput } from '../../../bot/domain/records/records-input.ts';
import { reach } from '../hosts/sample-host.ts';
import { fleetOf, KMS1, OLD, onlyRecord, stateOf, tell, use, zoneRead } from './sample-look.ts';

const unfound = (changes: Parameters<typeof use>[0] = {}) => use({ found: 0, given: [], ...changes });

describe('the report', () => {
  it('has the worst record first, and only those of configured zones', () => {
    const zones = [
      zoneRead(),
      zoneRead({ zoneId: 'ZLAB', name: 'lab.example' }, []),
      zoneRead({ zoneId: 'ZX', name: 'x.example' }),
    ];
    const fleet = fleetOf([use(), unfound({ domain: 'lab.example', stranded: 2, machines: 2 })], reach());
    const configured = zones.slice(0, 2).map(({ zoneId: id, name, siteId }) => ({ id, name, siteId, write: true }));

    expect(tell(zones, { fleet, zones: configured }).records.map(({ place }) => place.domain)).toEqual([
      'lab.example',
      'corp.example',
    ]);
  });

  it('is of one domain where one is asked for', () => {
    const names = ['corp.example', 'dev.corp.example'].map((domain) => ({ domain, state: stateOf([KMS1]) }));

    expect(tell([zoneRead({ names })], { only: 'dev.corp.example' }).records.map(({ place }) => place.domain)).toEqual([
      'dev.corp.example',
    ]);
  });

  it('names hosts that are alive and that no record names, with where they belong', () => {
    const fleet = fleetOf([unfound()], reach());

    expect(tell([zoneRead({}, [OLD])], { fleet }).withoutRecord).toEqual([
      { name: 'kms1.corp.example', port: 1688, nodeId: 'i-kms1', publishes: true, domains: ['corp.example'] },
    ]);
    expect(tell([zoneRead()]).withoutRecord).toEqual([]);
  });

  it('does not say of a host that it stands nowhere while a zone is unread, or while resolvers name it', () => {
    const unread = [{ name: 'lab.example', why: 'missing-right' as const, action: 'route53:GetHostedZone' }];
    const zone = zoneRead({}, [OLD]);
    const held = { zones: [zone], others: [], unread, rules: [] };

    expect(tell([zone], { fleet: fleetOf([unfound()], reach()), held }).withoutRecord).toEqual([]);
    expect(tell([zone], { fleet: fleetOf([use()], reach()) }).withoutRecord).toEqual([]);
  });

  it.each<[string, Partial<RecordsInput['held']>, object]>([
    ['in no zone', {}, { why: 'no-zone' }],
    [
      'in a zone that the configuration does not name',
      { others: [{ zoneId: 'ZAD', name: 'ad.example' }] },
      { why: 'not-configured', zoneId: 'ZAD' },
    ],
    [
      'in nobody knows which, while zones could not be listed',
      { unread: [{ name: 'hosted zones', why: 'missing-right', action: 'route53:ListHostedZones' }] },
      { why: 'unread' },
    ],
  ])('tells domains that machines ask in and that are %s', (_, held, expected) => {
    const zone = zoneRead();
    const suffixes = [
      use(),
      unfound({ domain: 'west.ad.example', stranded: 7, machines: 9 }),
      unfound({ domain: 'eu-1.ec2-utilities.amazonaws.com' }),
      unfound({ domain: 'local' }),
    ];
    const report = tell([zone], {
      fleet: fleetOf(suffixes, reach()),
      held: { zones: [zone], others: [], unread: [], rules: [], ...held },
    });

    expect(report.suffixes).toEqual([
      {
        domain: 'west.ad.example',
        networks: [{ vpcId: 'vpc-1', machines: 9, found: 0, unanswered: 0, stranded: 7 }],
        ...expected,
      },
    ]);
  });

  it('says what could not be read and which right is missing, and no time of a look that never was', () => {
    const zone = zoneRead();
    const unread = [
      { name: 'ZLAB', why: 'missing-right' as const, action: 'route53:GetHostedZone' },
      { name: 'vpc-1', why: 'missing-right' as const, action: 'route53resolver:ListResolverRules' },
      { name: 'hosted zones', why: 'unreachable' as const },
    ];
    const input = { held: { zones: [zone], others: [], unread, rules: [] } };
    const zones = [
      { id: 'ZCORP', name: 'corp.example', siteId: 'tokyo', write: true },
      { id: 'ZLAB', name: 'lab.example', siteId: 'tokyo', write: false },
    ];
    const { suffixes: _, ...old } = fleetOf([]);
    const report = tell([zone], { ...input, zones, fleet: old });

    expect(report.unread).toEqual([
      { name: 'lab.example', of: 'zone', why: 'missing-right', action: 'route53:GetHostedZone' },
      { name: 'vpc-1', of: 'network', why: 'missing-right', action: 'route53resolver:ListResolverRules' },
      { name: 'hosted zones', of: 'list', why: 'unreachable' },
    ]);
    expect(report).not.toHaveProperty('fleetAtMs');
    expect(onlyRecord(report)).not.toHaveProperty('networks');
  });
});
