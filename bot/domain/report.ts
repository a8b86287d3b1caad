/**
 * Adds up the results of a check, part by part, so that ten thousand machines never have to be held at once.
 *
 * A tally is plain JSON; adding is associative and does not depend on order, so parts may be counted separately and merged.
 */
import { groupOfOne, mergeGroups, RANKS, sortedGroups } from './cause-groups.ts';
import type { CauseGroup, CheckReport, CheckTotals, NodeResult, Verdict, VerdictState } from './check-report.ts';
import {
  ACTIVATION_VALIDITY_MINUTES,
  LATE_FROM_MISSED_RENEWALS,
  MINUTE_MS,
  RENEWAL_INTERVAL_MINUTES,
} from './licence.ts';

/** Results added up so far. */
export interface Tally {
  readonly totals: CheckTotals;
  /** By state class and cause. */
  readonly groups: Readonly<Record<string, CauseGroup>>;
  readonly nextExpiryMs?: number;
  readonly nextRenewalMs?: number;
}

const NO_TOTALS: CheckTotals = {
  machines: 0,
  activated: 0,
  activatedLate: 0,
  inGrace: 0,
  notActivated: 0,
  notKmsClient: 0,
  unknown: 0,
  notAsked: 0,
};

/** A tally of nothing. */
export const emptyTally = (): Tally => ({ totals: NO_TOTALS, groups: {} });

/** Counts some more results. */
export function addToTally(tally: Tally, results: readonly NodeResult[]): Tally {
  const totals = { ...tally.totals };
  const groups = new Map(Object.entries(tally.groups));
  let times = timesOf(tally);
  for (const result of results) {
    count(totals, result.verdict);
    times = nearest(times, timesOfVerdict(result.verdict));
    if (result.cause === undefined) continue;
    const key = `${RANKS[result.verdict.state]}|${result.cause.key}`;
    const group = groups.get(key);
    const own = groupOfOne(result, result.cause);
    groups.set(key, group === undefined ? own : mergeGroups(group, own));
  }
  return { totals, groups: Object.fromEntries(groups), ...times };
}

/** Puts two tallies of different machines together. */
export function mergeTally(one: Tally, other: Tally): Tally {
  const groups = new Map(Object.entries(one.groups));
  for (const [key, group] of Object.entries(other.groups)) {
    const known = groups.get(key);
    groups.set(key, known === undefined ? group : mergeGroups(known, group));
  }
  const totals = Object.fromEntries(
    Object.entries(one.totals).map(([key, value]) => [key, value + other.totals[key as keyof CheckTotals]]),
  ) as unknown as CheckTotals;
  return { totals, groups: Object.fromEntries(groups), ...nearest(timesOf(one), timesOf(other)) };
}

type Totals = { -readonly [K in keyof CheckTotals]: number };

function count(totals: Totals, verdict: Verdict): void {
  totals.machines += 1;
  totals[TOTAL_OF[verdict.state]] += 1;
  if (isLate(verdict)) totals.activatedLate += 1;
}

const TOTAL_OF = {
  activated: 'activated',
  'in-grace': 'inGrace',
  notification: 'notActivated',
  unlicensed: 'notActivated',
  'not-a-kms-client': 'notKmsClient',
  unknown: 'unknown',
  unreadable: 'unknown',
  'no-answer': 'notAsked',
  'not-asked': 'notAsked',
} as const satisfies Record<VerdictState, keyof CheckTotals>;

const isLate = (verdict: Verdict): boolean =>
  verdict.state === 'activated' && verdict.missedRenewals >= LATE_FROM_MISSED_RENEWALS;

interface Times {
  readonly nextExpiryMs?: number;
  readonly nextRenewalMs?: number;
}

const times = (nextExpiryMs: number | undefined, nextRenewalMs: number | undefined): Times => ({
  ...(nextExpiryMs === undefined ? {} : { nextExpiryMs }),
  ...(nextRenewalMs === undefined ? {} : { nextRenewalMs }),
});

const timesOf = (tally: Tally): Times => times(tally.nextExpiryMs, tally.nextRenewalMs);

const nearest = (one: Times, other: Times): Times =>
  times(least(one.nextExpiryMs, other.nextExpiryMs), least(one.nextRenewalMs, other.nextRenewalMs));

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** A machine that renews in time is due seven days after its last success; a late one has no date worth naming. */
function timesOfVerdict(verdict: Verdict): Times {
  if (verdict.state !== 'activated' || verdict.expiresAtMs === undefined) return {};
  if (verdict.by !== 'kms' || isLate(verdict)) return times(verdict.expiresAtMs, undefined);
  const activatedAtMs = verdict.expiresAtMs - ACTIVATION_VALIDITY_MINUTES * MINUTE_MS;
  const weeks = verdict.missedRenewals + 1;
  return times(verdict.expiresAtMs, activatedAtMs + weeks * RENEWAL_INTERVAL_MINUTES * MINUTE_MS);
}

/** Results grouped by cause, worst first. Well machines are in no group. */
export const groupByCause = (results: readonly NodeResult[]): readonly CauseGroup[] =>
  sortedGroups(Object.values(addToTally(emptyTally(), results).groups));

/** Counts of the results by state. */
export const totals = (results: readonly NodeResult[]): CheckTotals => addToTally(emptyTally(), results).totals;

/** A finished check: its tally and what is known of the check itself. */
export function checkReport(
  request: { readonly tally: Tally } & Omit<CheckReport, 'totals' | 'groups' | 'nextExpiryMs' | 'nextRenewalMs'>,
): CheckReport {
  const { tally, ...check } = request;
  return { totals: tally.totals, groups: sortedGroups(Object.values(tally.groups)), ...timesOf(tally), ...check };
}
