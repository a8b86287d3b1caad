/** A durable execution's own record: how it begins, what each invocation is told, how it ends. */
import type { LabFunction } from '../types.ts';
import type { Ids } from './ids.ts';
import type { Execution, Operation } from './model.ts';
import type { Runtime } from './runtime.ts';
import { statePage } from './state-page.ts';
import { eventOf } from './transitions.ts';
import { asIso, operationOnWire } from './wire.ts';

/** What a new execution is made of. */
export interface NewExecution {
  readonly fn: LabFunction;
  readonly name: string;
  readonly input: string;
  readonly version: string;
  readonly ids: Ids;
  readonly runtime: Runtime;
  readonly nowMs: number;
}

/** A running execution in which nothing has happened yet. */
export function newExecution({ fn, name, input, version, ids, runtime, nowMs }: NewExecution): Execution {
  const id = ids.uuid();
  const root: Operation = { id, type: 'EXECUTION', status: 'STARTED', startMs: nowMs, input };
  const started = { Input: { Payload: input }, ExecutionTimeout: fn.durable?.executionTimeoutSeconds };
  return {
    arn: `${fn.arn}:${version}/durable-execution/${name}/${id}`,
    id,
    name,
    fn,
    input,
    startMs: nowMs,
    traceRoot: runtime.traceRoot(),
    status: 'RUNNING',
    operations: new Map([[id, root]]),
    history: [{ type: 'ExecutionStarted', atMs: nowMs, operation: root, details: started }],
    untold: new Set(),
    timers: new Map(),
    usage: { operations: 0, bytes: Buffer.byteLength(input) },
    tokens: 0,
    woken: false,
    invocations: 0,
    checkpoints: 0,
    failuresInARow: 0,
    crashes: new Set(),
    onEnd: [],
  };
}

/** What the handler is called with; everything the service did since the last time is in it. */
export function invocationEvent(execution: Execution, ids: Ids): Record<string, unknown> {
  const updated = [...execution.untold];
  execution.untold.clear();
  nextToken(execution, ids);
  const page = statePage(execution, undefined, Number.POSITIVE_INFINITY);
  return JSON.parse(
    JSON.stringify({
      DurableExecutionArn: execution.arn,
      CheckpointToken: execution.token,
      UpdatedOperationIds: updated,
      InitialExecutionState: {
        Operations: page.items.map((operation) => operationOnWire(operation, asIso)),
        NextMarker: page.next,
      },
    }),
  );
}

/** Makes the token that the next checkpoint has to show; the one before is void. */
export function nextToken(execution: Execution, ids: Ids): string {
  execution.tokens += 1;
  const token = Buffer.from(`${execution.id}:${execution.tokens}:${ids.hex(16)}`).toString('base64');
  execution.token = token;
  return token;
}

/** Calls off what an operation waits for. */
export function cancelTimers(execution: Execution, operationId: string): void {
  for (const key of [operationId, `${operationId}#heartbeat`]) {
    execution.timers.get(key)?.cancel();
    execution.timers.delete(key);
  }
}

/** Closes the EXECUTION operation as the execution itself is closed. */
export function recordEnd(execution: Execution, nowMs: number): void {
  const root = execution.operations.get(execution.id);
  if (root === undefined) return;
  const { result, error, status } = execution;
  const ended: Operation = { ...root, status: status === 'RUNNING' ? 'STARTED' : status, endMs: nowMs, result, error };
  execution.operations.set(execution.id, ended);
  const event = eventOf(ended, nowMs);
  if (event !== undefined) execution.history.push(event);
}
