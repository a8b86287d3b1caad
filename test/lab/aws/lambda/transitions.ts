/** Which change of an operation is legal in which state, and what it makes of the operation. Pure. */
import { invalid } from './errors.ts';
import type { HistoryEvent, Operation, OperationAction, OperationStatus, OperationType } from './model.ts';
import type { OperationUpdate } from './updates.ts';

type Before = OperationStatus | 'NONE';

/** States an operation may be in for each action; an action that is not here is never legal. */
const LEGAL: Readonly<Record<OperationType, Partial<Record<OperationAction, readonly Before[]>>>> = {
  EXECUTION: { SUCCEED: ['NONE', 'STARTED'], FAIL: ['NONE', 'STARTED'] },
  CONTEXT: { START: ['NONE'], SUCCEED: ['STARTED'], FAIL: ['STARTED'] },
  STEP: { START: ['NONE', 'READY'], SUCCEED: ['STARTED'], FAIL: ['STARTED'], RETRY: ['STARTED'] },
  WAIT: { START: ['NONE'], CANCEL: ['STARTED'] },
  CALLBACK: { START: ['NONE'] },
  CHAINED_INVOKE: { START: ['NONE'], CANCEL: ['STARTED'] },
};

const AFTER: Readonly<Record<OperationAction, OperationStatus>> = {
  START: 'STARTED',
  SUCCEED: 'SUCCEEDED',
  FAIL: 'FAILED',
  RETRY: 'PENDING',
  CANCEL: 'CANCELLED',
};

/**
 * The operation after an update at `nowMs`. Throws the refusal of a change that is not legal now.
 * `callbackId` names the callback that a START makes.
 */
export function applyUpdate(
  before: Operation | undefined,
  update: OperationUpdate,
  nowMs: number,
  callbackId: () => string,
): Operation {
  checkLegal(before, update);
  const status = AFTER[update.action];
  const base: Operation = before ?? opened(update, nowMs);
  const ended = update.action === 'START' || update.action === 'RETRY' ? undefined : nowMs;
  const after: Operation = { ...base, status, endMs: ended, nextAttemptMs: undefined };
  if (update.action === 'START') return { ...after, ...startDetails(update, nowMs, callbackId) };
  return { ...after, ...outcomeDetails(base, update, nowMs) };
}

function checkLegal(before: Operation | undefined, update: OperationUpdate): void {
  if (before !== undefined && (before.type !== update.type || before.parentId !== update.parentId)) {
    throw invalid(`Operation ${update.id} is not a ${update.type} of that parent.`);
  }
  const state = before?.status ?? 'NONE';
  if (!LEGAL[update.type][update.action]?.includes(state)) {
    throw invalid(`Invalid ${update.type} operation state: cannot ${update.action} when ${state}.`);
  }
}

function opened(update: OperationUpdate, nowMs: number): Operation {
  return {
    id: update.id,
    parentId: update.parentId,
    name: update.name,
    type: update.type,
    subType: update.subType,
    status: 'STARTED',
    startMs: nowMs,
  };
}

function startDetails(update: OperationUpdate, nowMs: number, callbackId: () => string): Partial<Operation> {
  switch (update.type) {
    case 'WAIT':
      return { scheduledEndMs: nowMs + (update.seconds ?? 0) * 1000 };
    case 'CALLBACK':
      return {
        callback: {
          id: callbackId(),
          timeoutSeconds: update.seconds ?? 0,
          heartbeatSeconds: update.heartbeatSeconds,
        },
      };
    case 'CHAINED_INVOKE':
      if (update.functionName === undefined) throw invalid('A chained invoke needs a function name.');
      return { input: update.payload, functionName: update.functionName };
    default:
      return {};
  }
}

function outcomeDetails(base: Operation, update: OperationUpdate, nowMs: number): Partial<Operation> {
  const outcome = { result: update.payload, error: update.error };
  if (update.type === 'CONTEXT') return { ...outcome, replayChildren: update.replayChildren };
  if (update.type !== 'STEP') return outcome;
  const attempt = (base.attempt ?? 0) + 1;
  if (update.action !== 'RETRY') return { ...outcome, attempt };
  return { ...outcome, attempt, nextAttemptMs: nowMs + (update.seconds ?? 0) * 1000 };
}

const EVENT_NAMES: Readonly<Record<OperationType, string>> = {
  EXECUTION: 'Execution',
  CONTEXT: 'Context',
  STEP: 'Step',
  WAIT: 'Wait',
  CALLBACK: 'Callback',
  CHAINED_INVOKE: 'ChainedInvoke',
};

const EVENT_ENDS: Readonly<Partial<Record<OperationStatus, string>>> = {
  STARTED: 'Started',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  TIMED_OUT: 'TimedOut',
  STOPPED: 'Stopped',
};

/** The history event for an operation's new state; none for a step that has become ready again. */
export function eventOf(operation: Operation, atMs: number): HistoryEvent | undefined {
  const ending = operation.status === 'PENDING' ? retryEnding(operation) : EVENT_ENDS[operation.status];
  if (ending === undefined) return undefined;
  const { id, parentId, name, subType } = operation;
  return {
    type: `${EVENT_NAMES[operation.type]}${ending}`,
    atMs,
    operation: { id, parentId, name, subType },
    details: operation.status === 'STARTED' ? startedDetails(operation) : endedDetails(operation, atMs),
  };
}

/** An attempt is over: with an error it has failed, without (a poll) it has succeeded. */
function retryEnding(operation: Operation): string {
  return operation.error === undefined ? 'Succeeded' : 'Failed';
}

function startedDetails(operation: Operation): Record<string, unknown> {
  switch (operation.type) {
    case 'WAIT': {
      const end = operation.scheduledEndMs ?? operation.startMs;
      return { Duration: (end - operation.startMs) / 1000, ScheduledEndTimestamp: end / 1000 };
    }
    case 'CALLBACK':
      return {
        CallbackId: operation.callback?.id,
        Timeout: operation.callback?.timeoutSeconds,
        HeartbeatTimeout: operation.callback?.heartbeatSeconds,
      };
    case 'CHAINED_INVOKE':
      return { FunctionName: operation.functionName, Input: { Payload: operation.input } };
    default:
      return {};
  }
}

function endedDetails(operation: Operation, atMs: number): Record<string, unknown> {
  if (operation.type === 'WAIT') return { Duration: (atMs - operation.startMs) / 1000 };
  const outcome =
    operation.error === undefined ? { Result: { Payload: operation.result } } : { Error: { Payload: operation.error } };
  return operation.type === 'STEP' ? { ...outcome, RetryDetails: retryDetails(operation, atMs) } : outcome;
}

function retryDetails(operation: Operation, atMs: number): Record<string, unknown> {
  const next = operation.nextAttemptMs;
  return {
    CurrentAttempt: operation.attempt,
    ...(next !== undefined && { NextAttemptDelaySeconds: (next - atMs) / 1000 }),
  };
}
