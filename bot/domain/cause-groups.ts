/** Machines that share a cause, told as one: how many, a few names, what to do. */
import type { Cause, CauseGroup, NodeResult, Verdict, VerdictState } from './check-report.ts';

/** Machines named as examples of a group. */
const MOST_EXAMPLES = 10;

/** How bad each state is, worst first; states of one rank share their groups. */
export const RANKS: Readonly<Record<VerdictState, number>> = {
  notification: 0,
  unlicensed: 0,
  'in-grace': 1,
  unknown: 2,
  unreadable: 2,
  activated: 3,
  'not-a-kms-client': 4,
  'no-answer': 5,
  'not-asked': 6,
};

/** The group of a single machine. */
export function groupOfOne(result: NodeResult, cause: Cause): CauseGroup {
  const { nodeId, name, verdict, next } = result;
  const lastSeenMs = lastSeenOf(verdict);
  const expiresAtMs = endOf(verdict);
  return {
    cause,
    state: verdict.state,
    total: 1,
    examples: [{ nodeId, name }],
    next,
    ...(lastSeenMs === undefined ? {} : { lastSeenMs }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
}

function lastSeenOf(verdict: Verdict): number | undefined {
  if (verdict.state !== 'not-asked') return undefined;
  return 'lastSeenMs' in verdict.why ? verdict.why.lastSeenMs : undefined;
}

/** When a machine's present state ends: its activation or its grace. */
export function endOf(verdict: Verdict): number | undefined {
  if (verdict.state === 'activated') return verdict.expiresAtMs;
  return verdict.state === 'in-grace' ? verdict.endsAtMs : undefined;
}

/** Two groups of one cause and rank put together; what is told of one machine only is that of the first by name. */
export function mergeGroups(one: CauseGroup, other: CauseGroup): CauseGroup {
  const [first, second] = isBefore(other.examples[0], one.examples[0]) ? [other, one] : [one, other];
  const lastSeenMs = pick(Math.max, one.lastSeenMs, other.lastSeenMs);
  const expiresAtMs = pick(Math.min, one.expiresAtMs, other.expiresAtMs);
  return {
    cause: first.cause,
    state: one.state === 'notification' || other.state === 'notification' ? 'notification' : first.state,
    total: one.total + other.total,
    examples: mergeExamples(first.examples, second.examples),
    next: first.next,
    ...(lastSeenMs === undefined ? {} : { lastSeenMs }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
}

const pick = (choose: (...values: number[]) => number, a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : choose(a, b);

type Example = CauseGroup['examples'][number];

/** Both lists are in order already and at most ten long. */
function mergeExamples(one: readonly Example[], other: readonly Example[]): readonly Example[] {
  const last = one.at(-1);
  if (one.length === MOST_EXAMPLES && isBefore(last, other[0])) return one;
  return [...one, ...other].sort((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, MOST_EXAMPLES);
}

/** Alphabetical by name, then by id; by code points, so that the order is the same everywhere. */
function isBefore(a: Example | undefined, b: Example | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [one, other] = [a.name.toLowerCase(), b.name.toLowerCase()];
  return one < other || (one === other && a.nodeId < b.nodeId);
}

/** Worst first, larger groups first among equals. */
export const sortedGroups = (groups: readonly CauseGroup[]): readonly CauseGroup[] =>
  [...groups].sort(
    (a, b) => RANKS[a.state] - RANKS[b.state] || b.total - a.total || (a.cause.key < b.cause.key ? -1 : 1),
  );
