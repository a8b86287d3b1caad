/** The deployed change function, started by the Slack function's own role: what it leaves in the audit, dead or alive. */
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { muted } from './support/muted.ts';
import { holderCalled, listOf, statementsOf } from './support/rights.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;

beforeEach(async () => {
  muted();
  lab = await startSmallLab();
});

afterEach(() => lab.close());

const clientOf = (holder: 'slack' | 'observe') => {
  const { accessKeyId = '', secretAccessKey = '' } = lab.principals.get(holder) ?? {};
  const credentials = { accessKeyId, secretAccessKey };
  return { region: 'ap-northeast-1', endpoint: `${lab.url}/aws`, credentials, maxAttempts: 1 };
};

const resourceOf = (holder: string, sid: string): string => {
  const statement = statementsOf(holderCalled(lab, holder)).find(({ Sid }) => Sid === sid);
  return String(listOf(statement?.Resource)[0]);
};

const auditTable = () => resourceOf('change', 'AddToTheAudit').replace(/^.*table\//, '');

/** Notes that somebody was refused; the name makes the start idempotent, as the Slack function's does. */
const noteDenial = (name: string) =>
  new LambdaClient(clientOf('slack')).send(
    new InvokeCommand({
      FunctionName: resourceOf('slack', 'HandChangesOn'),
      InvocationType: 'Event',
      DurableExecutionName: name,
      Payload: Buffer.from(
        JSON.stringify({
          operation: 'denied',
          why: 'no-right',
          asked: 'activate web-01',
          place: { teamId: lab.workspace.teamId, channelId: lab.workspace.channels[0]?.id, userId: 'U0MIKA' },
        }),
      ),
    }),
  );

const chain = async () => {
  const { Items = [] } = await new DynamoDBClient(clientOf('observe')).send(
    new QueryCommand({
      TableName: auditTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'CHAIN' } },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ entry }) => JSON.parse(entry?.S ?? '') as { event: string; detail: string });
};

it('adds to the audit by conditional writes alone, one entry for one start', async () => {
  await noteDenial('denied-1');
  await noteDenial('denied-1');
  await noteDenial('denied-2');
  await lab.clock.settle();

  expect(await chain()).toMatchObject([
    { event: 'denied', detail: 'no-right' },
    { event: 'denied', detail: 'no-right' },
  ]);
  const writes = lab.aws.dynamoDb.writes.get(auditTable());
  expect(writes?.unconditional).toBe(0);
  expect(writes?.conditional).toBeGreaterThanOrEqual(4);
});

it.each([
  [1, false],
  [1, true],
  [2, false],
  [2, true],
])('adds one entry when it dies at checkpoint %i (before it is kept: %s)', async (afterCheckpoint, before) => {
  lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint, before });
  await noteDenial('denied-1');
  await lab.clock.settle();

  const [execution] = lab.lambda.executions();
  expect(execution).toMatchObject({ status: 'SUCCEEDED' });
  expect(execution?.invocations).toBeGreaterThan(1);
  expect(await chain()).toHaveLength(1);
});
