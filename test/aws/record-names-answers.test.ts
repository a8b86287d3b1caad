import { afterEach, describe, expect, it } from 'vitest';
import { route53RecordSets } from '../../bot/aws/record-sets.ts';
import { isTransient, slowDownSeconds } from '../../bot/errors.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';
import { answered, errorResponse, type Scripted, scriptedRoute53 } from './support/scripted-route53.ts';

const started: Awaited<ReturnType<typeof scriptedRoute53>>[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.close())));

const start = async (...answers: Scripted[]) => {
  const server = await scriptedRoute53(...answers);
  started.push(server);
  const { asked, clientsOf, clock } = server;
  return { asked, recordSets: route53RecordSets({ clientsOf, clock, functionName: 'change' }) };
};

const ZONE = answered(
  'GetHostedZoneResponse',
  '<HostedZone><Id>/hostedzone/ZCORP</Id><Name>corp.example.</Name><CallerReference>x</CallerReference><Config><PrivateZone>true</PrivateZone></Config><ResourceRecordSetCount>3</ResourceRecordSetCount></HostedZone><VPCs><VPC><VPCRegion>ap-northeast-1</VPCRegion><VPCId>vpc-1</VPCId></VPC></VPCs>',
);

const NAME = '_vlmcs._tcp.corp.example.';
const VALUE = '0 0 1688 kms-01.corp.example.';
const RECORDS = `<TTL>300</TTL><ResourceRecords><ResourceRecord><Value>${VALUE}</Value></ResourceRecord></ResourceRecords>`;
const ALIAS =
  '<AliasTarget><HostedZoneId>ZCORP</HostedZoneId><DNSName>_vlmcs._tcp.other.example.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>';

/** One set of the listing. */
const set = (type: string, content: string, name = NAME): string =>
  `<ResourceRecordSet><Name>${name}</Name><Type>${type}</Type>${content}</ResourceRecordSet>`;

const listing = (...sets: string[]): Scripted =>
  answered(
    'ListResourceRecordSetsResponse',
    `<ResourceRecordSets>${sets.join('')}</ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>20</MaxItems>`,
  );

const SRV = { ttlSeconds: 300, values: [VALUE] };

describe('what stands at a name', () => {
  it.each([
    ['nothing, and the next name of the zone', [set('SRV', RECORDS, 'aaa.corp.example.')], {}],
    ['nothing, and the next name that Route 53 escapes', [set('SRV', RECORDS, `\\052.${NAME}`)], {}],
    ['a set, and others behind it', [set('SRV', RECORDS), set('A', RECORDS, 'a.corp.example.')], { srv: SRV }],
    ['a set written in capitals', [set('SRV', RECORDS, NAME.toUpperCase())], { srv: SRV }],
    ['sets of other types', [set('A', RECORDS), set('CAA', RECORDS)], {}],
    ['an alias', [set('SRV', ALIAS)], { untouchable: 'alias' }],
    ['an alias beside texts', [set('SRV', ALIAS), set('TXT', RECORDS)], { txt: SRV, untouchable: 'alias' }],
    ['an alias for addresses', [set('A', ALIAS), set('SRV', RECORDS)], { srv: SRV }],
    ['another name', [set('CNAME', RECORDS)], { untouchable: 'cname' }],
    ['routed texts', [set('TXT', `<SetIdentifier>s1</SetIdentifier>${RECORDS}`)], { txt: SRV, untouchable: 'routed' }],
    ['a routed alias', [set('SRV', `<SetIdentifier>s1</SetIdentifier>${ALIAS}`)], { untouchable: 'routed' }],
    [
      'what a traffic policy keeps',
      [set('SRV', `${RECORDS}<TrafficPolicyInstanceId>t1</TrafficPolicyInstanceId>`)],
      { srv: SRV, untouchable: 'routed' },
    ],
    [
      'a set with a health check',
      [set('SRV', `${RECORDS}<HealthCheckId>h1</HealthCheckId>`)],
      { srv: SRV, untouchable: 'routed' },
    ],
    [
      'so many routed sets that others may be behind them',
      Array.from({ length: 20 }, (_, n) => set('A', `<SetIdentifier>s${n}</SetIdentifier>${RECORDS}`)),
      { untouchable: 'routed' },
    ],
  ])('is %s', async (_, sets, state) => {
    const { recordSets, asked } = await start(listing(...sets));

    expect(await recordSets.readState(TOKYO, 'ZCORP', 'corp.example')).toEqual(state);
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual(['/2013-04-01/hostedzone/ZCORP/rrset']);
    const query = new URLSearchParams(asked[0]?.path.split('?')[1]);
    expect([query.get('name'), query.get('type'), query.get('maxitems')]).toEqual([
      '_vlmcs._tcp.corp.example',
      null,
      '20',
    ]);
  });

  it('is read anew after its zone was throttled, by no call more than is missing', async () => {
    const { recordSets, asked } = await start(ZONE, errorResponse(400, 'Throttling', 'x'), 'dropped', listing());
    const read = () => recordSets.readName(TOKYO, 'ZCORP', 'corp.example').catch((error: unknown) => error);

    expect(slowDownSeconds(await read())).toBe(1);
    expect(isTransient(await read())).toBe(true);
    expect(await read()).toMatchObject({ kind: 'read', place: { vpcIds: ['vpc-1'] }, state: {} });
    expect(asked).toHaveLength(4);
  });

  it('is of no zone where it is gone between the two calls', async () => {
    const { recordSets } = await start(ZONE, errorResponse(404, 'NoSuchHostedZone', 'x'));

    expect(await recordSets.readName(TOKYO, 'ZCORP', 'corp.example')).toEqual({ kind: 'no-such-zone' });
  });
});

describe('the addresses of a name', () => {
  const host = 'kms-01.corp.example.';
  const of = (type: string, ...values: string[]): string => {
    const records = values.map((value) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`).join('');
    return set(type, `<TTL>300</TTL><ResourceRecords>${records}</ResourceRecords>`, host);
  };

  it.each<[string, string[], readonly string[] | undefined]>([
    ['are none where the next name of the zone follows', [set('A', RECORDS, 'kms-02.corp.example.')], []],
    ['are none where the listing has ended', [], []],
    ['are none where only other types stand there', [of('TXT', '"x"')], []],
    [
      'are those of both families',
      [of('A', '10.0.0.1', '10.0.0.2'), of('AAAA', 'fd00::1')],
      ['10.0.0.1', '10.0.0.2', 'fd00::1'],
    ],
    ['are not told of an alias', [set('A', ALIAS, host)], undefined],
    ['are not told of another name', [of('CNAME', 'a.other.example.')], undefined],
    ['are not told of a name that is delegated', [of('NS', 'ns.other.example.')], undefined],
    ['are none of a zone’s own name without any', [of('NS', 'ns.aws.example.'), of('SOA', 'x')], []],
  ])('%s', async (_, sets, addresses) => {
    const { recordSets, asked } = await start(listing(...sets));

    expect(await recordSets.readAddresses(TOKYO, 'ZCORP', 'kms-01.corp.example')).toEqual(addresses);
    expect(asked).toHaveLength(1);
  });

  it('are not told where the zone is gone', async () => {
    const { recordSets } = await start(errorResponse(404, 'NoSuchHostedZone', 'x'));

    expect(await recordSets.readAddresses(TOKYO, 'ZCORP', 'kms-01.corp.example')).toBeUndefined();
  });
});
