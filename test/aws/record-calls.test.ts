import { describe, expect, it } from 'vitest';
import { slowDownSeconds } from '../../bot/errors.ts';
import type { RecordSurvey } from '../../bot/ports.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';
import { DEFAULT_THROTTLE } from '../lab/aws/throttle.ts';
import { CORP, HOST, READ, SRV, set, startedForEachTest, VPC, WRITE, zone } from './record-sets-setup.ts';

const start = startedForEachTest();

const zones = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    zone(`z${n}.example`, [set(`_vlmcs._tcp.z${n}.example.`, 'SRV', `0 0 1688 kms.z${n}.example.`)]),
  );

const wanted = { zoneIds: ['ZCORPEXAMPLE'], domains: ['corp.example'], vpcIds: [] };

describe('calls of Route 53', () => {
  it('are two for a name, one for its state or for addresses, one for a batch and one for a look at it', async () => {
    const { recordSets, recordWriter, calls } = await start([CORP()], {}, WRITE);

    await recordSets.readName(TOKYO, 'ZCORPEXAMPLE', 'corp.example');
    expect(calls()).toEqual(['GetHostedZone', 'ListResourceRecordSets']);

    await recordSets.readState(TOKYO, 'ZCORPEXAMPLE', 'corp.example');
    expect(calls()).toEqual(['ListResourceRecordSets']);

    await recordSets.readAddresses(TOKYO, 'ZCORPEXAMPLE', 'kms-01.corp.example');
    expect(calls()).toEqual(['ListResourceRecordSets']);

    const set = { ttlSeconds: 300, values: ['"x"'] };
    const changes = [{ action: 'CREATE', type: 'TXT', set }] as const;
    const request = { site: TOKYO, zoneId: 'ZCORPEXAMPLE', domain: 'corp.example', changes, comment: '' };
    const answer = await recordWriter.write(request);
    expect(calls()).toEqual(['ChangeResourceRecordSets']);

    await recordWriter.isInSync(TOKYO, answer.kind === 'accepted' ? answer.routeChangeId : '');
    expect(calls()).toEqual(['GetChange']);

    await recordSets.zonesHolding(TOKYO, 'corp.example');
    await recordSets.zonesHolding(TOKYO, 'a.corp.example');
    expect(calls()).toEqual(['ListHostedZones']);
  });

  it.each([1, 7])('are two a zone and one for the list where %i zones are surveyed', async (count) => {
    const { recordSets, calls } = await start([...zones(count), zone('besides.example')]);
    const zoneIds = zones(count).map(({ id }) => id);

    await recordSets.survey(TOKYO, { zoneIds, domains: ['a.z0.example', 'besides.example'], vpcIds: [] });

    expect(calls()).toHaveLength(1 + 2 * count);
  });

  it('are one more for each domain that the page does not show', async () => {
    const crowd = Array.from({ length: 320 }, (_, n) => set(`b${n}.corp.example.`, 'A', '10.9.9.9'));
    const far = set('_vlmcs._tcp.dev.corp.example.', 'SRV', '0 0 1688 kms-01.corp.example.');
    const { recordSets, calls } = await start([zone('corp.example', [SRV, HOST, far, ...crowd])]);
    const domains = ['dev.corp.example', '9.corp.example', 'a.corp.example'];

    const { zones: read } = await recordSets.survey(TOKYO, { ...wanted, domains });

    expect(read[0]?.names.slice(1)).toEqual([
      { domain: 'dev.corp.example', state: { srv: { ttlSeconds: 300, values: ['0 0 1688 kms-01.corp.example.'] } } },
      { domain: '9.corp.example', state: {} },
      { domain: 'a.corp.example', state: {} },
    ]);
    expect(read[0]?.addresses).toEqual({ 'kms-01.corp.example': ['10.0.0.1'] });
    expect(calls()).toHaveLength(3 + 4);
  });

  it('list forwarding rules once for all networks', async () => {
    const { recordSets, lab } = await start([]);
    const [vpc] = lab.world.state.vpcs;
    if (vpc === undefined) throw new Error('no network');
    const resolverRules = [{ id: 'rslvr-rr-1', name: 'ad', domain: 'ad.example', servers: ['10.0.0.9'] }];
    const vpcs = ['vpc-00000000000000002', 'vpc-00000000000000003'];
    lab.world.state.vpcs.push(...vpcs.map((id) => ({ ...vpc, id, resolverRules })));

    const { rules } = await recordSets.survey(TOKYO, { zoneIds: [], domains: [], vpcIds: vpcs });

    expect(rules).toEqual(vpcs.map((vpcId) => ({ vpcId, domains: ['ad.example'] })));
    const asked = lab.exchanges.filter(({ to }) => to === 'route53resolver').map(({ operation }) => operation);
    expect(asked.filter((each) => each.endsWith('ListResolverRules'))).toHaveLength(1);
    expect(asked).toHaveLength(3);
  });

  it('of a survey go on where they were throttled', async () => {
    const { recordSets, lab, calls } = await start(zones(9), DEFAULT_THROTTLE);
    const all = { zoneIds: zones(9).map(({ id }) => id), domains: [], vpcIds: [] };
    let read: RecordSurvey['zones'] = [];
    let throttled = 0;
    while (read.length === 0) {
      read = await recordSets.survey(TOKYO, all).then(
        (survey) => survey.zones,
        async (error: unknown) => {
          throttled += 1;
          await lab.clock.advance((slowDownSeconds(error) ?? Number.NaN) * 1000);
          return [];
        },
      );
    }

    expect(read).toHaveLength(9);
    expect(throttled).toBe(3);
    expect(calls()).toHaveLength(19 + throttled);
  });
});

describe('a survey', () => {
  it('reads configured zones though the account’s may not be listed', async () => {
    const { recordSets, lab } = await start([CORP()]);
    lab.faults.push({ id: '1', fault: 'aws-denied', service: 'route53', operation: 'ListHostedZones' });

    const survey = await recordSets.survey(TOKYO, { ...wanted, domains: ['dev.corp.example'] });

    expect(survey.unread).toEqual([{ name: 'hosted zones', why: 'missing-right', action: 'route53:ListHostedZones' }]);
    expect(survey.zones[0]?.names.map(({ domain }) => domain)).toEqual(['corp.example', 'dev.corp.example']);
    expect(survey.others).toEqual([]);
  });

  it.each(['GetHostedZone', 'ListResourceRecordSets'])(
    'leaves a zone unread without %s, and reads the other',
    async (call) => {
      const { recordSets, observe } = await start([CORP(), zone('lab.example')]);
      const Resource = 'arn:aws:route53:::hostedzone/ZCORPEXAMPLE';
      observe.policies = [{ Statement: READ }, { Statement: { Effect: 'Deny', Action: `route53:${call}`, Resource } }];

      const survey = await recordSets.survey(TOKYO, { ...wanted, zoneIds: ['ZCORPEXAMPLE', 'ZLABEXAMPLE'] });

      expect(survey.zones.map(({ name }) => name)).toEqual(['lab.example']);
      expect(survey.unread).toEqual([{ name: 'corp.example', why: 'missing-right', action: `route53:${call}` }]);
    },
  );

  it('leaves a network unread whose rules may not be', async () => {
    const { recordSets, lab } = await start([CORP()]);
    lab.faults.push({ id: '1', fault: 'aws-denied', service: 'route53resolver' });

    const survey = await recordSets.survey(TOKYO, { ...wanted, vpcIds: [VPC] });

    expect(survey.zones).toHaveLength(1);
    expect(survey.unread).toMatchObject([{ name: VPC, why: 'missing-right' }]);
  });

  it('names everything of a site that may not be entered', async () => {
    const { recordSets, frankfurt, role } = await start([]);
    Object.assign(role, { trusts: [] });

    expect(await recordSets.survey(frankfurt, { zoneIds: ['ZEU'], domains: [], vpcIds: ['vpc-e'] })).toEqual({
      zones: [],
      others: [],
      unread: ['hosted zones', 'ZEU', 'vpc-e'].map((name) => ({
        name,
        why: 'missing-right',
        action: 'sts:AssumeRole',
      })),
      rules: [],
    });
  });

  it.each(['aws-error', 'aws-dropped'])('asks to be tried again after %s', async (fault) => {
    const { recordSets, lab } = await start([CORP()]);
    lab.faults.push({ id: '1', fault, service: 'route53', operation: 'ListResourceRecordSets', times: 1 });

    await expect(recordSets.survey(TOKYO, wanted)).rejects.toMatchObject({ name: 'Transient' });
    expect((await recordSets.survey(TOKYO, wanted)).zones).toHaveLength(1);
  });

  it('takes no name for a domain that can be none', async () => {
    const { recordSets } = await start([CORP()]);
    const domains = ['a b.corp.example', '', 'x..corp.example', 'dev.corp.example', 'dev.corp.example'];

    const { zones: read } = await recordSets.survey(TOKYO, { ...wanted, domains });

    expect(read[0]?.names.map(({ domain }) => domain)).toEqual(['corp.example', 'dev.corp.example']);
  });
});
