/** An audit over DynamoDB for tests, with somebody who tampers with its table. */
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoAudit } from '../../bot/aws/audit.ts';
import type { DeathOfAppend } from '../contracts/audit-contract.ts';
import { someEntries } from '../domain/audit/sample-audit.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { ADMINISTRATOR, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { keyedTable } from './keyed-table.ts';

export const [TABLE, LEDGER] = ['kms-bot-audit', 'kms-bot-ledger'];

const arnOf = (table: string) => `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${table}`;

/** What the change role may do with the audit, and of the ledger what the audit needs. */
const changeRole = () =>
  functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: [arnOf(TABLE), arnOf(LEDGER)],
  });

/** Which put of an append it does not live to make: of the mark, of the entry, of the head. */
const PUTS: readonly DeathOfAppend[] = ['at-once', 'before-entry', 'before-head'];

/** An audit over DynamoDB whose puts are counted and can be made to die. */
export const startAudit = async () => {
  const role = changeRole();
  const lab = await startAccounts({ principals: [role, ADMINISTRATOR] });
  for (const name of [TABLE, LEDGER]) await lab.accounts.dynamoDb.createTable(keyedTable(name));
  const time = simulatedTime();
  const dynamodb = new DynamoDBClient(lab.client(role));
  const puts: PutItemCommand[] = [];
  /** Tells of each put whether it dies. */
  let dies: (nth: number) => boolean = () => false;
  dynamodb.middlewareStack.add(
    (next) => async (args) => {
      if ('Item' in args.input) {
        puts.push(new PutItemCommand(args.input as PutItemCommand['input']));
        if (dies(puts.length)) throw new Error('died');
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
    const fatal = puts.length + PUTS.indexOf(where) + 1;
    dies = (nth) => nth === fatal;
  };
  const dieAtEvery = (n: number) => {
    dies = (nth) => nth % n === 0;
  };
  const admin = new DynamoDBClient(lab.client(ADMINISTRATOR));
  return { audit, die, dieAtEvery, lab, role, logged, puts, admin, close: lab.close };
};

const keyOf = (seq: number) => ({ pk: { S: 'CHAIN' }, sk: { S: String(seq).padStart(12, '0') } });

/** An audit of three entries, and somebody with every right on its table. */
export const startedAudit = async () => {
  const at = await startAudit();
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
