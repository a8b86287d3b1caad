import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from './accounts-under-test.ts';

let lab: AccountsUnderTest;

/** Learns names and tags under one prefix, as the bot does of stored keys. */
const describer = functionPrincipal({
  Effect: 'Allow',
  Action: 'secretsmanager:DescribeSecret',
  Resource: `arn:aws:secretsmanager:${TOKYO.region}:${TOKYO.account}:secret:keys/*`,
});

afterEach(() => lab.close());

it('gives a secret by name and by ARN to those who may read it, and to nobody else', async () => {
  const prefix = `arn:aws:secretsmanager:${TOKYO.region}:${TOKYO.account}:secret:`;
  const caller = functionPrincipal({
    Effect: 'Allow',
    Action: 'secretsmanager:GetSecretValue',
    Resource: `${prefix}slack-??????`,
  });
  lab = await startAccounts({ principals: [caller] });
  const { arn } = lab.accounts.secrets.putSecret({ ...TOKYO, name: 'slack', value: '{"botToken":"x"}' });
  lab.accounts.secrets.putSecret({ ...TOKYO, name: 'other', value: 'y' });
  const client = new SecretsManagerClient(lab.client(caller));
  const get = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

  expect(await get('slack')).toMatchObject({
    ARN: arn,
    SecretString: '{"botToken":"x"}',
    VersionStages: ['AWSCURRENT'],
  });
  expect((await get(arn)).Name).toBe('slack');
  await expect(get('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('does not find what is not there, and keeps the ARN when a value is replaced', async () => {
  lab = await startAccounts();
  const first = lab.accounts.secrets.putSecret({ ...TOKYO, name: 'slack', value: '1' });
  const second = lab.accounts.secrets.putSecret({ ...TOKYO, name: 'slack', value: '2' });
  const client = new SecretsManagerClient(lab.client());

  expect(second).toEqual(first);
  expect((await client.send(new GetSecretValueCommand({ SecretId: first.arn }))).SecretString).toBe('2');
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'nothing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
});

describe('tags', () => {
  const tags = { kind: 'mak', group: '2022' };

  beforeEach(async () => {
    lab = await startAccounts({ principals: [ADMINISTRATOR, describer] });
    lab.accounts.secrets.putSecret({ ...TOKYO, name: 'keys/a', value: 'nobody-knows', tags });
  });

  it('are told with the secret, and its value is not', async () => {
    const client = new SecretsManagerClient(lab.client(describer));

    const told = await client.send(new DescribeSecretCommand({ SecretId: 'keys/a' }));

    expect(told).toMatchObject({
      Name: 'keys/a',
      Tags: [
        { Key: 'kind', Value: 'mak' },
        { Key: 'group', Value: '2022' },
      ],
    });
    expect(JSON.stringify(told)).not.toContain('nobody-knows');
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'keys/a' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(client.send(new DescribeSecretCommand({ SecretId: 'keys/b' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(client.send(new DescribeSecretCommand({ SecretId: 'other' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('are added by whoever may do everything, and stay when the value is replaced', async () => {
    const client = new SecretsManagerClient(lab.client());
    await client.send(new TagResourceCommand({ SecretId: 'keys/a', Tags: [{ Key: 'edition', Value: 'any' }] }));
    lab.accounts.secrets.putSecret({ ...TOKYO, name: 'keys/a', value: 'another' });
    const Tags = [{ Key: 'kind', Value: 'host' }];
    const made = await client.send(new CreateSecretCommand({ Name: 'keys/c', SecretString: 'x', Tags }));

    const described = async (SecretId: string) => (await client.send(new DescribeSecretCommand({ SecretId }))).Tags;
    expect(await described('keys/a')).toHaveLength(3);
    expect(await described(made.ARN ?? '')).toEqual(Tags);
    await expect(client.send(new CreateSecretCommand({ Name: 'keys/c', SecretString: 'x' }))).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
  });

  it('and names are listed, by what they begin with, page by page', async () => {
    for (const name of ['keys/b', 'slack', 'my/keys/c']) {
      lab.accounts.secrets.putSecret({ ...TOKYO, name, value: 'x', tags: { kind: 'host' } });
    }
    const client = new SecretsManagerClient(lab.client());
    const list = async (Key: 'name' | 'tag-value', value: string, more: object = {}) => {
      const input = { Filters: [{ Key, Values: [value] }], ...more };
      const { SecretList = [], NextToken } = await client.send(new ListSecretsCommand(input));
      return { names: SecretList.map(({ Name }) => Name).sort(), NextToken };
    };

    expect((await list('name', 'keys/')).names).toEqual(['keys/a', 'keys/b']);
    expect((await list('name', '!keys/')).names).toEqual(['my/keys/c', 'slack']);
    expect((await list('tag-value', 'mak')).names).toEqual(['keys/a']);
    const { names, NextToken } = await list('name', 'keys/', { MaxResults: 1 });
    const next = await list('name', 'keys/', { MaxResults: 1, NextToken });
    expect([...names, ...next.names].sort()).toEqual(['keys/a', 'keys/b']);
    expect(next.NextToken).toBeUndefined();
    await expect(list('name', 'slack', { NextToken })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });
});
