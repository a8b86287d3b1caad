/** Kills the handler of a check at every one of its checkpoints. */
import { expect } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { type Observed, observe } from './outcome.ts';

/** Older than this, the inventory is read anew, so that those checkpoints are among the ones that are crossed. */
const INVENTORY_AGE_MS = 61 * 60_000;
const freshCheck = async (lab: Lab): Promise<Observed> => {
  await lab.clock.advance(INVENTORY_AGE_MS);
  return observe(lab, 'check all');
};

/** What must not differ, however often the handler died. */
const essence = ({ answer, sent, succeeded, asked }: Observed) => ({
  answer,
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
 * A check dies at every so many checkpoints; as many checks, each beginning one later, cross every checkpoint. Fewer
 * deaths in a check take more checks and find no more.
 */
const STRIDE = 6;

/** Beyond the last checkpoint of any check. */
const FAR_BEYOND = 80;

/** One check whose handler dies at `first`, and at every `STRIDE` further checkpoints. */
const dyingCheck = async (lab: Lab, first: number, before: boolean): Promise<Observed> => {
  for (let number = first; number < FAR_BEYOND; number += STRIDE)
    lab.faults.add({ fault: 'crash', function: 'observe', afterCheckpoint: number, before });
  const crashed = await freshCheck(lab);
  lab.faults.clear();
  return crashed;
};

/** Crosses every checkpoint; expects the same end each time, and gives how many deaths that took. */
export const crashAtEveryCheckpoint = async (lab: Lab, before: boolean): Promise<number> => {
  const calm = await freshCheck(lab);
  expect(essence(calm)).toMatchObject({
    sent: { '111122223333': 1, '444455556666': 1 },
    messages: 1,
    files: 1,
    settled: true,
  });
  let deaths = 0;
  for (let first = 1; first <= STRIDE; first += 1) {
    const crashed = await dyingCheck(lab, first, before);
    deaths += strikes(lab);
    expect(essence(crashed), `from checkpoint ${first} on`).toEqual(essence(calm));
    expect(strikes(lab), `from checkpoint ${first} on`).toBe(Math.floor((crashed.checkpoints - first) / STRIDE) + 1);
  }
  return deaths;
};
