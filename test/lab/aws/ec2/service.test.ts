import {
  DescribeDhcpOptionsCommand,
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  functionPrincipal,
  nodeId,
  startAccounts,
  testNode,
} from '../accounts-under-test.ts';

let lab: AccountsUnderTest;
let ec2: EC2Client;

beforeEach(async () => {
  lab = await startAccounts({
    principals: [ADMINISTRATOR, functionPrincipal()],
    nodes: [
      ...Array.from({ length: 7 }, (_, number) => testNode(nodeId(number + 1))),
      testNode(nodeId(8), { usageOperation: 'RunInstances:0002', tags: { Env: 'prod', Name: '<b>&"' } }),
      testNode(nodeId(9), { platform: 'linux', usageOperation: 'RunInstances', instanceState: 'stopped', tags: {} }),
      testNode(`mi-${'c'.repeat(17)}`),
    ],
  });
  ec2 = new EC2Client(lab.client());
});

afterEach(() => lab.close());

async function ids(input: DescribeInstancesCommandInput): Promise<(string | undefined)[]> {
  const answer = await ec2.send(new DescribeInstancesCommand(input));
  return (answer.Reservations ?? []).flatMap((one) => one.Instances ?? []).map((one) => one.InstanceId);
}

describe('DescribeInstances', () => {
  it('shows state, platform, licence and tags, whatever stands in them', async () => {
    const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [nodeId(8), nodeId(9)] }));

    expect(answer.Reservations?.map((one) => one.Instances?.[0])).toMatchObject([
      {
        State: { Code: 16, Name: 'running' },
        Platform: 'windows',
        PlatformDetails: 'Windows',
        UsageOperation: 'RunInstances:0002',
        Tags: [
          { Key: 'Env', Value: 'prod' },
          { Key: 'Name', Value: '<b>&"' },
        ],
      },
      { State: { Code: 80, Name: 'stopped' }, PlatformDetails: 'Linux/UNIX', UsageOperation: 'RunInstances' },
    ]);
  });

  it('gives instances only, hybrid machines are not EC2’s', async () => {
    expect(await ids({})).toHaveLength(9);
  });

  it.each<[string, DescribeInstancesCommandInput, string[]]>([
    ['tag', { Filters: [{ Name: 'tag:Env', Values: ['p*'] }] }, [nodeId(8)]],
    ['tag key', { Filters: [{ Name: 'tag-key', Values: ['Env'] }] }, [nodeId(8)]],
    ['state', { Filters: [{ Name: 'instance-state-name', Values: ['stopped', 'stopping'] }] }, [nodeId(9)]],
    ['id', { Filters: [{ Name: 'instance-id', Values: [nodeId(3)] }] }, [nodeId(3)]],
    [
      'platform and tag together',
      {
        Filters: [
          { Name: 'platform', Values: ['windows'] },
          { Name: 'tag-key', Values: ['Env'] },
        ],
      },
      [nodeId(8)],
    ],
  ])('filters by %s', async (_, input, expected) => {
    expect(await ids(input)).toEqual(expected);
  });

  it('pages', async () => {
    const first = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }));

    expect(first.Reservations).toHaveLength(5);
    expect(await ids({ MaxResults: 5, NextToken: first.NextToken })).toEqual([6, 7, 8, 9].map(nodeId));
  });

  it.each<[string, DescribeInstancesCommandInput, string]>([
    ['an unknown id', { InstanceIds: [nodeId(99)] }, 'InvalidInstanceID.NotFound'],
    ['a malformed id', { InstanceIds: ['i-1'] }, 'InvalidInstanceID.Malformed'],
    ['four a page', { MaxResults: 4 }, 'InvalidParameterValue'],
    ['ids with a page size', { InstanceIds: [nodeId(1)], MaxResults: 5 }, 'InvalidParameterCombination'],
    ['a filter it does not know', { Filters: [{ Name: 'colour', Values: ['red'] }] }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, input, name) => {
    await expect(ids(input)).rejects.toMatchObject({ name });
  });

  it('denies as EC2 does', async () => {
    ec2 = new EC2Client(lab.client(functionPrincipal()));

    await expect(ids({})).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining('not authorized to perform: ec2:DescribeInstances because'),
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('networks', () => {
  it('lead from a VPC to its DHCP domain', async () => {
    const vpcs = await ec2.send(new DescribeVpcsCommand({}));
    const options = await ec2.send(
      new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [vpcs.Vpcs?.[0]?.DhcpOptionsId ?? ''] }),
    );

    expect(options.DhcpOptions?.[0]?.DhcpConfigurations).toContainEqual({
      Key: 'domain-name',
      Values: [{ Value: 'corp.example.com' }],
    });
  });
});
