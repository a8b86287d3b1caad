/** Errors of AWS, Slack and our own code that quote a secret: what is logged, kept and thrown on says nothing of it. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { durableHandler } from '../../bot/aws/durable-handler.ts';
import { translated as awsTranslated } from '../../bot/aws/translate-errors.ts';
import { withoutSecrets } from '../../bot/errors.ts';
import type { Workflow } from '../../bot/ports.ts';
import { jsonLog } from '../../bot/slack/log.ts';
import { translated as slackTranslated } from '../../bot/slack/slack-errors.ts';
import { type Harness, startHarness } from '../lab/aws/lambda/harness.ts';
import { pick, random } from '../lab/random.ts';
import { ALL, machines, world } from '../operations/check-setup.ts';
import { approve, CONTOSO_MAK, keyed, keyWorld } from '../operations/key-setup.ts';
import { holds, type MadeUp, madeUp, written } from './made-up.ts';
import { foundIn, shownIn, told } from './searched.ts';

const SEED = 20_261_125;

/** As services say it. */
const SENTENCES: readonly ((secret: string) => string)[] = [
  (secret) => `1 validation error detected: Value '${secret}' at 'value' failed to satisfy constraint`,
  (secret) => `${secret} is not valid`,
  (secret) =>
    `Parameter kms-bot/confirmation/c4k7m2q9xd-1 with value "${secret}" was refused\n    (RequestId: 3f2504e0)`,
];

const NAMES = [
  'ValidationException',
  'AccessDeniedException',
  'ThrottlingException',
  'InvalidDocument',
  'OptInRequired',
  'InternalServerError',
  'TimeoutError',
] as const;

interface Case {
  readonly secret: MadeUp;
  readonly error: Error;
  readonly which: string;
}

const cases = (count: number): readonly Case[] => {
  const next = random(SEED);
  return Array.from({ length: count }, (_, at) => {
    const secret = madeUp(next);
    const message = pick(next, SENTENCES)(written(next, secret));
    const cause = new Error(pick(next, SENTENCES)(written(next, secret)));
    const name = pick(next, NAMES);
    const more = { name, $metadata: { httpStatusCode: pick(next, [400, 403, 429, 500]) } };
    return { secret, error: Object.assign(new Error(message, { cause }), more), which: `seed ${SEED}, case ${at}` };
  });
};

const CALL = { action: 'ssm:PutParameter', functionName: 'change', siteId: 'tokyo', document: 'KmsBot-Inspect' };

const caught = (act: () => Promise<unknown>): Promise<unknown> => act().catch((error: unknown) => error);

describe('errors that quote a secret', () => {
  it('say nothing of it once a call of AWS has failed by them', async () => {
    for (const { secret, error, which } of cases(500)) {
      const thrown = await caught(() => awsTranslated(CALL, () => Promise.reject(error)));
      expect(thrown, which).toBeInstanceOf(Error);
      expect(holds(told(thrown).join('\n'), secret), which).toBe(false);
    }
  });

  it('say nothing of it once Slack has refused something by them', () => {
    for (const { secret, error, which } of cases(300)) {
      const wrapped = [
        new WebAPIRequestError(error),
        new WebAPIHTTPError(500, error.message, {}, error.message),
        Object.assign(new WebAPIPlatformError({ ok: false, error: 'invalid_blocks' }), { message: error.message }),
      ];
      for (const each of wrapped) {
        const thrown = slackTranslated(each, 'chat.postMessage', 'observe');
        expect(holds(told(thrown).join('\n'), secret), which).toBe(false);
      }
    }
  });

  it('say nothing of it in the log of the Slack function, nor does anything else there', () => {
    for (const { secret, error, which } of cases(500)) {
      const lines: string[] = [];
      const log = jsonLog((line) => lines.push(line));
      log.error('A request failed', { detail: error.message, reference: 'r' }, error);
      log.warn(error.message);
      log.error('failed', {}, error.message);
      log.info('failed', { [error.message]: 1 });

      expect(holds(lines.join('\n'), secret), which).toBe(false);
      expect(JSON.parse(lines[0] ?? ''), which).toMatchObject({
        level: 'ERROR',
        message: 'A request failed',
        reference: 'r',
      });
    }
  });

  it('are the errors they were but for that', () => {
    const error = Object.assign(new RangeError('of no interest', { cause: 'text' }), { code: 7 });
    expect(withoutSecrets(error)).toBe(error);
    expect(error.message).toBe('of no interest');
    expect(withoutSecrets('text')).toBe('text');
    const quoting = Object.assign(new RangeError('the key BBBBB-CCCCC-DDDDD-FFFFF-GGGGG fails'), { code: 7 });
    expect(withoutSecrets(quoting)).toMatchObject({
      name: 'RangeError',
      message: 'the key •••••-GGGGG fails',
      code: 7,
    });
    expect(quoting.stack).toContain('errors.test.ts');
  });
});

describe('operations that fail by an error with a secret in it', () => {
  it('leave nothing of it, wherever they fail', async () => {
    for (const [at, { secret, error, which }] of cases(120).entries()) {
      const w = world(machines(3));
      const kept: unknown[] = [];
      Object.assign(w.deps, { log: (...said: readonly unknown[]) => kept.push(said) });
      const failing = ['page', 'send', 'progress', 'answers'][at % 4];
      w.fleet.interfere = ({ operation }) => {
        if (operation === failing) throw withoutCode(error);
      };
      const failed = await w.run(ALL).then(() => [], told);

      const places = { ...shownIn(w.conversation.messages), kept, failed, ledger: w.ledger.everything() };
      expect(foundIn(places, [secret]), which).toEqual([]);
      expect(w.conversation.messages.length, which).toBeGreaterThan(0);
    }
  });

  it('leave nothing of it in a change either', async () => {
    for (const [at, { secret, error, which }] of cases(60).entries()) {
      const w = keyWorld([keyed(1, { licensed: false })]);
      if (at % 2 === 0) w.storedKeys.troubles.push(withoutCode(error));
      else
        w.fleet.interfere = ({ operation, nth }) => {
          if (operation === 'send' && nth > 1) throw withoutCode(error);
        };
      const failed = await w
        .change({ kind: 'stored-key', key: CONTOSO_MAK.name }, { pressers: [approve] })
        .then(() => [], told);

      const places = { ...shownIn(w.conversation.messages), held: JSON.parse(await w.held()), failed };
      expect(foundIn(places, [secret]), which).toEqual([]);
    }
  });
});

/** As an adapter throws it that does not know what it means. */
const withoutCode = ({ name, message }: Error): Error => Object.assign(new Error(message), { name });

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => harness.close());

/** Where a program of the durable engine may fail. */
const PROGRAMS: readonly ((workflow: Workflow, error: Error) => Promise<unknown>)[] = [
  (workflow, error) => workflow.step('fails', () => Promise.reject(error)),
  (workflow, error) => workflow.poll('fails', {}, () => Promise.reject(error)),
  (workflow, error) => workflow.decision('fails', () => Promise.reject(error), 60),
  (_, error) => Promise.reject(error),
];

describe('an execution that fails by an error with a secret in it', () => {
  it('keeps nothing of it in checkpoints, its result or the log', async () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((line) => written.push(String(line)) > 0);
    for (const method of ['log', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, method).mockImplementation(
        (...said: readonly unknown[]) => void written.push(said.map(inFull).join(' ')),
      );
    const secrets: MadeUp[] = [];
    for (const [at, { secret, error }] of cases(24).entries()) {
      secrets.push(secret);
      const program = PROGRAMS[at % PROGRAMS.length];
      const handler = durableHandler(
        { env: {}, clock: harness.clock.now, random: () => 0, client: harness.client },
        'kms-bot-test',
        (log) => ({ log }),
        async (made, { log, workflow }) => {
          made.log('warn', 'outside', { detail: error.message });
          log('info', 'inside', { detail: error.message });
          return program?.(workflow, withoutCode(error));
        },
      );
      const durable = { executionTimeoutSeconds: 86_400, retentionDays: 14 };
      const fn = harness.add(`failing-${at}`, { handler: handler as never, durable });
      const FunctionName = `${fn.arn}:live`;
      await harness.client.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', DurableExecutionName: `failing-${at}` }),
      );
      await harness.clock.settle();
    }

    const executions = harness.lambda.executions();
    expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'FAILED'));
    expect(executions).toHaveLength(24);
    for (const each of ['inside', 'outside']) expect(written.join('\n')).toContain(each);
    expect(foundIn({ executions, written }, secrets), `seed ${SEED}`).toEqual([]);
  });
});

const inFull = (said: unknown): string =>
  said instanceof Error ? told(said).join('\n') : typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
