/** A decision on a change that waits: judged by rights as they are now, then sent to the change, which takes one only. */
import type { ChangeStatus, DecisionWord } from '../../domain/change/change-status.ts';
import { type ClickRefusal, judgeClick } from '../../domain/change/decide.ts';
import { mayAnywhere, type Person } from '../../domain/rights/rights.ts';
import type { DecisionValue } from '../decision-value.ts';
import { executionName } from '../execution-name.ts';
import { acknowledgements } from '../messages/acknowledgement.ts';
import { changeCatalogue } from '../messages/catalogue.ts';
import type { ChangeAnswers } from '../messages/change-answers-en.ts';
import type { Language } from '../messages/language.ts';
import { code, mention } from '../mrkdwn.ts';
import { barredWords, holdersWords, noteDenial } from './barred.ts';
import { type Asker, type ChangeDesk, type DecisionOutcome, type ListenerDeps, languageFor } from './context.ts';
import { notStarted } from './start-operation.ts';

/** What was pressed. */
export interface Pressed {
  readonly word: DecisionWord;
  readonly value: DecisionValue;
  /** Why the glass is broken. */
  readonly reason?: string;
}

/** What the person reads, and whether what they wanted happens. */
export interface DecisionAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** What a decision is judged by. */
export interface Looked {
  readonly desk: ChangeDesk;
  readonly status: ChangeStatus | undefined;
  readonly person: Person;
  readonly shared: boolean;
  readonly say: ChangeAnswers;
  readonly language: Language;
}

/** Judges what was pressed and sends it on. */
export async function decide(pressed: Pressed, asker: Asker, deps: ListenerDeps): Promise<DecisionAnswer> {
  const looked = await lookAt(pressed, asker, deps);
  if ('text' in looked) return looked;
  if (isStop(pressed, looked)) return stop(pressed, looked, asker, deps);
  const judged = judge(pressed, looked, deps);
  if (!judged.ok) return refuse(judged, pressed, looked, asker, deps);
  const outcome = await looked.desk.decide(judged.callbackId, judged.decision);
  if (outcome.kind === 'gone') return afterwards(pressed, looked, asker, deps);
  if (outcome.kind === 'failed') deps.log.error('A decision did not get through', { detail: outcome.detail });
  return { ok: outcome.kind === 'taken', text: outcomeWords(outcome, pressed.word, looked.say) };
}

/** Judges what was pressed as if a reason were given: undefined when one is worth asking for. */
export async function objectionBeforeReason(
  pressed: Pressed,
  asker: Asker,
  deps: ListenerDeps,
): Promise<DecisionAnswer | undefined> {
  const looked = await lookAt(pressed, asker, deps);
  if ('text' in looked) return looked;
  const judged = judge({ ...pressed, reason: 'to be asked for' }, looked, deps);
  return judged.ok ? undefined : refuse(judged, pressed, looked, asker, deps);
}

/** Looks everything up at once. A window has no channel: who reads along is asked of the channel of the change. */
export async function lookAt(
  { value }: Pick<Pressed, 'value'>,
  { userId, channelId }: Asker,
  deps: ListenerDeps,
): Promise<Looked | DecisionAnswer> {
  const { changes: desk, people } = deps;
  const looking = settled(desk?.status(value.change) ?? Promise.resolve(undefined));
  const isShared = async (): Promise<boolean> => {
    if (channelId !== '') return people.isShared(channelId);
    const found = await looking;
    return 'value' in found && found.value !== undefined && people.isShared(found.value.channelId);
  };
  const [language, status, who] = await Promise.all([
    languageFor(userId, deps),
    looking,
    settled(Promise.all([people.find(userId), isShared()])),
  ]);
  const say = await changeCatalogue(language);
  if (desk === undefined) return { ok: false, text: say.switchedOff };
  if ('error' in who) return { ok: false, text: unknownPerson(who.error, say, deps) };
  if ('error' in status) {
    deps.log.error('The status of a change cannot be read', { change: value.change }, status.error);
    return { ok: false, text: say.statusUnknown };
  }
  const [person, shared] = who.value;
  return { desk, status: status.value, person, shared, say, language };
}

export const settled = <T>(asked: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> =>
  asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

const unknownPerson = (error: unknown, say: ChangeAnswers, deps: ListenerDeps): string => {
  deps.log.warn('A person could not be looked up', { asked: 'decision' });
  return barredWords({ why: 'unknown', error }, 'approver', deps.rules, say);
};

/** Whoever cancels by a button without a plan means the plan there is. */
export const judge = ({ word, value, reason }: Pressed, { status, person, shared }: Looked, deps: ListenerDeps) => {
  const { attempt, digest } = value.seen ?? status?.awaits ?? { attempt: 0, digest: '' };
  const click = { status, person, shared, word, attempt, digest, ...(reason === undefined ? {} : { reason }) };
  return judgeClick(click, { rules: deps.rules, nowMs: deps.clock() });
};

/** A change that runs waits for nobody: it is told to stop instead. */
const isStop = ({ word }: Pressed, { status }: Looked): boolean =>
  word === 'cancel' && status !== undefined && status.awaits === undefined && status.phase !== 'ended';

/** Nobody knows here which machines are left: an operator of some place may stop what one may begin there. */
async function stop(pressed: Pressed, looked: Looked, asker: Asker, deps: ListenerDeps): Promise<DecisionAnswer> {
  const { desk, status, say, language } = looked;
  const objection = objectionToStop(looked, deps);
  if (objection !== undefined) return refuse(objection, pressed, looked, asker, deps);
  const { teamId, channelId, userId, triggerId } = asker;
  const { change } = pressed.value;
  const place = { teamId, channelId, userId };
  const payload = { operation: 'cancel', change, asked: status?.asked ?? change, place } as const;
  const outcome = await desk.handOn({ name: executionName('cancel', [teamId, userId, change, triggerId]), payload });
  if (outcome.kind === 'started') return { ok: true, text: say.stopping };
  deps.log.error('An operation was not handed on', { operation: 'cancel', outcome: outcome.kind });
  return { ok: false, text: notStarted(outcome, 'cancel', acknowledgements[language]) };
}

const objectionToStop = ({ person, shared, status }: Looked, { rules }: ListenerDeps): ClickRefusal | undefined => {
  if (person.standing !== 'member') return { why: person.standing };
  if (shared) return { why: 'shared-channel' };
  const may = status?.requesterId === person.userId || mayAnywhere(rules, person, 'operator').allowed;
  return may ? undefined : { why: 'no-right', right: 'operator' };
};

/** Somebody was first: the change says who, once it has taken the decision. */
async function afterwards(pressed: Pressed, looked: Looked, asker: Asker, deps: ListenerDeps): Promise<DecisionAnswer> {
  const status = await settled(looked.desk.status(pressed.value.change));
  const now = 'error' in status ? looked : { ...looked, status: status.value };
  const judged = judge(pressed, now, deps);
  if (judged.ok) return { ok: false, text: looked.say.decidedBy(mention('')) };
  if (judged.why === 'already-decided' && judged.by === asker.userId)
    return { ok: false, text: looked.say.yourDecision };
  return refuse(judged, pressed, now, asker, deps);
}

/** Refusals that are about the person, and not about the moment: the audit keeps them. */
const DENIALS: readonly ClickRefusal['why'][] = [
  'self-approval',
  'no-right',
  'guest',
  'foreign',
  'gone',
  'shared-channel',
];

/** Says why not, and has a denial kept: the same person pressing the same again is one. */
export async function refuse(
  refusal: ClickRefusal,
  { value: { change } }: Pressed,
  { status, say }: Looked,
  asker: Asker,
  deps: ListenerDeps,
): Promise<DecisionAnswer> {
  if (DENIALS.includes(refusal.why)) {
    const { teamId, channelId, userId } = asker;
    const key = [teamId, channelId, change, userId, refusal.why];
    await noteDenial({ asked: status?.asked ?? change, why: refusal.why, change, key }, asker, deps);
  }
  return { ok: false, text: refusalWords(refusal, deps, say) };
}

function refusalWords(refusal: ClickRefusal, { rules }: ListenerDeps, say: ChangeAnswers): string {
  const { why, by = '', right = 'approver' } = refusal;
  if (why === 'already-decided') return say.decidedBy(mention(by));
  if (why === 'no-right') return say.lacksForClick(say.right[right]) + say.gap + holdersWords(rules, right, say);
  if (why === 'self-approval') return say.refusedClick[why] + say.gap + holdersWords(rules, 'approver', say);
  return say.refusedClick[why];
}

function outcomeWords(outcome: DecisionOutcome, word: DecisionWord, say: ChangeAnswers): string {
  switch (outcome.kind) {
    case 'taken':
      return say.taken[word];
    case 'missing-right':
      return say.decisionLacksRight(code(outcome.action));
    case 'unsure':
      return say.decisionUnsure;
    default:
      return say.decisionFailed;
  }
}
