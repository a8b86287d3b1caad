/** A change of a record, from what a person asked to its end: the path of every change, with a set in place of machines. */
import { askForApproval, endWithout, notePlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { endChange, endIfNothing } from './change-end.ts';
import { note } from './change-notes.ts';
import { type PlanSummary, zoneScope } from './change-plan.ts';
import { refusedSince, refusedThere } from './change-rights.ts';
import type { Shown } from './message.ts';
import { applyRecord } from './record-apply.ts';
import { type Placed, placeOf, type RecordWish } from './record-place.ts';
import { planRecord, recordAgain } from './record-planning.ts';
import type { OperationOutcome } from './run-operation.ts';

/** Plans, has it approved, applies and proves. Rights are known to suffice somewhere. */
export const changeRecord = async (
  deps: ChangeDeps,
  of: ChangeCase,
  wish: RecordWish,
  shown: Shown,
): Promise<OperationOutcome> => {
  const placed = await placeOf(deps, wish);
  if (placed.kind === 'refused') return endChange(deps, of, { end: 'refused', refusal: placed.refusal, shown });
  const refusal = refusedThere(deps, of, scopeIn(placed));
  if (refusal !== undefined) {
    await note(deps, of, 'denied', { userId: of.person.userId, detail: refusal.kind });
    return endChange(deps, of, { end: 'refused', refusal, shown });
  }
  const planned = await planRecord(deps, of, wish, placed);
  if (planned.kind === 'refused') {
    const why = { kind: 'record', refusal: planned.refusal } as const;
    return endChange(deps, of, { end: 'refused', refusal: why, shown });
  }
  await notePlan(deps, of, planned.plan, '1');
  const ended = await endIfNothing(deps, of, planned.plan, { unmatched: [], failed: [], shown });
  return ended ?? allowAndApply(deps, of, { wish, placed, plan: planned.plan }, shown);
};

const scopeIn = ({ zone }: Where) => zoneScope({ siteId: zone.siteId, zone: zone.name });

type Where = Extract<Placed, { kind: 'placed' }>;

interface Ready {
  readonly wish: RecordWish;
  readonly placed: Where;
  readonly plan: PlanSummary;
}

const allowAndApply = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { wish, placed, plan }: Ready,
  before: Shown,
): Promise<OperationOutcome> => {
  const again = (attempt: number, shown: Shown) => recordAgain(deps, of, wish, attempt, shown);
  const approval = await askForApproval(deps, { of, unmatched: [], again }, plan, before);
  const { shown } = approval;
  if (approval.kind !== 'approved') return endChange(deps, of, { ...endWithout(approval), shown });
  const refusal = await deps.workflow.step('check rights again', () => refusedSince(deps, of, scopeIn(placed)));
  if (refusal !== null) return endChange(deps, of, { end: 'refused', refusal, shown });
  return applyRecord(deps, of, approval.by, shown);
};
