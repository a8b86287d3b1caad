/** One site's answers on their way in: how far they have been read, and when to look again. */

import type { CheckTotals } from '../domain/check-report.ts';
import type { NodeId } from '../domain/nodes.ts';
import { spreadSeconds } from '../domain/pace.ts';
import type { OperationFailure } from '../ports.ts';
import type { PlannedCommand } from './command-plan.ts';
import { FRESH_PATIENCE, type Patience } from './site-patience.ts';

/** Goes through checkpoints: counts and ids of commands, never answers. */
export interface SiteReading {
  readonly siteId: string;
  /** The roster's list in the ledger. */
  readonly list: string;
  readonly commandIds: readonly string[];
  readonly sentAtMs: number;
  readonly deadlineMs: number;
  /** Machines that should answer. */
  readonly expected: number;
  /** Machines meant that are offline: a command by tag waits for them, the check does not. */
  readonly offline: number;
  /** A command goes to more machines than one page holds: its counters are looked at first. */
  readonly isLarge: boolean;
  readonly phase: 'waiting' | 'peeking' | 'reading' | 'done';
  /** Looks without news, which stretch the pause. */
  readonly looks: number;
  readonly peeks: number;
  readonly rereads: number;
  /** The command being read, its page, and the number of parts written. */
  readonly command: number;
  readonly cursor?: string;
  readonly parts: number;
  /** Machines known to be done, by the command's counters or by their answers. */
  readonly completed: number;
  /** Totals of the pages that were kept. */
  readonly kept?: CheckTotals;
  /** Totals of a page that was only looked at. */
  readonly glimpsed?: CheckTotals;
  readonly nextAtMs: number;
  readonly patience: Patience;
  /** Machines that are not waited for once their agents have not fetched the command in good time; few. */
  readonly unessential?: readonly NodeId[];
  /** Machines that were still running when their page was kept. */
  readonly stillRunning: number;
  /** The service's word for a command that reached nobody. */
  readonly details?: string;
  readonly failure?: OperationFailure;
}

/** Machines on one page of answers. */
export const PAGE = 50;
/** Pauses between looks, seconds; the last one repeats. */
const PAUSES_SECONDS = [3, 5, 8, 12, 20, 30];

/** The pause after so many looks. */
export const pauseSeconds = (looks: number): number => PAUSES_SECONDS[Math.min(looks, PAUSES_SECONDS.length - 1)] ?? 30;

/** A command is tried for a minute, the document takes at most another; some time for the answers to be listed. */
const ANSWER_SECONDS = 60 + 60 + 20;

/** A reading that has not begun. `plan` are the commands as they were sent. */
export const beginReading = (request: {
  readonly siteId: string;
  readonly list: string;
  readonly commandIds: readonly string[];
  readonly sentAtMs: number;
  readonly plan: readonly PlannedCommand[];
  readonly jitterSeconds: number;
  readonly offline: number;
  readonly unessential?: readonly NodeId[];
}): SiteReading => {
  const { plan, jitterSeconds, commandIds, sentAtMs, ...rest } = request;
  const expected = new Set(plan.flatMap((command) => command.expects)).size;
  const isLarge = plan.some((command) => command.expects.length > PAGE);
  return {
    ...rest,
    commandIds,
    sentAtMs,
    deadlineMs: sentAtMs + (ANSWER_SECONDS + jitterSeconds + spreadSeconds(expected)) * 1000,
    expected,
    isLarge,
    phase: commandIds.length === 0 ? 'done' : isLarge ? 'waiting' : 'reading',
    looks: 1,
    peeks: 0,
    rereads: 0,
    command: 0,
    parts: 0,
    completed: 0,
    nextAtMs: sentAtMs + pauseSeconds(0) * 1000,
    patience: FRESH_PATIENCE,
    stillRunning: 0,
  };
};

/** Totals of several sites or pages together. */
export const sumTotals = (all: readonly (CheckTotals | undefined)[]): CheckTotals | undefined => {
  const known = all.filter((totals) => totals !== undefined);
  const [first, ...others] = known;
  if (first === undefined) return undefined;
  return others.reduce(
    (sum, totals) => ({
      machines: sum.machines + totals.machines,
      activated: sum.activated + totals.activated,
      activatedLate: sum.activatedLate + totals.activatedLate,
      inGrace: sum.inGrace + totals.inGrace,
      notActivated: sum.notActivated + totals.notActivated,
      notKmsClient: sum.notKmsClient + totals.notKmsClient,
      unknown: sum.unknown + totals.unknown,
      notAsked: sum.notAsked + totals.notAsked,
    }),
    first,
  );
};

/** Sites whose answers could not all be read, and why. */
export const failuresOf = (
  sites: readonly SiteReading[],
): readonly { readonly siteId: string; readonly failure: OperationFailure }[] =>
  sites.flatMap(({ siteId, failure }) => (failure === undefined ? [] : [{ siteId, failure }]));

/** By site: the service's word for a command that reached nobody. */
export const detailsOf = (sites: readonly SiteReading[]): Readonly<Record<string, string>> =>
  Object.fromEntries(sites.flatMap(({ siteId, details }) => (details === undefined ? [] : [[siteId, details]])));
