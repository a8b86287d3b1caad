/** Lambda as the simulated account has it: functions, their invocations, and durable executions. */
import type { LabClock } from '../../clock.ts';
import type { ActiveFault, Authorize, AwsAnswer, AwsCall, AwsService, LabFunction } from '../types.ts';
import { callbackFailure, callbackHeartbeat, callbackSuccess } from './callbacks.ts';
import { checkpointDurableExecution, getDurableExecutionState } from './checkpoint.ts';
import { createEngine } from './engine.ts';
import { errorAnswer, invalid, LambdaError } from './errors.ts';
import { createFunctions } from './functions.ts';
import { createIds } from './ids.ts';
import { invokeFunction } from './invoke.ts';
import { callOnce } from './plain.ts';
import {
  getDurableExecution,
  getDurableExecutionHistory,
  listDurableExecutions,
  stopDurableExecution,
} from './reads.ts';
import { type LambdaOperation, lambdaRoute } from './routes.ts';
import { createRuntime, type Outcome, type TraceOwner } from './runtime.ts';
import type { LambdaParts } from './service.ts';
import { type ExecutionSnapshot, snapshotOf } from './snapshot.ts';

export interface LambdaOptions {
  readonly clock: LabClock;
  /** Source of request ids, tokens and callback ids; 0 ≤ x < 1. */
  readonly random: () => number;
  readonly authorize: Authorize;
  readonly faults?: () => readonly ActiveFault[];
}

export interface Lambda {
  /** The API. Refuses what it does not know; never throws. */
  readonly service: AwsService;
  /** Adds a function. Throws when its key is taken. */
  register(fn: LabFunction): void;
  /** Calls a function that is not durable and waits, as its function URL does. Throws for a key that is not known. */
  invoke(functionKey: string, event: unknown): Promise<Outcome>;
  /** Every durable execution still kept, oldest first. */
  executions(): ExecutionSnapshot[];
  /** Whether the invocation that a request's `x-amzn-trace-id` names has died: nothing it does may have an effect. */
  isDead(traceId: string | undefined): boolean;
  /** Lets the invocation die now; the service will invoke again. */
  kill(traceId: string): void;
  /** Who is behind a trace; undefined for callers outside Lambda. */
  owner(traceId: string | undefined): TraceOwner | undefined;
}

type Operation = (parts: LambdaParts, call: AwsCall, subject: string) => AwsAnswer | Promise<AwsAnswer>;

const OPERATIONS: Readonly<Record<LambdaOperation, Operation>> = {
  Invoke: invokeFunction,
  CheckpointDurableExecution: checkpointDurableExecution,
  GetDurableExecution: getDurableExecution,
  GetDurableExecutionHistory: getDurableExecutionHistory,
  GetDurableExecutionState: getDurableExecutionState,
  ListDurableExecutionsByFunction: listDurableExecutions,
  SendDurableExecutionCallbackFailure: callbackFailure,
  SendDurableExecutionCallbackHeartbeat: callbackHeartbeat,
  SendDurableExecutionCallbackSuccess: callbackSuccess,
  StopDurableExecution: stopDurableExecution,
};

/**
 * Lambda without functions. Every invocation holds the clock, so that time stands still while code runs; waits, retries
 * and time-outs are timers of that clock.
 */
export function createLambda(options: LambdaOptions): Lambda {
  const { clock, authorize, faults = () => [] } = options;
  const ids = createIds(options.random);
  const runtime = createRuntime(clock, ids);
  const functions = createFunctions();
  const engine = createEngine({ clock, ids, runtime });
  const parts: LambdaParts = { clock, ids, functions, runtime, engine, authorize, faults, callbacks: new Map() };
  return {
    service: (call) => answer(parts, call),
    register: functions.register,
    invoke: async (functionKey, event) => {
      const fn = functions.byKey(functionKey);
      if (fn === undefined || fn.durable !== undefined) throw new Error(`no plain function ${functionKey}`);
      return callOnce(parts, { fn, arn: `${fn.arn}:${fn.alias}`, qualifier: fn.alias }, JSON.stringify(event));
    },
    executions: () => engine.all().map(snapshotOf),
    isDead: runtime.isDead,
    kill: runtime.kill,
    owner: runtime.owner,
  };
}

async function answer(parts: LambdaParts, call: AwsCall): Promise<AwsAnswer> {
  const requestId = parts.ids.uuid();
  try {
    // The text ends the invocation and not the execution, whichever checkpoint it answers.
    if (parts.runtime.isDead(call.headers['x-amzn-trace-id'])) throw invalid('Invalid Checkpoint Token: not running.');
    const route = lambdaRoute(call.method, call.path);
    if (route === undefined) throw new LambdaError('UnknownOperationException', `${call.method} ${call.path}`);
    const given = await OPERATIONS[route.operation](parts, call, route.subject);
    return { ...given, headers: { 'x-amzn-requestid': requestId, ...given.headers } };
  } catch (error) {
    if (error instanceof LambdaError) return errorAnswer(error, requestId);
    throw error;
  }
}
