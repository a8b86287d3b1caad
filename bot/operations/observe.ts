/** Operations that only look, by what they are asked for. */
import type { ObserveRequest } from '../ports.ts';
import { showAudit } from './audit.ts';
import { check } from './check.ts';
import { diagnoseNode } from './diagnose.ts';
import { lookAtHosts } from './hosts.ts';
import { showJobs } from './jobs.ts';
import type { ObserveDeps } from './operation-deps.ts';
import { lookAtRecords } from './records.ts';
import type { OperationOutcome } from './run-operation.ts';

/** Runs the operation of a request to its end; the person's message always reaches a final state. */
export const observe = (deps: ObserveDeps, request: ObserveRequest): Promise<OperationOutcome> => {
  switch (request.operation) {
    case 'check':
      return check(deps, request);
    case 'diagnose':
      return diagnoseNode(deps, request);
    case 'hosts':
      return lookAtHosts(deps, request);
    case 'dns':
      return lookAtRecords(deps, request);
    case 'jobs':
      return showJobs(deps, request);
    case 'audit':
      return showAudit(deps, request);
  }
};
