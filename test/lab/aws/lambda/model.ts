/** What the Lambda service keeps: durable executions, their operations and their history. Times are simulated ms. */
import type { LabTimer } from '../../clock.ts';
import type { LabFunction } from '../types.ts';

export type OperationType = 'EXECUTION' | 'CONTEXT' | 'STEP' | 'WAIT' | 'CALLBACK' | 'CHAINED_INVOKE';
export type OperationStatus =
  | 'STARTED'
  | 'PENDING'
  | 'READY'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT'
  | 'STOPPED';
export type OperationAction = 'START' | 'SUCCEED' | 'FAIL' | 'RETRY' | 'CANCEL';
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** An error as it is persisted. */
export interface ErrorObject {
  readonly ErrorMessage?: string | undefined;
  readonly ErrorType?: string | undefined;
  readonly ErrorData?: string | undefined;
  readonly StackTrace?: readonly string[] | undefined;
}

/** One operation of an execution; never changed in place, so that a refused batch leaves nothing behind. */
export interface Operation {
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly name?: string | undefined;
  readonly type: OperationType;
  readonly subType?: string | undefined;
  readonly status: OperationStatus;
  readonly startMs: number;
  readonly endMs?: number | undefined;
  /** Payload that a chained invoke or the execution was started with. */
  readonly input?: string | undefined;
  readonly result?: string | undefined;
  readonly error?: ErrorObject | undefined;
  /** Attempts of a step that are over. */
  readonly attempt?: number | undefined;
  readonly nextAttemptMs?: number | undefined;
  readonly scheduledEndMs?: number | undefined;
  readonly replayChildren?: boolean | undefined;
  readonly callback?: { readonly id: string; readonly timeoutSeconds: number; readonly heartbeatSeconds: number };
  readonly functionName?: string | undefined;
}

/** One line of an execution's history; `details` is the member named after the type, as the API gives it. */
export interface HistoryEvent {
  readonly type: string;
  readonly atMs: number;
  readonly operation?: Pick<Operation, 'id' | 'parentId' | 'name' | 'subType'>;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A durable execution. */
export interface Execution {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly fn: LabFunction;
  readonly input: string;
  readonly startMs: number;
  /** The trace that every invocation of this execution belongs to. */
  readonly traceRoot: string;
  status: ExecutionStatus;
  endMs?: number;
  result?: string | undefined;
  error?: ErrorObject | undefined;
  /** In the order of their start; the first is the EXECUTION itself. */
  readonly operations: Map<string, Operation>;
  readonly history: HistoryEvent[];
  /** Operations closed or readied by the service since the handler was last told. */
  readonly untold: Set<string>;
  /** Timers by operation, so that they can be called off. */
  readonly timers: Map<string, LabTimer>;
  /** What was consumed of the limits. */
  usage: { operations: number; bytes: number };
  /** The one checkpoint token that is valid now; none while no invocation runs. */
  token?: string | undefined;
  tokens: number;
  /** The last checkpoint's answer, for a client that did not hear it. */
  lastAnswer?: { readonly clientToken: string; readonly answer: unknown } | undefined;
  running?: string | undefined;
  woken: boolean;
  invocations: number;
  checkpoints: number;
  failuresInARow: number;
  /** Crash faults that have struck this execution. */
  readonly crashes: Set<string>;
  readonly onEnd: (() => void)[];
}

/** Whether an operation has come to its end. */
export function isClosed(operation: Operation): boolean {
  return !['STARTED', 'PENDING', 'READY'].includes(operation.status);
}

/** Whether an execution still runs. */
export function isRunning(execution: Execution): boolean {
  return execution.status === 'RUNNING';
}
