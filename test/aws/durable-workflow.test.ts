import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { durableWorkflow, engineName } from '../../bot/aws/durable-workflow.ts';
import { type Reply, type RunProgram, workflowContract } from '../contracts/workflow-contract.ts';
import { runWorkflow } from '../fakes/memory-workflow.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { type Harness, startHarness } from '../lab/aws/lambda/harness.ts';

workflowContract('in memory', async (program, reply) => {
  const time = simulatedTime();
  const startedAtMs = time.now();
  const { result } = await runWorkflow(time, program, undefined, async () => reply?.text);
  return { result, seconds: (time.now() - startedAtMs) / 1000 };
});

let harness: Harness;
let executions = 0;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

/** Runs a program as a durable execution of its own, with the real SDK against the engine of the lab. */
const runDurably: RunProgram = async <T>(program: Parameters<typeof runWorkflow<T>>[1], reply?: Reply) => {
  executions += 1;
  const key = `program-${executions}`;
  const durable = async (_: unknown, context: DurableContext) => program(durableWorkflow(context));
  const fn = harness.add(key, {
    handler: withDurableExecution(durable, { client: harness.client }) as never,
    durable: { executionTimeoutSeconds: 86_400, retentionDays: 14 },
  });
  const startedAtMs = harness.clock.now();
  const { DurableExecutionArn } = await harness.client.send(
    new InvokeCommand({ FunctionName: `${fn.arn}:live`, InvocationType: 'Event', DurableExecutionName: key }),
  );
  await harness.clock.settle();
  if (reply !== undefined) await answer(reply);
  // People are waited for until their time is over.
  for (let hour = 0; reply === undefined && hour < HOURS; hour += 1) await harness.clock.advance(3_600_000);
  await harness.clock.settle();
  const ended = await harness.client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
  if (ended.Status !== 'SUCCEEDED') throw new Error(`${ended.Status}: ${ended.Error?.ErrorMessage}`);
  const seconds = ((ended.EndTimestamp?.getTime() ?? 0) - startedAtMs) / 1000;
  return { result: JSON.parse(ended.Result ?? 'null') as T, seconds };
};

const HOURS = 6;

const answer = async ({ callbackId, text }: Reply): Promise<void> => {
  await harness.client.send(
    new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId(), Result: Buffer.from(text) }),
  );
  await harness.clock.settle();
};

workflowContract('on durable functions', runDurably);

describe('engineName', () => {
  it.each([
    ['send to tokyo', 'send to tokyo'],
    ['確認 1', '?? 1'],
    ['x'.repeat(300), 'x'.repeat(256)],
  ])('turns %s into %s', (name, expected) => {
    expect(engineName(name)).toBe(expected);
  });
});
