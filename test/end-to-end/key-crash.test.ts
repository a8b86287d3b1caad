/** The function that changes machines dies at every checkpoint of a stored key, a call and a rearm, and each has one effect. */
import { describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { crossEveryCheckpoint } from './support/change-crossing.ts';
import { auditOf, labForAll, press, type, windowsOf } from './support/changes.ts';
import { keptAsIs, keyEnding, productOf } from './support/keys.ts';
import { callMicrosoft, closeWindows, confirmationsIn, openWindow, submit, withMak } from './support/phone.ts';
import { smallWorld } from './support/small-lab.ts';

let lab: Lab;
let putBack: () => void;

labForAll(
  (started) => {
    lab = started;
    putBack = keptAsIs(lab, 'web-02');
  },
  () => ({ state: smallWorld(['web-02']) }),
);

/** Each change dies often, so that few changes are enough: they are long. */
const STRIDE = 3;

interface Crossed {
  /** Brings the machine to where the change begins; gives the command. */
  readonly prepare: () => string;
  /** What people do once it is approved. */
  readonly afterwards?: () => Promise<void>;
}

/** What a change left behind that is not on the machine. */
const leftBehind = () => ({
  left: keyEnding(lab, 'MK223').left,
  waiting: confirmationsIn(lab),
});

const called = async (): Promise<void> => {
  await submit(lab, 'aiko', await callMicrosoft(lab, (await openWindow(lab, 'aiko')).groups));
  await closeWindows(lab);
};

const CROSSINGS: Readonly<Record<string, Crossed>> = {
  'a stored key': {
    prepare: () => {
      keyEnding(lab, 'MK223').left = 50;
      return 'key web-02 contoso-mak-2022';
    },
  },
  'a call': {
    prepare: () => {
      withMak(lab, 'web-02');
      return 'phone web-02';
    },
    afterwards: called,
  },
  'a rearm with its restart': { prepare: () => 'rearm web-02 restart' },
};

/** What it did, without what differs from one to the next. */
const carryOut = async (text: string, { afterwards }: Crossed) => {
  const before = (await auditOf(lab)).length;
  await type(lab, 'aiko', text);
  await press(lab, 'ken', 'approve');
  await afterwards?.();
  const { exchanges, counts } = lab.wire.read();
  const taken = exchanges.filter(({ operation, status }) => operation === 'ssm:SendCommand' && status === 200).length;
  const { rearmsLeft } = windowsOf(lab, 'web-02');
  const { partialKey, status } = productOf(lab, 'web-02');
  return {
    taken,
    messages: counts['slack:chat.postMessage'],
    machine: { partialKey, status, rearmsLeft },
    ...leftBehind(),
    events: (await auditOf(lab)).slice(before).map(({ event, detail }) => [event, detail]),
  };
};

describe.each(Object.entries(CROSSINGS))('%s', (_, crossed) => {
  it.each([
    ['before each checkpoint is kept', true],
    ['after each checkpoint was kept', false],
  ])(
    'whose function dies %s ends the same: each command sent once, each entry kept once',
    async (__, before) => {
      const prepare = async () => {
        putBack();
        return crossed.prepare();
      };
      const crossing = { prepare, carryOut: (text: string) => carryOut(text, crossed) };
      const { calm, deaths } = await crossEveryCheckpoint(lab, crossing, { before, stride: STRIDE });

      expect(calm.events.at(-1)?.[1]).toMatch(/^done/);
      expect(calm.waiting).toEqual([]);
      expect(deaths).toBeGreaterThan(40);
    },
    180_000,
  );
});
