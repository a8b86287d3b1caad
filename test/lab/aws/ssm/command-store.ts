/** Commands of each account and region, newest first on the way out. */
import { type Place, placeKey } from '../place.ts';
import type { Command } from './command.ts';

/** Every command sent so far. */
export interface CommandStore {
  add(place: Place, command: Command): void;
  find(place: Place, id: string): Command | undefined;
  /** Newest first, from the one whose sequence is below `before`. */
  newestFirst(place: Place, before?: number): Iterable<Command>;
  /** Of every place. */
  all(): readonly Command[];
}

/** Kept for as long as the lab runs. */
export function createCommandStore(): CommandStore {
  const byPlace = new Map<string, Map<string, Command>>();
  const at = (place: Place): Map<string, Command> => byPlace.get(placeKey(place)) ?? new Map();
  return {
    add: (place, command) => {
      byPlace.set(placeKey(place), at(place).set(command.id, command));
    },
    find: (place, id) => at(place).get(id),
    newestFirst: (place, before = Number.POSITIVE_INFINITY) =>
      [...at(place).values()].reverse().filter(({ sequence }) => sequence < before),
    all: () => [...byPlace.values()].flatMap((commands) => [...commands.values()]),
  };
}
