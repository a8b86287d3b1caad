/** A world for one machine's story: with a clock that only the story moves, and cheap to copy. */
import { random } from '../random.ts';
import type { WindowsNode } from '../world/law-context.ts';
import type { WorldState } from '../world/types.ts';
import { createWorld, type LabWorld } from '../world/world.ts';

/** What a ledger kept of a machine: the JSON of its record, and when it was read. */
export interface Remembered {
  readonly json: string;
  readonly atMs: number;
}

/** What a world is opened with. */
export interface WorldOptions {
  /** Owned by the world from here on. */
  readonly state: WorldState;
  readonly nowMs: number;
  readonly seed: number;
  /** Hosts outside Systems Manager that the configuration names. */
  readonly knownHosts?: readonly string[];
  /** Earlier records by node id; empty when absent. */
  readonly ledger?: ReadonlyMap<string, Remembered>;
}

/** A world whose time stands still until it is moved. */
export interface ScenarioWorld extends LabWorld {
  readonly seed: number;
  readonly knownHosts: readonly string[];
  /** What earlier looks at the fleet left behind, by node id. */
  readonly ledger: Map<string, Remembered>;
  /** Moves the clock, and lets every machine do what was due on the way. */
  advance(ms: number): void;
  /** The same world as it stands now, going its own way from here. */
  copy(): ScenarioWorld;
}

/** Opens a world. */
export function openWorld({ state, nowMs, seed, knownHosts = [], ledger = new Map() }: WorldOptions): ScenarioWorld {
  let now = nowMs;
  const world = createWorld({ state, clock: { now: () => now }, random: random(seed + 1) });
  const kept = new Map(ledger);
  return {
    ...world,
    seed,
    knownHosts,
    ledger: kept,
    advance(ms) {
      now += ms;
      world.catchUpAll();
    },
    copy: () => openWorld({ state: structuredClone(state), nowMs: now, seed, knownHosts, ledger: kept }),
  };
}

/** The machine of that id as a Windows one. @throws where there is none. */
export function windowsOf(world: LabWorld, nodeId: string): WindowsNode {
  const node = world.state.nodes.find((known) => known.id === nodeId);
  if (node?.windows === undefined) throw new Error(`There is no Windows machine ${nodeId}`);
  return node as WindowsNode;
}
