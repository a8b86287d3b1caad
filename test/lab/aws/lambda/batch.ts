/** A checkpoint's updates, taken together or not at all. Pure. */
import { invalid } from './errors.ts';
import type { Execution, HistoryEvent, Operation } from './model.ts';
import { applyUpdate, eventOf } from './transitions.ts';
import { LIMITS, type OperationUpdate } from './updates.ts';

/** What a batch would change. */
export interface BatchPlan {
  readonly changed: ReadonlyMap<string, Operation>;
  readonly events: readonly HistoryEvent[];
  readonly usage: Execution['usage'];
  /** A result of the whole execution that is too large for the invocation's answer. */
  readonly executionResult?: string;
}

/**
 * Works out what a batch makes of an execution, which stays as it is. Throws the refusal when one update is not legal or
 * a limit of the whole execution would be passed.
 */
export function planBatch(
  execution: Execution,
  updates: readonly OperationUpdate[],
  nowMs: number,
  callbackId: (operationId: string) => string,
): BatchPlan {
  const changed = new Map<string, Operation>();
  const events: HistoryEvent[] = [];
  const current = (id: string): Operation | undefined => changed.get(id) ?? execution.operations.get(id);
  let executionResult: string | undefined;

  for (const update of updates) {
    checkParent(update, current);
    const after = applyUpdate(current(update.id), update, nowMs, () => callbackId(update.id));
    if (update.type === 'EXECUTION') {
      executionResult = update.payload ?? '';
      continue;
    }
    changed.set(update.id, after);
    const event = eventOf(after, nowMs);
    if (event !== undefined) events.push(event);
  }
  const usage = usageAfter(execution, updates);
  return { changed, events, usage, ...(executionResult !== undefined && { executionResult }) };
}

function checkParent(update: OperationUpdate, current: (id: string) => Operation | undefined): void {
  if (update.parentId === undefined) return;
  if (current(update.parentId)?.type !== 'CONTEXT') throw invalid(`Invalid parent operation id ${update.parentId}.`);
}

/** A START counts once, and every retry or poll counts again. */
function usageAfter(execution: Execution, updates: readonly OperationUpdate[]): Execution['usage'] {
  const started = new Set(
    updates.filter((update) => update.action === 'START' && !execution.operations.has(update.id)).map(({ id }) => id),
  );
  const retries = updates.filter((update) => update.action === 'RETRY').length;
  const operations = execution.usage.operations + started.size + retries;
  if (operations > LIMITS.operations) {
    throw invalid(`A durable execution has at most ${LIMITS.operations} operations.`);
  }
  const bytes = updates.reduce((sum, update) => sum + update.bytes, execution.usage.bytes);
  if (bytes > LIMITS.executionBytes) {
    throw invalid(`A durable execution persists at most ${LIMITS.executionBytes} bytes.`);
  }
  return { operations, bytes };
}
