/** Has the machine of a course do one step: one command, its answer kept under the step's name, and the audit of both. */
import { operationOf } from '../domain/change/change-id.ts';
import type { ChangeRecord } from '../domain/change/change-record.ts';
import { isDone, notSent, outcomeOf } from '../domain/change/outcome.ts';
import type { NodeAction, NodeOutcome } from '../domain/change/plan.ts';
import { deliver } from './change-batch.ts';
import type { ChangeDeps } from './change-deps.ts';
import { noteMachines } from './change-notes.ts';
import { batches } from './change-waves.ts';
import { type At, type CourseRun, labelOf, nodeIn, plannedStep, type StepEnd, showCourse } from './course-run.ts';

/** One command to the machine. */
interface Sending {
  /** Tells it from the course's other commands: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Reads what the machine is told; the same each time. */
  readonly action: () => Promise<NodeAction>;
  /** Keeps what the outcome has no room for. Runs inside a look, and may run twice. */
  readonly keep?: (record: ChangeRecord) => Promise<void>;
}

/** How the machine ended, and the command. */
export interface Sent {
  readonly outcome: NodeOutcome;
  readonly commandId?: string;
}

const SILENT = { kind: 'none', detail: 'no-answer' } as const;

/** Sends one command and waits for its answer. The intent stands in the audit before it, the outcome after it. */
export const sendToMachine = async (deps: ChangeDeps, run: CourseRun, sending: Sending): Promise<Sent> => {
  const { of } = run;
  const { name } = sending;
  await noteMachines(deps, of, 'sent', async () => [await nodeIn(deps, of)], { key: name });
  const [sent] = await deliver(deps, {
    name,
    sinceMs: of.talk.startedAtMs,
    batches: async () =>
      batches([{ ...(await nodeIn(deps, of)), action: await sending.action() }], operationOf(of.id, name)),
    keep: async (_, part, answers) => {
      const node = await nodeIn(deps, of);
      const answer = answers.get(node.nodeId) ?? SILENT;
      if (answer.kind === 'record') await sending.keep?.(answer.record);
      await deps.changes.writeOutcomes(outcomesOf(run, name), part, [outcomeOf(node, answer)]);
    },
    show: (_, waitingSeconds) => showCourse(deps, run, waitingSeconds),
  });
  const outcome = await deps.workflow.step(`outcome of ${name}`, () => outcomeIn(deps, run, name));
  await noteMachines(deps, of, 'result', async () => [outcome], { key: name });
  return { outcome, ...(sent?.commandId === undefined ? {} : { commandId: sent.commandId }) };
};

/** Where the outcome of one command is kept. */
const outcomesOf = ({ of }: CourseRun, name: string): string => `${of.id}.${name}`;

const outcomeIn = async (deps: ChangeDeps, run: CourseRun, name: string): Promise<NodeOutcome> => {
  const [outcome] = await deps.changes.readOutcomes(outcomesOf(run, name));
  return outcome ?? notSent(await nodeIn(deps, run.of), 'not-sent');
};

/** A step whose document does all of it. */
export const deliverStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const action = async () => actionOf(deps, run, at);
  const { outcome } = await sendToMachine(deps, run, { name: labelOf(at), action });
  return endOf(outcome);
};

/** What the plan has the machine do in this step. */
export const actionOf = async (deps: ChangeDeps, { of }: CourseRun, at: At): Promise<NodeAction> => {
  const { planned } = await plannedStep(deps, of, at);
  if (planned.action === undefined) throw new Error(`Nothing is sent for ${labelOf(at)} of ${of.id}`);
  return planned.action;
};

/** A step is as its document said. */
export const endOf = (outcome: NodeOutcome): StepEnd =>
  isDone(outcome) ? { kind: outcome.result === 'same' ? 'same' : 'done', outcome } : { kind: 'failed', outcome };
