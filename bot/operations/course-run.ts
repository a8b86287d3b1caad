/** A change of several steps while it is carried out: how far each step is, and what the requester's message shows of it. */
import type { ChangeMessage } from '../domain/change/change-message.ts';
import type { CourseProgress, CourseStep } from '../domain/change/course.ts';
import type { NodeOutcome, PlannedNode } from '../domain/change/plan.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { Gathered } from './change-given.ts';
import type { Look } from './change-look.ts';
import type { PlanSummary } from './change-plan.ts';
import { changeContent } from './change-waves.ts';
import { type Shown, showContent } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { planInForce } from './plan-in-force.ts';

/** A course that is carried out. */
export interface CourseRun {
  readonly of: ChangeCase;
  readonly first: Look;
  readonly plan: PlanSummary;
  readonly gathered: Gathered;
  readonly decidedBy?: string;
  /** End of the key that a set-up installs. */
  readonly tail?: string;
  /** What the machine was told by before anything was done; absent where that was not read. */
  readonly cmidBefore?: string;
  /** What is told of each step; made from results of steps alone, so that a replay tells the same. */
  readonly steps: CourseProgress[];
  readonly view: View;
}

/** What the message showed last; only display depends on it. */
interface View {
  shown: Shown;
}

/** A step by its place in the course, from 0. */
export interface At {
  readonly at: number;
  readonly step: CourseStep['step'];
}

/** How a step ended. */
export type StepEnd =
  | {
      readonly kind: 'done' | 'same' | 'not-needed' | 'failed';
      readonly outcome?: NodeOutcome;
      readonly facts?: CourseProgress['facts'];
    }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'expired' };

/** What a machine is told from others by, and from itself before a rearm. */
export const cmidOf = (record: InspectionRecord | undefined): string | undefined =>
  record?.service.read === true ? record.service.value.cmid : undefined;

/** Tells steps of one name apart: part of the names of commands and outcomes. */
export const labelOf = ({ at, step }: At): string => `${at + 1}-${step}`;

/** The one machine of a course. */
export const nodeIn = async (
  deps: Pick<ChangeDeps, 'changes'>,
  { id }: Pick<ChangeCase, 'id'>,
): Promise<PlannedNode> => {
  const [node] = (await planInForce(deps, id)).nodes;
  if (node === undefined) throw new Error(`The plan of ${id} has no machine`);
  return node;
};

/** One step as it was planned. */
export const plannedStep = async (
  deps: Pick<ChangeDeps, 'changes'>,
  of: Pick<ChangeCase, 'id'>,
  { at }: At,
): Promise<{ readonly node: PlannedNode; readonly planned: CourseStep }> => {
  const node = await nodeIn(deps, of);
  const planned = node.course?.[at];
  if (planned === undefined) throw new Error(`The course of ${of.id} has no step ${at + 1}`);
  return { node, planned };
};

/** The content that says how far each step is. */
export const courseContent = async (deps: ChangeDeps, run: CourseRun, waitingSeconds?: number) => {
  const { of, steps, decidedBy } = run;
  const stage: ChangeMessage['stage'] = {
    at: 'course',
    plan: await planInForce(deps, of.id),
    steps: [...steps],
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(waitingSeconds === undefined ? {} : { waitingSeconds }),
  };
  return changeContent(of, stage);
};

/** Shows it where it is new, and time. */
export const showCourse = async (deps: ChangeDeps, run: CourseRun, waitingSeconds?: number): Promise<void> => {
  const digest = JSON.stringify([run.steps, waitingSeconds]);
  const make = () => courseContent(deps, run, waitingSeconds);
  run.view.shown = await showContent(deps, run.of.talk, run.view.shown, digest, make);
};

/** While a machine is looked at, the message goes on saying how far each step is. */
export const courseTalk = (deps: ChangeDeps, run: CourseRun): Talk => ({
  ...run.of.talk,
  progress: ({ waitingSeconds }) => courseContent(deps, run, waitingSeconds),
});
