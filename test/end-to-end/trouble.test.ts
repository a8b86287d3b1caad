/** AWS and Slack fail in the middle of a check: it still ends, truthfully, and nothing is done twice. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { muted } from './support/muted.ts';
import { EMMA, type Observed, observe } from './support/outcome.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;
let calm: Observed;

beforeAll(async () => {
  muted();
  lab = await startSmallLab();
  calm = await observe(lab, 'check all');
});

afterAll(() => lab.close());
afterEach(() => lab.faults.clear());

const INVENTORY_AGE_MS = 61 * 60_000;

const checkUnder = async (fault: Readonly<Record<string, unknown>>): Promise<Observed> => {
  await lab.clock.advance(INVENTORY_AGE_MS);
  await remoteLab(lab.url).call('POST', '/lab/faults', fault);
  return observe(lab, 'check all');
};

const ONCE_EACH = { '111122223333': 1, '444455556666': 1 };

/** Commands that machines were given, whether or not the answer was heard: by account, from AWS's own list. */
const commandsSince = (sinceMs: number): number =>
  lab.wire.read().exchanges.filter(({ at, operation }) => at >= sinceMs && operation === 'ssm:SendCommand').length;

describe('the answer of a call gets lost after it had its effect', () => {
  it('to SendCommand at both sites: the commands are found again and not sent twice', async () => {
    const sinceMs = lab.clock.now();
    const seen = await checkUnder({ fault: 'aws-answer-lost', target: 'ssm', operation: 'SendCommand', times: 2 });

    expect(seen.answer).toBe(calm.answer);
    expect(commandsSince(sinceMs)).toBe(2);
  });

  it.each([
    ['dynamodb', 'PutItem'],
    ['dynamodb', 'BatchWriteItem'],
    ['ssm', 'ListCommandInvocations'],
    ['ec2', 'DescribeInstances'],
    ['lambda', 'CheckpointDurableExecution'],
    ['secretsmanager', 'GetSecretValue'],
  ])('to %s:%s, the first three times', async (service, operation) => {
    const seen = await checkUnder({ fault: 'aws-answer-lost', target: service, operation, times: 3 });

    expect(seen.answer).toBe(calm.answer);
    expect(seen.sent).toEqual(ONCE_EACH);
    expect(seen.succeeded['slack:chat.postMessage']).toBe(1);
    expect(seen.asked.settled).toBe(true);
  });

  it('to the hand-off: the person is told that it may have started, and it has, once', async () => {
    const seen = await checkUnder({ fault: 'aws-answer-lost', target: 'lambda', operation: 'Invoke', times: 1 });

    expect(seen.asked.acknowledgement).toMatch(/did not confirm in time|Checking all machines/);
    expect(seen.answer).toBe(calm.answer);
    expect(seen.sent).toEqual(ONCE_EACH);
  });
});

describe('AWS asks to slow down', () => {
  it.each([
    ['ssm', undefined, 8],
    ['ssm', 'SendCommand', 4],
    ['sts', 'AssumeRole', 2],
    ['dynamodb', undefined, 4],
  ])('%s %s, %i times: the check takes longer and ends the same', async (service, operation, times) => {
    const fault = { fault: 'aws-throttled', target: service, times };
    const seen = await checkUnder(operation === undefined ? fault : { ...fault, operation });

    expect(seen.answer).toBe(calm.answer);
    expect(seen.sent).toEqual(ONCE_EACH);
    expect(seen.succeeded['slack:chat.postMessage']).toBe(1);
  });

  it('at the hand-off: the person is told at once that nothing was started', async () => {
    const seen = await checkUnder({ fault: 'aws-throttled', target: 'lambda', operation: 'Invoke' });

    expect(seen.asked.acknowledgement).toMatch(/not started: AWS is slowing me down/);
    expect(seen.asked.answers).toEqual([]);
  });
});

describe('AWS is out of order', () => {
  it.each(['aws-error', 'aws-unavailable', 'aws-dropped'])(
    'for two calls of Systems Manager (%s): unnoticed',
    async (fault) => {
      const seen = await checkUnder({ fault, target: 'ssm', times: 2 });

      expect(seen.answer).toBe(calm.answer);
      expect(seen.sent).toEqual(ONCE_EACH);
    },
  );

  it('at one site for good: the others are answered for, and the site is named', async () => {
    const seen = await checkUnder({ fault: 'aws-unavailable', target: 'ssm', region: 'eu-central-1' });

    expect(seen.asked.settled).toBe(true);
    expect(seen.answer).toMatch(/frankfurt could not be reached/);
    expect(seen.answer).toContain('erp-01');
    expect(seen.sent).toEqual({ '111122223333': 1 });
  });

  it('at every site for good: the person is told, and no machine is called good or bad', async () => {
    const seen = await checkUnder({ fault: 'aws-unavailable', target: 'ssm' });

    expect(seen.asked.settled).toBe(true);
    expect(seen.answer).toMatch(/could not be carried out|could not be reached|did not answer/);
    expect(seen.answer).not.toMatch(/\d+ activated/);
  });
});

describe('Slack asks to slow down', () => {
  it.each([
    ['chat.postMessage', 7],
    ['chat.update', 30],
    ['files.completeUploadExternal', 12],
  ])('%s, for %i s: everything is said all the same, once', async (method, retryAfterSeconds) => {
    const seen = await checkUnder({ fault: 'slack-429', target: method, retryAfterSeconds });

    expect(seen.answer).toBe(calm.answer);
    expect(seen.succeeded['slack:chat.postMessage']).toBe(1);
    expect(seen.sent).toEqual(ONCE_EACH);
  });

  it('everywhere, three times over', async () => {
    const seen = await checkUnder({ fault: 'slack-429', retryAfterSeconds: 5, times: 3 });

    expect(seen.answer).toBe(calm.answer);
    expect(seen.succeeded['slack:chat.postMessage']).toBe(1);
  });
});

describe('Slack is out of order', () => {
  /** Slack fails until `minutes` of simulated time have passed. */
  const downFor = async (method: string, minutes: number): Promise<string> => {
    await lab.clock.advance(INVENTORY_AGE_MS);
    const remote = remoteLab(lab.url);
    await remote.call('POST', '/lab/faults', { fault: 'slack-down', target: method });
    const before = new Set(lab.workspace.messages(EMMA.user, EMMA.channel).map(({ ts }) => ts));
    lab.wire.clear();
    await remote.slash({ ...EMMA, text: '/kms check all' });
    await lab.clock.advance(minutes * 60_000);
    await remote.call('DELETE', '/lab/faults');
    await remote.settle();
    const after = lab.workspace.messages(EMMA.user, EMMA.channel);
    return after
      .filter(({ ts, ephemeral }) => !before.has(ts) && !ephemeral)
      .map(({ text }) => text)
      .join('\n');
  };

  it('for half a minute of edits: the answer still stands in its message', async () => {
    expect(await downFor('chat.update', 0.5)).toMatch(/of 6 machines is not activated/);
    expect(lab.wire.read().counts['ssm:SendCommand']).toBe(2);
  });

  it('for good where messages are edited: the answer is posted anew', async () => {
    expect(await downFor('chat.update', 10)).toMatch(/of 6 machines is not activated/);
  });

  it('for a few seconds where it begins: the check begins all the same', async () => {
    expect(await downFor('chat.postMessage', 0.1)).toMatch(/of 6 machines is not activated/);
    expect(lab.wire.read().counts['ssm:SendCommand']).toBe(2);
  });

  it('for files: the answer stands without its file', async () => {
    const text = await downFor('files.getUploadURLExternal', 30);

    expect(text).toMatch(/of 6 machines is not activated/);
  });
});
