/** At most so many, taken from each group in turn, so that none of them speaks for all. */
export const inTurn = <T>(some: readonly T[], groupOf: (each: T) => string, most: number): readonly T[] => {
  const groups = new Map<string, T[]>();
  for (const each of some) groups.set(groupOf(each), [...(groups.get(groupOf(each)) ?? []), each]);
  const queues = [...groups.values()];
  const rounds = Math.max(0, ...queues.map(({ length }) => length));
  const order = Array.from({ length: rounds }, (_, round) => queues.flatMap((queue) => queue[round] ?? []));
  return order.flat().slice(0, most);
};
