/** Runs handlers as Lambda's runtime would: one invocation, one request id, one trace, and an end to it. */
import { InvokeStore } from '@aws/lambda-invoke-store';
import type { LabClock } from '../../clock.ts';
import type { LabFunction } from '../types.ts';
import { VERSION } from './functions.ts';
import type { Ids } from './ids.ts';
import type { ErrorObject } from './model.ts';

/** How an invocation ended. */
export type Outcome = { readonly ok: unknown } | { readonly thrown: ErrorObject };

/** Whose AWS calls carry a trace. */
export interface TraceOwner {
  readonly functionKey: string;
  readonly requestId: string;
  /** ARN of the durable execution, where it is one. */
  readonly execution?: string;
}

export interface InvocationRequest {
  readonly fn: LabFunction;
  readonly event: unknown;
  readonly requestId?: string;
  readonly invokedArn?: string;
  /** Root of the trace and ARN of the durable execution this invocation belongs to. */
  readonly execution?: { readonly arn: string; readonly traceRoot: string };
  /** Told the trace id before the handler runs. */
  readonly onTrace?: (traceId: string) => void;
}

export interface Runtime {
  run(request: InvocationRequest): Promise<Outcome>;
  /** Ends an invocation as if its process had died: whatever it still does is refused. */
  kill(traceId: string): void;
  isDead(traceId: string | undefined): boolean;
  owner(traceId: string | undefined): TraceOwner | undefined;
  /** A new root for the traces of one execution. */
  traceRoot(): string;
}

const TRACE_ID = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const REQUEST_ID = Symbol.for('_AWS_LAMBDA_REQUEST_ID');

/**
 * The durable SDK polls in real time while more than a second is left of an invocation. Told less, it suspends, and
 * simulated time brings it back.
 */
const REMAINING_OF_A_DURABLE_INVOCATION_MS = 900;

/** A runtime on the lab's clock. A handler that is not back in its function's time-out is given up. */
export function createRuntime(clock: LabClock, ids: Ids): Runtime {
  const owners = new Map<string, TraceOwner>();
  const dead = new Set<string>();
  announceLambda();

  const run = async (request: InvocationRequest): Promise<Outcome> => {
    const requestId = request.requestId ?? ids.uuid();
    const root = request.execution?.traceRoot ?? traceRoot(clock, ids);
    const traceId = `${root};Parent=${ids.hex(16)};Sampled=0`;
    const execution = request.execution?.arn;
    owners.set(traceId, { functionKey: request.fn.key, requestId, ...(execution !== undefined && { execution }) });
    request.onTrace?.(traceId);
    const outcome = await withinTimeout(
      clock,
      request.fn,
      callHandler(request, traceId, contextOf(request, requestId)),
    );
    if (outcome === 'timed out') {
      dead.add(traceId);
      return { thrown: timedOut(request.fn, requestId) };
    }
    return dead.has(traceId) ? { thrown: exited(requestId) } : outcome;
  };
  const contextOf = (request: InvocationRequest, requestId: string): unknown =>
    lambdaContext(request, requestId, clock);
  return {
    run,
    kill: (traceId) => dead.add(traceId),
    isDead: (traceId) => traceId !== undefined && dead.has(traceId),
    owner: (traceId) => (traceId === undefined ? undefined : owners.get(traceId)),
    traceRoot: () => traceRoot(clock, ids),
  };
}

/** The AWS SDK adds the trace of the running invocation to its requests only where it believes to run in Lambda. */
function announceLambda(): void {
  process.env.AWS_LAMBDA_FUNCTION_NAME ??= 'lab';
  process.env.AWS_LAMBDA_MAX_CONCURRENCY ??= '1000';
}

function traceRoot(clock: LabClock, ids: Ids): string {
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${ids.hex(24)}`;
}

async function callHandler(request: InvocationRequest, traceId: string, context: unknown): Promise<Outcome> {
  const store = await InvokeStore.getInstanceAsync();
  const scope = { [TRACE_ID]: traceId, [REQUEST_ID]: (context as { awsRequestId: string }).awsRequestId };
  try {
    return { ok: await store.run(scope, async () => request.fn.handler(request.event, context)) };
  } catch (error) {
    return { thrown: errorObjectOf(error) };
  }
}

async function withinTimeout(
  clock: LabClock,
  fn: LabFunction,
  running: Promise<Outcome>,
): Promise<Outcome | 'timed out'> {
  let giveUp: () => void = () => {};
  const timedOut = new Promise<'timed out'>((resolve) => {
    giveUp = () => resolve('timed out');
  });
  const timer = clock.at(clock.now() + fn.timeoutSeconds * 1000, 'engine', giveUp);
  const outcome = await Promise.race([running, timedOut]);
  timer.cancel();
  return outcome;
}

function lambdaContext(request: InvocationRequest, requestId: string, clock: LabClock): Record<string, unknown> {
  const { fn } = request;
  const deadline = clock.now() + fn.timeoutSeconds * 1000;
  const durable = request.execution !== undefined;
  return {
    functionName: fn.name,
    functionVersion: VERSION,
    invokedFunctionArn: request.invokedArn ?? `${fn.arn}:${fn.alias}`,
    memoryLimitInMB: String(fn.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${fn.name}`,
    logStreamName: `lab/[${VERSION}]${requestId}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () =>
      durable ? REMAINING_OF_A_DURABLE_INVOCATION_MS : Math.max(0, deadline - clock.now()),
  };
}

/** Whatever a handler threw, as Lambda reports it. */
function errorObjectOf(error: unknown): ErrorObject {
  if (!(error instanceof Error)) return { ErrorType: 'Error', ErrorMessage: String(error) };
  return {
    ErrorType: error.name,
    ErrorMessage: error.message,
    ...(error.stack !== undefined && { StackTrace: error.stack.split('\n').slice(1) }),
  };
}

function timedOut(fn: LabFunction, requestId: string): ErrorObject {
  const message = `RequestId: ${requestId} Error: Task timed out after ${fn.timeoutSeconds.toFixed(2)} seconds`;
  return { ErrorType: 'Sandbox.Timedout', ErrorMessage: message };
}

function exited(requestId: string): ErrorObject {
  return { ErrorType: 'Runtime.ExitError', ErrorMessage: `RequestId: ${requestId} Error: Runtime exited` };
}
