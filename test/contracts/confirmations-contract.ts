/** What every keeper of Confirmation IDs that wait for their machine keeps, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import type { Confirmations } from '../../bot/ports.ts';

/** Somebody puts items into the bot's own site; `away` is another one. */
export interface ConfirmationsUnderTest {
  readonly confirmations: Confirmations;
  readonly own: Site;
  readonly away: Site;
  /** Puts made-up digits under this name, as whoever takes them from a person does. */
  put(name: string): Promise<void>;
  /** Whether a machine of the site would find them. */
  isThere(site: Site, name: string): Promise<boolean>;
  close(): Promise<void>;
}

export const confirmationsContract = (kind: string, start: () => Promise<ConfirmationsUnderTest>): void => {
  describe(`confirmations that wait ${kind}`, () => {
    let at: ConfirmationsUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    const both = async (name: string) => [await at.isThere(at.own, name), await at.isThere(at.away, name)];

    it("are where they were put for a machine of the bot's own site", async () => {
      const name = confirmationName('cown', 1);
      await at.put(name);

      expect(await at.confirmations.handOver(at.own, name)).toBe('there');
      expect(await both(name)).toEqual([true, false]);
    });

    it('are brought to the site of a machine elsewhere, and twice does no harm', async () => {
      const name = confirmationName('caway', 1);
      await at.put(name);

      expect(await at.confirmations.handOver(at.away, name)).toBe('there');
      expect(await at.confirmations.handOver(at.away, name)).toBe('there');
      expect(await at.isThere(at.away, name)).toBe(true);
    });

    it('are gone where nobody put them', async () => {
      expect(await at.confirmations.handOver(at.own, confirmationName('cnone', 1))).toBe('gone');
      expect(await at.confirmations.handOver(at.away, confirmationName('cnone', 1))).toBe('gone');
    });

    it('are removed everywhere, and once more does no harm', async () => {
      const name = confirmationName('cremoved', 2);
      await at.put(name);
      await at.confirmations.handOver(at.away, name);

      await at.confirmations.remove(at.away, name);
      await at.confirmations.remove(at.away, name);

      expect(await both(name)).toEqual([false, false]);
      expect(await at.confirmations.handOver(at.away, name)).toBe('gone');
    });

    it('are apart by attempt', async () => {
      await at.put(confirmationName('ctwo', 1));
      await at.put(confirmationName('ctwo', 2));

      await at.confirmations.remove(at.own, confirmationName('ctwo', 1));

      expect(await at.confirmations.handOver(at.own, confirmationName('ctwo', 1))).toBe('gone');
      expect(await at.confirmations.handOver(at.own, confirmationName('ctwo', 2))).toBe('there');
    });
  });
};
