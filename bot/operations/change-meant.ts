/** Whom a change is about: the machines named, or, for an undo, those that the earlier change went to. */
import type { ChangeRefusal } from '../domain/change/change-message.ts';
import { ONE_MACHINE_ONLY } from '../domain/change/change-spec.ts';
import { type ChangeStatus, isAbandoned } from '../domain/change/change-status.ts';
import { mayHaveTakenEffect } from '../domain/change/outcome.ts';
import type { NodeOutcome, PlannedNode } from '../domain/change/plan.ts';
import { type Earlier, isUndoable } from '../domain/change/plan-undo.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import type { ChangeRequest } from '../ports.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { Shown } from './message.ts';
import { isLookedAtAfresh, type Resolved, resolveNodes } from './resolve-nodes.ts';

/** The machines meant, or why there are none. */
export type Meant =
  | { readonly kind: 'meant'; readonly resolved: Resolved }
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal; readonly resolved?: Resolved; readonly shown: Shown };

/** Finds out who is meant, and refuses what is too much or not one. */
export const whoIsMeant = async (
  deps: ChangeDeps,
  of: ChangeCase,
  selection: NodeSelection,
  shown: Shown,
): Promise<Meant> => {
  const freshMs = isLookedAtAfresh(selection) ? undefined : 0;
  const resolved = await resolveNodes(deps, of.talk, selection, shown, freshMs);
  const machines = resolved.rosters.reduce((sum, roster) => sum + roster.meant, 0);
  const refuse = (refusal: ChangeRefusal): Meant => ({ kind: 'refused', refusal, resolved, shown: resolved.shown });
  if (ONE_MACHINE_ONLY.includes(of.spec.kind) && machines > 1) return refuse({ kind: 'not-one', machines });
  const { maxNodes } = deps.settings;
  if (machines > maxNodes) return refuse({ kind: 'too-many', machines, limit: maxNodes });
  return { kind: 'meant', resolved };
};

/** The selection of an undo, or why there is nothing to undo. */
export type Undoable =
  | { readonly kind: 'undo'; readonly selection: NodeSelection }
  /** The earlier change was of a record. */
  | { readonly kind: 'undo-record'; readonly change: string }
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal };

/** Looks an earlier change up. */
export const whatToUndo = async (deps: ChangeDeps, change: string): Promise<Undoable> => {
  const id = change.toLowerCase();
  const status = await deps.changes.readStatus(id);
  const refused = (refusal: ChangeRefusal): Undoable => ({ kind: 'refused', refusal });
  if (status === undefined) return refused({ kind: 'no-such-change', word: change });
  const { records } = (await deps.changes.readPlan(id)) ?? {};
  const maybe = isAbandoned(status, deps.clock()) || (records !== undefined && isOpenEnded(status));
  const why = maybe ? undefined : whyNotUndoable(status, deps.clock());
  if (why !== undefined) return refused({ kind: 'not-undoable', change: id, why });
  if (records !== undefined) {
    const hasUndo = records.inverse.length > 0;
    return hasUndo
      ? { kind: 'undo-record', change: id }
      : refused({ kind: 'not-undoable', change: id, why: 'no-undo' });
  }
  const earlier = await earlierOf(deps, id, deps.clock());
  const outcomes = earlier.flatMap(({ outcome }) => outcome ?? []);
  const nodes = earlier.map(({ node }) => node);
  if (!isUndoable(nodes, outcomes)) return refused({ kind: 'not-undoable', change: id, why: 'no-undo' });
  const done = new Set(outcomes.filter(mayHaveTakenEffect).map(({ nodeId }) => nodeId));
  const selectors = nodes
    .filter(({ nodeId }) => done.has(nodeId))
    .map(({ nodeId }) => ({ kind: 'id', id: nodeId }) as const);
  return { kind: 'undo', selection: { selectors } };
};

/** It stopped where nobody knows whether the record was written: the set itself tells what there is to take back. */
const isOpenEnded = ({ end, undoneBy }: ChangeStatus): boolean => end === 'error' && undoneBy === undefined;

const whyNotUndoable = (
  status: ChangeStatus,
  nowMs: number,
): Extract<ChangeRefusal, { kind: 'not-undoable' }>['why'] | undefined => {
  if (status.phase !== 'ended') return 'running';
  if (status.undoneBy !== undefined) return 'undone';
  if (status.undoUntilMs === undefined) return 'no-undo';
  return status.undoUntilMs < nowMs ? 'too-old' : undefined;
};

/**
 * What the earlier change planned and did, machine by machine. One that was abandoned may have done anything it planned:
 * the undo looks at each machine.
 */
export const earlierOf = async (deps: ChangeDeps, change: string, nowMs: number): Promise<readonly Earlier[]> => {
  const id = change.toLowerCase();
  const [plan, outcomes, status] = await Promise.all([
    deps.changes.readPlan(id),
    deps.changes.readOutcomes(id),
    deps.changes.readStatus(id),
  ]);
  const byNode = new Map(outcomes.map((outcome) => [outcome.nodeId, outcome]));
  const abandoned = status !== undefined && isAbandoned(status, nowMs);
  return (plan?.nodes ?? []).map((node) => ({ node, outcome: byNode.get(node.nodeId) ?? unheard(node, abandoned) }));
};

const unheard = ({ nodeId, siteId, name }: PlannedNode, abandoned: boolean): NodeOutcome | undefined =>
  abandoned ? { nodeId, siteId, name, result: 'no-answer' } : undefined;

/** Whether the person said `all`. */
export const meansAll = ({ selection }: Pick<ChangeRequest, 'selection'>): boolean =>
  selection.selectors.some(({ kind }) => kind === 'all');
