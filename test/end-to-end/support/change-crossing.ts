/** Kills the function that changes things at every checkpoint of a change. */
import { expect } from 'vitest';
import type { Lab } from '../../lab/lab.ts';

/** Beyond the last checkpoint of any change. */
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

export interface Deaths {
  /** Before a checkpoint is kept, or after. */
  readonly before: boolean;
  /** A change dies at every so many checkpoints; as many changes, each beginning one later, cross every one. */
  readonly stride: number;
}

/** How often the function died since the wire was cleared: a checkpoint it never heard of, or one that came from the dead. */
const deathsOn = (lab: Lab): number =>
  lab.wire
    .read()
    .exchanges.filter(({ operation, status }) => operation === 'lambda:CheckpointDurableExecution' && status !== 200)
    .length;

/** Crosses every checkpoint, and expects the same of each crossing as of the change that nothing befell. */
export const crossEveryCheckpoint = async <Seen>(
  lab: Lab,
  { prepare, carryOut, alongside }: Crossing<Seen>,
  { before, stride }: Deaths,
): Promise<Crossed<Seen>> => {
  const once = async (first: number): Promise<Seen> => {
    lab.faults.clear();
    const text = await prepare();
    if (alongside !== undefined) lab.faults.add({ ...alongside });
    for (let at = first; at < FAR_BEYOND; at += stride) {
      lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint: at, before });
    }
    lab.wire.clear();
    const seen = await carryOut(text);
    lab.faults.clear();
    return seen;
  };
  const calm = await once(FAR_BEYOND);
  let deaths = 0;
  for (let first = 1; first <= stride; first += 1) {
    expect(await once(first), `from checkpoint ${first} on`).toEqual(calm);
    expect(deathsOn(lab), `from checkpoint ${first} on`).toBeGreaterThan(0);
    deaths += deathsOn(lab);
  }
  return { calm, deaths };
};
