/**
 * A change of several steps on one machine, under one approval: each step is a command, a wait, or a record's change. It
 * goes on where it was when it died; a step that fails ends it, and its end says what is done.
 */

import type { CourseProgress, CourseStepName } from '../domain/change/course.ts';
import { courseEnd } from '../domain/change/course-state.ts';
import { tailIn } from '../domain/change/course-turn.ts';
import { needsPhone } from '../domain/change/follow-ups.ts';
import type { NodeOutcome } from '../domain/change/plan.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type End, endChange } from './change-end.ts';
import type { Gathered } from './change-given.ts';
import { type Look, seenIn } from './change-look.ts';
import { note, tellStatus } from './change-notes.ts';
import type { Applying } from './change-steps.ts';
import { countActivation, noteInstalled } from './count-activations.ts';
import { deliverStep } from './course-deliver.ts';
import { newestOutcome, verifyActivated, verifyHost, verifyRetired } from './course-look.ts';
import { phoneStep } from './course-phone.ts';
import { drainStep, recordStep } from './course-record.ts';
import { awaitReturn, verifyRearm } from './course-return.ts';
import { type At, type CourseRun, cmidOf, labelOf, nodeIn, type StepEnd, showCourse } from './course-run.ts';
import { listenStep, turnStep } from './course-turns.ts';
import { watchStep } from './course-watch.ts';
import type { Shown } from './message.ts';
import type { OperationOutcome } from './run-operation.ts';

type Act = (deps: ChangeDeps, run: CourseRun, at: At) => Promise<StepEnd>;

const verifyStep: Act = (deps, run, at) => {
  const { kind } = run.of.spec;
  if (kind === 'rearm' || kind === 'restart') return verifyRearm(deps, run, at);
  if (kind === 'host-retire') return verifyRetired(deps, run, at);
  return kind === 'host-setup' ? verifyHost(deps, run, at) : verifyActivated(deps, run, at);
};

const ACTS: Readonly<Record<CourseStepName, Act>> = {
  role: deliverStep,
  key: turnStep,
  activate: turnStep,
  phone: phoneStep,
  firewall: turnStep,
  listen: listenStep,
  publish: turnStep,
  record: recordStep,
  verify: verifyStep,
  rearm: deliverStep,
  restart: deliverStep,
  return: awaitReturn,
  drain: drainStep,
  unpublish: turnStep,
  watch: watchStep,
  convert: turnStep,
};

/** Carries the plan in force out, to its end or until a step fails, nobody calls, or somebody stops it. */
export const applyCourse = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { first, plan, unmatched, decidedBy, gathered }: Applying & { readonly gathered: Gathered },
  before: Shown,
): Promise<OperationOutcome> => {
  const planned = await deps.workflow.step('steps of the course', () => planOf(deps, of, first));
  const { tail, cmidBefore } = planned;
  const steps = planned.steps.map(({ step }): CourseProgress => ({ step, state: 'to-do' }));
  const by = decidedBy === undefined ? {} : { decidedBy };
  const told = { ...(tail === undefined ? {} : { tail }), ...(cmidBefore === undefined ? {} : { cmidBefore }) };
  const run: CourseRun = { of, first, plan, gathered, steps, view: { shown: before }, ...by, ...told };
  for (const [at, { step, ifNeeded }] of planned.steps.entries()) {
    const end = ifNeeded && !isWanted(steps[at - 1]) ? NOT_NEEDED : await actOn(deps, run, { at, step });
    if (end.kind === 'cancelled' || end.kind === 'expired') return stopped(deps, run, end, unmatched);
    await finish(deps, run, { at, step }, end);
    const goesOn = end.kind !== 'failed' || (planned.steps[at + 1]?.ifNeeded === true && isWanted(steps[at]));
    if (!goesOn) break;
  }
  await deps.workflow.step('outcome of the course', () => keepOutcome(deps, run));
  return endChange(deps, of, { end: courseEnd(steps), ...by, unmatched, steps: [...steps], shown: run.view.shown });
};

/** What of the plan and of the machine before it is told by; small, and goes through checkpoints. */
const planOf = async (deps: ChangeDeps, of: ChangeCase, first: Look) => {
  const { nodeId, course = [] } = await nodeIn(deps, of);
  const seen = (await seenIn(deps, first)).find(({ node }) => node.id === nodeId);
  const [tail, cmidBefore] = [tailIn(course), cmidOf(seen?.record)];
  return {
    steps: course.map(({ step, ifNeeded }) => ({ step, ifNeeded: ifNeeded === true })),
    ...(tail === undefined ? {} : { tail }),
    ...(cmidBefore === undefined ? {} : { cmidBefore }),
  };
};

const NOT_NEEDED: StepEnd = { kind: 'not-needed' };

/** Only what the step before could not do for want of internet. */
const isWanted = (before: CourseProgress | undefined): boolean =>
  before?.state === 'failed' && before.outcome !== undefined && needsPhone(before.outcome);

/** Begins a step, unless somebody wants it all to stop. */
const actOn = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const { of, steps } = run;
  const label = labelOf(at);
  const begun = await deps.workflow.step(`begin ${label}`, async () => {
    const by = (await deps.changes.cancelRequestedBy(of.id)) ?? null;
    if (by === null) await tellStatus(deps, of, { phase: 'applying' });
    return { by, atMs: deps.clock() };
  });
  if (begun.by !== null) {
    await note(deps, of, 'cancelled', { userId: begun.by }, `before-${label}`);
    return { kind: 'cancelled', by: begun.by };
  }
  steps[at.at] = { step: at.step, state: 'doing', sinceMs: begun.atMs };
  return ACTS[at.step](deps, run, at);
};

/** What of a step is told; an activation of a stored key is counted. */
const finish = async (deps: ChangeDeps, run: CourseRun, { at, step }: At, end: StepEnd): Promise<void> => {
  if (end.kind === 'cancelled' || end.kind === 'expired') return;
  const { outcome, facts } = end;
  const { sinceMs } = run.steps[at] ?? {};
  run.steps[at] = {
    step,
    state: end.kind,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(facts === undefined ? {} : { facts }),
  };
  if (end.kind === 'done' && step === 'key') await noteInstalled(deps, run.of);
  if (end.kind === 'done' && (step === 'activate' || step === 'phone')) await countActivation(deps, run.of);
  await deps.workflow.step(`show ${labelOf({ at, step })}`, async () => {
    await showCourse(deps, run);
    return null;
  });
};

const stopped = async (
  deps: ChangeDeps,
  run: CourseRun,
  end: Extract<StepEnd, { kind: 'cancelled' | 'expired' }>,
  unmatched: NonNullable<End['unmatched']>,
): Promise<OperationOutcome> => {
  const facts = end.kind === 'cancelled' ? { end: end.kind, decidedBy: end.by } : { end: end.kind };
  return endChange(deps, run.of, { ...facts, unmatched, steps: run.steps.map(unfinished), shown: run.view.shown });
};

/** Nobody waits any more for a step that was under way. */
const unfinished = (progress: CourseProgress): CourseProgress =>
  progress.state === 'doing' || progress.state === 'waiting' ? { step: progress.step, state: 'to-do' } : progress;

/** One outcome for the machine: as the step left it that failed, else as the last one that said something did. */
const keepOutcome = async (deps: ChangeDeps, { of, steps }: CourseRun): Promise<null> => {
  const { nodeId, siteId, name } = await nodeIn(deps, of);
  const end = courseEnd(steps);
  const newest = newestOutcome({ steps }) ?? { nodeId, siteId, name };
  const failed = steps.findLast(({ state }) => state === 'failed');
  const outcome: NodeOutcome =
    end === 'done' ? { ...newest, result: 'done' } : { ...failing(newest, failed), detail: failed?.step ?? '' };
  await deps.changes.writeOutcomes(of.id, 0, [outcome]);
  return null;
};

/** A step that no document carries out fails without an answer of the machine. */
const failing = (
  newest: Pick<NodeOutcome, 'nodeId' | 'siteId' | 'name'>,
  failed: CourseProgress | undefined,
): NodeOutcome => {
  const { nodeId, siteId, name } = newest;
  const outcome = failed?.outcome;
  if (outcome !== undefined && outcome.result !== 'done' && outcome.result !== 'same') return outcome;
  return { ...(outcome ?? { nodeId, siteId, name }), result: 'failed' };
};
