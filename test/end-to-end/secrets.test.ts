/** What must never be read anywhere: tokens, secrets, keys, and the address that answers a person. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { FORM, postSigned, slashForm } from './support/signed.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;
let logged: string[];
let secrets: readonly (readonly [string, string])[];

/** Signed by hand, so that what to look for is known. */
const RESPONSE_URL = 'http://127.0.0.1:9/response/a-bearer-secret-of-slack';

beforeAll(async () => {
  logged = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      logged.push(String(chunk));
      return true;
    });
  }
  for (const method of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation(
      (...parts: unknown[]) => void logged.push(parts.map(String).join(' ')),
    );
  }
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  lab = await startSmallLab();
  await useEverything();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

afterAll(() => lab.close());

/** A check that succeeds, one that fails, one that is refused, and clicks with an address of their own. */
const useEverything = async (): Promise<void> => {
  const remote = remoteLab(lab.url);
  const { channels, people } = await remote.describe();
  const description = await remote.get<Record<string, string>>('/lab');
  const { signingSecret: secret = '', teamId = '' } = description;
  const { botToken } = lab.workspace;
  const who = { team_id: teamId, user_id: people[2]?.id ?? '', channel_id: channels[0]?.id ?? '' };
  const type = (text: string) =>
    postSigned(lab.url, { secret, body: slashForm({ ...who, text, response_url: RESPONSE_URL }), contentType: FORM });
  await type('check all');
  await remote.settle();
  await type('check web-01');
  lab.faults.add({ fault: 'aws-denied', service: 'dynamodb', operation: 'Query' });
  await type('check erp-01 web-01');
  await remote.settle();
  lab.faults.clear();
  lab.faults.add({ fault: 'slack-429', method: 'chat.update', retryAfterSeconds: 5 });
  lab.faults.add({ fault: 'aws-error', service: 'ssm', times: 3 });
  await type('check site:frankfurt all');
  await type('nonsense');
  await remote.settle();
  lab.faults.clear();
  const payload = {
    team: { id: teamId },
    user: { id: who.user_id },
    channel: { id: who.channel_id },
    type: 'block_actions',
  };
  const action = { type: 'button', action_id: 'check-again', block_id: 'b', value: 'check web-01', action_ts: '1' };
  const click = JSON.stringify({ ...payload, trigger_id: '9.9', response_url: RESPONSE_URL, actions: [action] });
  await postSigned(lab.url, { secret, body: new URLSearchParams({ payload: click }).toString() });
  await remote.settle();
  const keys = [...lab.principals].flatMap(([name, { secretAccessKey }]) => [
    [`${name}’s secret key`, secretAccessKey] as const,
  ]);
  secrets = [
    ['the bot’s token', botToken],
    ['the signing secret', secret],
    ['the administrator’s secret key', lab.administrator.secretAccessKey],
    ['an access key id of a function', lab.principals.get('observe')?.accessKeyId ?? ''],
    ['the address that answers a person', 'a-bearer-secret-of-slack'],
    ...keys,
  ];
};

const dynamo = async (operation: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`http://127.0.0.1:${lab.ports.dynamodb}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20000101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20000101/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
};

/** Every item of the ledger and of the audit as text: strings as they are, binary values unpacked where they are gzip. */
const ledger = async (): Promise<string> => {
  const { gunzipSync, brotliDecompressSync } = await import('node:zlib');
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
  const { TableNames = [] } = (await dynamo('ListTables', {})) as { TableNames?: string[] };
  expect(TableNames.some((name) => name.startsWith('Audit'))).toBe(true);
  const scans = await Promise.all(TableNames.map((TableName) => dynamo('Scan', { TableName })));
  const Items = (scans as { Items?: Record<string, { B?: string }>[] }[]).flatMap(({ Items: some = [] }) => some);
  expect(Items.length).toBeGreaterThan(5);
  return Items.map((item) => {
    const binary = Object.values(item).flatMap(({ B }) => (B === undefined ? [] : [unpacked(B)]));
    return [JSON.stringify(item), ...binary].join('\n');
  }).join('\n');
};

const PLACES: readonly (readonly [string, () => Promise<string> | string])[] = [
  [
    'messages',
    () =>
      JSON.stringify(
        lab.workspace.people.flatMap(({ name }) =>
          [...lab.workspace.channels.map((channel) => channel.name), 'dm'].flatMap((channel) => {
            try {
              return lab.workspace.messages(name, channel);
            } catch {
              return [];
            }
          }),
        ),
      ),
  ],
  ['the wire log', () => JSON.stringify(lab.wire.read())],
  ['the ledger and the audit', ledger],
  ['checkpoints, payloads and errors of executions', () => JSON.stringify(lab.lambda.executions())],
  ['what the functions logged', () => logged.join('\n')],
];

describe.each(PLACES)('%s', (_, read) => {
  it('has something in it, and no secret', async () => {
    const text = await read();

    expect(text.length).toBeGreaterThan(100);
    for (const [name, secret] of secrets) {
      expect(secret.length).toBeGreaterThan(15);
      expect(text.includes(secret), `holds ${name}`).toBe(false);
      expect(
        text.includes(Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -2)),
        `${name}, encoded`,
      ).toBe(false);
    }
  });
});
