/** Everything the change function is asked for. */

import { mayAnywhere } from '../domain/rights/rights.ts';
import type { CancelRequest, ChangeFunctionRequest, DenialNote } from '../ports.ts';
import { change } from './change.ts';
import type { ChangeDeps } from './change-deps.ts';
import type { OperationOutcome } from './run-operation.ts';
import { showInstallationId } from './show-installation-id.ts';

/** Runs a request to its end. */
export const alter = async (deps: ChangeDeps, request: ChangeFunctionRequest): Promise<OperationOutcome> => {
  switch (request.operation) {
    case 'change':
      return change(deps, request);
    case 'cancel':
      return cancel(deps, request);
    case 'denied':
      return keepDenial(deps, request);
    case 'show-installation-id':
      return showInstallationId(deps, request);
  }
};

/**
 * Keeps the wish, which the running change reads before its next wave and notes then. The click was judged where it was
 * made, and is once more here: whoever asked for the change may stop it, and whoever may operate.
 */
const cancel = async (deps: ChangeDeps, { change: id, place, asked }: CancelRequest): Promise<OperationOutcome> => {
  const { userId } = place;
  const allowed = await deps.workflow.step('who wants it to stop', async () => {
    const [status, person] = await Promise.all([deps.changes.readStatus(id), deps.people.find(userId)]);
    const may = mayAnywhere(deps.settings.rules, person, 'operator').allowed;
    return may || (person.standing === 'member' && status?.requesterId === userId);
  });
  if (!allowed) return keepDenial(deps, { operation: 'denied', asked, place, change: id, why: 'no-right' });
  await deps.workflow.step('ask to stop', async () => {
    await deps.changes.requestCancel(id, userId);
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
