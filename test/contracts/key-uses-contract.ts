/** What every count of activations keeps, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyUse } from '../../bot/domain/keys/stored-key.ts';
import type { KeyUses } from '../../bot/ports.ts';

export interface KeyUsesUnderTest {
  readonly keyUses: KeyUses;
  close(): Promise<void>;
}

const use = (changeId: string, nodeId: string, atMs = 1_794_000_000_000): KeyUse['activations'][number] => ({
  changeId,
  nodeId,
  atMs,
});

const inOrder = ({ activations }: KeyUse): readonly string[] =>
  activations.map(({ changeId, nodeId }) => `${changeId} ${nodeId}`).sort();

export const keyUsesContract = (kind: string, start: () => Promise<KeyUsesUnderTest>): void => {
  describe(`uses of stored keys ${kind}`, () => {
    let at: KeyUsesUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    it('are none where nothing was counted', async () => {
      expect(await at.keyUses.readKeyUse('tokyo', 'unused')).toEqual({ activations: [] });
    });

    it('are counted once for each change and machine, however often they are told', async () => {
      await at.keyUses.countActivation('tokyo', 'host-key', use('c1', 'i-1'));
      await at.keyUses.countActivation('tokyo', 'host-key', use('c1', 'i-1', 1_794_000_009_000));
      await at.keyUses.countActivation('tokyo', 'host-key', use('c1', 'i-2'));
      await at.keyUses.countActivation('tokyo', 'host-key', use('c2', 'i-1'));

      expect(inOrder(await at.keyUses.readKeyUse('tokyo', 'host-key'))).toEqual(['c1 i-1', 'c1 i-2', 'c2 i-1']);
    });

    it('keep when the first telling was', async () => {
      await at.keyUses.countActivation('tokyo', 'told-twice', use('c1', 'i-1', 1_794_000_000_000));
      await at.keyUses.countActivation('tokyo', 'told-twice', use('c1', 'i-1', 1_794_000_009_000));

      expect(await at.keyUses.readKeyUse('tokyo', 'told-twice')).toEqual({
        activations: [use('c1', 'i-1', 1_794_000_000_000)],
      });
    });

    it('are apart by key, though one name begins with the other, and by site', async () => {
      await at.keyUses.countActivation('tokyo', 'mak', use('c1', 'i-1'));
      await at.keyUses.countActivation('tokyo', 'mak-2', use('c1', 'i-2'));
      await at.keyUses.countActivation('frankfurt', 'mak', use('c1', 'i-3'));

      expect(inOrder(await at.keyUses.readKeyUse('tokyo', 'mak'))).toEqual(['c1 i-1']);
      expect(inOrder(await at.keyUses.readKeyUse('tokyo', 'mak-2'))).toEqual(['c1 i-2']);
      expect(inOrder(await at.keyUses.readKeyUse('frankfurt', 'mak'))).toEqual(['c1 i-3']);
    });

    it('are all there where they are many', async () => {
      const many = Array.from({ length: 120 }, (_, n) => use('c3', `i-${n}`));
      for (const each of many) await at.keyUses.countActivation('tokyo', 'much-used', each);

      expect((await at.keyUses.readKeyUse('tokyo', 'much-used')).activations).toHaveLength(120);
    });
  });
};
