import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from '../accounts-under-test.ts';
import type { PolicyStatement } from '../types.ts';

const DAY_MS = 24 * 3_600_000;

const caller = functionPrincipal([]);
let lab: AccountsUnderTest;
let ssm: SSMClient;

beforeEach(async () => {
  lab = await startAccounts({ principals: [ADMINISTRATOR, caller], throttle: {} });
  ssm = new SSMClient(lab.client());
});

afterEach(() => lab.close());

const put = (input: Partial<PutParameterCommandInput>, client = ssm) =>
  client.send(new PutParameterCommand({ Name: '/a/b', Value: 'v', Type: 'SecureString', ...input }));
const get = (Name: string, WithDecryption = true) => ssm.send(new GetParameterCommand({ Name, WithDecryption }));

const expiring = (atMs: number, type = 'Expiration') =>
  JSON.stringify([{ Type: type, Version: '1.0', Attributes: { Timestamp: new Date(atMs).toISOString() } }]);

describe('a parameter', () => {
  it('is written once, and again only where that is asked for', async () => {
    expect(await put({})).toMatchObject({ Version: 1, Tier: 'Standard' });
    await expect(put({ Value: 'w' })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
      message:
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    });
    expect(await put({ Value: 'wanted', Overwrite: true })).toMatchObject({ Version: 2 });
    expect((await get('/a/b')).Parameter).toMatchObject({ Value: 'wanted', Version: 2, Type: 'SecureString' });
    expect((await get('/a/b', false)).Parameter?.Value).not.toContain('wanted');
  });

  it('is one of its account and region', async () => {
    await put({});
    const there = new SSMClient(lab.client(ADMINISTRATOR, FRANKFURT.region));

    await expect(there.send(new GetParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('that is deleted is gone, and cannot be deleted twice', async () => {
    await put({});
    await ssm.send(new DeleteParameterCommand({ Name: '/a/b' }));

    await expect(get('/a/b')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(ssm.send(new DeleteParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    expect(await put({})).toMatchObject({ Version: 1 });
  });

  it('of the advanced tier goes when its time is over, by the lab’s clock, and may be written anew', async () => {
    const endsAtMs = lab.clock.now() + DAY_MS;
    expect(await put({ Tier: 'Advanced', Policies: expiring(endsAtMs) })).toMatchObject({ Tier: 'Advanced' });
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    expect(Parameters).toMatchObject([
      { Tier: 'Advanced', Policies: [{ PolicyType: 'Expiration', PolicyText: expiring(endsAtMs).slice(1, -1) }] },
    ]);

    await lab.clock.advance(DAY_MS - 60_000);
    expect((await get('/a/b')).Parameter?.Value).toBe('v');
    await lab.clock.advance(60_000);

    await expect(get('/a/b')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toEqual([]);
    expect(await put({})).toMatchObject({ Version: 1, Tier: 'Standard' });
  });

  it.each([
    ['no type', { Type: undefined }, 'ValidationException', 'A parameter type is required'],
    ['no value', { Value: '' }, 'ValidationException', 'Member must have length greater than or equal to 1'],
    ['more than 4 KB', { Value: 'x'.repeat(4097) }, 'ValidationException', '4096 characters'],
    ['more than 8 KB', { Value: 'x'.repeat(8193), Tier: 'Advanced' }, 'ValidationException', '8192 characters'],
    ['a name of somebody else', { Name: '/aws/service/x' }, 'AccessDeniedException', 'No access to reserved'],
    ['a name of the service', { Name: 'ssm-x' }, 'ValidationException', "can't be prefixed"],
    ['a sign that names have not', { Name: '/a/b c' }, 'ValidationException', "can't be prefixed"],
    ['a path without its slash', { Name: 'a/b' }, 'ValidationException', 'fully qualified name'],
    ['sixteen levels', { Name: '/x'.repeat(16) }, 'HierarchyLevelLimitExceededException', '15'],
    ['policies of the standard tier', { Policies: expiring(2e12 + DAY_MS) }, 'ValidationException', 'advanced tier'],
    ['an end that is over', { Tier: 'Advanced', Policies: expiring(1) }, 'InvalidPolicyAttributeException', 'past'],
    ['another policy', { Tier: 'Advanced', Policies: expiring(2e12, 'Burn') }, 'InvalidPolicyTypeException', 'Burn'],
    ['no JSON', { Tier: 'Advanced', Policies: 'soon' }, 'InvalidPolicyAttributeException', 'list'],
    ['tags beside overwriting', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException', 'tags'],
  ] as const)('is refused with %s', async (_, input, name, words) => {
    await expect(put(input as Partial<PutParameterCommandInput>)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(words),
    });
  });

  it('keeps its type and its tier', async () => {
    await put({ Tier: 'Advanced' });

    await expect(put({ Overwrite: true, Type: 'String' })).rejects.toMatchObject({
      name: 'HierarchyTypeMismatchException',
    });
    await expect(put({ Overwrite: true, Tier: 'Standard' })).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await put({ Overwrite: true, Type: undefined })).toMatchObject({ Tier: 'Advanced' });
  });
});

describe('tags', () => {
  const tagsOf = async (ResourceId: string) =>
    (await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId }))).TagList;

  it('come with the parameter or later, and stay when the value is replaced', async () => {
    await put({ Tags: [{ Key: 'kind', Value: 'mak' }] });
    const Tags = [{ Key: 'group', Value: '2022' }];
    await ssm.send(new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: '/a/b', Tags }));
    await put({ Overwrite: true });
    lab.accounts.ssm.putParameter({ ...TOKYO, name: '/a/b', type: 'SecureString', value: 'from the lab' });

    expect(await tagsOf('/a/b')).toEqual([
      { Key: 'kind', Value: 'mak' },
      { Key: 'group', Value: '2022' },
    ]);
  });

  it('of nothing are asked for in vain', async () => {
    await expect(tagsOf('/not/there')).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });
});

describe('a listing', () => {
  const names = async (Filters: { Key: string; Option?: string; Values: string[] }[], MaxResults?: number) => {
    const { Parameters = [], NextToken } = await ssm.send(
      new DescribeParametersCommand({ ParameterFilters: Filters, ...(MaxResults === undefined ? {} : { MaxResults }) }),
    );
    return { names: Parameters.map(({ Name }) => Name), NextToken };
  };

  beforeEach(async () => {
    await put({ Name: '/keys/b', Tags: [{ Key: 'kind', Value: 'mak' }] });
    await put({ Name: '/keys/a', Type: 'String' });
    await put({ Name: '/keys/more/c' });
    await put({ Name: 'plain', Tier: 'Advanced' });
  });

  it.each([
    [{ Key: 'Name', Values: ['/keys/a'] }, ['/keys/a']],
    [{ Key: 'Name', Option: 'BeginsWith', Values: ['/keys/'] }, ['/keys/a', '/keys/b', '/keys/more/c']],
    [{ Key: 'Name', Option: 'Contains', Values: ['mor', 'lain'] }, ['/keys/more/c', 'plain']],
    [{ Key: 'Path', Option: 'OneLevel', Values: ['/keys'] }, ['/keys/a', '/keys/b']],
    [{ Key: 'Path', Option: 'Recursive', Values: ['/keys'] }, ['/keys/a', '/keys/b', '/keys/more/c']],
    [{ Key: 'Type', Values: ['String'] }, ['/keys/a']],
    [{ Key: 'Tier', Values: ['Advanced'] }, ['plain']],
    [{ Key: 'tag:kind', Values: ['mak'] }, ['/keys/b']],
  ])('by %j has what passes', async (filter, expected) => {
    expect((await names([filter])).names).toEqual(expected);
  });

  it('goes page by page, and its tokens are for one question only', async () => {
    const filter = { Key: 'Name', Option: 'BeginsWith', Values: ['/keys/'] };
    const first = await names([filter], 2);
    const next = (ParameterFilters: (typeof filter)[]) =>
      ssm.send(
        new DescribeParametersCommand({ ParameterFilters, MaxResults: 2, NextToken: first.NextToken ?? 'none' }),
      );

    expect(first.names).toEqual(['/keys/a', '/keys/b']);
    expect((await next([filter])).Parameters?.map(({ Name }) => Name)).toEqual(['/keys/more/c']);
    await expect(next([])).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it.each([
    ['InvalidFilterOption', { Key: 'Name', Option: 'Like', Values: ['a'] }],
    ['InvalidFilterKey', { Key: 'DataType', Values: ['text'] }],
    ['ValidationException', { Key: 'Color', Values: ['red'] }],
  ])('is refused with %s for %j', async (name, filter) => {
    await expect(names([filter])).rejects.toMatchObject({ name });
  });

  it('tells no values', async () => {
    await put({ Name: 'secret', Value: 'nobody-knows' });

    expect(JSON.stringify(await ssm.send(new DescribeParametersCommand({})))).not.toContain('nobody-knows');
  });
});

describe('a role', () => {
  const allowed = (...statements: Partial<PolicyStatement>[]) => {
    caller.policies = [{ Statement: statements.map((each) => ({ Effect: 'Allow', ...each }) as PolicyStatement) }];
    return new SSMClient(lab.client(caller));
  };
  const CONFIRMATIONS = `arn:aws:ssm:${TOKYO.region}:${TOKYO.account}:parameter/kms-bot/confirmation/*`;
  const NAME = '/kms-bot/confirmation/c1-1';

  it('that may write and not overwrite does so under its path, whatever is there', async () => {
    const client = allowed({
      Action: 'ssm:PutParameter',
      Resource: CONFIRMATIONS,
      Condition: { StringNotEquals: { 'ssm:Overwrite': 'true' } },
    });

    await put({ Name: NAME, Overwrite: false }, client);
    await expect(put({ Name: NAME, Overwrite: true }, client)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(put({ Name: '/kms-bot/keys/k' }, client)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(put({ Name: NAME }, client)).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  });

  it.each([
    ['ssm:GetParameter', new GetParameterCommand({ Name: NAME })],
    ['ssm:DeleteParameter', new DeleteParameterCommand({ Name: NAME })],
    ['ssm:ListTagsForResource', new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: NAME })],
    [
      'ssm:AddTagsToResource',
      new AddTagsToResourceCommand({ ResourceType: 'Parameter', ResourceId: NAME, Tags: [{ Key: 'a', Value: 'b' }] }),
    ],
  ] as const)('needs %s on the parameter, whether it is there or not', async (action, command) => {
    const send = (client: SSMClient) => client.send(command as GetParameterCommand);
    const denied = { name: 'AccessDeniedException', message: expect.stringContaining(`${action} on resource: arn:`) };

    await expect(send(allowed())).rejects.toMatchObject(denied);
    await put({ Name: NAME });
    await expect(send(allowed())).rejects.toMatchObject(denied);
    await expect(send(allowed({ Action: action, Resource: CONFIRMATIONS }))).resolves.toBeDefined();
  });

  it('lists all or nothing', async () => {
    const list = (client: SSMClient) => client.send(new DescribeParametersCommand({}));

    await expect(list(allowed({ Action: 'ssm:DescribeParameters', Resource: CONFIRMATIONS }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(list(allowed({ Action: 'ssm:DescribeParameters', Resource: '*' }))).resolves.toBeDefined();
  });
});
