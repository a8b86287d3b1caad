/** Steps of a host's set-up and retirement: what each has to do is told by the machine as it stands when its turn comes. */
import { clientStateOf } from '../domain/change/client-state.ts';
import { turnOf } from '../domain/change/course-turn.ts';
import { isDone } from '../domain/change/outcome.ts';
import type { NodeAction, NodeOutcome } from '../domain/change/plan.ts';
import type { ChangeDeps } from './change-deps.ts';
import { deliverStep, endOf, sendToMachine } from './course-deliver.ts';
import { lookAtMachine, verifyHost } from './course-look.ts';
import { type At, type CourseRun, labelOf, plannedStep, type StepEnd } from './course-run.ts';

/** What is to be sent; small, and goes through checkpoints. Empty where the step is done already. */
const actionsAt = (deps: ChangeDeps, run: CourseRun, at: At): Promise<readonly NodeAction[]> =>
  lookAtMachine(deps, run, `${labelOf(at)}-before`, async ({ record }) => {
    const { planned } = await plannedStep(deps, run.of, at);
    const state = record === undefined ? undefined : clientStateOf(record);
    // A machine that could not be looked at is told what was planned: its document looks before it changes anything.
    if (state === undefined) return [planned.action, planned.afterwards].filter((action) => action !== undefined);
    const turn = turnOf(planned, run.tail, state);
    return turn.kind === 'same' ? [] : turn.actions;
  });

/** Does what is left to do of a step. */
export const turnStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const actions = await actionsAt(deps, run, at);
  let outcome: NodeOutcome | undefined;
  for (const [part, action] of actions.entries()) {
    const name = part === 0 ? labelOf(at) : `${labelOf(at)}-${part + 1}`;
    ({ outcome } = await sendToMachine(deps, run, { name, action: async () => action }));
    if (!isDone(outcome)) return endOf(outcome);
  }
  if (at.step !== 'publish') return outcome === undefined ? { kind: 'same' } : endOf(outcome);
  return published(outcome ?? listened(run));
};

/** A host that publishes already did so when its service was restarted. */
const listened = ({ steps }: CourseRun): NodeOutcome | undefined => {
  const outcome = steps.find(({ step }) => step === 'listen')?.outcome;
  return outcome === undefined ? undefined : { ...outcome, result: 'same' };
};

const SUCCESS = '00000000';

/** A host that could not write its record in a domain does not publish there, whatever is set. */
const published = (outcome: NodeOutcome | undefined): StepEnd => {
  if (outcome === undefined) return { kind: 'same' };
  const isRefused = (outcome.published ?? []).some(({ code }) => code !== SUCCESS);
  return isRefused ? { kind: 'failed', outcome } : endOf(outcome);
};

/** Looks at a service that has just begun. */
const MOST_LOOKS = 3;
const BETWEEN_LOOKS_SECONDS = 20;

/** Restarts the service, then looks whether it answers. */
export const listenStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const restarted = await deliverStep(deps, run, at);
  if (restarted.kind === 'failed') return restarted;
  let answering = await verifyHost(deps, run, at);
  for (let look = 1; look < MOST_LOOKS && answering.kind === 'failed'; look += 1) {
    await deps.workflow.wait('until the service answers', BETWEEN_LOOKS_SECONDS);
    answering = await verifyHost(deps, run, at, `-${look + 1}`);
  }
  // What the service published when it was restarted is told by its document alone.
  return 'facts' in answering && restarted.kind === 'done' ? { ...answering, ...outcomeIn(restarted) } : answering;
};

const outcomeIn = ({ outcome }: { readonly outcome?: NodeOutcome }) => (outcome === undefined ? {} : { outcome });
