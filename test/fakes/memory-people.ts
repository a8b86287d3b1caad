import type { Person } from '../../bot/domain/rights/rights.ts';
import type { People } from '../../bot/ports.ts';

export interface MemoryPeople extends People {
  /** Channels that are shared with another workspace. */
  readonly shared: Set<string>;
  /** Thrown by the next look-ups, in order. */
  readonly troubles: Error[];
  /** Changes somebody; they are as Slack knows them from then on. */
  change(userId: string, news: Partial<Person>): void;
}

/** People and channels in memory; whoever is not there is gone. */
export const memoryPeople = (people: readonly Person[]): MemoryPeople => {
  const known = new Map(people.map((person) => [person.userId, person]));
  const shared = new Set<string>();
  const troubles: Error[] = [];
  const orTrouble = <T>(value: T): T => {
    const trouble = troubles.shift();
    if (trouble !== undefined) throw trouble;
    return value;
  };
  return {
    shared,
    troubles,
    change: (userId, news) => {
      const person = known.get(userId);
      if (person !== undefined) known.set(userId, { ...person, ...news });
    },
    find: async (userId) => orTrouble(known.get(userId) ?? { userId, standing: 'gone', groups: [] }),
    isShared: async (channelId) => orTrouble(shared.has(channelId)),
  };
};
