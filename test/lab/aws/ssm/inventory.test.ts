import {
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationCommandInput,
  GetDocumentCommand,
  GetParameterCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  nodeId,
  startAccounts,
  TEST_DOCUMENT,
  TOKYO,
  testNode,
} from '../accounts-under-test.ts';

const offline = { registered: true, online: false, version: '3.3.1.0', lastPingMs: 5000 };
const hybrid = `mi-${'b'.repeat(17)}`;
const reader = functionPrincipal({
  Effect: 'Allow',
  Action: 'ssm:GetParameter*',
  Resource: `arn:aws:ssm:${TOKYO.region}:${TOKYO.account}:parameter/kms-bot/*`,
});

let lab: AccountsUnderTest;
let ssm: SSMClient;

beforeEach(async () => {
  lab = await startAccounts({
    throttle: {},
    principals: [ADMINISTRATOR, reader],
    nodes: [
      ...Array.from({ length: 12 }, (_, number) => testNode(nodeId(number + 1))),
      testNode(nodeId(20), { agent: offline, tags: { Env: 'prod' } }),
      testNode(nodeId(21), { platform: 'linux' }),
      testNode(nodeId(22), { instanceState: 'stopped', agent: offline }),
      testNode(nodeId(23), { agent: { ...offline, registered: false } }),
      testNode(hybrid, { tags: { Rack: '7' } }),
      testNode(nodeId(30), { site: FRANKFURT.id }),
    ],
  });
  ssm = new SSMClient(lab.client());
});

afterEach(() => lab.close());

async function ids(input: DescribeInstanceInformationCommandInput): Promise<(string | undefined)[]> {
  const answer = await ssm.send(new DescribeInstanceInformationCommand({ MaxResults: 50, ...input }));
  return (answer.InstanceInformationList ?? []).map((one) => one.InstanceId);
}

describe('DescribeInstanceInformation', () => {
  it('gives registered machines of the site, stopped ones left out, ten a page by default', async () => {
    const first = await ssm.send(new DescribeInstanceInformationCommand({}));
    const second = await ssm.send(new DescribeInstanceInformationCommand({ NextToken: first.NextToken }));

    expect(first.InstanceInformationList).toHaveLength(10);
    expect((second.InstanceInformationList ?? []).map((one) => one.InstanceId)).toEqual([
      nodeId(11),
      nodeId(12),
      nodeId(20),
      nodeId(21),
      hybrid,
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('says when a silent agent was last heard of', async () => {
    const answer = await ssm.send(
      new DescribeInstanceInformationCommand({ Filters: [{ Key: 'InstanceIds', Values: [nodeId(20)] }] }),
    );

    expect(answer.InstanceInformationList?.[0]).toMatchObject({
      PingStatus: 'ConnectionLost',
      LastPingDateTime: new Date(5000),
      PlatformType: 'Windows',
      ResourceType: 'EC2Instance',
      AgentVersion: '3.3.1.0',
    });
  });

  it.each<[string, DescribeInstanceInformationCommandInput, string[]]>([
    ['ping status', { Filters: [{ Key: 'PingStatus', Values: ['ConnectionLost'] }] }, [nodeId(20)]],
    ['platform', { Filters: [{ Key: 'PlatformTypes', Values: ['Linux'] }] }, [nodeId(21)]],
    ['resource type', { Filters: [{ Key: 'ResourceType', Values: ['ManagedInstance'] }] }, [hybrid]],
    ['tag', { Filters: [{ Key: 'tag:Env', Values: ['prod', 'test'] }] }, [nodeId(20)]],
    ['tag key', { Filters: [{ Key: 'tag-key', Values: ['Rack'] }] }, [hybrid]],
    ['the older list', { InstanceInformationFilterList: [{ key: 'InstanceIds', valueSet: [hybrid] }] }, [hybrid]],
  ])('filters by %s', async (_, input, expected) => {
    expect(await ids(input)).toEqual(expected);
  });

  it.each<[string, DescribeInstanceInformationCommandInput, string]>([
    ['four a page', { MaxResults: 4 }, 'ValidationException'],
    ['fifty-one a page', { MaxResults: 51 }, 'ValidationException'],
    ['an unknown id', { Filters: [{ Key: 'InstanceIds', Values: [nodeId(99)] }] }, 'InvalidInstanceId'],
    ['a malformed id', { Filters: [{ Key: 'InstanceIds', Values: ['web-1'] }] }, 'InvalidInstanceId'],
    ['an unknown key', { Filters: [{ Key: 'Colour', Values: ['red'] }] }, 'InvalidFilterKey'],
    [
      'an unknown status',
      { Filters: [{ Key: 'PingStatus', Values: ['Sleeping'] }] },
      'InvalidInstanceInformationFilterValue',
    ],
    ['a token of another question', { NextToken: 'x' }, 'InvalidNextToken'],
    [
      'tags together with anything else',
      {
        Filters: [
          { Key: 'tag:Env', Values: ['prod'] },
          { Key: 'PingStatus', Values: ['Online'] },
        ],
      },
      'InvalidFilterKey',
    ],
  ])('refuses %s', async (_, input, name) => {
    await expect(ids(input)).rejects.toMatchObject({ name });
  });
});

describe('ListTagsForResource', () => {
  it('gives the tags of a hybrid machine and refuses an instance, whose tags are EC2’s', async () => {
    const tags = (ResourceId: string) =>
      ssm.send(new ListTagsForResourceCommand({ ResourceType: 'ManagedInstance', ResourceId }));

    expect((await tags(hybrid)).TagList).toEqual([{ Key: 'Rack', Value: '7' }]);
    await expect(tags(nodeId(1))).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});

describe('documents', () => {
  it('get a number with every registration, the newest is the default', async () => {
    const changed = { ...TEST_DOCUMENT, description: 'Second.' };
    lab.accounts.ssm.registerDocument({
      ...TOKYO,
      name: 'KmsBot-Inspect',
      content: changed,
      platformTypes: ['Windows'],
    });

    const latest = await ssm.send(new DescribeDocumentCommand({ Name: 'KmsBot-Inspect' }));
    const first = await ssm.send(new GetDocumentCommand({ Name: 'KmsBot-Inspect', DocumentVersion: '1' }));

    expect(latest.Document).toMatchObject({ DocumentVersion: '2', DefaultVersion: '2', PlatformTypes: ['Windows'] });
    expect(JSON.parse(first.Content ?? '')).toEqual(TEST_DOCUMENT);
  });

  it.each([
    ['two steps', { ...TEST_DOCUMENT, mainSteps: [...TEST_DOCUMENT.mainSteps, ...TEST_DOCUMENT.mainSteps] }],
    ['another schema', { ...TEST_DOCUMENT, schemaVersion: '0.3' }],
    [
      'a precondition it cannot evaluate',
      { ...TEST_DOCUMENT, mainSteps: [{ name: 'x', precondition: { StringLike: [] } }] },
    ],
  ])('are refused by the lab with %s', (_, content) => {
    expect(() =>
      lab.accounts.ssm.registerDocument({ ...TOKYO, name: 'Odd', content, platformTypes: ['Windows'] }),
    ).toThrow();
  });
});

describe('Parameter Store', () => {
  beforeEach(() => {
    lab.accounts.ssm.putParameter({ ...TOKYO, name: '/kms-bot/mak', value: 'secret value', type: 'SecureString' });
    lab.accounts.ssm.putParameter({ ...TOKYO, name: '/other', value: 'x', type: 'String' });
    ssm = new SSMClient(lab.client(reader));
  });

  it('decrypts only when asked to', async () => {
    const get = (WithDecryption: boolean) =>
      ssm.send(new GetParameterCommand({ Name: '/kms-bot/mak', WithDecryption }));

    expect((await get(true)).Parameter?.Value).toBe('secret value');
    expect((await get(false)).Parameter?.Value).not.toContain('secret');
  });

  it('demands the right on each name', async () => {
    await expect(ssm.send(new GetParameterCommand({ Name: '/other' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(ssm.send(new GetParameterCommand({ Name: '/kms-bot/none' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('lists names that do not exist apart', async () => {
    const answer = await ssm.send(new GetParametersCommand({ Names: ['/kms-bot/mak', '/kms-bot/none'] }));

    expect(answer.Parameters?.map((one) => one.Name)).toEqual(['/kms-bot/mak']);
    expect(answer.InvalidParameters).toEqual(['/kms-bot/none']);
  });
});
