/** People and channels in memory. */
import type { Person } from '../../bot/domain/rights/rights.ts';
import type { People } from '../../bot/ports.ts';

export interface MemoryPeople extends People {
  /** What is known; change it and the answers change. Who is not here is gone. */
  readonly known: Map<string, Omit<Person, 'userId' | 'groups'>>;
  /** Members by group; of those, only groups that the rules name are asked for. */
  readonly members: Map<string, ReadonlySet<string>>;
  readonly sharedChannels: Set<string>;
  /** Thrown by the next look instead of an answer; stays until it is taken away. */
  failure?: Error | undefined;
}

export const memoryPeople = (groups: readonly string[] = []): MemoryPeople => {
  const people: MemoryPeople = {
    known: new Map(),
    members: new Map(),
    sharedChannels: new Set(),
    find: async (userId) => {
      if (people.failure !== undefined) throw people.failure;
      const { standing } = people.known.get(userId) ?? { standing: 'gone' as const };
      return { userId, standing, groups: groups.filter((group) => people.members.get(group)?.has(userId) === true) };
    },
    isShared: async (channelId) => {
      if (people.failure !== undefined) throw people.failure;
      return people.sharedChannels.has(channelId);
    },
  };
  return people;
};
