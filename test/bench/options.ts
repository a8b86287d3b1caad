import { parseArgs } from 'node:util';

/** Parts of the benchmarks that can be run alone. */
export const PARTS = ['coldAck', 'ssmCalls', 'fleet10000', 'diagnose10000', 'accuracy'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  /** One JSON object on standard output instead of the table. */
  readonly json: boolean;
  /** Every part unless told otherwise. */
  readonly parts: readonly Part[];
}

export const USAGE = `Usage: npm run bench -- [--json] [--only ${PARTS.join(',')}]`;

const partCalled = (word: string): Part => {
  const part = PARTS.find((known) => known === word);
  if (part === undefined) throw new Error(`--only: there is no ${JSON.stringify(word)}; there are ${PARTS.join(', ')}`);
  return part;
};

/** Options from the command line; throws with what is not understood and what would be. */
export const readBenchOptions = (args: readonly string[]): BenchOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true } },
  });
  const words = (values.only ?? []).flatMap((list) => list.split(','));
  return { json: values.json === true, parts: words.length === 0 ? PARTS : words.map(partCalled) };
};
