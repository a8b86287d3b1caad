import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoChanges } from '../../bot/aws/changes.ts';
import { changeStatus, changesContract } from '../contracts/changes-contract.ts';
import { memoryChanges } from '../fakes/memory-changes.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { keyedTable } from './keyed-table.ts';

const TABLE = 'kms-bot-ledger';

const start = async () => {
  const role = functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${TABLE}`,
  });
  const lab = await startAccounts({ principals: [role] });
  await lab.accounts.dynamoDb.createTable(keyedTable(TABLE));
  const time = simulatedTime();
  const dynamodb = new DynamoDBClient(lab.client(role));
  const changes = dynamoChanges({ dynamodb, table: TABLE, clock: time.now, functionName: 'change' });
  return { changes, dynamodb, now: time.now, advance: time.advance, close: lab.close };
};

changesContract('in memory', async () => {
  const time = simulatedTime();
  return { changes: memoryChanges(time.now), now: time.now, advance: time.advance, close: async () => {} };
});

changesContract('over DynamoDB', start);

describe('changes over DynamoDB', () => {
  it('keep a status where clicks look for it', async () => {
    const { changes, dynamodb, close } = await start();
    const seen: unknown[] = [];
    dynamodb.middlewareStack.add(
      (next) => (args) => {
        seen.push(args.input);
        return next(args);
      },
      { step: 'initialize' },
    );

    await changes.writeStatus(changeStatus());

    const Item = {
      pk: { S: 'CHANGES' },
      sk: { S: 'c4k7m2q9xd' },
      status: { S: JSON.stringify(changeStatus()) },
    };
    expect(seen).toMatchObject([{ TableName: TABLE, Item }]);
    await close();
  });

  it.each(['no JSON', '{}', 'null'])('leave out a status that is %s', async (S) => {
    const { changes, dynamodb, close } = await start();
    await changes.writeStatus(changeStatus());
    const Item = { pk: { S: 'CHANGES' }, sk: { S: 'cbroken' }, status: { S } };
    await dynamodb.send(new PutItemCommand({ TableName: TABLE, Item }));

    expect(await changes.readStatus('cbroken')).toBeUndefined();
    expect(await changes.listStatuses()).toEqual([changeStatus()]);
    await close();
  });
});
