import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoLedger } from '../../bot/aws/ledger.ts';
import { ledgerContract } from '../contracts/ledger-contract.ts';
import { memoryLedger } from '../fakes/memory-ledger.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { keyedTable } from './keyed-table.ts';

const TABLE = 'kms-bot-ledger';

/** What the observe role may do with the table, and no more. */
const observeRole = () =>
  functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
    Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${TABLE}`,
  });

const startDynamo = async () => {
  const observe = observeRole();
  const lab = await startAccounts({ principals: [observe] });
  await lab.accounts.dynamoDb.createTable(keyedTable(TABLE));
  const time = simulatedTime();
  const dynamodb = new DynamoDBClient(lab.client(observe));
  const ledger = dynamoLedger({ dynamodb, table: TABLE, clock: time.now, functionName: 'observe' });
  return { ledger, now: time.now, advance: time.advance, lab, observe, close: lab.close };
};

ledgerContract('in memory', async () => {
  const time = simulatedTime();
  return { ledger: memoryLedger(time.now), now: time.now, advance: time.advance, close: async () => {} };
});

ledgerContract('over DynamoDB', startDynamo);

describe('a ledger over DynamoDB', () => {
  it('names the right that is missing', async () => {
    const { ledger, observe, close } = await startDynamo();
    observe.policies = [];

    const reading = ledger.readInventory('tokyo');

    await expect(reading).rejects.toMatchObject({
      name: 'OperationFailed',
      message: expect.stringContaining('dynamodb:GetItem'),
    });
    await close();
  });

  it('asks for time when the table is throttled', async () => {
    const { ledger, lab, close } = await startDynamo();
    lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'dynamodb' });

    await expect(ledger.claim('key', 2e12)).rejects.toMatchObject({ name: 'Throttled' });
    await close();
  });
});
