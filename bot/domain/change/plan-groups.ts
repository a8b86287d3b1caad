/** Machines of a plan that are told together: those whose values change alike, and those left alone for one reason. */
import type { ChangePlan, LeftAlone, LeftNode, PlannedNode } from './plan.ts';

/** At least one machine. */
export interface PlanGroup {
  readonly example: PlannedNode;
  readonly nodes: readonly PlannedNode[];
}

/** At least one machine. */
export interface LeftGroup {
  readonly left: LeftAlone;
  readonly nodes: readonly [LeftNode, ...LeftNode[]];
}

const byKey = <T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
};

const noUndo = ({ inverse }: PlannedNode): string => ('none' in inverse ? inverse.none : '');

/** Groups of equal values, largest first. */
export const groupPlanned = ({ nodes }: Pick<ChangePlan, 'nodes'>): readonly PlanGroup[] =>
  byKey(nodes, (node) => JSON.stringify([node.changes, node.thenActivate, noUndo(node), node.warnings])).map(
    (group) => ({
      example: group[0],
      nodes: group,
    }),
  );

/** A right is given by a policy of the site. */
const siteThatMatters = ({ left, siteId }: LeftNode): string => (left.why === 'key-unreadable' ? siteId : '');

/** Groups of one reason, largest first. */
export const groupLeft = ({ left }: Pick<ChangePlan, 'left'>): readonly LeftGroup[] =>
  byKey(left, (node) => JSON.stringify([node.left, siteThatMatters(node)])).map((group) => ({
    left: group[0].left,
    nodes: group,
  }));
