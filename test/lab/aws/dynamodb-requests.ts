/** What a request to DynamoDB is about: tables, partition keys, and whether a write is conditional. */
import { AwsRefusal } from './refusal.ts';

type Body = Readonly<Record<string, unknown>>;

/** Name of a table's partition key; undefined for a table that there is not. */
export type PartitionKeyOf = (table: string) => string | undefined;

/** The body as an object. Throws AWS's refusal of anything else. */
export function requestBody(body: unknown): Body {
  if (isObject(body)) return body;
  throw new AwsRefusal({ code: 'SerializationException', status: 400 });
}

/** Tables and indexes a request touches, as they stand in ARNs; none for `ListTables`. */
export function resourcesOf({ TableName, IndexName, RequestItems }: Body): readonly string[] {
  if (isObject(RequestItems)) return Object.keys(RequestItems).map(bareName);
  if (typeof TableName !== 'string') return [];
  const table = bareName(TableName);
  return [typeof IndexName === 'string' ? `${table}/index/${IndexName}` : table];
}

/**
 * `dynamodb:LeadingKeys` of a request to one of its tables: the partition keys of all items that it names. Absent, as on
 * AWS, for operations that name none (`Scan`, `DescribeTable`). Source: Service Authorization Reference. Of `Query` the
 * lab reads `KeyConditionExpression`, not the older `KeyConditions`.
 */
export function leadingKeys(
  body: Body,
  resource: string,
  partitionKeyOf: PartitionKeyOf,
): { readonly 'dynamodb:LeadingKeys'?: readonly string[] } {
  const [table = ''] = resource.split('/');
  const name = partitionKeyOf(table);
  if (name === undefined) return {};
  const items = [body.Key, body.Item, ...batchItems(body, table)].filter(isObject);
  const values = [...items.map((item) => item[name]), queried(body, name)];
  const keys = values.flatMap((value) => scalar(value) ?? []);
  return keys.length === 0 ? {} : { 'dynamodb:LeadingKeys': keys };
}

function batchItems({ RequestItems }: Body, table: string): readonly unknown[] {
  if (!isObject(RequestItems)) return [];
  const entry = Object.entries(RequestItems).find(([name]) => bareName(name) === table)?.[1];
  if (isObject(entry) && Array.isArray(entry.Keys)) return entry.Keys;
  return (Array.isArray(entry) ? entry : []).map(writtenKey);
}

function writtenKey(request: unknown): unknown {
  const { PutRequest, DeleteRequest } = isObject(request) ? request : {};
  if (isObject(PutRequest)) return PutRequest.Item;
  return isObject(DeleteRequest) ? DeleteRequest.Key : undefined;
}

/** The value that a key condition compares the partition key with; it always does so by `=`. */
function queried(body: Body, name: string): unknown {
  const {
    KeyConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  } = body;
  if (typeof condition !== 'string' || !isObject(values)) return undefined;
  const equalities = [...condition.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)];
  const named = (word: string): unknown => (word.startsWith('#') && isObject(names) ? names[word] : word);
  const placeholder = equalities.find(([, word = '']) => named(word) === name)?.[2];
  return placeholder === undefined ? undefined : values[placeholder];
}

/** The text of a key's value, whatever its type. */
function scalar(value: unknown): string | undefined {
  const [text] = isObject(value) ? Object.values(value) : [];
  return typeof text === 'string' ? text : undefined;
}

/** Writes of one table. */
export interface WriteCount {
  conditional: number;
  unconditional: number;
}

/** Counts what a request writes, table by table; batches have no conditions. */
export function countWrites(counts: Map<string, WriteCount>, operation: string, body: Body): void {
  const isSingle = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
  if (!isSingle && operation !== 'BatchWriteItem') return;
  for (const table of resourcesOf(body)) {
    const count = counts.get(table) ?? { conditional: 0, unconditional: 0 };
    counts.set(table, count);
    if (!isSingle) count.unconditional += batchItems(body, table).length;
    else if (typeof body.ConditionExpression === 'string') count.conditional += 1;
    else count.unconditional += 1;
  }
}

function bareName(name: string): string {
  return name.startsWith('arn:') ? name.slice(name.indexOf('/') + 1) : name;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
