import {
  type DurableContext,
  type DurableExecutionConfig,
  StepSemantics,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import {
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { matchesArn } from '../iam/wildcard.ts';
import type { LabFunction } from '../types.ts';
import { type Harness, startHarness } from './harness.ts';
import type { ExecutionSnapshot } from './snapshot.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const once = { retryStrategy: () => ({ shouldRetry: false }) };

let lab: Harness;

beforeEach(async () => {
  lab = await startHarness();
});

afterEach(async () => {
  await lab.close();
  vi.restoreAllMocks();
});

/** The SDK writes a line for each checkpoint that is refused. */
function silenceRefusals(): void {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
}

type Program = (event: never, context: DurableContext) => Promise<unknown>;

function durable(key: string, program: Program, config: DurableExecutionConfig = {}, fn: Partial<LabFunction> = {}) {
  const handler = withDurableExecution(program, { client: lab.client, ...config }) as LabFunction['handler'];
  return lab.add(key, { handler, durable: { executionTimeoutSeconds: 30 * 86_400, retentionDays: 14 }, ...fn });
}

async function start(fn: LabFunction, payload: unknown = {}, name?: string): Promise<string | undefined> {
  const answer = await lab.client.send(
    new InvokeCommand({
      FunctionName: `${fn.name}:${fn.alias}`,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(payload)),
      ...(name !== undefined && { DurableExecutionName: name }),
    }),
  );
  return answer.DurableExecutionArn;
}

function only(): ExecutionSnapshot {
  const [execution, ...others] = lab.lambda.executions();
  if (execution === undefined || others.length > 0) throw new Error('not exactly one execution');
  return execution;
}

async function run(program: Program, payload: unknown = {}): Promise<ExecutionSnapshot> {
  await start(durable('observe', program), payload);
  expect(await lab.clock.settle()).toBe(true);
  return only();
}

const resultOf = (execution: ExecutionSnapshot): unknown => JSON.parse(execution.result ?? 'null');

describe('a durable execution', () => {
  it('gives its steps their results on replay without running them again', async () => {
    const effects: string[] = [];
    const execution = await run(
      async (event: { name: string }, context) => {
        const greeting = await context.step('greet', async () => {
          effects.push('greet');
          return `hello ${event.name}`;
        });
        await context.wait('rest', { minutes: 10 });
        return greeting;
      },
      { name: 'kms' },
    );

    expect(resultOf(execution)).toBe('hello kms');
    expect(effects).toEqual(['greet']);
    expect(execution.invocations).toBe(2);
  });

  it('waits on the simulated clock', async () => {
    const before = lab.clock.now();
    const execution = await run(async (_event, context) => {
      await context.wait({ hours: 5 });
      return 'done';
    });

    expect(execution.status).toBe('SUCCEEDED');
    expect(lab.clock.now() - before).toBeGreaterThanOrEqual(5 * HOUR);
    expect(lab.clock.now() - before).toBeLessThan(5 * HOUR + MINUTE);
  });

  it('polls with one operation, keeping the newest state only', async () => {
    const execution = await run((_event, context) =>
      context.waitForCondition('poll', async (state: number) => state + 1, {
        initialState: 0,
        waitStrategy: (state) =>
          state < 20 ? { shouldContinue: true, delay: { seconds: 30 } } : { shouldContinue: false },
      }),
    );

    expect(resultOf(execution)).toBe(20);
    expect(execution.operations.map(({ type }) => type)).toEqual(['EXECUTION', 'STEP']);
    expect(execution.invocations).toBe(20);
    expect(execution.checkpoints).toBe(20);
  });

  it('retries a step that throws after its delay, counting the attempts', async () => {
    const attempts: [number, number][] = [];
    const started = lab.clock.now();
    const execution = await run((_event, context) =>
      context.step(
        'flaky',
        async ({ attempt }) => {
          attempts.push([attempt, Math.round((lab.clock.now() - started) / 1000)]);
          if (attempt < 3) throw new Error('not yet');
          return 'there';
        },
        { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 40 } }) },
      ),
    );

    expect(resultOf(execution)).toBe('there');
    expect(attempts).toEqual([
      [1, 0],
      [2, 40],
      [3, 80],
    ]);
  });

  it('fails with the error of a step that has no more attempts', async () => {
    const execution = await run((_event, context) =>
      context.step('broken', async () => Promise.reject(new RangeError('too far')), once),
    );

    expect(execution.status).toBe('FAILED');
    expect(execution.error?.ErrorMessage).toContain('too far');
  });

  it('leaves out what happened in a child context that is over', async () => {
    const inner = vi.fn(async () => 'inner');
    const execution = await run(async (_event, context) => {
      const child = await context.runInChildContext('child', async (nested) => {
        const one = await nested.step('one', inner);
        await nested.wait({ seconds: 5 });
        return `${one} and ${await nested.step('two', inner)}`;
      });
      await context.wait({ seconds: 5 });
      return child;
    });

    expect(resultOf(execution)).toBe('inner and inner');
    expect(inner).toHaveBeenCalledTimes(2);
    expect(execution.operations.find(({ name }) => name === 'one')?.parentId).toBe(
      execution.operations.find(({ name }) => name === 'child')?.id,
    );
  });

  it('rebuilds a child context that is too large out of its children', async () => {
    const work = vi.fn(async () => 'x'.repeat(200_000));
    const execution = await run(async (_event, context) => {
      const child = await context.runInChildContext('large', async (nested) => [
        await nested.step('one', work),
        await nested.step('two', work),
      ]);
      await context.wait({ seconds: 5 });
      return child.map((part: string) => part.length);
    });

    expect(resultOf(execution)).toEqual([200_000, 200_000]);
    expect(work).toHaveBeenCalledTimes(2);
    expect(execution.operations.find(({ name }) => name === 'large')?.replayChildren).toBe(true);
  });

  it('reads a state of more than a thousand operations in pages', async () => {
    const execution = await run(async (_event, context) => {
      const parts = await context.parallel(
        Array.from({ length: 520 }, (_, index) => async (branch: DurableContext) => branch.step(async () => index)),
      );
      await context.wait({ seconds: 1 });
      return context.runInChildContext('kept', async (nested) => {
        for (let index = 0; index < 1100; index += 1) nested.step(async () => index);
        await nested.wait({ seconds: 1 });
        return nested.step('last', async () => parts.successCount);
      });
    });

    expect(resultOf(execution)).toBe(520);
    expect(lab.requests.some(({ operation }) => operation === 'GetDurableExecutionState')).toBe(true);
  }, 30_000);

  it('survives parallel branches that wait for the same instant in one more invocation', async () => {
    const execution = await run(async (_event, context) => {
      const result = await context.parallel([
        async (branch: DurableContext) => branch.wait({ seconds: 30 }),
        async (branch: DurableContext) => branch.wait({ seconds: 30 }),
      ]);
      return result.successCount;
    });

    expect(resultOf(execution)).toBe(2);
    expect(execution.invocations).toBe(2);
  });

  it('times out as a whole', async () => {
    const fn = durable(
      'observe',
      (_event, context) => context.waitForCallback('never', async () => {}),
      {},
      {
        durable: { executionTimeoutSeconds: 3600, retentionDays: 1 },
      },
    );
    await start(fn);
    await lab.clock.settle();
    expect(only().status).toBe('RUNNING');
    await lab.clock.advance(HOUR);

    expect(only()).toMatchObject({ status: 'TIMED_OUT', invocations: 1 });
  });

  it('is forgotten, name and all, when its retention is over', async () => {
    const fn = durable('observe', async () => 'done');
    const first = await start(fn, {}, 'op-1');
    await lab.clock.settle();
    await lab.clock.advance(15 * DAY);
    const second = await start(fn, { other: 'payload' }, 'op-1');

    expect(second).not.toBe(first);
    expect(lab.lambda.executions()).toHaveLength(1);
  });
});

describe('starting by name', () => {
  it('gives the running execution for the same name and payload', async () => {
    const fn = durable('observe', async (_event, context) => context.wait({ minutes: 1 }));
    const first = await start(fn, { a: 1 }, 'op-1');

    expect(first).toMatch(/:function:kms-bot-observe:1\/durable-execution\/op-1\/[0-9a-f-]{36}$/);
    expect(await start(fn, { a: 1 }, 'op-1')).toBe(first);
    await lab.clock.settle();
    expect(await start(fn, { a: 1 }, 'op-1')).toBe(first);
    expect(only().invocations).toBe(2);
  });

  it('refuses the same name with another payload', async () => {
    const fn = durable('observe', async () => 'done');
    await start(fn, { a: 1 }, 'op-1');

    await expect(start(fn, { a: 2 }, 'op-1')).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('keeps the names of two functions apart', async () => {
    const one = durable('one', async () => 'done');
    const two = durable('two', async () => 'done');

    expect(await start(one, {}, 'op-1')).not.toBe(await start(two, {}, 'op-1'));
  });
});

describe('a callback', () => {
  let callbackId: string;
  const ask: Program = async (_event, context) => {
    try {
      const answer = await context.waitForCallback(
        'approve',
        async (id) => {
          callbackId = id;
        },
        { timeout: { hours: 24 }, heartbeatTimeout: { hours: 2 } },
      );
      return { answer };
    } catch (error) {
      return { error: (error as Error).name, message: (error as Error).message };
    }
  };
  const success = (result = '"yes"') =>
    lab.client.send(
      new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId, Result: Buffer.from(result) }),
    );

  it('holds the execution without being run to by a settle', async () => {
    const before = lab.clock.now();
    const execution = await run(ask);

    expect(execution.status).toBe('RUNNING');
    expect(lab.clock.now() - before).toBeLessThan(MINUTE);
  });

  it('hands its result over as it was sent', async () => {
    await run(ask);
    await success('"ja, 承認"');
    await lab.clock.settle();

    expect(resultOf(only())).toEqual({ answer: '"ja, 承認"' });
  });

  it('hands an error over', async () => {
    await run(ask);
    await lab.client.send(
      new SendDurableExecutionCallbackFailureCommand({
        CallbackId: callbackId,
        Error: { ErrorType: 'Refused', ErrorMessage: 'no' },
      }),
    );
    await lab.clock.settle();

    expect(resultOf(only())).toEqual({ error: 'CallbackExternalError', message: 'no' });
  });

  it('is answered once only', async () => {
    await run(ask);
    await success();

    await expect(success()).rejects.toMatchObject({
      name: 'CallbackTimeoutException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('times out without a heartbeat', async () => {
    await run(ask);
    await lab.clock.advance(2 * HOUR);

    expect(resultOf(only())).toEqual({ error: 'CallbackTimeoutError', message: 'Callback timed out on heartbeat' });
  });

  it('times out in the end, however its heart beats', async () => {
    await run(ask);
    for (let hour = 1; hour < 24; hour += 1) {
      await lab.clock.advance(HOUR);
      await lab.client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: callbackId }));
    }
    expect(only().status).toBe('RUNNING');
    await lab.clock.advance(HOUR);

    expect(resultOf(only())).toEqual({ error: 'CallbackTimeoutError', message: 'Callback timed out' });
    await expect(success()).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  });

  it('may be answered by its own submitter', async () => {
    const execution = await run((_event, context) =>
      context.waitForCallback('self', async (id) => {
        callbackId = id;
        await success('"at once"');
      }),
    );

    expect(resultOf(execution)).toBe('"at once"');
    expect(execution.invocations).toBe(1);
  });

  it('may be answered by whom the executions of that function are allowed to, and by nobody else', async () => {
    await lab.close();
    let allowed = 'arn:aws:lambda:ap-northeast-1:111122223333:function:kms-bot-another:*';
    const answers = (action: string) => action === 'lambda:SendDurableExecutionCallbackSuccess';
    lab = await startHarness((action, resource) => answers(action) && !matchesArn(allowed, resource));
    await run(ask);

    await expect(success()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(lab.denied[0]?.resource).toMatch(/:function:kms-bot-[a-z]+:\w+\/durable-execution\/[^/]+\/[^/]+$/);

    allowed = `${lab.denied[0]?.resource.replace(/:\w+\/durable-execution.*$/, '')}:*`;
    await expect(success()).resolves.toBeDefined();
    await lab.clock.settle();
  });

  it('that nobody knows is not found', async () => {
    callbackId = 'bm90IG91cnM=';
    await expect(success()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('takes at most 256 KB', async () => {
    await run(ask);
    await expect(success('x'.repeat(262_145))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('a chained invoke', () => {
  it('starts a durable function and waits for its end', async () => {
    durable('change', async (event: { n: number }, context) => {
      await context.wait({ hours: 1 });
      return event.n * 2;
    });
    await start(durable('observe', (_event, context) => context.invoke('double', 'kms-bot-change:live', { n: 21 })));
    await lab.clock.settle();

    const [parent, child] = lab.lambda.executions();
    expect(resultOf(parent as ExecutionSnapshot)).toBe(42);
    expect(child).toMatchObject({ functionKey: 'change', status: 'SUCCEEDED', invocations: 2 });
  });

  it('calls a plain function', async () => {
    lab.add('plain', { handler: async (event) => ({ got: event }) });
    const execution = await run((_event, context) => context.invoke('kms-bot-plain', { n: 1 }));

    expect(resultOf(execution)).toEqual({ got: { n: 1 } });
  });

  it.each([
    ['a function that fails', 'kms-bot-broken', 'cannot'],
    ['a function that does not exist', 'kms-bot-nowhere', 'Function not found'],
    ['a durable function without qualifier', 'kms-bot-observe', 'unqualified ARN'],
  ])('of %s fails the operation', async (_what, functionName, message) => {
    lab.add('broken', { handler: () => Promise.reject(new Error('cannot')) });
    const execution = await run(async (_event, context) => {
      try {
        return await context.invoke(functionName, {});
      } catch (error) {
        return (error as Error).message;
      }
    });

    expect(resultOf(execution)).toContain(message);
  });
});

describe('limits that the service keeps', () => {
  beforeEach(() => {
    silenceRefusals();
  });

  it.each<[string, Program, string]>([
    ['a step result above 256 KB', (_e, c) => c.step('big', async () => 'x'.repeat(300_000), once), 'payload size'],
    ['a name beyond ASCII', (_e, c) => c.step('確認', async () => 1, once), 'printable ASCII'],
    ['a name of 257 characters', (_e, c) => c.step('n'.repeat(257), async () => 1, once), 'printable ASCII'],
    ['a wait beyond a year', (_e, c) => c.wait({ days: 367 }), 'between 1 and'],
  ])('fail an execution with %s', async (_what, program, message) => {
    const execution = await run(program);

    expect(execution).toMatchObject({ status: 'FAILED', invocations: 1 });
    expect(execution.error?.ErrorMessage).toContain(message);
  });

  it('fail an execution with more than 3,000 operations, polls included', async () => {
    const execution = await run(async (_event, context) => {
      for (let index = 0; index < 3001; index += 1) context.step(async () => index, once);
      await context.wait({ seconds: 1 });
    });

    expect(execution.status).toBe('FAILED');
    expect(execution.error?.ErrorMessage).toContain('at most 3000 operations');
  });

  it('give up a handler that throws on every invocation', async () => {
    const fn = lab.add('observe', {
      handler: () => Promise.reject(new Error('cannot load')),
      durable: { executionTimeoutSeconds: 86_400, retentionDays: 1 },
    });
    await start(fn);
    expect(await lab.clock.settle()).toBe(true);

    expect(only()).toMatchObject({ status: 'FAILED', invocations: 11, error: { ErrorMessage: 'cannot load' } });
  });

  it.each([
    ['does not say how it ended', {}, 'Invalid Status'],
    ['suspends for nothing', { Status: 'PENDING' }, 'no pending operations'],
  ])('fail an execution whose handler %s', async (_what, answer, message) => {
    await start(
      lab.add('observe', {
        handler: async () => answer,
        durable: { executionTimeoutSeconds: 60, retentionDays: 1 },
      }),
    );
    await lab.clock.settle();

    expect(only().error?.ErrorMessage).toContain(message);
  });
});

describe('a lost answer', () => {
  it('to a checkpoint is given again, and nothing happens twice', async () => {
    const effect = vi.fn(async () => 'once');
    lab.loseAnswer('CheckpointDurableExecution');
    const execution = await run((_event, context) =>
      context.step('only', effect, { semantics: StepSemantics.AtMostOncePerRetry }),
    );

    expect(resultOf(execution)).toBe('once');
    expect(effect).toHaveBeenCalledTimes(1);
    expect(execution).toMatchObject({ invocations: 1, checkpoints: 2 });
  });
});

describe('looking at executions', () => {
  it('tells one execution with its payloads, or without', async () => {
    const arn = await start(
      durable('observe', async () => 'done'),
      { a: 1 },
      'op-1',
    );
    await lab.clock.settle();
    const whole = await lab.client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
    const bare = await lab.client.send(
      new GetDurableExecutionCommand({ DurableExecutionArn: arn, IncludeExecutionData: false }),
    );

    expect(whole).toMatchObject({
      DurableExecutionName: 'op-1',
      Status: 'SUCCEEDED',
      InputPayload: '{"a":1}',
      Result: '"done"',
      Version: '1',
    });
    expect(Math.abs((whole.StartTimestamp?.getTime() ?? 0) - lab.clock.now())).toBeLessThan(MINUTE);
    expect(bare).not.toHaveProperty('Result');
  });

  it('tells what happened, oldest or newest first, in pages', async () => {
    const arn = await start(
      durable('observe', async (_event, context) => {
        await context.step('look', async () => 1);
        await context.wait('rest', { seconds: 5 });
      }),
    );
    await lab.clock.settle();
    const history = new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn });
    const first = await lab.client.send(history);
    const latest = await lab.client.send(
      new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn, ReverseOrder: true, MaxItems: 2 }),
    );

    expect(first.Events?.map(({ EventType, Name }) => [EventType, Name])).toEqual([
      ['ExecutionStarted', undefined],
      ['StepStarted', 'look'],
      ['StepSucceeded', 'look'],
      ['WaitStarted', 'rest'],
      ['WaitSucceeded', 'rest'],
      ['ExecutionSucceeded', undefined],
    ]);
    expect(first.Events?.[2]?.StepSucceededDetails?.Result?.Payload).toBe('1');
    expect(latest.Events?.map(({ EventType }) => EventType)).toEqual(['ExecutionSucceeded', 'WaitSucceeded']);
    const next = await lab.client.send(
      new GetDurableExecutionHistoryCommand({
        DurableExecutionArn: arn,
        ReverseOrder: true,
        MaxItems: 2,
        Marker: latest.NextMarker,
      }),
    );
    expect(next.Events?.map(({ EventType }) => EventType)).toEqual(['WaitStarted', 'StepSucceeded']);
  });

  it('lists the executions of a function by name and status, newest first', async () => {
    const fn = durable('observe', async (event: { fail?: boolean }) => {
      if (event.fail) throw new Error('asked to');
    });
    for (const [name, fail] of [
      ['a', false],
      ['b', true],
      ['c', false],
    ] as const) {
      await start(fn, { fail }, name);
      await lab.clock.settle();
    }
    const list = async (filter: object) => {
      const command = new ListDurableExecutionsByFunctionCommand({ FunctionName: fn.name, ...filter });
      const { DurableExecutions = [] } = await lab.client.send(command);
      return DurableExecutions.map(({ DurableExecutionName }) => DurableExecutionName);
    };

    expect(await list({})).toEqual(['c', 'b', 'a']);
    expect(await list({ ReverseOrder: true })).toEqual(['a', 'b', 'c']);
    expect(await list({ Statuses: ['FAILED'] })).toEqual(['b']);
    expect(await list({ DurableExecutionName: 'c' })).toEqual(['c']);
    expect(await list({ StartedAfter: new Date(lab.clock.now() + DAY) })).toEqual([]);
  });

  it('stops an execution; what its invocation still does is not kept', async () => {
    silenceRefusals();
    const fn = durable('observe', async (_event, context) => {
      await context.step('long', async () => {
        const arn = only().arn;
        await lab.client.send(
          new StopDurableExecutionCommand({ DurableExecutionArn: arn, Error: { ErrorMessage: 'enough' } }),
        );
        return 'late';
      });
      await context.wait({ hours: 1 });
    });
    await start(fn);
    await lab.clock.settle();

    expect(only()).toMatchObject({ status: 'STOPPED', error: { ErrorMessage: 'enough' }, invocations: 1 });
    expect(only().operations.some(({ result }) => result === '"late"')).toBe(false);
  });

  it.each(['GetDurableExecution', 'StopDurableExecution'])('%s does not find what never ran', async (operation) => {
    const fn = durable('observe', async () => 'done');
    const input = { DurableExecutionArn: `${fn.arn}:1/durable-execution/no/such` };
    const command =
      operation === 'GetDurableExecution'
        ? new GetDurableExecutionCommand(input)
        : new StopDurableExecutionCommand(input);

    await expect(lab.client.send(command as GetDurableExecutionCommand)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('permissions', () => {
  it.each([
    ['CheckpointDurableExecution', 'context.step', 'FAILED'],
    ['InvokeFunction', 'context.invoke', 'FAILED'],
  ])('%s missing fails what %s does, naming the right', async (action, _what, status) => {
    silenceRefusals();
    await lab.close();
    let started = false;
    lab = await startHarness((asked) => started && asked === `lambda:${action}`);
    lab.add('plain', { handler: async () => 'here' });
    const execution = await run(async (_event, context) => {
      started = true;
      await context.step('one', async () => 1, once);
      return context.invoke('kms-bot-plain:live', {});
    });

    expect(execution.status).toBe(status);
    expect(execution.error?.ErrorMessage).toContain(`not authorized to perform: lambda:${action}`);
    expect(lab.denied[0]?.resource).toMatch(/^arn:aws:lambda:ap-northeast-1:111122223333:function:kms-bot-[a-z]+:/);
  });
});

describe('attribution', () => {
  it('gives every request of an invocation the trace of its execution', async () => {
    await start(
      durable('observe', async (_event, context) => context.step('one', async () => 1)),
      {},
      'a',
    );
    await start(
      durable('change', async (_event, context) => context.step('one', async () => 1)),
      {},
      'b',
    );
    await lab.clock.settle();
    const owners = lab.requests
      .filter(({ operation }) => operation === 'CheckpointDurableExecution')
      .map(({ trace }) => lab.lambda.owner(trace)?.functionKey);

    expect(new Set(owners)).toEqual(new Set(['observe', 'change']));
    expect(lab.lambda.owner('Root=1-0-0')).toBeUndefined();
  });
});
