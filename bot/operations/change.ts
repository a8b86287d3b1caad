/**
 * A change, from what a person asked to its end: looked at, planned machine by machine, approved by a second person
 * where that is needed, applied in waves, looked at again, and remembered so that it can be undone.
 *
 * The program is replayed from its checkpoints after every wait. Plans and outcomes live in the ledger; what passes
 * through checkpoints is counts and digests.
 */
import { changeIdOf } from '../domain/change/change-id.ts';
import { notOurs } from '../domain/not-ours.ts';
import { mayAnywhere } from '../domain/rights/rights.ts';
import type { ChangeRequest } from '../ports.ts';
import { type Approval, askForApproval, notePlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type End, endChange, endIfNothing } from './change-end.ts';
import { type Look, lookAtRosters } from './change-look.ts';
import { meansAll, whatToUndo, whoIsMeant } from './change-meant.ts';
import { note, tellStatus } from './change-notes.ts';
import { type PlanSummary, planFrom, summaryOf } from './change-plan.ts';
import { applyInWaves } from './change-steps.ts';
import { lookProgress } from './look-progress.ts';
import { justShown, type Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import type { Resolved } from './resolve-nodes.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';

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
    changeId: id,
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

/** Judged once more where the change is made: what the click or command was allowed may be so no longer. */
const refusedBeforehand = async (deps: ChangeDeps, { person, talk }: ChangeCase): Promise<End['refusal']> => {
  const decision = mayAnywhere(deps.settings.rules, person, 'operator');
  if (!decision.allowed) return { kind: 'no-right', right: 'operator', why: decision.why };
  const shared = await deps.people.isShared(talk.place.channelId);
  return shared ? { kind: 'shared-channel' } : undefined;
};

/** Hours may lie between request and approval: who left, or lost the right, changes nothing any more. */
const refusedSince = async (deps: ChangeDeps, of: ChangeCase): Promise<NonNullable<End['refusal']> | null> => {
  const person = await deps.people.find(of.talk.place.userId);
  return (await refusedBeforehand(deps, { ...of, person })) ?? null;
};

const carryOut = async (deps: ChangeDeps, of: ChangeCase, request: ChangeRequest): Promise<OperationOutcome> => {
  const shown = justShown(of.talk.startedAtMs);
  const refusal = await deps.workflow.step('check rights', async () => (await refusedBeforehand(deps, of)) ?? null);
  if (refusal !== null) return endChange(deps, of, { end: 'refused', refusal, shown });
  const stranger = strangerIn(deps, of.spec);
  if (stranger !== undefined) return endChange(deps, of, { end: 'refused', refusal: stranger, shown });
  const selection = await selectionOf(deps, of, request);
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

/** Machines as they were named; of an undo those that the earlier change went to. */
const selectionOf = async (deps: ChangeDeps, { spec }: ChangeCase, request: ChangeRequest) => {
  if (spec.kind !== 'undo') return request.selection;
  const undo = await deps.workflow.step('what to undo', () => whatToUndo(deps, spec.change));
  return undo.kind === 'undo' ? undo.selection : { refusal: undo.refusal };
};

const lookAndPlan = async (
  deps: ChangeDeps,
  of: ChangeCase,
  request: ChangeRequest,
  resolved: Resolved,
): Promise<OperationOutcome> => {
  const { look, shown } = await lookAtRosters(deps, of.talk, resolved.rosters, resolved.shown);
  const plan = await deps.workflow.step('plan', async () => {
    const made = await planFrom(deps, of, look, meansAll(request));
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
  return allowAndApply(
    deps,
    of,
    { first: look, meansAll: meansAll(request), unmatched: resolved.unmatched },
    plan,
    shown,
  );
};

interface Ready {
  readonly first: Look;
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
  const { first, unmatched } = ready;
  if (!plan.needsApproval) return applyInWaves(deps, of, { first, plan, unmatched }, shown);
  const approval = await askForApproval(deps, { of, ...ready }, plan, shown);
  if (approval.kind === 'approved') {
    const refusal = await deps.workflow.step('check rights again', () => refusedSince(deps, of));
    if (refusal !== null) return endChange(deps, of, { end: 'refused', refusal, unmatched, shown: approval.shown });
    return applyInWaves(deps, of, { first, plan: approval.plan, unmatched, decidedBy: approval.by }, approval.shown);
  }
  return endChange(deps, of, { ...withoutApproval(approval), unmatched, shown: approval.shown });
};

const withoutApproval = (approval: Exclude<Approval, { kind: 'approved' }>): Omit<End, 'shown'> => {
  switch (approval.kind) {
    case 'rejected':
    case 'cancelled':
      return { end: approval.kind, decidedBy: approval.by };
    case 'expired':
      return { end: 'expired' };
    case 'nothing-left':
      return { end: 'nothing-to-do' };
    case 'keeps-moving':
      return { end: 'refused', refusal: { kind: 'keeps-moving' } };
  }
};
