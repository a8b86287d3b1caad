/** Looks words from outside up in a table. A word such as `constructor` finds nothing that is not in the table. */
export function lookup<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
