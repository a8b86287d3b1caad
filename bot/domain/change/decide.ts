/** Whether what somebody pressed on a waiting change counts. Judged where it is pressed, and again before it is acted on. */
import { decideRight, type NodeScope, type Person, type Right, type RightsRule } from '../rights/rights.ts';
import type { AwaitedDecision, ChangeStatus, Decision, DecisionWord } from './change-status.ts';

/** What was pressed, by whom, and what is known of the change. */
export interface DecisionClick {
  /** Undefined where there is no such change, or none any more. */
  readonly status: ChangeStatus | undefined;
  readonly person: Person;
  readonly word: DecisionWord;
  /** As the card carries them: which plan the person has seen. */
  readonly attempt: number;
  readonly digest: string;
  /** Whether people of other workspaces are in the channel. */
  readonly shared: boolean;
  readonly reason?: string;
}

/** Why a click does not count; `by` is the person who decided before. */
export type ClickRefusal = {
  readonly why:
    | 'no-such-change'
    | 'already-decided'
    | 'ended'
    /** The card shows another plan than the one that waits, or asks something that is not waited for. */
    | 'stale'
    | 'expired'
    | 'self-approval'
    | 'no-right'
    | 'guest'
    | 'foreign'
    | 'gone'
    | 'shared-channel'
    | 'no-reason';
  readonly by?: string;
  /** The right that is missing. */
  readonly right?: Right;
};

/** Characters that a reason has at least and at most: everybody reads it. */
export const REASON_LENGTH = { from: 10, to: 300 } as const;

type Refused = { readonly ok: false } & ClickRefusal;

const refused = (why: ClickRefusal['why'], facts: Omit<ClickRefusal, 'why'> = {}): Refused => ({
  ok: false,
  why,
  ...facts,
});

/** Judges a click by the change as it stands and by rights as they are now. */
export const judgeClick = (
  click: DecisionClick,
  given: { readonly rules: readonly RightsRule[]; readonly nowMs: number },
): { readonly ok: true; readonly decision: Decision; readonly callbackId: string } | Refused => {
  const waiting = awaitedBy(click, given.nowMs);
  if ('ok' in waiting) return waiting;
  const objection = objectionTo(click, waiting, given.rules);
  if (objection === 'no-right') return refused(objection, { right: RIGHT_FOR[click.word] });
  if (objection !== undefined) return refused(objection);
  const { person, word, attempt, digest } = click;
  const reason = word === 'break-glass' ? { reason: trimmed(click) } : {};
  const decision = { word, userId: person.userId, attempt, digest, atMs: given.nowMs, ...reason };
  return { ok: true, decision, callbackId: waiting.awaits.callbackId };
};

interface Waiting {
  readonly awaits: AwaitedDecision;
  readonly requesterId: string;
}

/** The decision that is waited for, where it is the one that the card asks for. */
const awaitedBy = ({ status, word, attempt, digest }: DecisionClick, nowMs: number): Waiting | Refused => {
  if (status === undefined) return refused('no-such-change');
  const { awaits, requesterId } = status;
  if (awaits === undefined || status.phase === 'ended') return refused(...nothingAwaited(status));
  // A change that is under way was approved before it began.
  if (awaits.what !== 'approval' && ABOUT_APPROVAL.has(word)) return refused('already-decided', byIn(status));
  if (word !== 'cancel' && !ANSWERS[awaits.what].has(word)) return refused('stale');
  if (awaits.attempt !== attempt || awaits.digest !== digest) return refused('stale');
  return awaits.expiresAtMs <= nowMs ? refused('expired') : { awaits, requesterId };
};

const nothingAwaited = (status: ChangeStatus): Parameters<typeof refused> => {
  if (status.end === 'expired') return ['expired'];
  const isOver = status.phase === 'ended' && status.decidedBy === undefined;
  return isOver ? ['ended'] : ['already-decided', byIn(status)];
};

const byIn = ({ decidedBy }: ChangeStatus) => (decidedBy === undefined ? {} : { by: decidedBy });

const ABOUT_APPROVAL: ReadonlySet<DecisionWord> = new Set(['approve', 'reject', 'break-glass']);

/** The words that each question is answered with; it can always be cancelled instead. */
const ANSWERS: Readonly<Record<AwaitedDecision['what'], ReadonlySet<DecisionWord>>> = {
  approval: ABOUT_APPROVAL,
  'going-on': new Set(['go-on']),
  confirmation: new Set(['confirmation']),
};

/** What each word takes; an operator may end what an operator may begin. */
const RIGHT_FOR: Readonly<Record<DecisionWord, Right>> = {
  approve: 'approver',
  reject: 'approver',
  'break-glass': 'break-glass',
  'go-on': 'operator',
  cancel: 'operator',
  confirmation: 'operator',
};

const objectionTo = (
  click: DecisionClick,
  { awaits, requesterId }: Waiting,
  rules: readonly RightsRule[],
): ClickRefusal['why'] | undefined => {
  const { person, word, shared } = click;
  if (person.standing !== 'member') return person.standing;
  if (shared) return 'shared-channel';
  const own = person.userId === requesterId;
  if (word === 'approve' && own) return 'self-approval';
  if (!(word === 'cancel' && own) && !hasRightOver(rules, person, RIGHT_FOR[word], awaits.scopes)) return 'no-right';
  return word === 'break-glass' && !isReason(trimmed(click)) ? 'no-reason' : undefined;
};

/** Over every scope; over none where there is none, since nothing says where the right would be used. */
const hasRightOver = (
  rules: readonly RightsRule[],
  person: Person,
  right: Right,
  scopes: readonly NodeScope[],
): boolean => scopes.length > 0 && scopes.every((scope) => decideRight(rules, person, right, scope).allowed);

const trimmed = ({ reason = '' }: DecisionClick): string => reason.trim();

const isReason = (reason: string): boolean => {
  const { length } = [...reason];
  return length >= REASON_LENGTH.from && length <= REASON_LENGTH.to;
};
