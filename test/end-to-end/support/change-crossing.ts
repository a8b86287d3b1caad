/** Kills the function that changes things at every checkpoint of a change. */
import { expect } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { ONE_MINUTE_MS } from './changes.ts';

/** Beyond the last checkpoint of a change in waves. */
const FAR_BEYOND = 150;

/** A change whose function dies. */
export interface Crossing<Seen> {
  /** Brings the world to where the change begins; gives the command. Nothing dies meanwhile. */
  readonly prepare: () => Promise<string>;
  /** Carries it out to its end; gives what has to be the same however often the function died. */
  readonly carryOut: (text: string) => Promise<Seen>;
  /** What goes wrong besides, each time. */
  readonly alongside?: Readonly<Record<string, unknown>>;
}

export interface Crossed<Seen> {
  /** What the change did when nothing died. */
  readonly calm: Seen;
  readonly deaths: number;
}

const CHECKPOINT = 'lambda:CheckpointDurableExecution';

/** How often the function died since the wire was cleared: a checkpoint it never heard of, or one that came from the dead. */
const deathsOn = (lab: Lab): number =>
  lab.wire.read().exchanges.filter(({ operation, status }) => operation === CHECKPOINT && status !== 200).length;

const carriedOut = async <Seen>(
  lab: Lab,
  { prepare, carryOut, alongside }: Crossing<Seen>,
  checkpoints: readonly number[],
  before: boolean,
): Promise<Seen> => {
  lab.faults.clear();
  const text = await prepare();
  await lab.clock.advance(ONE_MINUTE_MS);
  if (alongside !== undefined) lab.faults.add({ ...alongside });
  for (const afterCheckpoint of checkpoints) {
    lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint, before });
  }
  lab.wire.clear();
  const seen = await carryOut(text);
  lab.faults.clear();
  return seen;
};

const everyFrom = (first: number, stride: number, until: number): readonly number[] => {
  const checkpoints: number[] = [];
  for (let at = first; at < until; at += stride) checkpoints.push(at);
  return checkpoints;
};

export interface Deaths {
  /** Before a checkpoint is kept, or after. */
  readonly before: boolean;
  /** A change dies at every so many checkpoints; as many changes, each beginning one later, cross every one. */
  /** Lambda gives an execution up whose function died ten times without coming to a wait: a stride of 4 stays below that. */
  readonly stride: number;
  /** Beyond the last checkpoint. */
  readonly until?: number;
}

/** Crosses every checkpoint, and expects the same of each crossing as of the change that nothing befell. */
export const crossEveryCheckpoint = async <Seen>(
  lab: Lab,
  crossing: Crossing<Seen>,
  { before, stride, until = FAR_BEYOND }: Deaths,
): Promise<Crossed<Seen>> => {
  const calm = await carriedOut(lab, crossing, [], before);
  let deaths = 0;
  for (let first = 1; first <= stride; first += 1) {
    const seen = await carriedOut(lab, crossing, everyFrom(first, stride, until), before);
    expect(seen, `from checkpoint ${first} on`).toEqual(calm);
    deaths += deathsOn(lab);
  }
  return { calm, deaths };
};

/** How many checkpoints were kept before AWS was first asked for this, since the wire was cleared. */
const checkpointsBefore = (lab: Lab, asked: string): number => {
  const { exchanges } = lab.wire.read();
  const call = exchanges.findIndex(({ operation }) => operation === asked);
  return exchanges.slice(0, call).filter(({ operation, status }) => operation === CHECKPOINT && status === 200).length;
};

/** Dies once in each change, at one after the other of the checkpoints that come after AWS was asked for this. */
export const crossAfter = async <Seen>(lab: Lab, crossing: Crossing<Seen>, asked: string): Promise<Crossed<Seen>> => {
  const calm = await carriedOut(lab, crossing, [], true);
  const kept = checkpointsBefore(lab, asked);
  let deaths = 0;
  for (const at of [kept + 1, kept + 2]) {
    expect(await carriedOut(lab, crossing, [at], true), `at checkpoint ${at}`).toEqual(calm);
    deaths += deathsOn(lab);
  }
  return { calm, deaths };
};
