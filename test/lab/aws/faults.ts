/** Faults of the AWS account: what is broken on purpose, asked before and after a call is answered. */
import type { ActiveFault, AwsCall } from './types.ts';

/** What narrows a fault, and how often it strikes. */
const NARROWED_BY = ['operation', 'account', 'region', 'principal', 'rate', 'times'] as const;

/**
 * The vocabulary. Every fault names a `service` (signing name) and narrows by `operation`, `account`, `region` and
 * `principal` (a part of the caller's ARN); `rate` (0–1) hits only some calls, `times` only the first ones.
 */
export const AWS_FAULTS = [
  {
    fault: 'aws-throttled',
    target: 'service',
    parameters: NARROWED_BY,
  },
  {
    fault: 'aws-denied',
    target: 'service',
    parameters: NARROWED_BY,
  },
  {
    fault: 'aws-error',
    target: 'service',
    parameters: NARROWED_BY,
  },
  {
    fault: 'aws-unavailable',
    target: 'service',
    parameters: NARROWED_BY,
  },
  /** The connection drops before the call has an effect. */
  {
    fault: 'aws-dropped',
    target: 'service',
    parameters: NARROWED_BY,
  },
  /** The call has its effect, the answer is lost. */
  {
    fault: 'aws-answer-lost',
    target: 'service',
    parameters: NARROWED_BY,
  },
] as const;

/** Name of a fault in the vocabulary. */
export type AwsFault = (typeof AWS_FAULTS)[number]['fault'];

/** Whether something is broken for a call. */
export interface FaultCheck {
  /** The first fault that hits this call, or undefined. Counts the hit. */
  hit(call: AwsCall): AwsFault | undefined;
}

/** Asks the lab's faults; keeps count of those that hit only some times. */
export function createFaultCheck(faults: () => readonly ActiveFault[], random: () => number): FaultCheck {
  const hits = new Map<string, number>();
  const strikes = (fault: ActiveFault): boolean => {
    const count = hits.get(fault.id) ?? 0;
    if (typeof fault.times === 'number' && count >= fault.times) return false;
    if (typeof fault.rate === 'number' && random() >= fault.rate) return false;
    hits.set(fault.id, count + 1);
    return true;
  };
  return {
    hit: (call) => {
      for (const fault of faults()) {
        if (isAwsFault(fault.fault) && isMeant(fault, call) && strikes(fault)) return fault.fault;
      }
      return undefined;
    },
  };
}

function isAwsFault(name: string): name is AwsFault {
  return AWS_FAULTS.some(({ fault }) => fault === name);
}

function isMeant(fault: ActiveFault, call: AwsCall): boolean {
  if (fault.service !== call.service) return false;
  if (fault.operation !== undefined && fault.operation !== call.operation) return false;
  if (fault.account !== undefined && fault.account !== call.account) return false;
  if (fault.region !== undefined && fault.region !== call.region) return false;
  return typeof fault.principal !== 'string' || call.principal.arn.includes(fault.principal);
}
