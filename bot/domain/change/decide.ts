/**
 * Whether a click counts. Judged where it is pressed, so that the person is told at once, and again by the function that
 * acts, by rights as they are then.
 */
import { decideRight, type Person, type Right, type RightsRule } from '../rights/rights.ts';
import type { AwaitedDecision, ChangeStatus, Decision, DecisionWord } from './change-status.ts';

/** A button that was pressed. */
export interface ChangeClick {
  /** Where the change stands; undefined where nothing is known of it. */
  readonly status: ChangeStatus | undefined;
  readonly person: Person;
  readonly word: DecisionWord;
  readonly attempt: number;
  readonly digest: string;
  /** People of another workspace are in the channel. */
  readonly shared: boolean;
  /** Why the glass is broken. */
  readonly reason?: string;
}

/** Why a click does not count, in terms the person can be told. */
export type ClickRefusal =
  | { readonly why: 'no-such-change' | 'ended' | 'stale' | 'expired' | 'self-approval' | 'no-reason' }
  | { readonly why: 'guest' | 'foreign' | 'gone' | 'shared-channel' }
  /** Somebody was first; absent where it is not known who. */
  | { readonly why: 'already-decided'; readonly by?: string }
  | { readonly why: 'no-right'; readonly right: Right };

export type JudgedClick =
  | { readonly ok: true; readonly decision: Decision; readonly callbackId: string }
  | ({ readonly ok: false } & ClickRefusal);

/** Words that answer what is waited for; `cancel` answers anything. */
const ANSWERS: Readonly<Record<AwaitedDecision['what'], readonly DecisionWord[]>> = {
  approval: ['approve', 'reject', 'break-glass', 'cancel'],
  'going-on': ['go-on', 'cancel'],
};

/** The right each word takes, over every machine of the plan. */
const NEEDS: Readonly<Record<DecisionWord, Right>> = {
  approve: 'approver',
  reject: 'approver',
  'break-glass': 'break-glass',
  'go-on': 'operator',
  cancel: 'operator',
};

/** A reason of a word or two tells nobody anything. */
export const SHORTEST_REASON = 10;

/** Judges a click by what is waited for now. The first that counts is the only one: the engine takes one answer. */
export const judgeClick = (
  click: ChangeClick,
  given: { readonly rules: readonly RightsRule[]; readonly nowMs: number },
): JudgedClick => {
  const { status, shared, person } = click;
  if (status === undefined) return refused({ why: 'no-such-change' });
  if (shared) return refused({ why: 'shared-channel' });
  if (person.standing !== 'member') return refused({ why: person.standing });
  const { awaits } = status;
  if (awaits === undefined) return refused(nothingAwaited(status));
  const wrong = wrongTime(click, awaits, given.nowMs) ?? wrongPerson(click, status, awaits, given.rules);
  return wrong === undefined ? counted(click, awaits, given.nowMs) : refused(wrong);
};

const refused = (refusal: ClickRefusal): JudgedClick => ({ ok: false, ...refusal });

const nothingAwaited = ({ phase, end, decidedBy }: ChangeStatus): ClickRefusal => {
  if (end === 'expired') return { why: 'expired' };
  if (decidedBy !== undefined) return { why: 'already-decided', by: decidedBy };
  return phase === 'ended' ? { why: 'ended' } : { why: 'already-decided' };
};

const wrongTime = (click: ChangeClick, awaits: AwaitedDecision, nowMs: number): ClickRefusal | undefined => {
  const isOfThis = click.attempt === awaits.attempt && click.digest === awaits.digest;
  if (!isOfThis || !ANSWERS[awaits.what].includes(click.word)) return { why: 'stale' };
  return nowMs >= awaits.expiresAtMs ? { why: 'expired' } : undefined;
};

const wrongPerson = (
  { word, person, reason = '' }: ChangeClick,
  { requesterId }: ChangeStatus,
  { scopes }: AwaitedDecision,
  rules: readonly RightsRule[],
): ClickRefusal | undefined => {
  const isRequester = person.userId === requesterId;
  if (word === 'cancel' && isRequester) return undefined;
  if (word === 'approve' && isRequester) return { why: 'self-approval' };
  const right = NEEDS[word];
  if (!scopes.every((scope) => decideRight(rules, person, right, scope).allowed)) return { why: 'no-right', right };
  return word === 'break-glass' && reason.trim().length < SHORTEST_REASON ? { why: 'no-reason' } : undefined;
};

const counted = (
  { word, person, attempt, digest, reason }: ChangeClick,
  { callbackId }: AwaitedDecision,
  atMs: number,
): JudgedClick => ({
  ok: true,
  callbackId,
  decision: { word, userId: person.userId, attempt, digest, atMs, ...(reason === undefined ? {} : { reason }) },
});
