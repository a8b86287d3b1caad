import { type Change, GetChangeCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionPrincipal } from '../accounts-under-test.ts';
import { type ChangingUnderTest, CURRENT, change, startChanging, ZONE, zone } from './changing-setup.ts';

/** The rights that a role needs for KMS records with a marker beside them, and no more. */
const KMS_RECORDS = functionPrincipal(
  {
    Effect: 'Allow',
    Action: 'route53:ChangeResourceRecordSets',
    Resource: `arn:aws:route53:::hostedzone/${ZONE}`,
    Condition: {
      'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_vlmcs._tcp.*'] },
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsRecordTypes': ['SRV', 'TXT'],
        'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
      },
    },
  },
  { Effect: 'Allow', Action: 'route53:GetChange', Resource: 'arn:aws:route53:::change/*' },
);

const OTHER = 'Z0OTHER';
const MARKER = ['"kms-bot"'];

let at: ChangingUnderTest;

beforeEach(async () => {
  at = await startChanging({}, [KMS_RECORDS]);
  at.lab.world.state.zones.push(zone({ id: OTHER, name: 'corp.example', busySeconds: 0 }));
});

afterEach(() => at.lab.close());

const exchange = [change('DELETE', 'SRV', CURRENT), change('CREATE', 'SRV', ['0 0 1688 a.'])];

describe('a role for KMS records', () => {
  it.each<[string, readonly Change[]]>([
    ['an exchange of the set', exchange],
    ['a set with its marker', [...exchange, change('CREATE', 'TXT', MARKER)]],
    [
      'a name below the zone, in capitals',
      [change('CREATE', 'SRV', ['0 0 1688 a.'], { name: '_VLMCS._TCP.sub.corp.example.' })],
    ],
  ])('may send %s', async (_, changes) => {
    const id = await at.send(changes, { as: KMS_RECORDS });
    const client = new Route53Client(at.lab.client(KMS_RECORDS));

    expect((await client.send(new GetChangeCommand({ Id: id }))).ChangeInfo?.Status).toBe('PENDING');
  });

  it.each<[string, readonly Change[], string]>([
    ['another name', [change('CREATE', 'SRV', ['0 0 1688 a.'], { name: '_kerberos._tcp.corp.example' })], ZONE],
    ['another name beside its own', [...exchange, change('CREATE', 'TXT', MARKER, { name: 'corp.example' })], ZONE],
    ['a name that only ends alike', [change('CREATE', 'TXT', MARKER, { name: 'x._vlmcs._tcp.corp.example' })], ZONE],
    ['another type', [change('CREATE', 'A', ['10.0.0.1'])], ZONE],
    ['UPSERT', [change('UPSERT', 'SRV', ['0 0 1688 a.'])], ZONE],
    ['another zone', exchange, OTHER],
    ['a zone that does not exist', exchange, 'Z404'],
  ])('may not send %s', async (_, changes, zoneId) => {
    await expect(at.send(changes, { as: KMS_RECORDS, zoneId })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `is not authorized to perform: route53:ChangeResourceRecordSets on resource: arn:aws:route53:::hostedzone/${zoneId}`,
      ),
      $metadata: { httpStatusCode: 403 },
    });
    expect(await at.listed()).toHaveLength(5);
  });

  it('whose policy writes a name with its last dot may send nothing', async () => {
    const [statement] = KMS_RECORDS.policies as { Statement: object }[];
    const written = JSON.stringify(statement).replace('_vlmcs._tcp.*', '_vlmcs._tcp.corp.example.');
    const dotted = { ...KMS_RECORDS, accessKeyId: 'AKIALABDOTTED0000000', policies: [JSON.parse(written)] };
    await at.lab.close();
    at = await startChanging({}, [dotted]);

    await expect(at.send(exchange, { as: dotted })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('sees names with odd characters in octal', async () => {
    const star = functionPrincipal({
      Effect: 'Allow',
      Action: 'route53:ChangeResourceRecordSets',
      Resource: '*',
      Condition: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['\\052.corp.example'],
        },
      },
    });
    await at.lab.close();
    at = await startChanging({}, [star]);
    await at.send([change('CREATE', 'A', ['10.0.0.1'], { name: '*.CORP.example.' })], { as: star });

    expect(await at.listed()).toContain('\\052.corp.example. A 10.0.0.1');
  });
});
