/** `/kms jobs`: changes that are under way, and those that ended just now. */
import { type ChangeStatus, isAbandoned } from '../domain/change/change-status.ts';
import type { JobsRequest } from '../ports.ts';
import { openMessage } from './message.ts';
import type { OperationDeps } from './operation-deps.ts';
import { type OperationOutcome, tellingFailure } from './run-operation.ts';

/** Long enough to find a change again that ended while one looked elsewhere. */
const JUST_ENDED_MS = 60 * 60_000;

/** Those under way first, each part newest first. */
const worthShowing = (statuses: readonly ChangeStatus[], nowMs: number): readonly ChangeStatus[] => [
  ...statuses.filter((status) => status.phase !== 'ended' && !isAbandoned(status, nowMs)),
  ...statuses.filter(({ phase, updatedAtMs }) => phase === 'ended' && updatedAtMs > nowMs - JUST_ENDED_MS),
];

/** Shows the changes under way in one message. */
export const showJobs = (deps: OperationDeps, request: JobsRequest): Promise<OperationOutcome> =>
  tellingFailure(deps, request, async () => {
    await openMessage(deps, 'open message', request.place, async () => {
      const nowMs = deps.clock();
      const jobs = worthShowing(await deps.changes.listStatuses(), nowMs);
      return { kind: 'jobs', asked: request.asked, jobs, nowMs };
    });
    return { ended: 'answered', machines: 0 };
  });
