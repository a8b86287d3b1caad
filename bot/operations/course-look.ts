/** Looks at the machine of a course again, between its steps and at its end. */
import { isShutByItsNetwork } from '../domain/change/host-settings.ts';
import { withSecondLook } from '../domain/change/outcome.ts';
import type { NodeOutcome, PlannedNode } from '../domain/change/plan.ts';
import type { ChangeDeps } from './change-deps.ts';
import { lookAgain, type Seen, seenIn } from './change-look.ts';
import { type At, type CourseRun, courseTalk, labelOf, nodeIn, type StepEnd } from './course-run.ts';
import { keepHost } from './keep-fleet.ts';

/** What a look is judged from. */
export interface Looked {
  readonly node: PlannedNode;
  /** Absent where the machine gave no record. */
  readonly record?: NonNullable<Seen['record']>;
  readonly seen?: Seen;
}

/** Looks once under a name of its own. `judge` runs inside a step; what it gives is small and plain. */
export const lookAtMachine = async <T>(
  deps: ChangeDeps,
  run: CourseRun,
  name: string,
  judge: (looked: Looked) => T | Promise<T>,
): Promise<T> => {
  const { of, first, view } = run;
  const nodeIds = async () => [(await nodeIn(deps, of)).nodeId];
  const { look, shown } = await lookAgain(
    deps,
    courseTalk(deps, run),
    { name, first, nodeIds, more: false },
    view.shown,
  );
  view.shown = shown;
  return deps.workflow.step(`what ${name} showed`, async () => {
    const node = await nodeIn(deps, of);
    const seen = (await seenIn(deps, look)).find((each) => each.node.id === node.nodeId);
    return judge({
      node,
      ...(seen === undefined ? {} : { seen }),
      ...(seen?.record === undefined ? {} : { record: seen.record }),
    });
  });
};

/** A machine as it was last told of, with what a look showed. */
const looked = ({ node, seen }: Looked, outcome: NodeOutcome | undefined): NodeOutcome => {
  const { nodeId, siteId, name } = node;
  return withSecondLook(outcome ?? { nodeId, siteId, name, result: 'done' }, node, seen);
};

/** The outcome of the newest step that had one. */
export const newestOutcome = ({ steps }: Pick<CourseRun, 'steps'>): NodeOutcome | undefined =>
  steps.findLast(({ outcome }) => outcome !== undefined)?.outcome;

/** Whether Windows is activated now. Where the machine does not answer, what its document said stands. */
export const verifyActivated = (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> =>
  lookAtMachine<StepEnd>(deps, run, labelOf(at), async (seen) => {
    const outcome = looked(seen, newestOutcome(run));
    return { kind: outcome.activated === false ? 'failed' : 'done', outcome };
  });

/**
 * Whether a retired host is none any more. That the host it asks now has not counted enough clients yet is told, and no
 * failure of the retirement: its clients are only on their way there.
 */
export const verifyRetired = (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> =>
  lookAtMachine<StepEnd>(deps, run, labelOf(at), async (seen) => {
    const { record } = seen;
    const outcome = looked(seen, newestOutcome(run));
    if (record?.service.read !== true) return { kind: 'failed', outcome, facts: { answer: 'none' } };
    await keepSeen(deps, seen);
    if (record.service.value.isKmsHost) return { kind: 'failed', outcome, facts: { why: 'still-host' } };
    return { kind: 'done', outcome, ...(outcome.activated === false ? { facts: { why: 'not-activated' } } : {}) };
  });

const keepSeen = async (deps: ChangeDeps, { seen, record }: Looked): Promise<void> => {
  if (seen !== undefined && record !== undefined) await keepHost(deps, seen.result, deps.clock());
};

/** Whether the host answers on its port, and how many clients it has counted. `again` tells a further look from the first. */
export const verifyHost = (deps: ChangeDeps, run: CourseRun, at: At, again = ''): Promise<StepEnd> =>
  lookAtMachine<StepEnd>(deps, run, `${labelOf(at)}${again}`, async (seen) => {
    const role = seen.record?.hostRole.read === true ? seen.record.hostRole.value : undefined;
    const outcome = looked(seen, undefined);
    await keepSeen(deps, seen);
    if (role === undefined) return { kind: 'failed', outcome, facts: { answer: 'none' } };
    const { listening, listeningPort, count = 0, requiredCount } = role;
    const answers = listening.tcp === 'ok' && listening.bind === 'ok';
    const facts = { port: String(listeningPort), count: String(count), needed: String(requiredCount) };
    if (answers && at.step === 'verify' && seen.record !== undefined && isShutByItsNetwork(seen.record)) {
      return { kind: 'failed', outcome, facts: { ...facts, why: 'public-network' } };
    }
    return { kind: answers ? 'done' : 'failed', outcome, facts };
  });
