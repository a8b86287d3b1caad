/** Makes the plan of a change from a look, and keeps it in the ledger; what goes through checkpoints are counts. */
import { type ChangeSpec, isRecordSpec } from '../domain/change/change-spec.ts';
import { makePlan } from '../domain/change/make-plan.ts';
import type { ChangePlan, LeftNode, PlannedNode } from '../domain/change/plan.ts';
import { left, type NodeFacts, planNode } from '../domain/change/plan-node.ts';
import { planUndo } from '../domain/change/plan-undo.ts';
import type { PlanGiven } from '../domain/change/wanted.ts';
import type { RecordPlace } from '../domain/records/record-set.ts';
import type { NodeScope } from '../domain/rights/rights.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Gathered, givenFor } from './change-given.ts';
import { factsOf, type Look, seenIn } from './change-look.ts';
import { earlierOf } from './change-meant.ts';

/** What a plan comes to; goes through checkpoints. */
export interface PlanSummary {
  readonly digest: string;
  readonly machines: number;
  /** Of a record's plan: what is done to its set; absent where machines are changed. */
  readonly edits?: number;
  readonly needsApproval: boolean;
  /** Everybody that was meant is left alone for want of a right. */
  readonly onlyRightsLack: boolean;
  /** The distinct scopes of the machines to be changed. */
  readonly scopes: readonly NodeScope[];
  readonly siteIds: readonly string[];
}

type PlanOne = (facts: NodeFacts) => PlannedNode | LeftNode;

/** How one machine is planned; an undo needs what the earlier change did there. */
const plannerFor = async (deps: ChangeDeps, spec: ChangeSpec, given: PlanGiven): Promise<PlanOne> => {
  if (isRecordSpec(spec)) throw new Error(`${spec.kind} is about no machine`);
  if (spec.kind !== 'undo') return (facts) => planNode(spec, facts, given);
  const earlier = new Map((await earlierOf(deps, spec.change, deps.clock())).map((each) => [each.node.nodeId, each]));
  return (facts) => {
    const one = earlier.get(facts.node.id);
    return one === undefined ? left(facts, { why: 'not-changed-then' }) : planUndo(one, facts);
  };
};

/** What a plan is made of. */
export interface Planning {
  readonly look: Look;
  readonly gathered: Gathered;
  /** The person said `all`. */
  readonly meansAll: boolean;
}

/** The plan that a look gives. Runs inside a step. */
export const planFrom = async (
  deps: ChangeDeps,
  { spec, person, talk }: Pick<ChangeCase, 'spec' | 'person' | 'talk'>,
  { look, gathered, meansAll }: Planning,
): Promise<ChangePlan> => {
  const plan = await plannerFor(deps, spec, await givenFor(deps, { spec, talk }, gathered));
  const seen = await seenIn(deps, look);
  const machines = seen.map((each) => plan(factsOf(each, person, deps.settings.rules)));
  const { approvalAbove } = deps.settings;
  return makePlan(spec, machines, {
    rules: { approvalAbove, meansAll },
    digest: deps.digest,
    nowMs: look.finishedAtMs,
  });
};

/** What of a plan goes through checkpoints. */
export const summaryOf = (plan: ChangePlan): PlanSummary => ({
  digest: plan.digest,
  machines: plan.nodes.length,
  ...(plan.records === undefined ? {} : { edits: plan.records.edits.length }),
  needsApproval: plan.approval !== undefined,
  onlyRightsLack: plan.nodes.length === 0 && plan.left.length > 0 && plan.left.every((n) => n.left.why === 'no-right'),
  scopes: distinct(plan.records === undefined ? plan.nodes.map(({ scope }) => scope) : [zoneScope(plan.records.place)]),
  siteIds: [
    ...new Set(plan.records === undefined ? plan.nodes.map(({ siteId }) => siteId) : [plan.records.place.siteId]),
  ],
});

/** Where the right to change a record is judged. */
export const zoneScope = ({ siteId, zone }: Pick<RecordPlace, 'siteId' | 'zone'>): NodeScope => ({
  siteId,
  zone,
  tags: {},
});

/** Whether there is nothing to do. */
export const hasNothing = ({ machines, edits = 0 }: PlanSummary): boolean => machines === 0 && edits === 0;

const distinct = (scopes: readonly NodeScope[]): readonly NodeScope[] => [
  ...new Map(scopes.map((scope) => [JSON.stringify(scope), scope])).values(),
];
