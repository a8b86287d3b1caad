import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from './accounts-under-test.ts';

const writer = functionPrincipal({
  Effect: 'Allow',
  Action: ['dynamodb:PutItem', 'dynamodb:GetItem'],
  Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/ledger`,
});

/** May do what names keys of one partition, and nothing that names no key at all. */
const reader = {
  ...functionPrincipal({
    Effect: 'Allow',
    Action: 'dynamodb:*',
    Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/ledger`,
    Condition: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['CHANGES'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  }),
  accessKeyId: 'AKIALABREADER0000000',
};

let lab: AccountsUnderTest;

beforeEach(async () => {
  lab = await startAccounts({ principals: [ADMINISTRATOR, writer, reader] });
  await lab.accounts.dynamoDb.createTable({
    TableName: 'ledger',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
});

afterEach(() => lab.close());

const put = { TableName: 'ledger', Item: { pk: { S: 'a' }, n: { N: '1' } } };

it('keeps items and judges conditions', async () => {
  const db = new DynamoDBClient(lab.client(writer));

  await db.send(new PutItemCommand(put));

  expect((await db.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' } } }))).Item).toEqual(put.Item);
  await expect(
    db.send(new PutItemCommand({ ...put, ConditionExpression: 'attribute_not_exists(pk)' })),
  ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
});

it('permits each operation on each table by itself', async () => {
  const db = new DynamoDBClient(lab.client(writer));

  await expect(db.send(new PutItemCommand({ ...put, TableName: 'other' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('table/other'),
  });
  const query = {
    TableName: 'ledger',
    KeyConditionExpression: 'pk = :a',
    ExpressionAttributeValues: { ':a': { S: 'a' } },
  };
  await expect(db.send(new QueryCommand(query))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('has its tables in one account and region only', async () => {
  const db = new DynamoDBClient(lab.client(ADMINISTRATOR, FRANKFURT.region));

  await expect(db.send(new PutItemCommand(put))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('counts as a call of the account', async () => {
  await new DynamoDBClient(lab.client()).send(new PutItemCommand(put));

  expect(lab.exchanges.at(-1)).toMatchObject({ operation: 'dynamodb:PutItem', status: 200 });
});

describe('a role that is kept to one partition', () => {
  const key = (pk: string) => ({ pk: { S: pk } });
  const query = (pk: string) => ({
    TableName: 'ledger',
    KeyConditionExpression: '#key = :wanted',
    ExpressionAttributeNames: { '#key': 'pk' },
    ExpressionAttributeValues: { ':wanted': { S: pk } },
  });
  const put = (pk: string) => ({ PutRequest: { Item: key(pk) } });

  it.each([
    ['a read', (pk: string) => new GetItemCommand({ TableName: 'ledger', Key: key(pk) })],
    ['a write', (pk: string) => new PutItemCommand({ TableName: 'ledger', Item: key(pk) })],
    ['a query', (pk: string) => new QueryCommand(query(pk))],
  ])('may send %s there and nowhere else', async (_, command) => {
    const db = new DynamoDBClient(lab.client(reader));

    await expect(db.send(command('CHANGES') as GetItemCommand)).resolves.toBeDefined();
    await expect(db.send(command('OTHER') as GetItemCommand)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('may send no batch with one key of another in it', async () => {
    const db = new DynamoDBClient(lab.client(reader));
    const batch = (...pks: string[]) => new BatchWriteItemCommand({ RequestItems: { ledger: pks.map(put) } });
    const reads = (...pks: string[]) => new BatchGetItemCommand({ RequestItems: { ledger: { Keys: pks.map(key) } } });

    await expect(db.send(batch('CHANGES'))).resolves.toBeDefined();
    await expect(db.send(reads('CHANGES'))).resolves.toBeDefined();
    await expect(db.send(batch('CHANGES', 'OTHER'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(db.send(reads('CHANGES', 'OTHER'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('may send nothing that names no key', async () => {
    const db = new DynamoDBClient(lab.client(reader));

    await expect(db.send(new ScanCommand({ TableName: 'ledger' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

it('tells conditional writes from others, table by table', async () => {
  const db = new DynamoDBClient(lab.client());

  await db.send(new PutItemCommand({ ...put, ConditionExpression: 'attribute_not_exists(pk)' }));
  await db.send(new PutItemCommand(put));
  await db.send(new BatchWriteItemCommand({ RequestItems: { ledger: [{ PutRequest: { Item: put.Item } }] } }));
  await db.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' } } }));

  expect([...lab.accounts.dynamoDb.writes]).toEqual([['ledger', { conditional: 1, unconditional: 2 }]]);
});
