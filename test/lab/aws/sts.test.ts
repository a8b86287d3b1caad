import { ListCommandsCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  startAccounts,
} from './accounts-under-test.ts';
import type { LabRole, Principal } from './types.ts';

const arn = `arn:aws:iam::${FRANKFURT.account}:role/site`;
const enter = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn } as const;
const list = { Effect: 'Allow', Action: 'ssm:ListCommands', Resource: '*' } as const;

let lab: AccountsUnderTest;
let role: LabRole;

beforeEach(() => {
  role = {
    arn,
    account: FRANKFURT.account,
    trusts: [`arn:aws:iam::${ADMINISTRATOR.account}:role/observe`],
    policies: [{ Version: '2012-10-17', Statement: list }],
  };
});

afterEach(() => lab.close());

async function assume(principal: Principal, input: Partial<AssumeRoleCommandInput> = {}) {
  lab = await startAccounts({ principals: [principal], roles: [role] });
  const sts = new STSClient(lab.client(principal));
  return sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'kms-bot', ...input }));
}

/** A client in Frankfurt with the keys that were given. */
function sessionClient({ Credentials: given }: Awaited<ReturnType<typeof assume>>): SSMClient {
  return new SSMClient({
    ...lab.client(ADMINISTRATOR, FRANKFURT.region),
    credentials: {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    },
  });
}

describe('AssumeRole', () => {
  it('gives keys that work in the other account for an hour of simulated time', async () => {
    const session = await assume(functionPrincipal(enter));
    const ssm = sessionClient(session);

    expect(session.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${FRANKFURT.account}:assumed-role/site/kms-bot`);
    await expect(ssm.send(new ListCommandsCommand({}))).resolves.toBeDefined();
    await lab.clock.advance(3_601_000);
    await expect(ssm.send(new ListCommandsCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('lets the session do what its role may at that moment', async () => {
    const ssm = sessionClient(await assume(functionPrincipal(enter)));

    role.policies = [];

    await expect(ssm.send(new ListCommandsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('assumed-role/site/kms-bot'),
    });
  });

  it('refuses a caller whose own policies do not allow it', async () => {
    await expect(assume(functionPrincipal(list))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuses a caller that the role does not trust', async () => {
    role = { ...role, trusts: ['arn:aws:iam::999999999999:root'] };

    await expect(assume(functionPrincipal(enter))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`sts:AssumeRole on resource: ${arn}`),
    });
  });

  it.each<[string, Partial<AssumeRoleCommandInput>]>([
    ['a name of one letter', { RoleSessionName: 'x' }],
    ['fourteen minutes', { DurationSeconds: 840 }],
    ['two hours out of a session', { DurationSeconds: 7200 }],
  ])('refuses %s', async (_, input) => {
    await expect(assume(functionPrincipal(enter), input)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('GetCallerIdentity', () => {
  it('answers anybody who can sign', async () => {
    lab = await startAccounts({ principals: [functionPrincipal()] });
    const sts = new STSClient(lab.client(functionPrincipal()));

    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: ADMINISTRATOR.account,
      Arn: functionPrincipal().arn,
    });
  });
});
