/** A durable execution as tests and the wire panel see it. */
import type { ErrorObject, Execution, ExecutionStatus, Operation } from './model.ts';

export interface ExecutionSnapshot {
  readonly arn: string;
  readonly name: string;
  readonly functionKey: string;
  readonly status: ExecutionStatus;
  /** Simulated ms. */
  readonly startMs: number;
  readonly endMs?: number;
  /** JSON. */
  readonly input: string;
  readonly result?: string;
  readonly error?: ErrorObject;
  readonly invocations: number;
  /** Checkpoints kept; those that only asked for news are not counted. */
  readonly checkpoints: number;
  readonly operations: readonly Operation[];
}

/** The execution as it is now; it does not change afterwards. */
export function snapshotOf(execution: Execution): ExecutionSnapshot {
  const { arn, name, fn, status, startMs, endMs, input, result, error, invocations, checkpoints } = execution;
  return {
    arn,
    name,
    functionKey: fn.key,
    status,
    startMs,
    input,
    invocations,
    checkpoints,
    operations: [...execution.operations.values()],
    ...(endMs !== undefined && { endMs }),
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error }),
  };
}
