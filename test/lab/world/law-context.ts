/** What the laws of the world look at. */
import type { NodeIndex } from './node-index.ts';
import type { LabNode, LabWindows, WorldState } from './types.ts';

/** The world as the laws are given it. */
export interface LawContext {
  readonly state: WorldState;
  readonly index: NodeIndex;
  /** 0 ≤ x < 1; decides among host records of equal priority. */
  readonly random: () => number;
  /** False while the past is lived through: clients outside this world then act for themselves. Default true. */
  readonly othersRenew?: boolean;
}

/** A machine whose Windows is up. */
export type WindowsNode = LabNode & { windows: LabWindows };

/** Whether the machine is a Windows that runs now, and is not restarting, whatever its agent does. */
export function runsWindows(node: LabNode | undefined): node is WindowsNode {
  return node?.windows !== undefined && node.instanceState === 'running' && node.windows.backAtMs === undefined;
}

/** Whether the machine is an EC2 instance; hybrid machines are `mi-…`. */
export function isInstance(node: LabNode): boolean {
  return node.id.startsWith('i-');
}
