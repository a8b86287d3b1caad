/** What reading KMS names keeps, one by one and in a survey, in memory and over Route 53 alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../bot/errors.ts';
import { type RecordNamesUnderTest, surveying } from './record-survey-contract.ts';
import { CORP_STATE, VPC } from './record-zones.ts';

const readingNames = (start: () => RecordNamesUnderTest): void => {
  it('give the zone as it is and what stands there, to the letter', async () => {
    const at = start();

    expect(await at.recordSets.readName(at.tokyo, 'ZCORP', 'corp.example')).toEqual({
      kind: 'read',
      place: {
        siteId: 'tokyo',
        zoneId: 'ZCORP',
        zone: 'corp.example',
        private: true,
        vpcIds: [VPC],
        domain: 'corp.example',
      },
      state: CORP_STATE,
    });
  });

  it.each([
    ['ZCORP', 'dev.corp.example', { srv: { ttlSeconds: 300, values: ['0 0 1688 kms-01.corp.example.'] } }],
    ['ZCORP', 'a.corp.example', {}],
    ['ZCORP', 'zzz.corp.example', {}],
    ['ZPUBLIC', 'corp.example', {}],
    ['ZTEXT', 'text.example', { txt: { ttlSeconds: 30, values: ['"only"'] } }],
    ['ZROUTED', 'routed.example', { untouchable: 'routed' }],
    ['ZCNAME', 'cname.example', { untouchable: 'cname' }],
  ])('of %s at %s give %j, by either call', async (zoneId, domain, state) => {
    const at = start();
    const read = await at.recordSets.readName(at.tokyo, zoneId, domain);
    const again = await at.recordSets.readState(at.tokyo, zoneId, domain);

    expect(read).toMatchObject({ kind: 'read', place: { zoneId, domain } });
    expect(read.kind === 'read' && read.state).toEqual(again);
    if ('untouchable' in state) expect(again).toMatchObject(state);
    else expect(again).toEqual(state);
  });

  it.each([
    ['ZCORP', 'kms-01.corp.example', ['10.0.0.1', 'fd00::1']],
    ['ZCORP', 'kms-02.corp.example', []],
    ['ZCORP', 'zzz.corp.example', []],
    ['ZPUBLIC', 'kms-01.corp.example', []],
    ['ZCORP', 'kms.corp.example', undefined],
    ['ZEU', 'kms-eu.eu.example', undefined],
  ])('of %s have for %s the addresses %j', async (zoneId, name, addresses) => {
    const at = start();

    expect(await at.recordSets.readAddresses(at.tokyo, zoneId, name)).toEqual(addresses);
  });

  it('name the service that keeps a zone', async () => {
    const at = start();

    expect(await at.recordSets.readName(at.tokyo, 'ZMAP', 'map.example')).toMatchObject({
      keptBy: 'servicediscovery.amazonaws.com',
    });
  });

  it('are of no zone where the account has none with the id', async () => {
    const at = start();

    expect(await at.recordSets.readName(at.tokyo, 'ZEU', 'eu.example')).toEqual({ kind: 'no-such-zone' });
    expect(await at.recordSets.readState(at.tokyo, 'ZEU', 'eu.example')).toBeUndefined();
    expect(await at.recordSets.readName(at.frankfurt, 'ZEU', 'eu.example')).toMatchObject({
      kind: 'read',
      place: { siteId: 'frankfurt', vpcIds: ['vpc-0000000000000000e'] },
    });
  });

  it('fail by the right that is missing', async () => {
    const at = start();
    at.setRights(false);
    const { recordSets, tokyo } = at;
    const errors = await Promise.all(
      [
        recordSets.readName(tokyo, 'ZCORP', 'corp.example'),
        recordSets.readState(tokyo, 'ZCORP', 'corp.example'),
        recordSets.readAddresses(tokyo, 'ZCORP', 'kms-01.corp.example'),
        recordSets.zonesHolding(tokyo, 'nowhere.example'),
      ].map((reading) => reading.catch((error: unknown) => error)),
    );
    at.setRights(true);

    const missing = { kind: 'missing-right', siteId: 'tokyo', action: expect.stringMatching(/^route53:/) };
    expect(errors.map(failureOf)).toMatchObject([missing, missing, missing, missing]);
  });
};

export const recordNamesContract = (kind: string, start: () => Promise<RecordNamesUnderTest>): void => {
  let at: RecordNamesUnderTest;
  const started = () => at;
  beforeAll(async () => {
    at = await start();
  });
  afterAll(() => at.close());

  describe(`names ${kind}`, () => readingNames(started));

  describe(`zones ${kind} that hold a domain`, () => {
    it.each([
      ['corp.example', ['ZCORP', 'ZPUBLIC']],
      ['a.b.corp.example', ['ZCORP', 'ZPUBLIC']],
      ['xcorp.example', []],
      ['example', []],
      ['eu.example', []],
    ])('%s are %j', async (domain, expected) => {
      const zones = await at.recordSets.zonesHolding(at.tokyo, domain);

      expect(zones.map(({ zoneId }) => zoneId).sort()).toEqual(expected);
    });
  });

  describe(`a survey ${kind}`, () => surveying(started));
};
