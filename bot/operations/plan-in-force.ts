/** The plan of a change as it lies in the ledger: read where it is needed, since no checkpoint holds it. */
import type { ChangePlan } from '../domain/change/plan.ts';
import type { RecordPlan } from '../domain/records/record-plan.ts';
import type { ChangeDeps } from './change-deps.ts';

/** Reads the plan that is in force; there is one from planning on. */
export const planInForce = async (deps: Pick<ChangeDeps, 'changes'>, id: string): Promise<ChangePlan> => {
  const plan = await deps.changes.readPlan(id);
  if (plan === undefined) throw new Error(`The plan of ${id} is gone`);
  return plan;
};

/** The same of a record's change. */
export const recordInForce = async (deps: Pick<ChangeDeps, 'changes'>, id: string): Promise<RecordPlan> => {
  const { records } = await planInForce(deps, id);
  if (records === undefined) throw new Error(`The plan of ${id} is not about a record`);
  return records;
};
