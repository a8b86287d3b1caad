/** What every source of stored keys keeps, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SecretReference } from '../../bot/domain/change/change-wire.ts';
import type { StoredKey, StoredKeyLookup } from '../../bot/domain/keys/stored-key.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import type { StoredKeys } from '../../bot/ports.ts';

/** A secret or parameter as somebody has put it there; its value is none of the bot's business. */
export interface StoredItem {
  readonly store: SecretReference['store'];
  /** As people type it. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** A parameter that is not encrypted. */
  readonly plain?: true;
  /** What of the key its tags say; absent where they are not as agreed. */
  readonly key?: Pick<StoredKey, 'kind' | 'group' | 'editions' | 'usedBefore'>;
}

/** Stored keys of two sites; `put` works at the first. */
export interface StoredKeysUnderTest {
  readonly storedKeys: StoredKeys;
  readonly site: Site;
  readonly elsewhere: Site;
  put(item: StoredItem): Promise<void>;
  close(): Promise<void>;
}

const HOST: StoredItem = {
  store: 'secrets-manager',
  name: 'contoso-ws2022',
  tags: { kind: 'host', group: '2022' },
  key: { kind: 'host', group: 'Windows Server 2022', editions: 'any', usedBefore: 0 },
};
const MAK: StoredItem = {
  store: 'parameter-store',
  name: 'contoso-mak',
  tags: { kind: 'mak', group: '2019', edition: 'ServerStandard ServerDatacenter', used: '17' },
  key: { kind: 'mak', group: 'Windows Server 2019', editions: ['ServerStandard', 'ServerDatacenter'], usedBefore: 17 },
};
const BARE: StoredItem = { store: 'secrets-manager', name: 'untagged', tags: {} };
const WRONG: StoredItem = { store: 'parameter-store', name: 'wrong', tags: { kind: 'host', group: '1999' } };
const PLAIN: StoredItem = { ...MAK, name: 'plain', plain: true };
const TWICE: StoredItem = { ...HOST, name: 'twice' };

export const storedKeysContract = (kind: string, start: () => Promise<StoredKeysUnderTest>): void => {
  describe(`stored keys ${kind}`, () => {
    let at: StoredKeysUnderTest;
    const find = (name: string): Promise<StoredKeyLookup> => at.storedKeys.find(at.site, name);
    beforeAll(async () => {
      at = await start();
      for (const item of [HOST, MAK, BARE, WRONG, PLAIN, TWICE]) await at.put(item);
      await at.put({ ...TWICE, store: 'parameter-store' });
    });
    afterAll(() => at.close());

    it.each([HOST, MAK])('tells what the tags of $name say, and where a machine finds it', async (item) => {
      const found = await find(item.name);

      expect(found).toMatchObject({
        kind: 'found',
        key: { name: item.name, ...item.key, from: { store: item.store, region: at.site.region } },
      });
      expect(found.kind === 'found' && found.key.from.name).toContain(`kms-bot/keys/${item.name}`);
    });

    it('names the tags that are missing', async () => {
      const found = await find(BARE.name);

      expect(found.kind).toBe('badly-tagged');
      expect(found.kind === 'badly-tagged' && found.tags.map(({ tag }) => tag)).toEqual(
        expect.arrayContaining(['kind', 'group']),
      );
    });

    it('names a tag whose value is none of the agreed ones, with the value', async () => {
      expect(await find(WRONG.name)).toEqual({ kind: 'badly-tagged', tags: [{ tag: 'group', value: '1999' }] });
    });

    it('takes no parameter that is not encrypted', async () => {
      expect(await find(PLAIN.name)).toEqual({ kind: 'not-encrypted' });
    });

    it('does not choose between two stores', async () => {
      expect(await find(TWICE.name)).toEqual({ kind: 'ambiguous' });
    });

    it('knows no name that is only the beginning of one, and names those there are', async () => {
      const found = await find('contoso');

      expect(found.kind).toBe('not-found');
      expect(found.kind === 'not-found' && found.known).toEqual(expect.arrayContaining([HOST.name, MAK.name]));
    });

    it('knows no key of another site', async () => {
      expect(await at.storedKeys.find(at.elsewhere, HOST.name)).toEqual({ kind: 'not-found', known: [] });
    });
  });
};
