import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoAudit } from '../../bot/aws/audit.ts';
import { auditContract, type DeathOfAppend, verified } from '../contracts/audit-contract.ts';
import { entry, someEntries } from '../domain/audit/sample-audit.ts';
import { memoryAudit } from '../fakes/memory-audit.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { ADMINISTRATOR, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';

const [TABLE, LEDGER] = ['kms-bot-audit', 'kms-bot-ledger'];

const arnOf = (table: string) => `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${table}`;

/** What the change role may do with the audit, and of the ledger what the audit needs. */
const changeRole = () =>
  functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: [arnOf(TABLE), arnOf(LEDGER)],
  });

const tableOf = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});

/** Which put of an append it does not live to make: of the mark, of the entry, of the head. */
const PUTS: readonly DeathOfAppend[] = ['at-once', 'before-entry', 'before-head'];

const start = async () => {
  const role = changeRole();
  const lab = await startAccounts({ principals: [role] });
  for (const name of [TABLE, LEDGER]) await lab.accounts.dynamoDb.createTable(tableOf(name));
  const time = simulatedTime();
  const dynamodb = new DynamoDBClient(lab.client(role));
  const puts: PutItemCommand[] = [];
  let putsLeft = Number.POSITIVE_INFINITY;
  dynamodb.middlewareStack.add(
    (next) => async (args) => {
      if ('Item' in args.input) {
        puts.push(new PutItemCommand(args.input as PutItemCommand['input']));
        putsLeft -= 1;
        if (putsLeft < 0) {
          putsLeft = Number.POSITIVE_INFINITY;
          throw new Error('died');
        }
      }
      return next(args);
    },
    { step: 'initialize' },
  );
  const logged: [string, string, Readonly<Record<string, string | number>>][] = [];
  const call = { dynamodb, clock: time.now, functionName: 'change' };
  const audit = dynamoAudit({
    table: { ...call, table: TABLE },
    ledger: { ...call, table: LEDGER },
    log: (...line) => logged.push(line),
  });
  const die = (where: DeathOfAppend) => {
    putsLeft = PUTS.indexOf(where);
  };
  const admin = new DynamoDBClient(lab.client(ADMINISTRATOR));
  return { audit, die, lab, role, logged, puts, admin, close: lab.close };
};

auditContract('in memory', async () => {
  const audit = memoryAudit();
  const die = (where: DeathOfAppend) => {
    audit.troubles.push({ when: where === 'before-head' ? 'last' : 'first', error: new Error('died') });
  };
  return { audit, die, close: async () => {} };
});

auditContract('over DynamoDB', start);

const keyOf = (seq: number) => ({ pk: { S: 'CHAIN' }, sk: { S: String(seq).padStart(12, '0') } });

/** An audit of three entries, and somebody with every right on its table. */
const started = async () => {
  const at = await start();
  for (const each of someEntries(3)) await at.audit.append(each);
  const remove = (seq: number) => at.admin.send(new DeleteItemCommand({ TableName: TABLE, Key: keyOf(seq) }));
  const put = (seq: number, attributes: Record<string, string>) =>
    at.admin.send(
      new PutItemCommand({
        TableName: TABLE,
        Item: {
          ...keyOf(seq),
          ...Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }])),
        },
      }),
    );
  const item = async (seq: number) => {
    const link = (await at.audit.page(seq))[0];
    return { previous: link?.previous ?? '', hash: link?.hash ?? '', entry: JSON.stringify(link?.entry) };
  };
  return { ...at, remove, put, item };
};

describe('an audit over DynamoDB', () => {
  it('writes to its table only where nothing is', async () => {
    const { puts, close } = await started();

    const own = puts.map(({ input }) => input).filter((input) => input.TableName === TABLE);

    expect(own.length).toBeGreaterThanOrEqual(6);
    expect(new Set(own.map((input) => input.ConditionExpression))).toEqual(new Set(['attribute_not_exists(pk)']));
    await close();
  });

  it('writes every head down in the log', async () => {
    const { audit, logged, close } = await started();

    const heads = (await audit.page(1)).map(({ seq, hash }) => ['info', 'audit head', { seq, hash }]);

    expect(logged).toEqual(heads);
    await close();
  });

  it.each([1, 2])('shows that entry %i was removed', async (seq) => {
    const { audit, remove, close } = await started();

    await remove(seq);

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: seq, why: 'missing' });
    await close();
  });

  it('shows for ever that the last entry was removed, whatever is added afterwards', async () => {
    const { audit, remove, logged, close } = await started();

    await remove(3);

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'cut-off' });
    for (const id of ['e4', 'e5']) await audit.append(entry({ id }));
    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'missing' });
    expect((await audit.read(0, 10)).map((link) => link.entry.id)).toEqual(['e5', 'e4', 'e2', 'e1']);
    expect(logged.filter(([level]) => level === 'error').map(([, event]) => event)).toEqual([
      'audit does not hold',
      'audit does not hold',
    ]);
    await close();
  });

  it.each([
    ['another text', (json: string) => json.replace('"U1"', '"U2"')],
    ['a member more', (json: string) => json.replace('{', '{"added":true,')],
    ['no JSON', () => 'nothing'],
    ['no object', () => 'null'],
  ])('shows that an entry has %s', async (_, alter) => {
    const { audit, put, item, close } = await started();
    const before = await item(2);

    await put(2, { ...before, entry: alter(before.entry) });

    expect(await verified(audit)).toEqual({ kind: 'broken', atSeq: 2, why: 'altered', entries: 1 });
    await close();
  });

  it('shows that the end was made anew, also when more is added behind it', async () => {
    const { audit, put, close } = await started();
    const forger = memoryAudit();
    for (const each of [...someEntries(2), entry({ id: 'forged' })]) await forger.append(each);
    const [, , forged] = forger.links;

    await put(3, { previous: forged?.previous ?? '', hash: forged?.hash ?? '', entry: JSON.stringify(forged?.entry) });
    await audit.append(entry({ id: 'e4' }));

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'cut-off' });
    await close();
  });

  it('leaves out of what it reads, and notes, an entry that is none', async () => {
    const { audit, put, item, logged, close } = await started();

    await put(2, { ...(await item(2)), entry: '{"id":"e2","atMs":"now","event":"dance"}' });

    expect((await audit.read(0, 10)).map((link) => link.entry.id)).toEqual(['e3', 'e1']);
    expect(logged).toContainEqual(['error', 'audit entry unreadable', { seq: 2 }]);
    await close();
  });

  it('names the right that is missing', async () => {
    const { audit, role, close } = await start();
    role.policies = [];

    const appending = audit.append(entry());

    await expect(appending).rejects.toMatchObject({
      name: 'OperationFailed',
      message: expect.stringContaining('dynamodb:GetItem'),
    });
    await close();
  });

  it('asks for time when its table is throttled', async () => {
    const { audit, lab, close } = await start();
    lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'dynamodb' });

    await expect(audit.append(entry())).rejects.toMatchObject({ name: 'Throttled' });
    await close();
  });
});
