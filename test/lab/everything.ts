/**
 * Everything that a lab keeps of what was said and done in it, as text: where a secret could have been left behind.
 *
 * Not among it: what people typed into a field of a modal or were shown there, the secret stores themselves, and the
 * machines' own licences. Those are where secrets belong.
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Lab } from './lab.ts';

/** One place, whole. */
export interface Kept {
  readonly place: string;
  readonly text: string;
}

type Item = Readonly<Record<string, { readonly B?: string }>>;

/** Reads all of it. */
export const everythingIn = async (lab: Lab): Promise<readonly Kept[]> => [
  { place: 'messages and files in Slack', text: lab.workspace.everything() },
  { place: 'the wire log', text: JSON.stringify(lab.wire.read()) },
  { place: 'payloads, checkpoints and results of executions', text: JSON.stringify(lab.lambda.executions()) },
  { place: 'the command history', text: historyOf(lab) },
  { place: READ_OUT, text: readOut(lab) },
  { place: 'the disks of machines', text: JSON.stringify(lab.world.state.nodes.map(({ id }) => lab.world.memory(id))) },
  { place: 'tables', text: (await itemsOf(lab)).map(textOf).join('\n') },
];

/** The one document whose output holds what people read out to Microsoft, and the place that its output is. */
const READING = 'KmsBot-ReadInstallationId';
export const READ_OUT = `the output of ${READING}`;

const historyOf = ({ aws }: Lab): string =>
  aws.ssm
    .history()
    .map(({ document: { name }, parameters, comment, invocations }) =>
      JSON.stringify([name, parameters, comment, name === READING ? [] : invocations]),
    )
    .join('\n');

const readOut = ({ aws }: Lab): string =>
  aws.ssm
    .history()
    .filter(({ document }) => document.name === READING)
    .map(({ invocations }) => JSON.stringify(invocations))
    .join('\n');

const itemsOf = async ({ ports }: Lab): Promise<readonly Item[]> => {
  const { TableNames = [] } = await ask<{ TableNames?: string[] }>(ports.dynamodb, 'ListTables', {});
  const items: Item[] = [];
  for (const TableName of TableNames) items.push(...(await scanned(ports.dynamodb, TableName)));
  return items;
};

const scanned = async (port: number, TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const page = await ask<{ Items?: Item[]; LastEvaluatedKey?: Item }>(port, 'Scan', { TableName, ...start });
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

/** dynalite wants to see a signature and does not verify it. */
const ask = async <T>(port: number, operation: string, body: object): Promise<T> => {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20000101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=lab/20000101/lab/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
};

/** Values as they stand, and what is packed in them. */
const textOf = (item: Item): string =>
  [JSON.stringify(item), ...Object.values(item).flatMap(({ B }) => (B === undefined ? [] : [unpacked(B)]))].join('\n');

const unpacked = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  for (const unpack of [gunzipSync, brotliDecompressSync]) {
    try {
      return unpack(bytes).toString('utf8');
    } catch {
      // Not packed in this way.
    }
  }
  return bytes.toString('latin1');
};
