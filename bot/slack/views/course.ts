/** A change of several steps under way, and one that waits for a Confirmation ID. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { hresultFromDigits } from '../../domain/hresult.ts';
import { formatDecisionValue } from '../decision-value.ts';
import { ACTIONS } from '../ids.ts';
import { mention, moment } from '../mrkdwn.ts';
import { button, type Rendered } from './blocks.ts';
import { cancelButton, smallOf, told } from './change-parts.ts';
import { type ChangeSpeech, inMessage, todoOf, whomOf, whomWords } from './change-speech.ts';
import { courseCounts, courseLines } from './course-lines.ts';
import { detailLines } from './outcome-details.ts';
import { reasonWords } from './outcome-reasons.ts';

type StageAt<At extends ChangeMessage['stage']['at']> = Extract<ChangeMessage['stage'], { at: At }>;

/** Confirmation IDs that may be tried in one change. */
const ATTEMPTS = 5;

/** How far the steps have come, what is waited for and since when. */
export function courseView(change: ChangeMessage, stage: StageAt<'course'>, speech: ChangeSpeech): Rendered {
  const { say, check } = speech;
  const { plan, steps, decidedBy, waitingSeconds } = stage;
  const { done, all } = courseCounts(stage);
  const now = steps.find(({ state }) => state === 'doing' || state === 'waiting') ?? steps.find(isToDo) ?? steps.at(-1);
  const todo = todoOf(plan.spec, whomOf(plan), speech);
  const first =
    now === undefined ? say.applying.first(todo) : say.course.first(todo, done, all, say.course.steps[now.step]);
  const small = [
    ...(waitingSeconds === undefined ? [] : [check.report.goingOnIn(waitingSeconds)]),
    ...decidedWords(decidedBy, speech),
    ...smallOf(change, speech),
  ];
  const lines = courseLines(stage, speech);
  const details = detailLines(
    steps.flatMap(({ outcome }) => outcome ?? []),
    speech,
  );
  return told(first, [lines, details], small, [cancelButton(change, change.id, speech)]);
}

const isToDo = ({ state }: { readonly state: string }): boolean => state === 'to-do';

const decidedWords = (decidedBy: string | undefined, { say }: ChangeSpeech): readonly string[] => {
  const by = mention(decidedBy ?? '');
  return by === '' ? [] : [say.applying.decidedBy(by)];
};

/** Waits for a person who calls; the numbers themselves stand in the window that the button opens, and nowhere else. */
export function phoneView(change: ChangeMessage, stage: StageAt<'phone'>, speech: ChangeSpeech): Rendered {
  const { say } = speech;
  const { phone } = say.course;
  const { plan, attempt, digest, expiresAtMs, problem, decidedBy } = stage;
  const machine = whomWords(whomOf(plan), speech, inMessage);
  const first = phone.first(machine, moment(expiresAtMs), problem !== undefined);
  const value = formatDecisionValue({ change: change.id, seen: { attempt, digest } });
  return told(
    problem === undefined ? first : `⚠ ${first}`,
    [
      problem === undefined ? [] : [phone.problem(problemWords(problem, speech))],
      [phone.how, phone.who],
      stage.steps.length > 1 ? courseLines(stage, speech) : [],
    ],
    [phone.attempt(attempt, ATTEMPTS), ...decidedWords(decidedBy, speech), ...smallOf(change, speech)],
    [
      button({ action: ACTIONS.phoneOpen, label: say.buttons.enterConfirmation, value, style: 'primary' }),
      cancelButton(change, change.id, speech),
    ],
  );
}

/** What a code means, or what a safeguard is for; empty where neither is known. */
function problemWords({ code, why }: NonNullable<StageAt<'phone'>['problem']>, speech: ChangeSpeech): string {
  if (why !== undefined) return reasonWords(why, speech);
  return code === undefined || hresultFromDigits(code) === undefined ? '' : reasonWords(code, speech);
}
