import type { Site } from '../../bot/domain/nodes.ts';
import type { Confirmations } from '../../bot/ports.ts';

export interface MemoryConfirmations extends Confirmations {
  /** Puts digits into the bot's own site, as whoever takes them from a person does; one that is there stays. */
  put(name: string, digits: string): void;
  /** What a machine of the site gets; undefined where there is nothing. */
  fetch(siteId: string, name: string): string | undefined;
  /** Names that are there, at any site. */
  names(): readonly string[];
}

/** Confirmation IDs that wait, in memory; `own` is the site of the bot itself. */
export const memoryConfirmations = (own: string): MemoryConfirmations => {
  const kept = new Map<string, string>();
  const keyOf = (siteId: string, name: string): string => `${siteId} ${name}`;
  return {
    put: (name, digits) => {
      if (!kept.has(keyOf(own, name))) kept.set(keyOf(own, name), digits);
    },
    fetch: (siteId, name) => kept.get(keyOf(siteId, name)),
    names: () => [...kept.keys()],
    handOver: async ({ id }: Site, name) => {
      const digits = kept.get(keyOf(id, name)) ?? kept.get(keyOf(own, name));
      if (digits === undefined) return 'gone';
      kept.set(keyOf(id, name), digits);
      return 'there';
    },
    remove: async ({ id }, name) => {
      kept.delete(keyOf(id, name));
      kept.delete(keyOf(own, name));
    },
  };
};
