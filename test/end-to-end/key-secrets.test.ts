/**
 * After stored keys, calls and rearms of every kind, whole, failed, refused and cut short: no key, no Installation ID, no
 * Confirmation ID and no credential is anywhere that anybody could read, but for the Installation ID in the one output
 * that is there for it.
 */
import { gzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { everythingIn, type Kept, READ_OUT } from '../lab/everything.ts';
import type { Lab } from '../lab/lab.ts';
import { leaksIn, type Secret } from '../lab/leaks.ts';
import { secretsIn } from '../lab/left-behind.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { cardWith, changeId, nodeOf, ONE_MINUTE_MS, OPS, PLAIN, pressOnly, type } from './support/changes.ts';
import { approved, keyEnding, productOf } from './support/keys.ts';
import { callMicrosoft, openWindow, submit, waitingForCall } from './support/phone.ts';
import { smallWorld, startSmallLab } from './support/small-lab.ts';

let lab: Lab;
let kept: readonly Kept[];
let secrets: readonly Secret[];

/** All that the functions log, in a deployment that logs as much as it can. */
const listen = (): string[] => {
  const logged: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      logged.push(String(chunk));
      return true;
    });
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      logged.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
    });
  }
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  return logged;
};

beforeAll(async () => {
  const logged = listen();
  lab = await startSmallLab({ state: smallWorld([...PLAIN, 'db-01', 'onprem-sql-01']) });
  await useKeys();
  await lab.clock.advance(ONE_MINUTE_MS);
  await call();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  kept = [...(await everythingIn(lab)), { place: 'what the functions logged', text: logged.join('\n') }];
  secrets = secretsIn(lab);
}, 120_000);

afterAll(() => lab.close());

const useKeys = async (): Promise<void> => {
  await approved(lab, 'key web-01,web-02,db-02,app-01 contoso-mak-2022');
  await approved(lab, `undo ${changeId(lab)}`);
  await approved(lab, 'key db-01,onprem-sql-01,web-03 contoso-mak-2019');
  await approved(lab, 'key build-9 contoso-mak-blocked');
  await type(lab, 'aiko', 'key web-02 contoso-malformed');
  await type(lab, 'aiko', `key web-02 ${keyEnding(lab, 'MK223').key}`);
  lab.faults.add({ fault: 'aws-error', service: 'ssm', times: 2 });
  lab.faults.add({ fault: 'aws-denied', service: 'secretsmanager', operation: 'DescribeSecret' });
  await type(lab, 'aiko', 'key web-02 contoso-mak-2022');
  lab.faults.clear();
};

/** A wrong digit, a window filled twice, a store that fails, a function that dies, and in the end the right one. */
const call = async (): Promise<void> => {
  lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint: 20 });
  lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint: 30, before: true });
  await waitingForCall(lab, 'web-02');
  const right = await callMicrosoft(lab, (await openWindow(lab, 'daniel')).groups);
  const [first = '', ...others] = right;
  await submit(lab, 'daniel', [first.slice(1), ...others]);
  await submit(lab, 'daniel', [...right.slice(0, -1), String(999_999 - Number(right.at(-1))).padStart(6, '0')]);
  await openWindow(lab, 'ken');
  lab.faults.add({ fault: 'aws-error', service: 'ssm', operation: 'PutParameter', times: 1 });
  await submit(lab, 'ken', [right.join(' ')]);
  lab.faults.clear();
  await pressOnly(lab, 'emma', 'phone_open', cardWith(lab, 'phone_open', OPS, 'emma'));
  await submit(lab, 'ken', [right.join(' ')]);
};

describe('after keys and calls of every kind', () => {
  it('every sort of secret was there to be found', () => {
    const sorts = secrets.map(({ what }) => what);

    expect(productOf(lab, 'web-02')).toMatchObject({ channel: 'Volume:MAK', status: 1 });
    for (const sort of ['an Installation ID', 'a Confirmation ID', 'what was stored encrypted', 'change’s secret key'])
      expect(sorts).toContain(sort);
    expect(sorts.filter((sort) => sort.startsWith('the product key'))).toHaveLength(14);
    expect(sorts.filter((sort) => sort.startsWith('the session token')).length).toBeGreaterThan(5);
  });

  it('the Installation ID stands in the output of the document that reads it, where a call is served from', () => {
    const everywhere = secrets.map(({ what, value }) => ({ what, value }));

    expect(leaksIn(kept, everywhere)).toEqual([`${READ_OUT}: an Installation ID`]);
  });

  it.each([
    ['messages and files in Slack', 10_000],
    ['the wire log', 10_000],
    ['payloads, checkpoints and results of executions', 10_000],
    ['the command history', 10_000],
    ['the disks of machines', 100],
    ['tables', 10_000],
    ['what the functions logged', 1_000],
  ])('%s were searched, and hold none', (place, atLeast) => {
    const here = kept.filter((each) => each.place === place);

    expect(here[0]?.text.length).toBeGreaterThan(atLeast);
    expect(leaksIn(here, secrets)).toEqual([]);
  });
});

/** Leaves a secret in every kind of place, each by a way of its own. */
const plant = async (other: Lab, secret: string): Promise<void> => {
  const { accessKeyId, secretAccessKey } = other.administrator;
  const client = {
    region: 'ap-northeast-1',
    endpoint: `${other.url}/aws`,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
  const { id } = nodeOf(other, 'web-01');
  const { TableNames = [] } = await new DynamoDBClient(client).send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.startsWith('Ledger'));
  const Item = { pk: { S: 'planted' }, sk: { S: '1' }, z: { B: gzipSync(`it was ${secret}`) } };
  await new DynamoDBClient(client).send(new PutItemCommand({ TableName, Item }));
  const command = { DocumentName: 'KmsBot-Inspect', InstanceIds: [id], Comment: secret };
  await new SSMClient(client).send(new SendCommandCommand(command));
  await remoteLab(other.url).call('POST', '/lab/say', { user: 'emma', channel: OPS, text: `it was ${secret}` });
  const { files } = other.world.memory(id);
  files['C:\\note.txt'] = { owner: 'S-1-5-18', link: false, text: secret, writtenMs: 0 };
};

describe('a lab that is closed where secrets are looked for', () => {
  it('tells what was left behind and where, not the secret itself', async () => {
    const other = await startSmallLab({ examined: true });
    const { key } = keyEnding(other, 'MK223');
    await plant(other, key);

    const failure = await other.close().then(
      () => '',
      (error: Error) => error.message,
    );

    const places = ['messages and files in Slack', 'the command history', 'the disks of machines', 'tables'];
    expect(failure.split('\n')).toEqual([
      'Secrets were left behind:',
      ...places.map((place) => `${place}: the product key that ends in MK223`),
    ]);
    expect(failure).not.toContain(key.slice(0, 17));
  });

  it('is what every test of this project starts', () => {
    expect(process.env.KMS_LAB_EXAMINED).toBe('true');
  });
});
