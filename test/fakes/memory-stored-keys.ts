import type { StoredKeyLookup } from '../../bot/domain/keys/stored-key.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import type { StoredKeys } from '../../bot/ports.ts';

export interface MemoryStoredKeys extends StoredKeys {
  /** Looking this name up gives that from now on. */
  put(siteId: string, name: string, lookup: StoredKeyLookup): void;
  /** Looks so far, as `site name`. */
  readonly looks: string[];
  /** Thrown by the next look-ups, in order. */
  readonly troubles: Error[];
}

const MOST_KNOWN = 20;

/** Stored keys in memory, without any value: nobody here could tell one. */
export const memoryStoredKeys = (): MemoryStoredKeys => {
  const kept = new Map<string, Map<string, StoredKeyLookup>>();
  const at = (siteId: string): Map<string, StoredKeyLookup> => {
    const keys = kept.get(siteId) ?? new Map<string, StoredKeyLookup>();
    kept.set(siteId, keys);
    return keys;
  };
  const looks: string[] = [];
  const troubles: Error[] = [];
  return {
    looks,
    troubles,
    put: (siteId, name, lookup) => {
      const isThere = lookup.kind !== 'not-found' && at(siteId).has(name);
      at(siteId).set(name, isThere ? { kind: 'ambiguous' } : lookup);
    },
    find: async ({ id }: Site, name: string) => {
      looks.push(`${id} ${name}`);
      const trouble = troubles.shift();
      if (trouble !== undefined) throw trouble;
      return at(id).get(name) ?? { kind: 'not-found', known: [...at(id).keys()].sort().slice(0, MOST_KNOWN) };
    },
  };
};
