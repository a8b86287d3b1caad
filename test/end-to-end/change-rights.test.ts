/** What the roles of a deployment with changes may do is enforced by the lab as it is written in the templates. */
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeDocuments } from '../../infra/lib/documents.ts';
import type { Lab } from '../lab/lab.ts';
import { holderCalled, listOf, statementsOf } from './support/rights.ts';
import { startSmallLab } from './support/small-lab.ts';

const DOCUMENTS = Object.keys(changeDocuments());
const OPERATION = 'c4k7m2q9xd-change';
const OPTIONS = Buffer.from('{}').toString('base64');

let lab: Lab;

beforeAll(async () => {
  lab = await startSmallLab();
});

afterAll(() => lab.close());

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Holder = 'slack' | 'observe' | 'change';

const keyOf = (holder: Holder): Key => {
  const principal = lab.principals.get(holder);
  if (principal === undefined) throw new Error(`nobody is called ${holder}`);
  const { accessKeyId, secretAccessKey } = principal;
  return { accessKeyId, secretAccessKey };
};

const clientOf = (credentials: Key, region = 'ap-northeast-1') => ({
  region,
  endpoint: `${lab.url}/aws`,
  credentials,
  maxAttempts: 1,
});

/** A table of the deployment, by what the statement that names it is for. */
const tableOf = (sid: string): string => {
  const statement = statementsOf(holderCalled(lab, 'change')).find(({ Sid }) => Sid === sid);
  return String(listOf(statement?.Resource)[0]).replace(/^.*table\//, '');
};

const web01 = () => lab.world.state.nodes.find(({ name }) => name === 'web-01')?.id ?? '';
const euWeb01 = () => lab.world.state.nodes.find(({ name }) => name === 'eu-web-01')?.id ?? '';

const send = (key: Key, document: string, node: string, region?: string) =>
  new SSMClient(clientOf(key, region)).send(
    new SendCommandCommand({
      DocumentName: document,
      InstanceIds: [node],
      Parameters: document === 'KmsBot-Inspect' ? {} : { Operation: [OPERATION], Options: [OPTIONS] },
    }),
  );

/** Credentials of a site's role, taken by this function. */
const entered = async (holder: Holder, role: string): Promise<Key> => {
  const { Credentials } = await new STSClient(clientOf(keyOf(holder))).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::444455556666:role/${role}`, RoleSessionName: 'test' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
};

const DENIED = { name: expect.stringMatching(/^AccessDenied/) };

describe('who reads', () => {
  it.each(DOCUMENTS)('cannot send %s, at home or at another site', async (document) => {
    const there = await entered('observe', 'kms-bot-site-frankfurt');

    await expect(send(keyOf('observe'), document, web01())).rejects.toMatchObject(DENIED);
    await expect(send(there, document, euWeb01(), 'eu-central-1')).rejects.toMatchObject(DENIED);
  });

  it('cannot take the role that changes, and who changes cannot take that of reading', async () => {
    await expect(entered('observe', 'kms-bot-change-site-frankfurt')).rejects.toMatchObject(DENIED);
    await expect(entered('change', 'kms-bot-site-frankfurt')).rejects.toMatchObject(DENIED);
  });

  it('cannot start a change', async () => {
    const [statement] = statementsOf(holderCalled(lab, 'slack')).filter(({ Sid }) => Sid === 'HandChangesOn');
    const invoke = new InvokeCommand({ FunctionName: String(statement?.Resource), InvocationType: 'Event' });

    await expect(new LambdaClient(clientOf(keyOf('observe'))).send(invoke)).rejects.toMatchObject(DENIED);
  });

  it('reads the audit and cannot add to it', async () => {
    const db = new DynamoDBClient(clientOf(keyOf('observe')));
    const TableName = tableOf('AddToTheAudit');

    await expect(db.send(new GetItemCommand({ TableName, Key: item('CHAIN', '1') }))).resolves.toBeDefined();
    await expect(db.send(new PutItemCommand({ TableName, Item: item('CHAIN', '1') }))).rejects.toMatchObject(DENIED);
  });
});

const item = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });

describe('who changes', () => {
  it.each(DOCUMENTS)('may send %s to machines of the fleet, at home and at another site', async (document) => {
    const there = await entered('change', 'kms-bot-change-site-frankfurt');

    await expect(send(keyOf('change'), document, web01())).resolves.toBeDefined();
    await expect(send(there, document, euWeb01(), 'eu-central-1')).resolves.toBeDefined();
  });

  it('may send nothing to a machine without the tag, nor a document that is not ours', async () => {
    const { id, tags } = lab.world.state.nodes.find(({ name }) => name === 'web-01') ?? { id: '', tags: {} };
    const { KmsManaged: _, ...others } = tags as Record<string, string>;
    lab.world.putNode(id, { tags: others });

    await expect(send(keyOf('change'), DOCUMENTS[0] ?? '', id)).rejects.toMatchObject(DENIED);
    lab.world.putNode(id, { tags });
    await expect(send(keyOf('change'), 'AWS-RunPowerShellScript', id)).rejects.toMatchObject(DENIED);
  });

  it('can change nothing in the audit, whatever it calls', async () => {
    const db = new DynamoDBClient(clientOf(keyOf('change')));
    const TableName = tableOf('AddToTheAudit');
    const Key = item('CHAIN', '2');
    const update = { TableName, Key, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { S: 'x' } } };

    await expect(db.send(new UpdateItemCommand(update))).rejects.toMatchObject(DENIED);
    await expect(db.send(new DeleteItemCommand({ TableName, Key }))).rejects.toMatchObject(DENIED);
    await expect(
      db.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } })),
    ).rejects.toMatchObject(DENIED);
    await expect(db.send(new ScanCommand({ TableName }))).rejects.toMatchObject(DENIED);
  });
});

describe('who answers Slack', () => {
  it('reads where a change stands and nothing else of the ledger', async () => {
    const db = new DynamoDBClient(clientOf(keyOf('slack')));
    const TableName = tableOf('KeepTheLedger');
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'CHANGES' } } };

    await expect(db.send(new GetItemCommand({ TableName, Key: item('CHANGES', 'c1') }))).resolves.toBeDefined();
    await expect(db.send(new GetItemCommand({ TableName, Key: item('CHANGE#c1', 'PLAN') }))).rejects.toMatchObject(
      DENIED,
    );
    await expect(db.send(new QueryCommand({ TableName, ...query }))).rejects.toMatchObject(DENIED);
  });

  it('writes nothing, and sees nothing of the audit', async () => {
    const db = new DynamoDBClient(clientOf(keyOf('slack')));
    const [ledger, audit] = [tableOf('KeepTheLedger'), tableOf('AddToTheAudit')];

    await expect(db.send(new PutItemCommand({ TableName: ledger, Item: item('CHANGES', 'c1') }))).rejects.toMatchObject(
      DENIED,
    );
    await expect(db.send(new GetItemCommand({ TableName: audit, Key: item('CHAIN', '1') }))).rejects.toMatchObject(
      DENIED,
    );
  });

  it('sends no document at all', async () => {
    for (const document of ['KmsBot-Inspect', ...DOCUMENTS])
      await expect(send(keyOf('slack'), document, web01())).rejects.toMatchObject(DENIED);
  });
});

describe('a stored key', () => {
  const [TOKYO, FRANKFURT] = [
    { account: '111122223333', region: 'ap-northeast-1' },
    { account: '444455556666', region: 'eu-central-1' },
  ];
  const NAME = 'kms-bot/keys/contoso';

  it('is read by no role of the bot, in either store, at home or at another site', async () => {
    for (const place of [TOKYO, FRANKFURT]) {
      lab.aws.secrets.putSecret({ ...place, name: NAME, value: 'made-up' });
      lab.aws.ssm.putParameter({ ...place, name: `/${NAME}`, value: 'made-up', type: 'SecureString' });
    }
    const holders = [
      ...(['slack', 'observe', 'change'] as const).map((holder) => clientOf(keyOf(holder), TOKYO.region)),
      clientOf(await entered('observe', 'kms-bot-site-frankfurt'), FRANKFURT.region),
      clientOf(await entered('change', 'kms-bot-change-site-frankfurt'), FRANKFURT.region),
    ];

    for (const client of holders) {
      const secret = new GetSecretValueCommand({ SecretId: NAME });
      const parameter = new GetParameterCommand({ Name: `/${NAME}`, WithDecryption: true });
      await expect(new SecretsManagerClient(client).send(secret)).rejects.toMatchObject(DENIED);
      await expect(new SSMClient(client).send(parameter)).rejects.toMatchObject(DENIED);
    }
  });

  it('is written by no role either: what the Slack function keeps are Confirmation IDs', async () => {
    const put = (Name: string, more: object = {}) =>
      new SSMClient(clientOf(keyOf('slack'))).send(
        new PutParameterCommand({ Name, Value: 'made-up', Type: 'SecureString', ...more }),
      );

    await expect(put(`/${NAME}`)).rejects.toMatchObject(DENIED);
    await expect(put('/kms-bot/confirmation/c4k7m2q9xd-1')).resolves.toBeDefined();
    await expect(put('/kms-bot/confirmation/c4k7m2q9xd-1', { Overwrite: true })).rejects.toMatchObject(DENIED);
  });
});

it('a lab without changes has neither the function, nor its documents, nor its table', async () => {
  const plain = await startSmallLab({ changes: false });
  try {
    expect([...plain.principals.keys()].sort()).toEqual(['observe', 'slack']);
    expect(plain.roles.map(({ arn }) => arn)).toEqual(['arn:aws:iam::444455556666:role/kms-bot-site-frankfurt']);
    expect(statementsOf(holderCalled(plain, 'slack')).map(({ Sid }) => Sid)).not.toContain('HandChangesOn');
  } finally {
    await plain.close();
  }
});
