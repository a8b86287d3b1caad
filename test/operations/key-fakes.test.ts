/** The fakes of these tests keep what the real ones are held to. */
import { confirmationsContract } from '../contracts/confirmations-contract.ts';
import { keyUsesContract } from '../contracts/key-uses-contract.ts';
import { type StoredItem, storedKeysContract } from '../contracts/stored-keys-contract.ts';
import { memoryConfirmations } from '../fakes/memory-confirmations.ts';
import { memoryKeyUses } from '../fakes/memory-key-uses.ts';
import { memoryStoredKeys } from '../fakes/memory-stored-keys.ts';
import { FRANKFURT, TOKYO } from './check-setup.ts';

const nothing = async (): Promise<void> => {};

const lookupOf = ({ store, name, tags, plain, key }: StoredItem) => {
  if (plain) return { kind: 'not-encrypted' } as const;
  const from = { store, name: `/kms-bot/keys/${name}`, region: TOKYO.region };
  if (key !== undefined) return { kind: 'found', key: { name, from, ...key } } as const;
  const wrong = tags.group === undefined ? [{ tag: 'kind' }, { tag: 'group' }] : [{ tag: 'group', value: tags.group }];
  return { kind: 'badly-tagged', tags: wrong } as const;
};

storedKeysContract('in memory', async () => {
  const storedKeys = memoryStoredKeys();
  const put = async (item: StoredItem) => storedKeys.put(TOKYO.id, item.name, lookupOf(item));
  return { storedKeys, site: TOKYO, elsewhere: FRANKFURT, put, close: nothing };
});

keyUsesContract('in memory', async () => ({ keyUses: memoryKeyUses(), close: nothing }));

confirmationsContract('in memory', async () => {
  const confirmations = memoryConfirmations(TOKYO.id);
  return {
    confirmations,
    own: TOKYO,
    away: FRANKFURT,
    put: async (name) => confirmations.put(name, '1'.repeat(48)),
    isThere: async ({ id }, name) => confirmations.fetch(id, name) !== undefined,
    close: nothing,
  };
});
