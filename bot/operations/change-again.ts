/** Looks at the machines of an approved plan again, and plans anew where the world has moved. */
import { stillHolds } from '../domain/change/make-plan.ts';
import { type Again, nextPlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { Gathered } from './change-given.ts';
import { type Look, lookAgain } from './change-look.ts';
import { planFrom, summaryOf } from './change-plan.ts';
import type { Shown } from './message.ts';
import { planInForce } from './plan-in-force.ts';

interface Planned {
  readonly of: ChangeCase;
  readonly first: Look;
  readonly gathered: Gathered;
  readonly meansAll: boolean;
}

export const machinesAgain = async (
  deps: ChangeDeps,
  { of, first, gathered, meansAll }: Planned,
  attempt: number,
  before: Shown,
): Promise<Again> => {
  const nodeIds = async () => (await planInForce(deps, of.id)).nodes.map(({ nodeId }) => nodeId);
  const again = { name: `before-${attempt}`, first, nodeIds, more: true };
  const { look, shown } = await lookAgain(deps, of.talk, again, before);
  const { holds, plan, atMs } = await deps.workflow.step(`compare ${attempt}`, async () => {
    const approved = await planInForce(deps, of.id);
    const now = await planFrom(deps, of, { look, gathered, meansAll });
    const stands = stillHolds(approved, now);
    if (!stands) await deps.changes.writePlan(nextPlan(of, attempt), now);
    return { holds: stands, plan: summaryOf(stands ? approved : now), atMs: deps.clock() };
  });
  return holds ? { kind: 'holds', shown } : { kind: 'moved', plan, atMs, shown };
};
