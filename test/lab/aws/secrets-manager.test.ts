import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, expect, it } from 'vitest';
import { type AccountsUnderTest, functionPrincipal, startAccounts, TOKYO } from './accounts-under-test.ts';

let lab: AccountsUnderTest;

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
