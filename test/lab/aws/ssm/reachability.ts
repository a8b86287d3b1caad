/** Waiting for nodes to come back: one watch looks after every node that a command cannot reach. */
import type { LabClock } from '../../clock.ts';
import type { World } from '../../world/types.ts';
import { isOnline } from './managed-nodes.ts';
import type { Ticks } from './ticks.ts';

/** How often the service tries again. AWS does not publish it. */
const RETRY_MS = 5000;

/** Whether nodes can be reached, now or later. */
export interface Reachability {
  isReachable(nodeId: string): boolean;
  /** Calls `whenReachable` once the node is online, or `whenLate` once `deadlineMs` has passed; one of them, once. */
  waitFor(
    nodeId: string,
    deadlineMs: number,
    then: { readonly whenReachable: () => void; readonly whenLate: () => void },
  ): void;
}

interface Waiting {
  readonly nodeId: string;
  readonly deadlineMs: number;
  readonly whenReachable: () => void;
  readonly whenLate: () => void;
}

/** Watches the world's nodes while somebody waits, and sets no timer while nobody does. */
export function createReachability(clock: LabClock, world: World, ticks: Ticks): Reachability {
  let waiting: Waiting[] = [];
  const isReachable = (nodeId: string): boolean => {
    const node = world.node(nodeId);
    return node !== undefined && isOnline(node);
  };
  const look = (): void => {
    const now = clock.now();
    const looked = waiting;
    waiting = [];
    for (const one of looked) {
      if (now >= one.deadlineMs) one.whenLate();
      else if (isReachable(one.nodeId)) one.whenReachable();
      else waiting.push(one);
    }
    if (waiting.length > 0) ticks.at(now + RETRY_MS, look);
  };
  return {
    isReachable,
    waitFor: (nodeId, deadlineMs, then) => {
      waiting.push({ nodeId, deadlineMs, ...then });
      if (waiting.length === 1) ticks.at(clock.now() + RETRY_MS, look);
    },
  };
}
