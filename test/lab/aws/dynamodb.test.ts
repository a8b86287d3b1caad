import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

let lab: AccountsUnderTest;

beforeEach(async () => {
  lab = await startAccounts({ principals: [ADMINISTRATOR, writer] });
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
