/**
 * A change, from what a person asked to its end: looked at, planned machine by machine, approved by a second person
 * where that is needed, applied in waves, looked at again, and remembered so that it can be undone.
 *
 * The program is replayed from its checkpoints after every wait. Plans and outcomes live in the ledger; what passes
 * through checkpoints is counts and digests.
 */
import { changeIdOf } from '../domain/change/change-id.ts';
import { isCourse, isRecordSpec } from '../domain/change/change-spec.ts';
import { notOurs } from '../domain/not-ours.ts';
import type { ChangeRequest } from '../ports.ts';
import { machinesAgain } from './change-again.ts';
import { askForApproval, endWithout, notePlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type End, endChange, endIfNothing } from './change-end.ts';
import { type Gathered, gatherGiven } from './change-given.ts';
import { type Look, lookAtRosters } from './change-look.ts';
import { meansAll, whatToUndo, whoIsMeant } from './change-meant.ts';
import { note, tellStatus } from './change-notes.ts';
import { type PlanSummary, planFrom, summaryOf } from './change-plan.ts';
import { refusedBeforehand, refusedSince } from './change-rights.ts';
import { applyInWaves } from './change-steps.ts';
import { applyCourse } from './course.ts';
import { lookProgress } from './look-progress.ts';
import { justShown, type Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { changeRecord } from './record-change.ts';
import type { Resolved } from './resolve-nodes.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';
import { keysAreOff, lookKeysUp, unusableKey } from './stored-key-sites.ts';

/** Runs a change to its end. */
export const change = (deps: ChangeDeps, request: ChangeRequest): Promise<OperationOutcome> => {
  const id = changeIdOf(deps.operationId, deps.digest);
  return runOperation(deps, request, {
    progress: (progress, startedAtMs) => ({
      kind: 'change',
      asked: request.asked,
      change: {
        id,
        spec: request.spec,
        requesterId: request.place.userId,
        startedAtMs,
        stage: { at: 'looking', progress: lookProgress(progress, startedAtMs) },
      },
    }),
    act: (talk) => begin(deps, talk, request, id),
    change: { id, spec: request.spec },
  });
};

/** Whatever goes wrong, the change does not stay open for jobs, and the audit has its end. */
const begin = async (deps: ChangeDeps, talk: Talk, request: ChangeRequest, id: string): Promise<OperationOutcome> => {
  const { userId } = talk.place;
  const person = await deps.workflow.step('who asks', () => deps.people.find(userId));
  const of: ChangeCase = { id, spec: request.spec, talk, person };
  await note(deps, of, 'requested', { userId });
  await deps.workflow.step('open change', async () => {
    await tellStatus(deps, of, { phase: 'looking' });
    return null;
  });
  try {
    return await carryOut(deps, of, request);
  } catch (error) {
    await deps.workflow.step('close change', async () => {
      await tellStatus(deps, of, { phase: 'ended', end: 'error' });
      return null;
    });
    await note(deps, of, 'ended', { detail: 'error' });
    throw error;
  }
};

const carryOut = async (deps: ChangeDeps, of: ChangeCase, request: ChangeRequest): Promise<OperationOutcome> => {
  const shown = justShown(of.talk.startedAtMs);
  const refusal = await deps.workflow.step('check rights', async () => (await refusedBeforehand(deps, of)) ?? null);
  if (refusal !== null) return endChange(deps, of, { end: 'refused', refusal, shown });
  if (keysAreOff(deps, of.spec)) return endChange(deps, of, { end: 'refused', refusal: { kind: 'keys-off' }, shown });
  const stranger = strangerIn(deps, of.spec);
  if (stranger !== undefined) return endChange(deps, of, { end: 'refused', refusal: stranger, shown });
  if (isRecordSpec(of.spec)) return changeRecord(deps, of, { kind: 'asked', spec: of.spec }, shown);
  const selection = await selectionOf(deps, of, request);
  if ('undoes' in selection) return changeRecord(deps, of, { kind: 'undo', change: selection.undoes }, shown);
  if ('refusal' in selection) return endChange(deps, of, { end: 'refused', refusal: selection.refusal, shown });
  const meant = await whoIsMeant(deps, of, selection, shown);
  if (meant.kind === 'refused') {
    const { refusal: why, resolved } = meant;
    return endChange(deps, of, {
      end: 'refused',
      refusal: why,
      unmatched: resolved?.unmatched ?? [],
      shown: meant.shown,
    });
  }
  return lookAndPlan(deps, of, request, meant.resolved);
};

/** A host that cannot be one of ours: an address on the internet, or the machine itself. */
const strangerIn = ({ knownHosts }: ChangeDeps, spec: ChangeCase['spec']): End['refusal'] => {
  const host = spec.kind === 'point' ? spec.to.host : spec.kind === 'test' ? spec.host.host : undefined;
  const why = host === undefined ? undefined : notOurs({ host, addresses: [] }, knownHosts);
  return host === undefined || why === undefined ? undefined : { kind: 'not-ours', host, why };
};

/** Machines as they were named; of an undo those that the earlier change went to, or the change of a record. */
const selectionOf = async (deps: ChangeDeps, { spec }: ChangeCase, request: ChangeRequest) => {
  if (spec.kind !== 'undo') return request.selection;
  const undo = await deps.workflow.step('what to undo', () => whatToUndo(deps, spec.change));
  if (undo.kind === 'undo-record') return { undoes: undo.change };
  return undo.kind === 'undo' ? undo.selection : { refusal: undo.refusal };
};

const lookAndPlan = async (
  deps: ChangeDeps,
  of: ChangeCase,
  request: ChangeRequest,
  resolved: Resolved,
): Promise<OperationOutcome> => {
  const keys = await lookKeysUp(deps, of, resolved.rosters);
  const unusable = unusableKey(of.spec, keys);
  if (unusable !== undefined) {
    const { unmatched, shown } = resolved;
    return endChange(deps, of, { end: 'refused', refusal: unusable, unmatched, shown });
  }
  const { look, shown: looked } = await lookAtRosters(deps, of.talk, resolved.rosters, resolved.shown);
  const { gathered, shown } = await gatherGiven(deps, of, { look, keys }, looked);
  const all = meansAll(request);
  const plan = await deps.workflow.step('plan', async () => {
    const made = await planFrom(deps, of, { look, gathered, meansAll: all });
    await deps.changes.writePlan(of.id, made);
    const summary = summaryOf(made);
    await tellStatus(deps, of, { machines: summary.machines, siteIds: summary.siteIds });
    return summary;
  });
  await notePlan(deps, of, plan, '1');
  const ended = await endIfNothing(deps, of, plan, {
    unmatched: resolved.unmatched,
    failed: [...resolved.failed, ...look.failed],
    shown,
  });
  if (ended !== undefined) return ended;
  return allowAndApply(deps, of, { first: look, gathered, meansAll: all, unmatched: resolved.unmatched }, plan, shown);
};

interface Ready {
  readonly first: Look;
  readonly gathered: Gathered;
  readonly meansAll: boolean;
  readonly unmatched: Resolved['unmatched'];
}

const allowAndApply = async (
  deps: ChangeDeps,
  of: ChangeCase,
  ready: Ready,
  plan: PlanSummary,
  shown: Shown,
): Promise<OperationOutcome> => {
  const { first, gathered, unmatched } = ready;
  const apply = (now: PlanSummary, before: Shown, decidedBy?: string) => {
    const by = decidedBy === undefined ? {} : { decidedBy };
    const applying = { first, plan: now, gathered, unmatched, ...by };
    return isCourse(of.spec) ? applyCourse(deps, of, applying, before) : applyInWaves(deps, of, applying, before);
  };
  if (!plan.needsApproval) return apply(plan, shown);
  const again = (attempt: number, before: Shown) => machinesAgain(deps, { of, ...ready }, attempt, before);
  const approval = await askForApproval(deps, { of, unmatched, again }, plan, shown);
  if (approval.kind === 'approved') {
    const refusal = await deps.workflow.step('check rights again', () => refusedSince(deps, of));
    if (refusal !== null) return endChange(deps, of, { end: 'refused', refusal, unmatched, shown: approval.shown });
    return apply(approval.plan, approval.shown, approval.by);
  }
  return endChange(deps, of, { ...endWithout(approval), unmatched, shown: approval.shown });
};
