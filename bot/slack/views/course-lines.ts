/** The steps of a course, each on a line: how far it has come, what it waits for, what it found. */
import type { CourseProgress, CourseStepName } from '../../domain/change/course.ts';
import { groupOutcomes, type OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { ChangePlan } from '../../domain/change/plan.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cutMrkdwn, moment, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { groupReason, reasonWords } from './outcome-reasons.ts';

const LINE = 500;
/** Facts that a line has room for. */
const FACTS = 6;

/** What the lines of a course are told with. */
export interface Course {
  readonly plan: ChangePlan | undefined;
  readonly steps: readonly CourseProgress[];
}

/** The steps that have come so far, each on a line, and those to do on one. */
export function courseLines({ plan, steps }: Course, speech: ChangeSpeech): readonly string[] {
  const { course } = speech.say;
  const begun = steps.filter(({ state }) => state !== 'to-do');
  const rest = steps.filter(({ state }) => state === 'to-do').map(({ step }) => nameOf(plan, step, speech));
  return [
    ...begun.map((progress) => stepLine(progress, speech)),
    ...(rest.length === 0 ? [] : [cutMrkdwn(course.rest(rest), LINE)]),
  ];
}

/** A step that may not be needed says so. */
const nameOf = (plan: ChangePlan | undefined, step: CourseStepName, { say: { course } }: ChangeSpeech): string =>
  isIfNeeded(plan, step) ? course.ifNeeded(course.steps[step]) : course.steps[step];

/** Whether the step is only taken where the one before could not do it. */
const isIfNeeded = (plan: ChangePlan | undefined, step: CourseStepName): boolean =>
  plan?.nodes[0]?.course?.some((planned) => planned.step === step && planned.ifNeeded === true) === true;

function stepLine(progress: CourseProgress, speech: ChangeSpeech): string {
  const { course } = speech.say;
  const { step, state, sinceMs, facts = {} } = progress;
  const isOpen = state === 'doing' || state === 'waiting';
  // Whoever called has typed it: then the machine is waited for.
  const isCalled = step === 'phone' && state === 'doing';
  const doing = isOpen && !isCalled ? course.waitsFor[step] : '';
  const details = [
    isOpen && sinceMs !== undefined ? course.since(moment(sinceMs, 'time')) : '',
    state === 'failed' ? failedWhy(progress, speech) : whyWords(facts[WHY], speech),
    ...Object.entries(facts)
      .filter(([word]) => word !== WHY)
      .slice(0, FACTS)
      .map(([word, value]) => factWords(word, value, speech)),
  ].filter((detail) => detail !== '');
  return cutMrkdwn(course.line(course.signs[state], course.steps[step], doing || course.states[state], details), LINE);
}

/** The outcome of a step as a group of its own. */
export const groupOf = ({ outcome }: CourseProgress): OutcomeGroup | undefined =>
  outcome === undefined ? undefined : groupOutcomes([outcome])[0];

/** Why a step failed; empty where it did not, or where nothing is known. */
export function failedWhy(progress: CourseProgress, speech: ChangeSpeech): string {
  if (progress.state !== 'failed') return '';
  const group = groupOf(progress);
  const said = group === undefined ? '' : groupReason(group, speech);
  return said !== '' ? said : whyWords(whyOf(progress), speech);
}

/** The fact that says why a step ended of which no document said anything. */
const WHY = 'why';
const SUCCESS = '00000000';

function whyOf({ outcome, facts }: CourseProgress): string | undefined {
  const event = outcome?.published?.find(({ code: result }) => result !== SUCCESS)?.code;
  if (event !== undefined) return event === 'none' ? 'no-event' : event;
  return facts?.[WHY] ?? (outcome?.activated === false ? 'not-activated' : undefined);
}

const whyWords = (why: string | undefined, speech: ChangeSpeech): string =>
  why === undefined ? '' : (entryOf(speech.say.course.why, why) ?? reasonWords(why, speech));

const SPANS: readonly string[] = ['change', 'cmid', 'cmidBefore'];

function factWords(word: string, value: string, speech: ChangeSpeech): string {
  const { course } = speech.say;
  const shown = SPANS.includes(word) ? code(value, 60) : words(value, 100);
  return entryOf(course.facts, word)?.(shown) ?? course.fact(words(word, 100), shown);
}

/** How many of the steps that count are done; a step that is not needed does not. */
export function courseCounts({ plan, steps }: Course): { readonly done: number; readonly all: number } {
  const counting = steps.filter(
    ({ step, state }) => state !== 'not-needed' && !(state === 'to-do' && isIfNeeded(plan, step)),
  );
  return { done: counting.filter(({ state }) => state === 'done' || state === 'same').length, all: counting.length };
}
