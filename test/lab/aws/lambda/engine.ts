/** Durable executions: started once by name, invoked again whenever something they wait for has happened. */
import type { LabClock } from '../../clock.ts';
import type { LabFunction } from '../types.ts';
import { LambdaError } from './errors.ts';
import { cancelTimers, invocationEvent, newExecution, recordEnd } from './execution.ts';
import { VERSION } from './functions.ts';
import type { Ids } from './ids.ts';
import {
  type ErrorObject,
  type Execution,
  type ExecutionStatus,
  isClosed,
  isRunning,
  type Operation,
} from './model.ts';
import { readOutcome } from './outcome.ts';
import type { Outcome, Runtime } from './runtime.ts';
import { eventOf } from './transitions.ts';

export interface Engine {
  /** Starts an execution, or finds the one of that name. Throws when it was started with another payload. */
  start(fn: LabFunction, name: string | undefined, input: string, version?: string): Execution;
  find(arn: string): Execution | undefined;
  /** Every execution still kept, in the order of their start. */
  all(): Execution[];
  /** Invokes the handler, now or as soon as the running invocation is over. */
  wake(execution: Execution): void;
  /** Ends an operation from the service's side and wakes the execution; nothing for one that is closed already. */
  change(execution: Execution, id: string, change: Partial<Operation>): void;
  finish(execution: Execution, status: ExecutionStatus, outcome: { result?: string; error?: ErrorObject }): void;
}

export interface EngineOptions {
  readonly clock: LabClock;
  readonly ids: Ids;
  readonly runtime: Runtime;
}

const DAY_MS = 86_400_000;
const RETRY_AFTER_MS = 1000;
/** Invocations that may fail one after the other before the execution is given up. */
const MOST_FAILURES_IN_A_ROW = 10;

/** An engine without executions. */
export function createEngine({ clock, ids, runtime }: EngineOptions): Engine {
  const executions = new Map<string, Execution>();
  const names = new Map<string, Execution>();

  const purge = (): void => {
    for (const execution of executions.values()) {
      const kept = (execution.fn.durable?.retentionDays ?? 0) * DAY_MS;
      if (execution.endMs === undefined || execution.endMs + kept >= clock.now()) continue;
      executions.delete(execution.arn);
      names.delete(nameKey(execution.fn, execution.name));
    }
  };
  const start: Engine['start'] = (fn, name, input, version = VERSION) => {
    purge();
    const existing = name === undefined ? undefined : names.get(nameKey(fn, name));
    if (existing !== undefined) return sameInput(existing, input);
    const execution = newExecution({ fn, name: name ?? ids.uuid(), input, version, ids, runtime, nowMs: clock.now() });
    executions.set(execution.arn, execution);
    names.set(nameKey(fn, execution.name), execution);
    limitTime(execution);
    wake(execution);
    return execution;
  };
  /** A person may be waited for all that time: no settle runs to the end of an execution. */
  const limitTime = (execution: Execution): void => {
    const seconds = execution.fn.durable?.executionTimeoutSeconds ?? 0;
    const expire = (): void =>
      finish(execution, 'TIMED_OUT', { error: { ErrorMessage: 'The durable execution timed out.' } });
    execution.timers.set('#execution', clock.at(execution.startMs + seconds * 1000, 'people', expire));
  };
  const wake: Engine['wake'] = (execution) => {
    if (!isRunning(execution)) return;
    execution.woken = true;
    if (execution.running === undefined) void invoke(execution);
  };
  const invoke = async (execution: Execution): Promise<void> => {
    const release = clock.hold();
    execution.running = 'starting';
    try {
      // Everything else that is due in this instant happens before the handler looks.
      await Promise.resolve();
      const outcome = isRunning(execution) ? await runOnce(execution) : undefined;
      Object.assign(execution, { running: undefined, token: undefined, lastAnswer: undefined });
      if (outcome !== undefined && isRunning(execution)) conclude(execution, outcome);
    } finally {
      release();
    }
  };
  const runOnce = (execution: Execution): Promise<Outcome> => {
    execution.timers.get('#retry')?.cancel();
    execution.woken = false;
    execution.invocations += 1;
    return runtime.run({
      fn: execution.fn,
      event: invocationEvent(execution, ids),
      execution,
      onTrace: (traceId) => {
        execution.running = traceId;
      },
    });
  };
  const conclude = (execution: Execution, outcome: Outcome): void => {
    const verdict = readOutcome(execution, outcome);
    execution.failuresInARow = verdict.kind === 'retry' ? execution.failuresInARow + 1 : 0;
    if (verdict.kind === 'retry') retry(execution, verdict.error);
    else if (verdict.kind === 'ended') finish(execution, verdict.status, verdict);
    else if (execution.woken) wake(execution);
  };
  const retry = (execution: Execution, error: ErrorObject): void => {
    if (execution.failuresInARow > MOST_FAILURES_IN_A_ROW) {
      finish(execution, 'FAILED', { error });
      return;
    }
    const again = clock.at(clock.now() + RETRY_AFTER_MS, 'engine', () => wake(execution));
    execution.timers.set('#retry', again);
  };
  const change: Engine['change'] = (execution, id, changes) => {
    const before = execution.operations.get(id);
    if (before === undefined || isClosed(before) || !isRunning(execution)) return;
    const after: Operation = { ...before, ...changes };
    execution.operations.set(id, isClosed(after) ? { ...after, endMs: clock.now() } : after);
    const event = eventOf(after, clock.now());
    if (event !== undefined) execution.history.push(event);
    execution.untold.add(id);
    cancelTimers(execution, id);
    wake(execution);
  };
  const finish: Engine['finish'] = (execution, status, { result, error }) => {
    if (!isRunning(execution)) return;
    Object.assign(execution, { status, endMs: clock.now(), result, error, token: undefined });
    for (const timer of execution.timers.values()) timer.cancel();
    execution.timers.clear();
    recordEnd(execution, clock.now());
    for (const tell of execution.onEnd.splice(0)) tell();
  };
  return {
    start,
    wake,
    change,
    finish,
    find: (arn) => executions.get(arn),
    all: () => {
      purge();
      return [...executions.values()];
    },
  };
}

function nameKey(fn: LabFunction, name: string): string {
  return `${fn.arn} ${name}`;
}

function sameInput(existing: Execution, input: string): Execution {
  if (existing.input === input) return existing;
  throw new LambdaError(
    'DurableExecutionAlreadyStartedException',
    `The durable execution ${existing.name} was already started with another payload.`,
  );
}
