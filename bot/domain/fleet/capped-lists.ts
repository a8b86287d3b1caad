/** Lists of a summary: put together by keys, in an order that is the same everywhere. */
import { MOST_NAMES, type NamedMachine } from './fleet-summary.ts';

/** Entries of both lists, those of one key made one. */
export function merged<T>(
  one: readonly T[],
  other: readonly T[],
  keyOf: (entry: T) => string,
  both: (a: T, b: T) => T,
): readonly T[] {
  const entries = new Map(one.map((entry) => [keyOf(entry), entry]));
  for (const entry of other) {
    const key = keyOf(entry);
    const known = entries.get(key);
    entries.set(key, known === undefined ? entry : both(known, entry));
  }
  return [...entries.values()];
}

/** One entry for the machines of both. */
export const addMachines = <T extends { readonly machines: number }>(a: T, b: T): T => ({
  ...a,
  machines: a.machines + b.machines,
});

/** The machines that are named of many: the first by name. */
export const firstByName = (machines: readonly NamedMachine[]): readonly NamedMachine[] =>
  inOrder(machines, nameKey).slice(0, MOST_NAMES);

/** What machines are in order by. */
export const nameKey = ({ name, nodeId }: NamedMachine): string => `${name.toLowerCase()} ${nodeId}`;

/** By code points, so that the order is the same everywhere. */
export function inOrder<T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] {
  const keyed = entries.map((entry) => [keyOf(entry), entry] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry);
}

/** The largest first; among equals by key. */
export const mostFirst = <T>(
  entries: readonly T[],
  size: (entry: T) => number,
  keyOf: (entry: T) => string,
): readonly T[] => [...inOrder(entries, keyOf)].sort((a, b) => size(b) - size(a));
