/** Cold process to the acknowledgement of `/kms check all`: the floor, ours and the ceiling, interleaved in one run. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { bundle } from '../../../infra/bundle.ts';
import { median } from '../median.ts';
import type { ColdAck } from '../results.ts';
import { SIGNING_SECRET, startOutside } from './outside.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const RUNS = 15;

const event = () => {
  const fields = {
    team_id: 'T0BENCH',
    user_id: 'U0AIKO',
    channel_id: 'C0BENCH',
    channel_name: 'bench',
    command: '/kms',
    text: 'check all',
    trigger_id: `${process.hrtime.bigint()}.1.a`,
    response_url: 'https://hooks.slack.invalid/commands/1',
    api_app_id: 'A0BENCH',
  };
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return {
    version: '2.0',
    rawPath: '/slack/events',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    },
    requestContext: { http: { method: 'POST', path: '/slack/events' } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
};

/** One cold process; milliseconds from its start to its answer. It has ended before the next one begins. */
const once = (path: string, eventFile: string, env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [here('./driver.mjs'), path, eventFile], { cwd: root, env });
    let answeredMs = Number.NaN;
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('\n')) answeredMs = performance.now() - started;
    });
    child.stderr.on('data', (chunk) => {
      output += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () =>
      output.trim() === '200' ? resolve(answeredMs) : reject(new Error(`${path} answered ${output}`)),
    );
  });

const buildBaselines = async () => {
  const shared = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: join(root, 'dist/bench'),
    outExtension: { '.js': '.cjs' },
    absWorkingDir: root,
    minify: true,
    mainFields: ['module', 'main'],
  } satisfies BuildOptions;
  await build({ ...shared, entryPoints: [here('./bare.ts')] });
  // Bolt itself comes from node_modules; what reads the secret is bundled as in the others.
  await build({ ...shared, external: ['@slack/bolt'], entryPoints: [here('./bolt.ts')] });
};

/** Medians of so many rounds, each of one process of every kind. */
export const measureColdAck = async (runs = RUNS): Promise<ColdAck> => {
  await buildBaselines();
  await bundle('slack');
  const outside = await startOutside();
  const folder = await mkdtemp(join(root, 'dist/bench/run-'));
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIABENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: `${outside.url}/aws`,
    KMSBOT_SLACK_SECRET: 'bench',
    KMSBOT_SLACK_API_URL: `${outside.url}/api/`,
    KMSBOT_TEAM_ID: 'T0BENCH',
    KMSBOT_BOT_ID: 'B0BOT',
    KMSBOT_BOT_USER_ID: 'U0BOT',
    KMSBOT_LANGUAGE: 'en',
    KMSBOT_OBSERVE_FUNCTION: 'arn:aws:lambda:eu-west-1:111122223333:function:observe:live',
  };
  const paths = {
    bare: join(root, 'dist/bench/bare.cjs'),
    ours: join(root, 'dist/slack/index.cjs'),
    bolt: join(root, 'dist/bench/bolt.cjs'),
  };
  const times = { bare: [] as number[], ours: [] as number[], bolt: [] as number[] };
  try {
    for (let run = 0; run <= runs; run += 1) {
      for (const key of ['bare', 'ours', 'bolt'] as const) {
        const eventFile = join(folder, 'event.json');
        await writeFile(eventFile, JSON.stringify(event()));
        const ms = await once(paths[key], eventFile, env);
        // The first round only warms the disk's cache.
        if (run > 0) times[key].push(ms);
      }
    }
    if (outside.seen('invoke') !== runs + 1) throw new Error('The hand-off was not made in every run of ours');
  } finally {
    outside.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { bare: median(times.bare), ours: median(times.ours), bolt: median(times.bolt) };
};
