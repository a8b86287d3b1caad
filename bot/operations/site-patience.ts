/** What becomes of one site when a call to it fails: wait, or give the site up while the others go on. */
import { failureOf, isTransient, slowDownSeconds } from '../errors.ts';
import type { OperationFailure } from '../ports.ts';

/** Setbacks in a row; goes through checkpoints. */
export interface Patience {
  /** Failures that may pass. */
  readonly failures: number;
  /** Requests to slow down. */
  readonly slowed: number;
}

export const FRESH_PATIENCE: Patience = { failures: 0, slowed: 0 };

export type Setback =
  | { readonly kind: 'wait'; readonly seconds: number; readonly patience: Patience }
  | { readonly kind: 'given-up'; readonly failure: OperationFailure };

const FAILURES_ALLOWED = 4;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * How to go on after an error at this site.
 *
 * @throws the error itself when it is neither the site's nor one that passes.
 */
export const setbackAfter = (error: unknown, siteId: string, patience: Patience): Setback => {
  const asked = slowDownSeconds(error);
  if (asked !== undefined) {
    const seconds = Math.min(LONGEST_PAUSE_SECONDS, asked * 2 ** Math.min(patience.slowed, 6));
    return { kind: 'wait', seconds, patience: { ...patience, slowed: patience.slowed + 1 } };
  }
  const failure = failureOf(error);
  if (failure !== undefined) return { kind: 'given-up', failure };
  if (!isTransient(error)) throw error;
  const failures = patience.failures + 1;
  if (failures >= FAILURES_ALLOWED) return { kind: 'given-up', failure: { kind: 'site-unreachable', siteId } };
  return { kind: 'wait', seconds: 2 ** failures, patience: { ...patience, failures } };
};

/** Seconds that services still have us wait at the most patient of these sites; 0 when none asked for time. */
export const slowedSeconds = (
  sites: readonly { readonly patience: Patience; readonly nextAtMs: number }[],
  nowMs: number,
): number => {
  const waits = sites.filter((site) => site.patience.slowed > 0).map((site) => site.nextAtMs - nowMs);
  return Math.ceil(Math.max(0, ...waits) / 1000);
};
