/**
 * DynamoDB: `dynalite` on loopback behind the account's own permissions. It has no transactions, no time to live that
 * deletes and no `ALL_OLD` on a failed condition.
 */
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { countWrites, leadingKeys, requestBody, resourcesOf, type WriteCount } from './dynamodb-requests.ts';
import type { Place } from './place.ts';
import { refusal } from './refusal.ts';
import { demand, jsonBody } from './service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService } from './types.ts';

/** The tables of the lab. */
export interface DynamoDb {
  /** Of dynalite itself, which asks nobody for permission: for looking into tables from outside. */
  readonly port: number;
  /** Input of `CreateTable`; resolves once the table is active. */
  createTable(definition: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes that were let through so far, by table: a table of which nothing may change sees conditional ones alone. */
  readonly writes: ReadonlyMap<string, Readonly<WriteCount>>;
  readonly service: AwsService;
  close(): Promise<void>;
}

/** Tables of one account and region; everywhere else there are none. */
export async function createDynamoDb(options: Place & { readonly authorize: Authorize }): Promise<DynamoDb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const forward = (operation: string, body: Buffer): Promise<AwsAnswer> => forwardTo(port, operation, body);
  const partitionKeys = new Map<string, string>();
  const writes = new Map<string, WriteCount>();
  return {
    port,
    writes,
    createTable: async (definition) => {
      partitionKeys.set(String(definition.TableName), partitionKeyIn(definition));
      const created = await forward('CreateTable', Buffer.from(JSON.stringify(definition)));
      if (created.status !== 200) throw new Error(`the table was not created: ${created.body.toString()}`);
      await untilActive(forward, String(definition.TableName));
    },
    service: (call) => answer(call, { home: options, forward, partitionKeys, writes }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

type Forward = (operation: string, body: Buffer) => Promise<AwsAnswer>;

interface Front {
  readonly home: Place & { readonly authorize: Authorize };
  readonly forward: Forward;
  readonly partitionKeys: ReadonlyMap<string, string>;
  readonly writes: Map<string, WriteCount>;
}

async function answer(call: AwsCall, { home, forward, partitionKeys, writes }: Front): Promise<AwsAnswer> {
  const body = requestBody(jsonBody(call));
  const resources = resourcesOf(body);
  const base = `arn:aws:dynamodb:${call.region}:${call.account}:table/`;
  for (const resource of resources.length === 0 ? ['*'] : resources) {
    const context = leadingKeys(body, resource, (table) => partitionKeys.get(table));
    demand(home.authorize, call, `dynamodb:${call.operation}`, `${base}${resource}`, context);
  }
  if (call.account !== home.account || call.region !== home.region) {
    throw refusal('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', 'Requested resource not found');
  }
  countWrites(writes, call.operation, body);
  return forward(call.operation, call.body);
}

/** Name of the partition key of a table that is to be made. */
function partitionKeyIn({ KeySchema }: Readonly<Record<string, unknown>>): string {
  const keys = Array.isArray(KeySchema) ? (KeySchema as { AttributeName: string; KeyType: string }[]) : [];
  return keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}

/** dynalite wants to see a signature but does not verify it. */
async function forwardTo(port: number, operation: string, body: Buffer): Promise<AwsAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20000101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=lab/20000101/lab/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new Uint8Array(body),
  });
  const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.0' };
  for (const name of ['x-amz-crc32', 'x-amzn-requestid']) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

const ACTIVE_ATTEMPTS = 100;

async function untilActive(forward: Forward, table: string): Promise<void> {
  for (let attempt = 0; attempt < ACTIVE_ATTEMPTS; attempt += 1) {
    const described = await forward('DescribeTable', Buffer.from(JSON.stringify({ TableName: table })));
    if (described.body.toString().includes('"TableStatus":"ACTIVE"')) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the table ${table} did not become active`);
}
