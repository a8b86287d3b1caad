/** Everything the change function is asked for. */
import type { CancelRequest, ChangeFunctionRequest, DenialNote } from '../ports.ts';
import { change } from './change.ts';
import type { ChangeDeps } from './change-deps.ts';
import type { OperationOutcome } from './run-operation.ts';

/** Runs a request to its end. */
export const alter = async (deps: ChangeDeps, request: ChangeFunctionRequest): Promise<OperationOutcome> => {
  switch (request.operation) {
    case 'change':
      return change(deps, request);
    case 'cancel':
      return cancel(deps, request);
    case 'denied':
      return keepDenial(deps, request);
  }
};

/** The click was judged where it was made; the running change reads the wish before its next wave, and notes it then. */
const cancel = async (deps: ChangeDeps, { change: id, place }: CancelRequest): Promise<OperationOutcome> => {
  await deps.workflow.step('ask to stop', async () => {
    await deps.changes.requestCancel(id, place.userId);
    return null;
  });
  return { ended: 'answered', machines: 0 };
};

/** Nothing is done but to remember who wanted what, and why they may not. */
const keepDenial = async (
  deps: ChangeDeps,
  { asked, place, change: id, why }: DenialNote,
): Promise<OperationOutcome> => {
  await deps.workflow.step('note denial', async () => {
    await deps.audit.append({
      id: `${deps.operationId}/denied`,
      atMs: deps.clock(),
      event: 'denied',
      userId: place.userId,
      asked,
      detail: why,
      ...(id === undefined ? {} : { change: id }),
    });
    return null;
  });
  return { ended: 'answered', machines: 0 };
};
