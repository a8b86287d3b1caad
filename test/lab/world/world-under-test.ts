/** A seeded world with a clock that tests move by hand. */
import { random } from '../random.ts';
import type { WindowsNode } from './law-context.ts';
import { windowsProduct } from './licence-products.ts';
import { seededWorld } from './seeded-world.ts';
import type { LabKmsHostRole, LabProduct, LabZone, WorldState } from './types.ts';
import { createWorld, type LabWorld } from './world.ts';

/** Noon of a day in the lab's present. */
export const NOON = Date.UTC(2026, 10, 22, 12);

/** What tests need of a world. */
export interface WorldUnderTest {
  readonly world: LabWorld;
  advance(ms: number): void;
  now(): number;
  /** The machine of that name, which has to be a Windows one. */
  machine(name: string): WindowsNode;
  product(name: string): LabProduct;
  role(name: string): LabKmsHostRole;
  zone(name: string): LabZone;
  /** HRESULT of an attempt made now. */
  attempt(name: string): string;
}

const seeded = new Map<string, string>();

/** A copy of the seeded state, which is built once a test file. */
function freshState(seed: number, nodes: number | undefined): WorldState {
  const key = `${seed}/${nodes ?? ''}`;
  const json =
    seeded.get(key) ?? JSON.stringify(seededWorld({ seed, nowMs: NOON, ...(nodes === undefined ? {} : { nodes }) }));
  seeded.set(key, json);
  return JSON.parse(json);
}

/** The seeded world at {@link NOON}; every call gives a fresh one. */
export function worldUnderTest(options: { seed?: number; nodes?: number } = {}): WorldUnderTest {
  let now = NOON;
  const seed = options.seed ?? 7;
  const state = freshState(seed, options.nodes);
  const world = createWorld({ state, clock: { now: () => now }, random: random(seed + 1) });
  const machine = (name: string): WindowsNode => {
    const found = state.nodes.find((node) => node.name === name);
    if (found?.windows === undefined) throw new Error(`There is no Windows machine ${name}`);
    return found as WindowsNode;
  };
  return {
    world,
    machine,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    product: (name) => must(windowsProduct(machine(name).windows), `key of ${name}`),
    role: (name) => must(machine(name).windows.kmsHostRole, `host role of ${name}`),
    zone: (name) =>
      must(
        state.zones.find((zone) => zone.name === name),
        name,
      ),
    attempt: (name) => world.attemptActivation(machine(name).id).hresult,
  };
}

/** The value; fails the test where there is none. */
export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what}`);
  return value;
}
