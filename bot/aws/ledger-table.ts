/** The ledger's table: keys, expiry, and the four calls it takes. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clock, Throttled } from '../ports.ts';
import { translated } from './translate-errors.ts';

export type Item = Record<string, AttributeValue>;

export interface LedgerDeps {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  readonly functionName: string;
}

/** Most items that one `BatchWriteItem` takes. */
const BATCH = 25;
/** Unprocessed items are handed in again this often at once; then the table asks for time. */
const BATCH_ATTEMPTS = 3;

/** Whole seconds since 1970, as the table's expiry wants them. */
export const epochSeconds = (ms: number): number => Math.ceil(ms / 1000);

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const bytes = (value: Uint8Array): AttributeValue => ({ B: value });

/** An item's key and expiry. */
export const keyed = (pk: string, sk: string, expiresAtMs: number): Item => ({
  pk: text(pk),
  sk: text(sk),
  expiresAt: number(epochSeconds(expiresAtMs)),
});

/** Expired items stay until the service gets to them: they are treated as gone at once. */
const alive = (clock: Clock, item: Item | undefined): Item | undefined =>
  item !== undefined && Number(item.expiresAt?.N ?? Infinity) > clock() / 1000 ? item : undefined;

const call = (deps: LedgerDeps, operation: string) => ({
  action: `dynamodb:${operation}`,
  functionName: deps.functionName,
});

/** One item, read consistently; `undefined` when there is none or it has expired. */
export const getItem = async (deps: LedgerDeps, pk: string, sk: string): Promise<Item | undefined> => {
  const command = new GetItemCommand({
    TableName: deps.table,
    Key: { pk: text(pk), sk: text(sk) },
    ConsistentRead: true,
  });
  return alive(deps.clock, (await translated(call(deps, 'GetItem'), () => deps.dynamodb.send(command))).Item);
};

/** Every living item of a partition whose sort key begins so, in order, read consistently. */
export const queryItems = async (deps: LedgerDeps, pk: string, skPrefix: string): Promise<Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: deps.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': text(pk), ':sk': text(skPrefix) },
      ConsistentRead: true,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const page = await translated(call(deps, 'Query'), () => deps.dynamodb.send(command));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items.filter((item) => alive(deps.clock, item) !== undefined);
};

/** Which part of a range is wanted. */
export interface Part {
  /** Sort keys, ends included; `from` must not lie behind `to`. */
  readonly from: string;
  readonly to: string;
  readonly most: number;
  readonly lastFirst: boolean;
}

/**
 * Living items of a partition whose sort key stands in this range, read consistently. One page of at most a megabyte:
 * there may be fewer than wanted although there are more.
 */
export const itemsBetween = async (deps: LedgerDeps, pk: string, part: Part): Promise<Item[]> => {
  const command = new QueryCommand({
    TableName: deps.table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': text(pk), ':from': text(part.from), ':to': text(part.to) },
    ScanIndexForward: !part.lastFirst,
    Limit: part.most,
    ConsistentRead: true,
  });
  const page = await translated(call(deps, 'Query'), () => deps.dynamodb.send(command));
  return (page.Items ?? []).filter((item) => alive(deps.clock, item) !== undefined);
};

/** The last living item of a partition whose sort key stands in this range, ends included, read consistently. */
export const lastItem = async (deps: LedgerDeps, pk: string, from: string, to: string): Promise<Item | undefined> =>
  (await itemsBetween(deps, pk, { from, to, most: 1, lastFirst: true }))[0];

/** Writes one item, whatever was there. */
export const putItem = async (
  deps: LedgerDeps,
  item: Item,
  condition: Partial<PutItemCommandInput> = {},
): Promise<void> => {
  const command = new PutItemCommand({ TableName: deps.table, Item: item, ...condition });
  await translated(call(deps, 'PutItem'), () => deps.dynamodb.send(command));
};

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** Nothing is there. */
export const UNLESS_THERE: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Nothing is there, or what is there has expired. */
export const unlessAlive = ({ clock }: LedgerDeps): Condition => ({
  ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
  ExpressionAttributeValues: { ':now': number(Math.floor(clock() / 1000)) },
});

const isRefused = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Writes one item where the condition holds; false where it does not. */
export const putItemIf = async (deps: LedgerDeps, item: Item, condition: Condition): Promise<boolean> => {
  try {
    await putItem(deps, item, condition);
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
};

const writeBatch = async (deps: LedgerDeps, items: readonly Item[]): Promise<void> => {
  let requests = items.map((item) => ({ PutRequest: { Item: item } }));
  for (let attempt = 0; attempt < BATCH_ATTEMPTS && requests.length > 0; attempt += 1) {
    const command = new BatchWriteItemCommand({ RequestItems: { [deps.table]: requests } });
    const answer = await translated(call(deps, 'BatchWriteItem'), () => deps.dynamodb.send(command));
    requests = (answer.UnprocessedItems?.[deps.table] ?? []).flatMap(({ PutRequest: put }) =>
      put?.Item === undefined ? [] : [{ PutRequest: { Item: put.Item } }],
    );
  }
  if (requests.length > 0) throw new Throttled('dynamodb', 1);
};

/** Writes items whatever was there; not as one: after a failure some may have been written. Keys must differ. */
export const putItems = async (deps: LedgerDeps, items: readonly Item[]): Promise<void> => {
  for (let at = 0; at < items.length; at += BATCH) await writeBatch(deps, items.slice(at, at + BATCH));
};
