/** How far a change of several steps has come: a list that is shown while it runs, and that its end is told by. */
import type { ChangeEnd } from './change-status.ts';
import type { CourseProgress, CourseState, CourseStep, CourseStepName } from './course.ts';
import type { NodeOutcome } from './plan.ts';

/** Every step before its turn. */
export const startCourse = (steps: readonly CourseStep[]): readonly CourseProgress[] =>
  steps.map(({ step }) => ({ step, state: 'to-do' }));

/** What is known of a step beside its state. */
export type StepNews = Pick<CourseProgress, 'outcome' | 'facts'>;

/**
 * The list with one step in another state; `atMs` counts from when it came into that state. What the step found before
 * stays, unless it is told anew.
 */
export const markStep = (
  list: readonly CourseProgress[],
  step: CourseStepName,
  state: CourseState,
  atMs: number,
  news: StepNews = {},
): readonly CourseProgress[] =>
  list.map((each) => {
    if (each.step !== step) return each;
    const sinceMs = each.state === state && each.sinceMs !== undefined ? each.sinceMs : atMs;
    const facts = news.facts === undefined ? {} : { facts: { ...each.facts, ...news.facts } };
    return { ...each, state, sinceMs, ...(news.outcome === undefined ? {} : { outcome: news.outcome }), ...facts };
  });

/** What the answer of a step's document makes of the step. */
export const stateAfter = ({ result }: Pick<NodeOutcome, 'result'>): CourseState =>
  result === 'done' || result === 'same' ? result : 'failed';

const OVER: readonly CourseState[] = ['done', 'same', 'not-needed'];

/** Activation online that failed is made up for by the telephone. */
const isMadeUpFor = (list: readonly CourseProgress[], { step }: CourseProgress): boolean =>
  step === 'activate' && list.some((each) => each.step === 'phone' && (each.state === 'done' || each.state === 'same'));

const isOver = (list: readonly CourseProgress[], each: CourseProgress): boolean =>
  OVER.includes(each.state) || isMadeUpFor(list, each);

/** The step whose turn it is; undefined after the last. One that failed is not passed over. */
export const currentStep = (list: readonly CourseProgress[]): CourseProgress | undefined =>
  list.find((each) => !isOver(list, each));

/** `partly`: something was changed, and not everything is as planned. */
export const courseEnd = (list: readonly CourseProgress[]): ChangeEnd & ('done' | 'partly' | 'failed') => {
  if (currentStep(list) === undefined) return 'done';
  return list.some(({ state }) => state === 'done') ? 'partly' : 'failed';
};

/** Steps that are in force, and all of them: how far the list has come. */
export const countSteps = (list: readonly CourseProgress[]): { readonly done: number; readonly of: number } => ({
  done: list.filter((each) => isOver(list, each)).length,
  of: list.length,
});
