import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dynamoKeyUses } from '../../bot/aws/key-uses.ts';
import { failureOf } from '../../bot/errors.ts';
import type { KeyUses } from '../../bot/ports.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { type AccountsUnderTest, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { keyedTable } from './keyed-table.ts';

const TABLE = 'kms-bot-ledger';
const YEAR_MS = 366 * 24 * 3_600_000;

/** What the change role may do with the ledger. */
const changeRole = () =>
  functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
    Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${TABLE}`,
  });

let lab: AccountsUnderTest;
let uses: KeyUses;
const role = changeRole();
const time = simulatedTime();

beforeEach(async () => {
  lab = await startAccounts({ principals: [role] });
  await lab.accounts.dynamoDb.createTable(keyedTable(TABLE));
  const dynamodb = new DynamoDBClient(lab.client(role));
  uses = dynamoKeyUses({ dynamodb, table: TABLE, clock: time.now, functionName: 'change' });
});

afterEach(() => lab.close());

const use = (changeId: string, nodeId: string, atMs: number) => ({ changeId, nodeId, atMs });

it('a key that nobody has used has no activations', async () => {
  expect(await uses.readKeyUse('tokyo', 'contoso-host')).toEqual({ activations: [] });
});

it('an activation is counted once for a change and machine, with the time that was told first', async () => {
  await uses.countActivation('tokyo', 'contoso-host', use('c2', 'i-1', 200));
  await uses.countActivation('tokyo', 'contoso-host', use('c1', 'i-1', 100));
  await uses.countActivation('tokyo', 'contoso-host', use('c1', 'i-2', 150));
  await uses.countActivation('tokyo', 'contoso-host', use('c1', 'i-1', 999));

  expect(await uses.readKeyUse('tokyo', 'contoso-host')).toEqual({
    activations: [use('c1', 'i-1', 100), use('c1', 'i-2', 150), use('c2', 'i-1', 200)],
  });
});

it('a key is another one at another site, or by a name that only begins the same', async () => {
  await uses.countActivation('tokyo', 'contoso-host', use('c1', 'i-1', 100));

  expect(await uses.readKeyUse('frankfurt', 'contoso-host')).toEqual({ activations: [] });
  expect(await uses.readKeyUse('tokyo', 'contoso-host-2')).toEqual({ activations: [] });
  expect(await uses.readKeyUse('tokyo', 'contoso')).toEqual({ activations: [] });
});

it('what was counted is there a year later: a key’s limit has no end', async () => {
  await uses.countActivation('tokyo', 'contoso-host', use('c1', 'i-1', 100));
  time.advance(YEAR_MS);

  expect((await uses.readKeyUse('tokyo', 'contoso-host')).activations).toHaveLength(1);
});

it('names the right that is missing', async () => {
  const { policies } = role;
  role.policies = [];

  const counting = uses.countActivation('tokyo', 'k', use('c1', 'i-1', 1));
  expect(await counting.catch(failureOf)).toMatchObject({ action: 'dynamodb:PutItem' });
  expect(await uses.readKeyUse('tokyo', 'k').catch(failureOf)).toMatchObject({ action: 'dynamodb:Query' });
  role.policies = policies;
});
