/** The end of a change: outcomes told, what was not sent named, the audit and the status closed, the undo offered. */
import type { ChangeMessage, ChangeRefusal } from '../domain/change/change-message.ts';
import type { ChangeEnd, ChangeStatus } from '../domain/change/change-status.ts';
import type { CourseProgress } from '../domain/change/course.ts';
import type { DomainProof } from '../domain/change/domain-proof.ts';
import { isDone, notSent } from '../domain/change/outcome.ts';
import type { ChangePlan, NodeOutcome } from '../domain/change/plan.ts';
import { isUndoable } from '../domain/change/plan-undo.ts';
import type { RecordOutcome } from '../domain/records/record-outcome.ts';
import { OperationFailed } from '../errors.ts';
import { type ChangeCase, type ChangeDeps, UNDO_MS } from './change-deps.ts';
import { note, tellStatus } from './change-notes.ts';
import { hasNothing, type PlanSummary } from './change-plan.ts';
import { changeContent } from './change-waves.ts';
import { endMessage, type Shown } from './message.ts';
import type { FailedSite, Resolved } from './resolve-nodes.ts';
import type { OperationOutcome } from './run-operation.ts';

/** How a change ends. */
export interface End {
  readonly end: ChangeEnd;
  readonly refusal?: ChangeRefusal;
  readonly decidedBy?: string;
  readonly unmatched?: Resolved['unmatched'];
  /** How the steps of a course ended. */
  readonly steps?: readonly CourseProgress[];
  /** What clients see of a host that was told where to publish. */
  readonly clients?: readonly DomainProof[];
  readonly shown: Shown;
}

interface Closed {
  readonly plan?: ChangePlan;
  readonly outcomes: readonly NodeOutcome[];
  /** How a record's change ended; absent where none was carried out. */
  readonly record?: RecordOutcome;
  readonly undoUntilMs?: number;
}

/** What stands in the ledger at the end; machines whose turn never came are named. */
const closedFacts = async (
  deps: ChangeDeps,
  { id }: ChangeCase,
  end: Pick<End, 'end'>,
  endedAtMs: number,
): Promise<Closed> => {
  const [plan, known] = await Promise.all([deps.changes.readPlan(id), deps.changes.readOutcomes(id)]);
  if (plan === undefined) return { outcomes: known };
  if (plan.records !== undefined) return closedRecord(deps, id, plan, endedAtMs);
  const isStopped = end.end === 'cancelled' || end.end === 'stopped';
  const seen = new Set(known.map(({ nodeId }) => nodeId));
  const rest = isStopped ? plan.nodes.filter(({ nodeId }) => !seen.has(nodeId)) : [];
  const outcomes = [...known, ...rest.map((node) => notSent(node, end.end))];
  const undoUntilMs = isUndoable(plan.nodes, outcomes) ? { undoUntilMs: endedAtMs + UNDO_MS } : {};
  return { plan, outcomes, ...undoUntilMs };
};

/** The same of a record's change. */
const closedRecord = async (deps: ChangeDeps, id: string, plan: ChangePlan, endedAtMs: number): Promise<Closed> => {
  const record = await deps.changes.readRecordOutcome(id);
  if (record === undefined) return { plan, outcomes: [] };
  const hasUndo = record.result === 'done' && (plan.records?.inverse ?? []).length > 0;
  return { plan, outcomes: [], record, ...(hasUndo ? { undoUntilMs: endedAtMs + UNDO_MS } : {}) };
};

/** Closes a change and tells the person. */
export const endChange = async (deps: ChangeDeps, of: ChangeCase, end: End): Promise<OperationOutcome> => {
  const endedAtMs = await closeChange(deps, of, end);
  await endMessage(deps, of.talk, end.shown, async () => changeContent(of, await endStage(deps, of, end, endedAtMs)));
  return { ended: 'answered', machines: 0, cause: end.end };
};

/** Closes it for jobs and the audit; the message of a change that is part of another is the other's. Gives when it ended. */
export const closeChange = async (deps: ChangeDeps, of: ChangeCase, end: Omit<End, 'shown'>): Promise<number> => {
  const endedAtMs = await deps.workflow.step('end', async () => deps.clock());
  const counts = await deps.workflow.step('close', () => close(deps, of, end, endedAtMs));
  const detail = end.refusal === undefined ? end.end : `${end.end} ${refusalWord(end.refusal)}`;
  await note(deps, of, 'ended', { detail: counts === '' ? detail : `${detail}: ${counts}` });
  return endedAtMs;
};

const refusalWord = (refusal: ChangeRefusal): string =>
  refusal.kind === 'record' ? refusal.refusal.kind : refusal.kind;

const close = async (deps: ChangeDeps, of: ChangeCase, end: Omit<End, 'shown'>, endedAtMs: number): Promise<string> => {
  const { outcomes, record, undoUntilMs } = await closedFacts(deps, of, end, endedAtMs);
  const done = record === undefined ? outcomes.filter(isDone).length : record.result === 'done' ? 1 : 0;
  const failed = (record === undefined ? outcomes.length : 1) - done;
  await tellStatus(deps, of, {
    phase: 'ended',
    end: end.end,
    done,
    failed,
    ...unlicensedAmong(outcomes),
    ...(end.decidedBy === undefined ? {} : { decidedBy: end.decidedBy }),
    ...(undoUntilMs === undefined ? {} : { undoUntilMs }),
  });
  if (of.spec.kind === 'undo' && done > 0) await markUndone(deps, of.spec.change.toLowerCase(), of.id);
  if (record !== undefined) return record.result === 'done' ? '' : record.result;
  return outcomes.length === 0 ? '' : `done ${done}, not done ${failed}`;
};

/** A change that was made and left a machine without its activation is done, and yet no good end. */
const unlicensedAmong = (outcomes: readonly NodeOutcome[]): Pick<ChangeStatus, 'notActivated'> => {
  const notActivated = outcomes.filter((outcome) => isDone(outcome) && outcome.activated === false).length;
  return notActivated === 0 ? {} : { notActivated };
};

/** What was taken back is not taken back again. */
const markUndone = async (deps: ChangeDeps, change: string, by: string): Promise<void> => {
  const status = await deps.changes.readStatus(change);
  if (status !== undefined) await deps.changes.writeStatus({ ...status, undoneBy: by });
};

const endStage = async (
  deps: ChangeDeps,
  of: ChangeCase,
  end: End,
  endedAtMs: number,
): Promise<ChangeMessage['stage']> => ({
  at: 'ended',
  end: end.end,
  endedAtMs,
  unmatched: end.unmatched ?? [],
  ...(end.refusal === undefined ? {} : { refusal: end.refusal }),
  ...(end.decidedBy === undefined ? {} : { decidedBy: end.decidedBy }),
  ...(end.steps === undefined ? {} : { steps: end.steps }),
  ...(end.clients === undefined ? {} : { clients: end.clients }),
  ...(await closedFacts(deps, of, end, endedAtMs)),
});

interface Found {
  readonly unmatched: Resolved['unmatched'];
  readonly failed: readonly FailedSite[];
  readonly shown: Shown;
}

/** Ends a change whose plan has nothing in it; undefined where there is something to do. */
export const endIfNothing = async (
  deps: ChangeDeps,
  of: ChangeCase,
  plan: PlanSummary,
  { unmatched, failed: [failed], shown }: Found,
): Promise<OperationOutcome | undefined> => {
  if (!hasNothing(plan)) return undefined;
  // Nobody could be asked: that is what has to be told.
  if (failed !== undefined) throw new OperationFailed(failed.failure);
  if (!plan.onlyRightsLack) return endChange(deps, of, { end: 'nothing-to-do', unmatched, shown });
  await note(deps, of, 'denied', { userId: of.person.userId, detail: 'no-right' });
  const refusal = { kind: 'no-right', right: 'operator', why: 'no-rule' } as const;
  return endChange(deps, of, { end: 'refused', refusal, unmatched, shown });
};
