/** What every source of people keeps, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { People } from '../../bot/ports.ts';

/** A workspace with one person of each kind; the rules name `named` and `empty`, and not `unnamed`. */
export interface PeopleUnderTest {
  readonly people: People;
  readonly users: Readonly<Record<'member' | 'elsewhere' | 'foreign' | 'nobody', string>>;
  readonly groups: Readonly<Record<'named' | 'unnamed', string>>;
  readonly channels: Readonly<Record<'own' | 'shared' | 'direct', string>>;
  close(): Promise<void>;
}

export const peopleContract = (kind: string, start: () => Promise<PeopleUnderTest>): void => {
  describe(`people ${kind}`, () => {
    let at: PeopleUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    it('names those groups of a member that the rules name, and no others', async () => {
      expect(await at.people.find(at.users.member)).toEqual({
        userId: at.users.member,
        standing: 'member',
        groups: [at.groups.named],
      });
    });

    it('finds a member who is in none of them', async () => {
      expect(await at.people.find(at.users.elsewhere)).toEqual({
        userId: at.users.elsewhere,
        standing: 'member',
        groups: [],
      });
    });

    it('tells people of other workspaces and people who are not there', async () => {
      expect(await at.people.find(at.users.foreign)).toMatchObject({ standing: 'foreign' });
      expect(await at.people.find(at.users.nobody)).toMatchObject({ standing: 'gone' });
    });

    it('tells a shared channel from one of our own and from direct messages', async () => {
      expect(await at.people.isShared(at.channels.shared)).toBe(true);
      expect(await at.people.isShared(at.channels.own)).toBe(false);
      expect(await at.people.isShared(at.channels.direct)).toBe(false);
    });

    it('answers many at once as it answers one', async () => {
      const found = await Promise.all(Array.from({ length: 20 }, () => at.people.find(at.users.member)));

      expect(new Set(found.map((person) => JSON.stringify(person))).size).toBe(1);
    });
  });
};
