/** Kills the handler of an operation at every one of its checkpoints. */
import { expect } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { type Observed, observe } from './outcome.ts';

/** Older than this, the inventory is read anew, so that those checkpoints are among the ones that are crossed. */
const INVENTORY_AGE_MS = 61 * 60_000;
const afresh = async (lab: Lab, text: string): Promise<Observed> => {
  await lab.clock.advance(INVENTORY_AGE_MS);
  return observe(lab, text);
};

/** What is crossed, and what it does however often it dies. */
export interface Crossing {
  readonly text: string;
  /** Commands by account. */
  readonly sent: Readonly<Record<string, number>>;
  readonly files?: number;
  /** The answer is the same an hour later; else only its first line is, since the world goes on in between. */
  readonly isTimeless?: boolean;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** What must not differ, however often the handler died. */
const essence = ({ answer, sent, succeeded, asked }: Observed, { isTimeless }: Crossing) => ({
  answer: isTimeless ? answer : firstLine(answer),
  sent,
  messages: succeeded['slack:chat.postMessage'],
  files: succeeded['slack:files.completeUploadExternal'],
  acknowledgement: asked.acknowledgement,
  settled: asked.settled,
});

/** How often the handler died: a checkpoint it never heard of, or one that came from the dead. */
const strikes = (lab: Lab): number =>
  lab.wire
    .read()
    .exchanges.filter(({ operation, status }) => operation === 'lambda:CheckpointDurableExecution' && status !== 200)
    .length;

/**
 * An operation dies at every so many checkpoints; as many operations, each beginning one later, cross every checkpoint.
 * Fewer deaths in one take more of them and find no more.
 */
const STRIDE = 6;

/** Beyond the last checkpoint of any operation. */
const FAR_BEYOND = 80;

/** One operation whose handler dies at `first`, and at every `STRIDE` further checkpoints. */
const dying = async (lab: Lab, text: string, first: number, before: boolean): Promise<Observed> => {
  for (let number = first; number < FAR_BEYOND; number += STRIDE)
    lab.faults.add({ fault: 'crash', function: 'observe', afterCheckpoint: number, before });
  const crashed = await afresh(lab, text);
  lab.faults.clear();
  return crashed;
};

/** Crosses every checkpoint; expects the same end each time, and gives how many deaths that took. */
export const crashAtEveryCheckpoint = async (lab: Lab, crossing: Crossing, before: boolean): Promise<number> => {
  const { text, sent, files } = crossing;
  const calm = await afresh(lab, text);
  expect(essence(calm, crossing)).toMatchObject({ sent, messages: 1, files, settled: true });
  let deaths = 0;
  for (let first = 1; first <= STRIDE; first += 1) {
    const crashed = await dying(lab, text, first, before);
    deaths += strikes(lab);
    expect(essence(crashed, crossing), `from checkpoint ${first} on`).toEqual(essence(calm, crossing));
    expect(strikes(lab), `from checkpoint ${first} on`).toBe(Math.floor((crashed.checkpoints - first) / STRIDE) + 1);
  }
  return deaths;
};
