import type { KeyUse } from '../../bot/domain/keys/stored-key.ts';
import type { KeyUses } from '../../bot/ports.ts';

/** Activations of stored keys in memory. */
export const memoryKeyUses = (): KeyUses => {
  const kept = new Map<string, Map<string, KeyUse['activations'][number]>>();
  return {
    readKeyUse: async (siteId, key) => ({ activations: [...(kept.get(`${siteId}/${key}`)?.values() ?? [])] }),
    countActivation: async (siteId, key, use) => {
      const uses = kept.get(`${siteId}/${key}`) ?? new Map<string, KeyUse['activations'][number]>();
      kept.set(`${siteId}/${key}`, uses);
      const once = `${use.changeId}/${use.nodeId}`;
      if (!uses.has(once)) uses.set(once, use);
    },
  };
};
