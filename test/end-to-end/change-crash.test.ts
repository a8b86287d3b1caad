/** The function that changes machines dies at every checkpoint of a change, and the change has one effect. */
import { describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { makProduct } from '../lab/world/licence-products.ts';
import { crossEveryCheckpoint } from './support/change-crossing.ts';
import { auditOf, changeId, labForAll, pin, press, type, windowsOf } from './support/changes.ts';

let lab: Lab;

labForAll((started) => {
  lab = started;
});

/** Fewer deaths in one change take more of them and find no more. */
const STRIDE = 7;

interface Start {
  /** Brings the machine to where the change begins; gives the command. */
  readonly prepare: () => Promise<string>;
  readonly approved?: true;
}

/** A key that nobody but its owner knows: to replace it takes an approver. */
const withForeignKey = (): void => {
  const windows = windowsOf(lab, 'web-03');
  windows.products = [{ ...makProduct(windows.generation, windows.edition), status: 5, statusReason: 'C004F00F' }];
};

const expired = (): void => {
  lab.faults.add({ fault: 'machine-expired', target: 'web-03' });
};

/** The machine as a client that finds its host by DNS, whatever was tried on it before. */
const plain = async (): Promise<void> => {
  await type(lab, 'aiko', 'discover web-03');
  await type(lab, 'aiko', 'set web-03 type auto');
  await type(lab, 'aiko', 'key web-03 gvlk');
};

const CROSSINGS: Readonly<Record<string, Start>> = {
  'discover, of one machine': {
    prepare: async () => {
      pin(lab, 'web-03');
      return 'discover web-03';
    },
  },
  'key, that a second person approves': {
    prepare: async () => {
      withForeignKey();
      return 'key web-03 gvlk';
    },
    approved: true,
  },
  activate: {
    prepare: async () => {
      await plain();
      expired();
      return 'activate web-03';
    },
  },
  point: {
    prepare: async () => {
      await plain();
      return 'point web-03 kms-01.corp.example:1688';
    },
  },
  set: {
    prepare: async () => {
      await plain();
      return 'set web-03 type kms';
    },
  },
  test: {
    prepare: async () => {
      await plain();
      return 'test web-03 kms-01.corp.example';
    },
  },
  undo: {
    prepare: async () => {
      await plain();
      await type(lab, 'aiko', 'point web-03 kms-01.corp.example');
      return `undo ${changeId(lab)}`;
    },
  },
};

/** What a change did, without what differs from one to the next. */
const change = async (text: string, approved: boolean) => {
  const before = (await auditOf(lab)).length;
  await type(lab, 'aiko', text);
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

describe.each(Object.entries(CROSSINGS))('%s', (_, { prepare, approved = false }) => {
  it.each([
    ['before each checkpoint is kept', true],
    ['after each checkpoint was kept', false],
  ])(
    'whose function dies %s ends the same: each command sent once, each entry kept once',
    async (__, before) => {
      const carryOut = (text: string) => change(text, approved);
      const { calm, deaths } = await crossEveryCheckpoint(lab, { prepare, carryOut }, { before, stride: STRIDE });

      expect(calm.events.at(-1)).toEqual(['ended', 'done: done 1, not done 0']);
      expect(deaths).toBeGreaterThan(40);
    },
    180_000,
  );
});
