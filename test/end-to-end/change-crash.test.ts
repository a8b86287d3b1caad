/** The function that changes machines dies at every checkpoint of a change, and the change has one effect. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { makProduct } from '../lab/world/licence-products.ts';
import { auditOf, pin, press, startChangeLab, type, windowsOf } from './support/changes.ts';
import { muted } from './support/muted.ts';

let lab: Lab;

beforeAll(async () => {
  muted();
  lab = await startChangeLab();
}, 60_000);

afterAll(async () => {
  vi.restoreAllMocks();
  await lab.close();
});

/** An operation dies at every so many checkpoints; as many operations, each beginning one later, cross every one. */
const STRIDE = 7;
/** Beyond the last checkpoint of any change here. */
const FAR_BEYOND = 150;

/** What a change did, without what differs from one to the next. */
const change = async (approved: boolean) => {
  lab.wire.clear();
  const before = (await auditOf(lab)).length;
  await type(lab, 'aiko', `${approved ? 'key' : 'discover'} web-03${approved ? ' gvlk' : ''}`);
  if (approved) await press(lab, 'ken', 'approve');
  const { exchanges, counts } = lab.wire.read();
  const taken = exchanges.filter(({ operation, status }) => operation === 'ssm:SendCommand' && status === 200).length;
  const { kmsHost, products } = windowsOf(lab, 'web-03');
  return {
    taken,
    messages: counts['slack:chat.postMessage'],
    machine: [kmsHost, products.map(({ status, partialKey }) => [status, partialKey])],
    events: (await auditOf(lab)).slice(before).map(({ event, detail }) => [event, detail]),
  };
};

const deaths = (): number =>
  lab.wire
    .read()
    .exchanges.filter(({ operation, status }) => operation === 'lambda:CheckpointDurableExecution' && status !== 200)
    .length;

const prepare = (approved: boolean): void => {
  lab.faults.clear();
  if (approved) {
    // A key that nobody but its owner knows: to replace it takes an approver.
    const windows = windowsOf(lab, 'web-03');
    windows.products = [{ ...makProduct(windows.generation, windows.edition), status: 5, statusReason: 'C004F00F' }];
  } else pin(lab, 'web-03');
};

describe.each([
  ['a change of one machine', false],
  ['a change that a second person approves', true],
])('%s', (_, approved) => {
  it.each([
    ['before each checkpoint is kept', true],
    ['after each checkpoint was kept', false],
  ])(
    'whose function dies %s ends the same: each command sent once, each entry kept once',
    async (__, before) => {
      prepare(approved);
      const calm = await change(approved);
      expect(calm.events.at(-1)).toEqual(['ended', 'done: done 1, not done 0']);
      let died = 0;
      for (let first = 1; first <= STRIDE; first += 1) {
        prepare(approved);
        for (let at = first; at < FAR_BEYOND; at += STRIDE) {
          lab.faults.add({ fault: 'crash', function: 'change', afterCheckpoint: at, before });
        }
        expect(await change(approved), `from checkpoint ${first} on`).toEqual(calm);
        died += deaths();
      }
      expect(died).toBeGreaterThan(40);
    },
    180_000,
  );
});
