/**
 * What reads of Route 53 have brought before they were asked to slow down.
 *
 * Five requests a second are less than one machine's zones may need, so a read that is cut short goes on where it
 * stopped when it is tried again. Kept in the process and for a short time only: a read that was finished leaves nothing
 * behind, so that the next one sees the zones as they are then.
 */
import type { Clock } from '../ports.ts';

/** Longer ago than this, the beginning of a read is no longer true enough to go on from. */
const KEPT_MS = 5 * 60_000;
/** Reads by different operations at a time. */
const MOST_READS = 20;

/** Answers of one read by what was asked. */
export interface UnfinishedRead {
  /** The answer to this question, asked only if it has not been answered before. */
  once<T>(question: string, ask: () => Promise<T>): Promise<T>;
}

export interface UnfinishedReads {
  /** Runs a read; what it was answered is kept until it ends well. */
  run<T>(name: string, read: (answers: UnfinishedRead) => Promise<T>): Promise<T>;
}

interface Kept {
  readonly startedAtMs: number;
  readonly answers: Map<string, Promise<unknown>>;
}

const onceIn = ({ answers }: Kept): UnfinishedRead => ({
  once: <T>(question: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(question);
    // A question's answer is only ever asked for, and kept, by the same place in the program: it is of that type.
    if (known !== undefined) return known as Promise<T>;
    const asked = ask();
    answers.set(question, asked);
    asked.catch(() => answers.delete(question));
    return asked;
  },
});

/** An empty memory. */
export const unfinishedReads = (clock: Clock): UnfinishedReads => {
  const reads = new Map<string, Kept>();
  const begun = (name: string): Kept => {
    const known = reads.get(name);
    if (known !== undefined && clock() - known.startedAtMs < KEPT_MS) return known;
    const fresh = { startedAtMs: clock(), answers: new Map<string, Promise<unknown>>() };
    reads.delete(name);
    reads.set(name, fresh);
    for (const oldest of [...reads.keys()].slice(0, -MOST_READS)) reads.delete(oldest);
    return fresh;
  };
  return {
    run: async (name, read) => {
      const result = await read(onceIn(begun(name)));
      reads.delete(name);
      return result;
    },
  };
};
