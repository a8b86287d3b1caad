import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundleSize, bundle, overBudget, SLACK_BUDGET } from '../../infra/bundle.ts';
import { type Outside, startOutside } from '../slack/support/outside.ts';
import { click, jsonEvent, slash } from '../slack/support/signed-request.ts';

let folder: string;
let size: BundleSize;
let outside: Outside;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-bot-bundle-'));
  [size, outside] = await Promise.all([bundle('slack', folder), startOutside()]);
  await writeFile(join(folder, 'invoke.cjs'), INVOKE);
});

afterAll(async () => {
  await outside.close();
  await rm(folder, { recursive: true, force: true });
});

/** What Lambda does: loads the handler, hands it an event, takes its answer; then names the files that were loaded. */
const INVOKE = `
const { handler } = require('./slack/index.cjs');
handler(JSON.parse(process.argv[2]), {}).then((answer) => {
  const loaded = Object.keys(require.cache).map((file) => file.split('/').pop());
  process.stdout.write(JSON.stringify({ answer, loaded }), () => process.exit(0));
});`;

interface Invocation {
  readonly answer: { readonly statusCode: number; readonly body: string };
  readonly loaded: readonly string[];
}

/** Runs the built artefact in a process of its own, with nothing but its own environment. */
const invoke = (event: unknown): Promise<Invocation> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'invoke.cjs'), JSON.stringify(event)], { env: outside.env });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => {
      if (errors !== '') reject(new Error(errors));
      else resolve(JSON.parse(output) as Invocation);
    });
  });

const textOf = ({ answer }: Invocation): string => (JSON.parse(answer.body) as { text: string }).text;

describe('the built Slack function', () => {
  it('keeps its budgets, with no AWS client inside', () => {
    expect(overBudget(size)).toEqual([]);
    expect(size.code).toBeGreaterThan(80_000);
    expect(size.packages).toContain('@slack/bolt');
    expect(size.packages).not.toContain('@slack/web-api');
    expect(size.packages.filter((name) => name.startsWith('@aws-sdk/'))).toEqual([]);
  });

  it('hands a check on and acknowledges it, from one file alone', async () => {
    const invocation = await invoke(slash('check all'));

    expect(textOf(invocation)).toBe('Checking all machines. The answer appears here.');
    expect(outside.executions.size).toBe(1);
    expect([...invocation.loaded].sort()).toEqual(['index.cjs', 'invoke.cjs']);
  });

  it.each([
    ['help', 'A change is planned first'],
    ['activate web-03', 'Changes are switched off'],
    ['whoami', 'You are <@U0AIKO0001>'],
    ['help discovery', 'looks for its host in this order'],
    ['error 0xC004F074', 'No KMS host could be reached'],
    ['chekc', 'Did you mean'],
  ])('answers “%s” from the files beside it', async (text, expected) => {
    expect(textOf(await invoke(slash(text)))).toContain(expected);
  });

  it('answers buttons and verifies URLs', async () => {
    const pressed = await invoke(click('check-again', 'check web-03', `${outside.url}/response/1`));
    const verified = await invoke(jsonEvent({ type: 'url_verification', challenge: 'c-1' }));

    const decided = await invoke(click('approve', 'c4k7m2q9xd 1 a1b2c3d4', `${outside.url}/response/2`));

    expect([pressed.answer, decided.answer]).toEqual([
      expect.objectContaining({ statusCode: 200 }),
      expect.objectContaining({ statusCode: 200 }),
    ]);
    expect(JSON.stringify(outside.responses)).toContain('Checking web-03.');
    expect(JSON.stringify(outside.responses)).toContain('Changes are switched off');
    expect(JSON.parse(verified.answer.body)).toEqual({ challenge: 'c-1' });
  });

  it('refuses what is not signed', async () => {
    expect((await invoke(slash('help', {}, { secret: 'another' }))).answer.statusCode).toBe(401);
  });

  it('names no file of this machine', async () => {
    const files = await readdir(join(folder, 'slack'));
    for (const file of files.filter((name) => name.endsWith('.cjs')))
      expect(await readFile(join(folder, 'slack', file), 'utf8')).not.toContain(process.cwd());
  });
});

it('a bundle over its budget is told by how much', () => {
  const broken = {
    ...size,
    code: SLACK_BUDGET.code + 1,
    beside: SLACK_BUDGET.beside + 1,
    packages: ['@aws-sdk/client-lambda'],
  };

  expect(overBudget(broken)).toEqual([
    'slack: 180001 bytes of code, at most 180000',
    'slack: 300001 bytes beside it, at most 300000',
    'slack: contains @aws-sdk/client-lambda, which doubles its start',
  ]);
});
