import { type DurableContext, StepSemantics, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { InvokeStore } from '@aws/lambda-invoke-store';
import { InvokeCommand, SendDurableExecutionCallbackSuccessCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabFunction } from '../types.ts';
import { ACCOUNT, type Harness, REGION, startHarness } from './harness.ts';
import type { ExecutionSnapshot } from './snapshot.ts';

let lab: Harness;

beforeEach(async () => {
  lab = await startHarness();
  // The SDK writes a line for each checkpoint that is refused.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(async () => {
  await lab.close();
  vi.restoreAllMocks();
});

async function runToEnd(
  program: (event: never, context: DurableContext) => Promise<unknown>,
): Promise<ExecutionSnapshot> {
  const handler = withDurableExecution(program, { client: lab.client }) as LabFunction['handler'];
  const durable = { executionTimeoutSeconds: 864_000, retentionDays: 14 };
  const fn = lab.add('observe', { handler, durable });
  await lab.client.send(new InvokeCommand({ FunctionName: `${fn.arn}:live`, InvocationType: 'Event' }));
  expect(await lab.clock.settle(10_000)).toBe(true);
  const [execution] = lab.lambda.executions();
  if (execution === undefined) throw new Error('nothing was started');
  return execution;
}

const crash = (checkpoint: number, before: boolean) =>
  lab.faults.push({ id: 'f-1', fault: 'crash', function: 'observe', afterCheckpoint: checkpoint, before });

/** Every kind of operation, with effects that a world remembers by their key, as idempotent ones do. */
function operation() {
  const world = new Map<string, number>();
  const polls: number[] = [];
  const effect = (key: string): string => {
    world.set(key, (world.get(key) ?? 0) + 1);
    return key;
  };
  const program = async (_event: never, context: DurableContext): Promise<unknown> => {
    const sent = await context.step('send', async () => effect('send'));
    const polled = await context.waitForCondition(
      'poll',
      async (state: number) => {
        polls.push(state);
        return state + 1;
      },
      {
        initialState: 0,
        waitStrategy: (state) =>
          state < 3 ? { shouldContinue: true, delay: { seconds: 30 } } : { shouldContinue: false },
      },
    );
    const child = await context.runInChildContext('collect', async (nested) => {
      const one = await nested.step('one', async () => effect('one'));
      await nested.wait('pause', { seconds: 20 });
      return [one, await nested.step('two', async () => effect('two'))];
    });
    const answer = await context.waitForCallback(
      'approve',
      async (id) => {
        await lab.client
          .send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: id, Result: Buffer.from('yes') }))
          .catch((error: Error) => {
            if (error.name !== 'CallbackTimeoutException') throw error;
          });
      },
      { timeout: { hours: 1 } },
    );
    return { sent, polled, child, answer };
  };
  return { program, world, polls };
}

const RESULT = { sent: 'send', polled: 3, child: ['one', 'two'], answer: 'yes' };

describe('a crash', () => {
  it('at any checkpoint, before or after it is kept, changes nothing of the result', async () => {
    const { checkpoints } = await runToEnd(operation().program);
    expect(checkpoints).toBeGreaterThan(8);

    for (let number = 1; number <= checkpoints; number += 1) {
      for (const before of [true, false]) {
        await lab.close();
        lab = await startHarness();
        crash(number, before);
        const { program } = operation();
        const execution = await runToEnd(program);

        const where = `${before ? 'before' : 'after'} checkpoint ${number}`;
        expect(JSON.parse(execution.result ?? 'null'), where).toEqual(RESULT);
        expect(execution.error, where).toBeUndefined();
      }
    }
  }, 60_000);

  it('is followed by another invocation one simulated second later', async () => {
    crash(1, false);
    const times: number[] = [];
    const execution = await runToEnd(async (_event, context) => {
      times.push(lab.clock.now());
      return context.step('one', async () => 1);
    });

    expect(execution.invocations).toBe(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(2000);
  });

  it('strikes each execution once', async () => {
    crash(1, true);
    const execution = await runToEnd(async (_event, context) => context.step('one', async () => 1));

    expect(execution).toMatchObject({ status: 'SUCCEEDED', invocations: 2 });
    expect(lab.requests.filter(({ status }) => status === 400)).toHaveLength(1);
  });

  it('leaves functions alone that it is not aimed at', async () => {
    lab.faults.push({ id: 'f-1', fault: 'crash', function: 'change', afterCheckpoint: 1 });
    const execution = await runToEnd(async (_event, context) => context.step('one', async () => 1));

    expect(execution.invocations).toBe(1);
  });

  it('marks the trace of the dead invocation, and of no other', async () => {
    crash(1, false);
    await runToEnd(async (_event, context) => {
      await context.step('one', async () => 1);
      return context.step('two', async () => 2);
    });
    const traces = [...new Set(lab.requests.flatMap(({ trace }) => trace ?? []))];

    expect(traces.map((trace) => lab.lambda.isDead(trace))).toEqual([true, false]);
    expect(lab.lambda.isDead(undefined)).toBe(false);
  });

  // Semantics × when it strikes → how often the effect happened, and what the handler sees of it.
  it.each([
    ['at least once', 1, true, 2, 'ok'],
    ['at least once', 1, false, 2, 'ok'],
    ['at least once', 2, true, 2, 'ok'],
    ['at least once', 2, false, 1, 'ok'],
    ['at most once', 1, true, 1, 'ok'],
    ['at most once', 1, false, 0, 'StepInterruptedError'],
    ['at most once', 2, true, 1, 'StepInterruptedError'],
    ['at most once', 2, false, 1, 'ok'],
  ])(
    'under "%s", at checkpoint %d (before: %s), makes %d effects and ends %s',
    async (semantics, at, before, count, end) => {
      crash(at, before);
      let effects = 0;
      const execution = await runToEnd(async (_event, context) => {
        try {
          return await context.step(
            'effect',
            async () => {
              effects += 1;
              // Not done before the start has been answered, so that start and success are two checkpoints.
              while (lab.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
              return 'ok';
            },
            semantics === 'at least once'
              ? {}
              : { semantics: StepSemantics.AtMostOncePerRetry, retryStrategy: () => ({ shouldRetry: false }) },
          );
        } catch (error) {
          return ((error as Error).cause as Error).name;
        }
      });

      expect([effects, JSON.parse(execution.result ?? 'null')]).toEqual([count, end]);
    },
  );

  it('between an effect and its checkpoint repeats the effect', async () => {
    let effects = 0;
    const execution = await runToEnd(async (_event, context) =>
      context.step('effect', async () => {
        effects += 1;
        const trace = (await InvokeStore.getInstanceAsync()).getXRayTraceId() ?? '';
        if (effects === 1) lab.lambda.kill(trace);
        return effects;
      }),
    );

    expect(execution).toMatchObject({ status: 'SUCCEEDED', result: '2', invocations: 2, checkpoints: 1 });
  });

  it('is the end of whatever the dead invocation still asks for', async () => {
    crash(1, false);
    await runToEnd(async (_event, context) => context.step('one', async () => 1));
    const trace = lab.requests.map((request) => request.trace).find((candidate) => lab.lambda.isDead(candidate));
    const path = '/2015-03-31/functions/kms-bot-observe%3Alive/invocations';
    const headers = { 'x-amzn-trace-id': trace, 'x-amz-invocation-type': 'Event' };
    const call = { method: 'POST', path, query: new URLSearchParams(), headers, body: Buffer.from('{}') };
    const answer = await lab.lambda.service({ ...call, region: REGION, account: ACCOUNT } as never);

    expect(answer.status).toBe(400);
    expect(lab.lambda.executions()).toHaveLength(1);
  });

  it('of an invocation that hangs is its time-out', async () => {
    const handler = vi.fn(async () => new Promise(() => {}));
    const fn = lab.add('observe', {
      handler,
      timeoutSeconds: 0.02,
      durable: { executionTimeoutSeconds: 60, retentionDays: 1 },
    });
    await lab.client.send(new InvokeCommand({ FunctionName: `${fn.arn}:live`, InvocationType: 'Event' }));
    await lab.clock.settle();

    expect(lab.lambda.executions()[0]?.error?.ErrorMessage).toContain('Task timed out');
    expect(handler).toHaveBeenCalledTimes(11);
  });
});
