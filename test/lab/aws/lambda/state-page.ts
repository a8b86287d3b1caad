/** An execution's state, in pages that an invocation event or an answer can carry. */
import type { Execution, Operation } from './model.ts';
import { type Page, pageOf, stateOf } from './wire.ts';

/** Most operations of one page. */
export const PAGE_OPERATIONS = 1000;
/** Lambda's event is at most 6 MB; the rest of it needs room too. */
const PAGE_BYTES = 5 * 1024 * 1024;

/** One page of the state; never empty, so that one large operation cannot stop the paging. */
export function statePage(execution: Execution, marker: string | undefined, max: number): Page<Operation> {
  const state = stateOf(execution);
  const wanted = pageOf(state, marker, Math.min(max, PAGE_OPERATIONS));
  if (wanted === undefined) return { items: [] };
  const fitting = countFitting(wanted.items);
  return fitting === wanted.items.length ? wanted : (pageOf(state, marker, fitting) ?? wanted);
}

function countFitting(operations: readonly Operation[]): number {
  let bytes = 0;
  for (const [index, operation] of operations.entries()) {
    bytes += sizeOf(operation);
    if (bytes > PAGE_BYTES && index > 0) return index;
  }
  return operations.length;
}

/** Bytes on the wire, never less than they are: a character of a payload may need two when quoted, or three in UTF-8. */
function sizeOf(operation: Operation): number {
  const payloads = [operation.input, operation.result, operation.error && JSON.stringify(operation.error)];
  return payloads.reduce((sum, payload) => sum + 3 * (payload?.length ?? 0), 1000);
}
