/** Waits for somebody's decision on a change, and judges again whoever made it. */
import type { ChangeMessage } from '../domain/change/change-message.ts';
import type { AwaitedDecision, Decision, DecisionWord } from '../domain/change/change-status.ts';
import { type ClickRefusal, judgeClick } from '../domain/change/decide.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { note, tellStatus } from './change-notes.ts';
import type { PlanSummary } from './change-plan.ts';
import { changeContent } from './change-waves.ts';
import { endMessage, type Shown } from './message.ts';

/** What is asked of people. */
export interface Question {
  readonly what: AwaitedDecision['what'];
  readonly attempt: number;
  readonly plan: PlanSummary;
  readonly expiresAtMs: number;
  readonly sinceMs: number;
}

/** A decision that counts, or that nobody made one in time. */
export type Decided = { readonly kind: 'decided'; readonly decision: Decision } | { readonly kind: 'expired' };

/** Answers that do not count are refused and the waiting goes on; more than these is somebody playing. */
const MOST_ANSWERS = 50;

/** Waits until somebody decides who may, or the time is over. */
export const awaitDecision = async (deps: ChangeDeps, of: ChangeCase, question: Question): Promise<Decided> => {
  for (let answer = 1; answer <= MOST_ANSWERS; answer += 1) {
    const name = `${question.what} ${question.attempt}.${answer}`;
    const left = await deps.workflow.step(`time left ${name}`, async () => question.expiresAtMs - deps.clock());
    if (left <= 0) return { kind: 'expired' };
    const answered = await deps.workflow.decision(
      name,
      (callbackId) => ask(deps, of, question, callbackId),
      left / 1000,
    );
    if (answered.kind === 'expired') return answered;
    const judged = await deps.workflow.step(`judge ${name}`, () => judge(deps, of, answered.text));
    if (judged.ok) {
      await deps.workflow.step(`close ${name}`, () => closeQuestion(deps, of, judged.decision));
      return { kind: 'decided', decision: judged.decision };
    }
    await note(deps, of, 'denied', { userId: judged.userId, detail: judged.why }, name);
  }
  return { kind: 'expired' };
};

const PHASES = {
  approval: 'waiting-for-approval',
  'going-on': 'paused',
  confirmation: 'waiting-for-confirmation',
} as const;

/** Makes the question known to whoever clicks. Writing it again changes nothing. */
const ask = async (deps: ChangeDeps, of: ChangeCase, question: Question, callbackId: string): Promise<void> => {
  const { what, attempt, sinceMs, expiresAtMs, plan } = question;
  const { digest, scopes } = plan;
  await tellStatus(deps, of, {
    phase: PHASES[what],
    awaits: { what, attempt, callbackId, digest, sinceMs, expiresAtMs, scopes },
  });
};

type Judged =
  | { readonly ok: true; readonly decision: Decision }
  | { readonly ok: false; readonly userId: string; readonly why: ClickRefusal['why'] | 'unreadable' };

/**
 * Once a decision counts, nothing is waited for any more, and later clicks are told so. A step of its own: judging looks
 * at what is waited for, and may be done twice.
 */
const closeQuestion = async (deps: ChangeDeps, of: ChangeCase, { userId, word }: Decision): Promise<null> => {
  // Whoever called Microsoft has not decided whether it is done.
  await tellStatus(deps, of, { phase: 'applying', ...(word === 'confirmation' ? {} : { decidedBy: userId }) });
  return null;
};

/** The click was judged where it was pressed; what counts is judged here, by rights as they are now. */
const judge = async (deps: ChangeDeps, of: ChangeCase, text: string): Promise<Judged> => {
  const decision = readDecision(text);
  if (decision === undefined) return { ok: false, userId: '', why: 'unreadable' };
  const { userId, word, attempt, digest, reason } = decision;
  const [status, person] = await Promise.all([deps.changes.readStatus(of.id), deps.people.find(userId)]);
  const click = { status, person, word, attempt, digest, shared: false, ...(reason === undefined ? {} : { reason }) };
  const judged = judgeClick(click, { rules: deps.settings.rules, nowMs: deps.clock() });
  if (!judged.ok) return { ok: false, userId, why: judged.why };
  return { ok: true, decision };
};

const WORDS: readonly DecisionWord[] = ['approve', 'reject', 'break-glass', 'go-on', 'cancel', 'confirmation'];

/** The answer of a callback: ours, but it came over a wire. */
const readDecision = (text: string): Decision | undefined => {
  try {
    const read = JSON.parse(text) as Partial<Decision>;
    const sound =
      WORDS.some((word) => word === read.word) &&
      typeof read.userId === 'string' &&
      typeof read.attempt === 'number' &&
      typeof read.digest === 'string' &&
      typeof read.atMs === 'number' &&
      (read.reason === undefined || typeof read.reason === 'string');
    return sound ? (read as Decision) : undefined;
  } catch {
    return undefined;
  }
};

/** Shows a stage that people have to see, and waits until they can. */
export const showStage = (
  deps: ChangeDeps,
  of: ChangeCase,
  shown: Shown,
  what: string,
  make: () => Promise<ChangeMessage['stage']>,
): Promise<void> => endMessage(deps, of.talk, shown, async () => changeContent(of, await make()), what);

/** For the log and the audit: who decided what. */
export const decidedFacts = ({ userId, word, reason, digest }: Decision) => ({
  userId,
  detail: word,
  digest,
  ...(reason === undefined ? {} : { reason }),
});
