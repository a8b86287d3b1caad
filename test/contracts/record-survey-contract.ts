/** What a survey of KMS records keeps, in memory and over Route 53 alike. */
import { expect, it } from 'vitest';
import type { Site } from '../../bot/domain/nodes.ts';
import type { RecordSets } from '../../bot/ports.ts';
import { CORP_STATE, VPC } from './record-zones.ts';

export interface RecordNamesUnderTest {
  readonly recordSets: RecordSets;
  readonly tokyo: Site;
  readonly frankfurt: Site;
  /** Takes every right over Route 53 away in Tokyo's account, or gives them back. */
  setRights(allowed: boolean): void;
  /** Lets what is kept of the list of zones grow old. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const surveying = (start: () => RecordNamesUnderTest): void => {
  it('gives every zone that was asked for, and the names below it that no other zone is nearer to', async () => {
    const at = start();
    const domains = ['dev.corp.example', 'a.corp.example', 'corp.example', 'other.example', 'nowhere.example'];

    const { zones, unread } = await at.recordSets.survey(at.tokyo, {
      zoneIds: ['ZCORP', 'ZPUBLIC', 'ZMAP'],
      domains,
      vpcIds: [],
    });

    expect(unread).toEqual([]);
    expect(zones.map(({ zoneId, keptBy, vpcIds }) => [zoneId, keptBy, vpcIds])).toEqual([
      ['ZCORP', undefined, [VPC]],
      ['ZPUBLIC', undefined, []],
      ['ZMAP', 'servicediscovery.amazonaws.com', [VPC]],
    ]);
    expect(zones[0]).toMatchObject({ siteId: 'tokyo', name: 'corp.example', private: true });
    expect(zones[0]?.names).toEqual([
      { domain: 'corp.example', state: CORP_STATE },
      {
        domain: 'dev.corp.example',
        state: { srv: { ttlSeconds: 300, values: ['0 0 1688 kms-01.corp.example.'] } },
      },
      { domain: 'a.corp.example', state: {} },
    ]);
    expect(zones[2]?.names).toEqual([{ domain: 'map.example', state: {} }]);
  });

  it('tells the addresses of what the records name, in the zone that holds it', async () => {
    const at = start();

    const { zones } = await at.recordSets.survey(at.tokyo, { zoneIds: ['ZCORP', 'ZOTHER'], domains: [], vpcIds: [] });

    expect(zones.map(({ addresses }) => addresses)).toEqual([
      { 'kms-01.corp.example': ['10.0.0.1', 'fd00::1'], 'gone.corp.example': [] },
      { 'kms-eu.other.example': ['10.0.0.3'] },
    ]);
  });

  it('names the zones that hold a domain and were not asked for', async () => {
    const at = start();
    const wanted = { zoneIds: ['ZCORP'], domains: ['x.text.example', 'a.corp.example', 'eu.example'], vpcIds: [] };

    expect((await at.recordSets.survey(at.tokyo, wanted)).others).toEqual([
      { zoneId: 'ZPUBLIC', name: 'corp.example', private: false },
      { zoneId: 'ZTEXT', name: 'text.example', private: true },
    ]);
  });

  it('tells the rules of networks that have some', async () => {
    const at = start();

    const { rules } = await at.recordSets.survey(at.tokyo, {
      zoneIds: [],
      domains: ['ad.example'],
      vpcIds: [VPC, 'vpc-00000000000000002'],
    });

    expect(rules).toEqual([{ vpcId: VPC, domains: ['ad.example'] }]);
  });

  it('leaves a zone that is not there unread', async () => {
    const at = start();

    const { zones, unread } = await at.recordSets.survey(at.tokyo, {
      zoneIds: ['ZEU', 'ZTEXT'],
      domains: [],
      vpcIds: [],
    });

    expect(zones.map(({ zoneId }) => zoneId)).toEqual(['ZTEXT']);
    expect(unread).toEqual([{ name: 'ZEU', why: 'not-in-route53' }]);
  });

  it('names everything with the action where no right is left, which is no failure', async () => {
    const at = start();
    await at.settle();
    at.setRights(false);
    const survey = await at.recordSets.survey(at.tokyo, { zoneIds: ['ZCORP'], domains: [], vpcIds: [VPC] });
    at.setRights(true);

    const missing = { why: 'missing-right', action: expect.stringMatching(/^route53(resolver)?:/) };
    expect(survey).toMatchObject({ zones: [], others: [], rules: [] });
    expect(survey.unread).toMatchObject([
      { name: 'hosted zones', ...missing },
      { name: 'ZCORP', ...missing },
      { name: VPC, ...missing },
    ]);
  });
};
