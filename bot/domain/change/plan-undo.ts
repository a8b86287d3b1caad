/** The inverse of an earlier change: only where it did something, and only where the machine is still as it left it. */
import { meetsExpectation } from './actions.ts';
import { mayHaveTakenEffect } from './outcome.ts';
import type { LeftNode, NodeOutcome, PlannedNode, ValueChange } from './plan.ts';
import { left, type NodeFacts, planned, stateOf } from './plan-node.ts';

/** What the earlier change planned and did on one machine. */
export interface Earlier {
  readonly node: PlannedNode;
  readonly outcome: NodeOutcome | undefined;
}

/** Plans the way back on one machine. */
export const planUndo = ({ node, outcome }: Earlier, facts: NodeFacts): PlannedNode | LeftNode => {
  if (outcome === undefined || !mayHaveTakenEffect(outcome)) return left(facts, { why: 'not-changed-then' });
  const { inverse } = node;
  if ('none' in inverse) return left(facts, { why: 'no-undo', reason: inverse.none });
  const state = stateOf(facts);
  if ('why' in state) return left(facts, state);
  if (outcome.result === 'no-answer' && meetsExpectation(node.action, state.state))
    return left(facts, { why: 'not-changed-then' });
  if (!meetsExpectation(inverse, state.state)) return left(facts, { why: 'changed-since' });
  return planned(facts, {
    action: inverse,
    inverse: node.action,
    changes: node.changes.map(turned),
    // A client that has its public key back is no client of its host again until it asked it.
    thenActivate: inverse.document === 'KmsBot-InstallClientKey',
  });
};

const turned = ({ what, before, after }: ValueChange): ValueChange => ({ what, before: after, after: before });

/** Whether anything of a change can be taken back. */
export const isUndoable = (nodes: readonly PlannedNode[], outcomes: readonly NodeOutcome[]): boolean => {
  const done = new Set(outcomes.filter(mayHaveTakenEffect).map(({ nodeId }) => nodeId));
  return nodes.some((node) => done.has(node.nodeId) && !('none' in node.inverse));
};
