/** The plan of a change over all its machines: what needs a second person, and the digest that approvals are given for. */
import { canonicalJson, compare, type Digest } from '../digest.ts';
import type { RecordPlan } from '../records/record-plan.ts';
import { ALWAYS_APPROVED, type ChangeSpec } from './change-spec.ts';
import type { ChangeDocument } from './change-wire.ts';
import type { ChangePlan, LeftNode, NeedsApproval, NoUndo, PlannedNode, PlanWarning } from './plan.ts';

export type { Digest } from '../digest.ts';

/** What the deployment and the request say of approvals. */
export interface ApprovalRules {
  /** More machines than this need an approver. */
  readonly approvalAbove: number;
  /** The person said `all`. */
  readonly meansAll: boolean;
}

/** Undoing nothing is no loss: these need no second person. */
const HARMLESS: readonly NoUndo[] = ['activation', 'leaves-nothing'];

const losesSomething = ({ inverse }: PlannedNode): boolean => 'none' in inverse && !HARMLESS.includes(inverse.none);

/** Documents that nobody sends alone, be it to take back what another sent. */
const NEVER_ALONE: readonly ChangeDocument[] = ['KmsBot-InstallStoredKey', 'KmsBot-SetHost'];

const isNeverAlone = ({ action, inverse }: PlannedNode): boolean =>
  NEVER_ALONE.includes(action.document) || ('document' in inverse && NEVER_ALONE.includes(inverse.document));

const needsApproval = (
  { kind }: ChangeSpec,
  nodes: readonly PlannedNode[],
  rules: ApprovalRules,
): NeedsApproval | undefined => {
  if (nodes.length === 0) return undefined;
  if (ALWAYS_APPROVED.includes(kind) || nodes.some(isNeverAlone)) return { why: 'always' };
  if (nodes.some(losesSomething)) return { why: 'no-undo' };
  if (nodes.length > rules.approvalAbove) return { why: 'many', limit: rules.approvalAbove };
  return rules.meansAll ? { why: 'all' } : undefined;
};

const inOrder = <T extends { readonly siteId: string; readonly nodeId: string }>(nodes: readonly T[]): T[] =>
  [...nodes].sort((a, b) => compare(`${a.siteId} ${a.nodeId}`, `${b.siteId} ${b.nodeId}`));

/** What of a machine is approved: what is done there, from which state, what undoes it, and what was warned of. */
const approved = ({ siteId, nodeId, action, thenActivate, inverse, course, warnings }: PlannedNode) => ({
  ...{ siteId, nodeId, action, thenActivate, inverse, course, warnings: warnings?.map(warned) },
});

/** Dates and counts that pass by themselves make no new plan. */
const warned = ({ why }: PlanWarning) => why;

/** Characters of a digest that are kept: 96 bits, and short enough for a button. */
const DIGEST_LENGTH = 24;

/** Over what will be done and the states it was planned from. */
export const planDigest = (spec: ChangeSpec, nodes: readonly PlannedNode[], digest: Digest): string =>
  digest(canonicalJson({ spec, nodes: nodes.map(approved) })).slice(0, DIGEST_LENGTH);

/** Puts planned and left machines together. */
export const makePlan = (
  spec: ChangeSpec,
  machines: readonly (PlannedNode | LeftNode)[],
  given: { readonly rules: ApprovalRules; readonly digest: Digest; readonly nowMs: number },
): ChangePlan => {
  const nodes = inOrder(machines.filter((machine): machine is PlannedNode => 'action' in machine));
  const left = inOrder(machines.filter((machine): machine is LeftNode => 'left' in machine));
  const approval = needsApproval(spec, nodes, given.rules);
  return {
    spec,
    nodes,
    left,
    ...(approval === undefined ? {} : { approval }),
    digest: planDigest(spec, nodes, given.digest),
    madeAtMs: given.nowMs,
  };
};

/** The plan of a record's change: always with a second person, since every client of the domain follows a record. */
export const makeRecordPlan = (
  spec: ChangeSpec,
  records: RecordPlan,
  given: { readonly digest: Digest; readonly nowMs: number },
): ChangePlan => {
  const { place, before, after, edits } = records;
  return {
    spec,
    nodes: [],
    left: [],
    records,
    approval: { why: 'always' },
    digest: given.digest(canonicalJson({ spec, place, before, after, edits })).slice(0, DIGEST_LENGTH),
    madeAtMs: given.nowMs,
  };
};

/** Being out of reach for a moment is no news of what a machine is like; the document looks again before it changes it. */
const UNSEEN: readonly LeftNode['left']['why'][] = ['out-of-reach', 'unreadable'];

/**
 * Whether a plan still holds when its machines are looked at again: every machine is as it was planned from, or could
 * not be seen just now.
 */
export const stillHolds = (plan: ChangePlan, again: ChangePlan): boolean => {
  const planned = new Map(again.nodes.map((node) => [node.nodeId, canonicalJson(approved(node))]));
  const left = new Map(again.left.map((node) => [node.nodeId, node.left.why]));
  return plan.nodes.every((node) => {
    const now = planned.get(node.nodeId);
    if (now !== undefined) return now === canonicalJson(approved(node));
    const why = left.get(node.nodeId);
    return why !== undefined && UNSEEN.includes(why);
  });
};
