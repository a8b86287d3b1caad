/** What an invocation's end means for its durable execution. Pure. */
import { z } from 'zod';
import type { ErrorObject, Execution } from './model.ts';
import type { Outcome } from './runtime.ts';

export type Verdict =
  | { readonly kind: 'retry'; readonly error: ErrorObject }
  | { readonly kind: 'suspended' }
  | {
      readonly kind: 'ended';
      readonly status: 'SUCCEEDED' | 'FAILED';
      readonly result?: string;
      readonly error?: ErrorObject;
    };

const answer = z.discriminatedUnion('Status', [
  z.object({ Status: z.literal('PENDING') }),
  z.object({ Status: z.literal('SUCCEEDED'), Result: z.string().nullish() }),
  z.object({ Status: z.literal('FAILED'), Error: z.record(z.string(), z.unknown()).nullish() }),
]);

/** Reads how an invocation of a running execution ended. A handler that threw is called again; a bad answer is final. */
export function readOutcome(execution: Execution, outcome: Outcome): Verdict {
  if ('thrown' in outcome) return { kind: 'retry', error: outcome.thrown };
  const read = answer.safeParse(outcome.ok);
  if (!read.success) return failed({ ErrorMessage: 'Invalid Status in invocation output.' });
  if (read.data.Status === 'FAILED') return failed((read.data.Error ?? {}) as ErrorObject);
  if (read.data.Status === 'PENDING') {
    return execution.woken || isWaiting(execution)
      ? { kind: 'suspended' }
      : failed({ ErrorMessage: 'Cannot return PENDING status with no pending operations.' });
  }
  // A result too large for the answer was checkpointed before, and the answer is empty.
  const result = read.data.Result === '' ? execution.result : (read.data.Result ?? undefined);
  return { kind: 'ended', status: 'SUCCEEDED', ...(result !== undefined && { result }) };
}

function failed(error: ErrorObject): Verdict {
  return { kind: 'ended', status: 'FAILED', error };
}

function isWaiting(execution: Execution): boolean {
  for (const { type, status } of execution.operations.values()) {
    if (status === 'PENDING' || status === 'READY') return true;
    if (status === 'STARTED' && (type === 'WAIT' || type === 'CALLBACK' || type === 'CHAINED_INVOKE')) return true;
  }
  return false;
}
