import {
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  Route53Client,
} from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LabRecordSet, LabZone } from '../../world/types.ts';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from '../accounts-under-test.ts';
import { compareNames } from './names.ts';

const set = (name: string, type: LabRecordSet['type'], ...values: string[]): LabRecordSet => ({
  name,
  type,
  ttl: 300,
  values,
});

const zone = (id: string, overrides: Partial<LabZone> = {}): LabZone => ({
  id,
  name: 'corp.example.com',
  site: TOKYO.id,
  private: true,
  vpcs: ['vpc-00000000000000001'],
  hostedBy: 'route53',
  recordSets: [],
  ...overrides,
});

const RECORDS = [
  set('kms1.corp.example.com.', 'A', '10.0.0.1'),
  set('*.corp.example.com.', 'A', '10.0.0.9'),
  set('_vlmcs._tcp.corp.example.com.', 'SRV', '0 0 1688 kms1.corp.example.com.', '0 0 1688 kms2.corp.example.com.'),
  set('corp.example.com.', 'SOA', 'ns. hostmaster. 1 7200 900 1209600 86400'),
  set('corp.example.com.', 'NS', 'ns-1.example.net.'),
];

let lab: AccountsUnderTest;
let dns: Route53Client;

beforeEach(async () => {
  lab = await startAccounts({
    throttle: {},
    principals: [
      ADMINISTRATOR,
      functionPrincipal(
        { Effect: 'Allow', Action: 'route53:*', Resource: 'arn:aws:route53:::hostedzone/Z2' },
        { Effect: 'Allow', Action: 'route53:ListHostedZonesByVPC', Resource: '*' },
      ),
    ],
    zones: [
      zone('Z2', { recordSets: RECORDS }),
      zone('Z1', { private: false, vpcs: [] }),
      zone('Z3', { name: 'example.com' }),
      zone('ad.example.com', { name: 'ad.example.com', hostedBy: 'active-directory' }),
      zone('Z9', { site: FRANKFURT.id }),
    ],
  });
  dns = new Route53Client(lab.client());
});

afterEach(() => lab.close());

describe('zones', () => {
  it('are those of the account in Route 53', async () => {
    const all = await dns.send(new ListHostedZonesCommand({}));

    expect(all.HostedZones?.map((one) => one.Id)).toEqual(['/hostedzone/Z1', '/hostedzone/Z2', '/hostedzone/Z3']);
    expect(all).toMatchObject({ IsTruncated: false, MaxItems: 100 });
  });

  it('come by pages', async () => {
    const first = await dns.send(new ListHostedZonesCommand({ MaxItems: 2 }));
    const second = await dns.send(new ListHostedZonesCommand({ MaxItems: 2, Marker: first.NextMarker }));

    expect([first.IsTruncated, second.HostedZones?.map((one) => one.Id)]).toEqual([true, ['/hostedzone/Z3']]);
  });

  it('by name start at the name, which several zones may have', async () => {
    const answer = await dns.send(new ListHostedZonesByNameCommand({ DNSName: 'corp.example.com' }));
    const all = await dns.send(new ListHostedZonesByNameCommand({ MaxItems: 1 }));

    expect(answer.HostedZones?.map((one) => [one.Id, one.Config?.PrivateZone])).toEqual([
      ['/hostedzone/Z1', false],
      ['/hostedzone/Z2', true],
    ]);
    expect(all).toMatchObject({ IsTruncated: true, NextDNSName: 'corp.example.com.', NextHostedZoneId: 'Z1' });
  });

  it('by VPC are those associated with it', async () => {
    const answer = await dns.send(
      new ListHostedZonesByVPCCommand({ VPCId: 'vpc-00000000000000001', VPCRegion: 'ap-northeast-1' }),
    );

    expect(answer.HostedZoneSummaries?.map((one) => [one.HostedZoneId, one.Owner?.OwningAccount])).toEqual([
      ['Z2', TOKYO.account],
      ['Z3', TOKYO.account],
    ]);
  });

  it('say which networks a private one serves', async () => {
    const answer = await dns.send(new GetHostedZoneCommand({ Id: 'Z2' }));

    expect(answer.HostedZone).toMatchObject({ Name: 'corp.example.com.', ResourceRecordSetCount: 5 });
    expect(answer.VPCs).toEqual([{ VPCId: 'vpc-00000000000000001', VPCRegion: TOKYO.region }]);
  });

  it.each(['Z404', 'Z9', 'ad.example.com'])('%s is not one of them', async (Id) => {
    await expect(dns.send(new GetHostedZoneCommand({ Id }))).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
      message: `No hosted zone found with ID: ${Id}`,
    });
  });

  it('have ids of at most 32 characters', async () => {
    await expect(dns.send(new GetHostedZoneCommand({ Id: 'Z'.repeat(33) }))).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  it.each([
    ['InvalidInput', { Marker: 'Z404' }],
    ['InvalidInput', { HostedZoneType: 'Public' as 'PrivateHostedZone' }],
    ['NoSuchDelegationSet', { DelegationSetId: 'N1' }],
  ])('are refused with %s for %o', async (name, input) => {
    await expect(dns.send(new ListHostedZonesCommand(input))).rejects.toMatchObject({ name });
  });

  it('by VPC ask for the right to see the network too', async () => {
    dns = new Route53Client(lab.client(functionPrincipal()));
    const byVpc = new ListHostedZonesByVPCCommand({ VPCId: 'vpc-00000000000000001', VPCRegion: 'ap-northeast-1' });

    await expect(dns.send(byVpc)).rejects.toMatchObject({ message: expect.stringContaining('ec2:DescribeVpcs') });
  });

  it('are permitted one by one', async () => {
    dns = new Route53Client(lab.client(functionPrincipal()));

    await expect(dns.send(new GetHostedZoneCommand({ Id: 'Z2' }))).resolves.toBeDefined();
    await expect(dns.send(new GetHostedZoneCommand({ Id: 'Z3' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('record sets', () => {
  const list = (input: Partial<ListResourceRecordSetsCommandInput> = {}) =>
    dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z2', ...input }));

  it('come in the order of reversed labels, then of types, with odd characters in octal', async () => {
    const answer = await list();

    expect(answer.ResourceRecordSets?.map((one) => `${one.Name} ${one.Type}`)).toEqual([
      'corp.example.com. NS',
      'corp.example.com. SOA',
      '\\052.corp.example.com. A',
      '_vlmcs._tcp.corp.example.com. SRV',
      'kms1.corp.example.com. A',
    ]);
  });

  it('start at the name and type that are asked for', async () => {
    const answer = await list({ StartRecordName: '_vlmcs._tcp.corp.example.com', StartRecordType: 'SRV', MaxItems: 1 });

    expect(answer.ResourceRecordSets).toEqual([
      {
        Name: '_vlmcs._tcp.corp.example.com.',
        Type: 'SRV',
        TTL: 300,
        ResourceRecords: [{ Value: '0 0 1688 kms1.corp.example.com.' }, { Value: '0 0 1688 kms2.corp.example.com.' }],
      },
    ]);
    expect(answer).toMatchObject({ IsTruncated: true, NextRecordName: 'kms1.corp.example.com.', NextRecordType: 'A' });
  });

  it('give the next set where the one that was asked for does not exist', async () => {
    const answer = await list({ StartRecordName: 'a.corp.example.com', StartRecordType: 'SRV', MaxItems: 1 });

    expect(answer.ResourceRecordSets?.[0]?.Name).toBe('kms1.corp.example.com.');
  });

  it('page through all of them once', async () => {
    const seen: (string | undefined)[] = [];
    let next: Partial<ListResourceRecordSetsCommandInput> = {};
    for (let more = true; more; ) {
      const page = await list({ MaxItems: 2, ...next });
      seen.push(...(page.ResourceRecordSets ?? []).map((one) => one.Name));
      next = { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType };
      more = page.IsTruncated === true;
    }

    expect(seen).toHaveLength(5);
  });

  it.each([
    ['a type without a name', { StartRecordType: 'SRV' as const }],
    ['an identifier without a type', { StartRecordName: 'corp.example.com', StartRecordIdentifier: 'x' }],
    ['a type that does not exist', { StartRecordName: 'corp.example.com', StartRecordType: 'KMS' as 'SRV' }],
    ['a name beyond every length', { StartRecordName: 'x'.repeat(1025) }],
    ['no items at all', { MaxItems: 0 }],
  ])('refuse %s', async (_, input) => {
    await expect(list(input)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('give no more than three hundred at once, whatever is asked for', async () => {
    expect((await list({ MaxItems: 1000 })).MaxItems).toBe(300);
  });

  it('start at names in any case and in octal', async () => {
    const answer = await list({ StartRecordName: '\\052.CORP.example.com.', MaxItems: 1 });

    expect(answer.ResourceRecordSets?.[0]?.Name).toBe('\\052.corp.example.com.');
  });
});

describe('changes', () => {
  it('do not exist as long as nothing was changed', async () => {
    await expect(dns.send(new GetChangeCommand({ Id: 'C1' }))).rejects.toMatchObject({ name: 'NoSuchChange' });
  });
});

describe('compareNames', () => {
  it('has a hyphen before the dot that ends a shorter name', () => {
    const names = ['kms.example.com', 'x.kms.example.com', 'kms-01.example.com', 'example.com'];

    expect(names.sort(compareNames)).toEqual([
      'example.com',
      'kms-01.example.com',
      'kms.example.com',
      'x.kms.example.com',
    ]);
  });

  it('is an order in which a domain stands before everything under it', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', '_tcp', '*'), { minLength: 1, maxLength: 4 })
      .map((labels) => labels.join('.'));
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0);
        expect(compareNames(a, `${c}.${a}`)).toBe(-1);
        if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0) expect(compareNames(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
