/** What reading zones keeps, in memory and over Route 53 alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import type { RecordSets } from '../../bot/ports.ts';

export interface RecordSetsUnderTest {
  readonly recordSets: RecordSets;
  readonly tokyo: Site;
  readonly frankfurt: Site;
  /** Takes every right over Route 53 away in Tokyo's account, or gives them back. */
  setRights(allowed: boolean): void;
  close(): Promise<void>;
}

export const VPC = 'vpc-00000000000000001';
const EU_VPC = 'vpc-0000000000000000e';

/** The zones of both accounts. */
export const ZONES: readonly ZoneFacts[] = [
  {
    siteId: 'tokyo',
    zoneId: 'ZCORP',
    name: 'corp.example',
    private: true,
    vpcIds: [VPC],
    srv: [
      { priority: 0, weight: 100, port: 1688, target: 'kms-01.corp.example' },
      { priority: 10, weight: 0, port: 1689, target: 'kms-02.corp.example' },
    ],
    otherTypes: [],
    addresses: { 'kms-01.corp.example': ['10.0.0.1', 'fd00::1'], 'kms-02.corp.example': ['10.0.0.2'] },
  },
  {
    siteId: 'tokyo',
    zoneId: 'ZPUBLIC',
    name: 'corp.example',
    private: false,
    vpcIds: [],
    srv: [],
    otherTypes: ['TXT'],
    addresses: { 'kms-01.corp.example': [] },
  },
  {
    siteId: 'frankfurt',
    zoneId: 'ZEU',
    name: 'eu.example',
    private: true,
    vpcIds: [EU_VPC],
    srv: [{ priority: 0, weight: 0, port: 1688, target: 'kms-eu.eu.example' }],
    otherTypes: [],
    addresses: { 'kms-eu.eu.example': ['10.1.0.1'] },
  },
];

export const recordSetsContract = (kind: string, start: () => Promise<RecordSetsUnderTest>): void => {
  describe(`record sets ${kind}`, () => {
    let at: RecordSetsUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    it('are those of every zone that bears a domain’s name, private and public', async () => {
      const { zones, unread } = await at.recordSets.zonesFor(at.tokyo, {
        domains: ['corp.example'],
        targets: ['kms-01.corp.example'],
        vpcId: VPC,
      });

      expect(unread).toEqual([]);
      expect(zones.map((zone) => [zone.zoneId, zone.private, zone.vpcIds, zone.otherTypes]).sort()).toEqual([
        ['ZCORP', true, [VPC], []],
        ['ZPUBLIC', false, [], ['TXT']],
      ]);
      const corp = zones.find(({ zoneId }) => zoneId === 'ZCORP');
      expect(corp?.srv).toEqual(ZONES[0]?.srv);
      expect(corp?.addresses['kms-01.corp.example']).toEqual(['10.0.0.1', 'fd00::1']);
    });

    it('belong to the site they were read with', async () => {
      const here = await at.recordSets.zonesFor(at.tokyo, { domains: ['eu.example'], targets: [] });
      const there = await at.recordSets.zonesFor(at.frankfurt, { domains: ['eu.example'], targets: [] });

      expect(here).toEqual({
        zones: [],
        unread: [{ name: 'eu.example', why: 'not-in-route53' }],
        resolverRules: [],
      });
      expect(there.zones).toMatchObject([{ siteId: 'frankfurt', zoneId: 'ZEU', vpcIds: [EU_VPC] }]);
    });

    it('name a domain that no zone is responsible for once, though it is asked for twice', async () => {
      const names = ['nowhere.example'];

      expect((await at.recordSets.zonesFor(at.tokyo, { domains: names, targets: names })).unread).toEqual([
        { name: 'nowhere.example', why: 'not-in-route53' },
      ]);
    });

    it('are unread with the action where the right is missing, which is no failure', async () => {
      at.setRights(false);
      const { zones, unread } = await at.recordSets.zonesFor(at.tokyo, { domains: ['corp.example'], targets: [] });
      at.setRights(true);

      expect(zones).toEqual([]);
      expect(unread).toEqual([
        { name: 'corp.example', why: 'missing-right', action: expect.stringMatching(/^route53:/) },
      ]);
    });
  });
};
