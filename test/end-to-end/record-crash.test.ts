/** The function that changes things dies at every checkpoint of a record's change, and the record has one effect. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import type { LabRecordSet } from '../lab/world/types.ts';
import { crossAfter, crossEveryCheckpoint } from './support/change-crossing.ts';
import { auditOf, changeId, labForAll, newest, press, type } from './support/changes.ts';
import { atName, BATCH, putAtName, srvIn, takenIn, txtIn } from './support/records.ts';

const DOMAIN = 'lab.example';
const OURS = '0 0 1688 kms-lab.lab.example.';
const FOREIGN = '40 0 1688 kms-eu.eu.example.';
const ADDED = '20 0 1688 kms-01.corp.example.';
const NOTE = '"asked for by the network team"';
const NAME = `_vlmcs._tcp.${DOMAIN}.`;

/** Two values and a text, of nobody whom the bot knows. */
const FOUND: readonly LabRecordSet[] = [
  { name: NAME, type: 'SRV', ttl: 300, values: [OURS, FOREIGN] },
  { name: NAME, type: 'TXT', ttl: 600, values: [NOTE] },
];

const ADD = `dns add ${DOMAIN} kms-01.corp.example 20 0`;
const ADOPT = `dns adopt ${DOMAIN} kms-lab.lab.example`;
const REMOVE = `dns remove ${DOMAIN} kms-lab.lab.example`;

let lab: Lab;
/** As `FOUND`, once the bot took one value over. */
let adopted: readonly LabRecordSet[];

const approved = async (text: string): Promise<void> => {
  await type(lab, 'aiko', text);
  await press(lab, 'ken', 'approve');
};

labForAll(async (started) => {
  lab = started;
  putAtName(lab, DOMAIN, FOUND);
  await approved(ADOPT);
  adopted = atName(lab, DOMAIN);
});

/** Fewer deaths in one change take more of them and find no more. */
const STRIDE = 6;

/** What stands at a name, without the ids of changes. */
const standing = (domain: string) =>
  atName(lab, domain)
    .map(({ type: kind, ttl, values }) => [
      kind,
      ttl,
      values.map((value) => value.replace(/change=\w+/, 'change=<id>')),
    ])
    .sort();

/** How the audit says that batches ended, since the last test began. */
let results: (string | undefined)[] = [];

beforeEach(() => {
  results = [];
});

/** Whether Route 53's answer was heard depends on when the function died; that it was done does not. */
const outcome = (detail?: string): string | undefined => detail?.replace(/^done .*/, 'done');

/** The first words of the message at its end, up to where it says how far Route 53 could be followed. */
const fact = (): string => (newest(lab).split(/,|\n/)[0] ?? '').replace(/\bc[a-z0-9]{9}\b/, '<id>');

/** Carries a change out; gives what it did, without what differs from one to the next. */
const changing = (domain: string) => async (text: string) => {
  const before = (await auditOf(lab)).length;
  await approved(text);
  const entries = (await auditOf(lab)).slice(before);
  results.push(entries.find(({ event }) => event === 'result')?.detail);
  return {
    standing: standing(domain),
    accepted: takenIn(lab, BATCH),
    inspected: takenIn(lab, 'ssm:SendCommand'),
    posted: lab.wire.read().counts['slack:chat.postMessage'],
    fact: fact(),
    audit: entries.map(({ event, detail, record }) => [event, outcome(detail), record]),
  };
};

type Seen = Awaited<ReturnType<ReturnType<typeof changing>>>;

interface Start {
  readonly prepare: () => Promise<string>;
  /** The values afterwards. */
  readonly values: readonly string[];
  /** Marks of ours afterwards, by the value they are of. */
  readonly marked: readonly string[];
  readonly fact: string;
}

const from = (sets: () => readonly LabRecordSet[], text: string) => async (): Promise<string> => {
  putAtName(lab, DOMAIN, sets());
  return text;
};

const CHANGES = {
  'dns add': {
    prepare: from(() => FOUND, ADD),
    values: [OURS, FOREIGN, ADDED],
    marked: [ADDED],
    fact: `✓ Added kms-01.corp.example to the KMS record of ${DOMAIN}`,
  },
  'dns adopt': {
    prepare: from(() => FOUND, ADOPT),
    values: [OURS, FOREIGN],
    marked: [OURS],
    fact: `✓ Took over kms-lab.lab.example in the KMS record of ${DOMAIN}`,
  },
  'dns remove': {
    prepare: from(() => adopted, REMOVE),
    values: [FOREIGN],
    marked: [],
    fact: `✓ Removed kms-lab.lab.example from the KMS record of ${DOMAIN}`,
  },
  undo: {
    prepare: async () => {
      putAtName(lab, DOMAIN, FOUND);
      await approved(ADD);
      return `undo ${changeId(lab)}`;
    },
    values: [OURS, FOREIGN],
    marked: [],
    fact: `✓ Undid change <id> on the KMS record of ${DOMAIN}`,
  },
} satisfies Readonly<Record<string, Start>>;

const EVENTS = ['requested', 'planned', 'approved', 'sent', 'result', 'ended'];

const isRight = (seen: Seen, wanted: Start): void => {
  expect(srvIn(lab, DOMAIN)).toEqual(wanted.values);
  const marks = txtIn(lab, DOMAIN).filter((value) => value !== NOTE);
  expect(txtIn(lab, DOMAIN)).toContain(NOTE);
  expect(marks.map((mark) => /srv=(.*)"$/.exec(mark)?.[1])).toEqual(wanted.marked);
  expect(seen.fact).toBe(wanted.fact);
  expect(seen.audit.map(([event]) => event)).toEqual(EVENTS);
  expect(seen.audit.slice(-2).map(([, detail]) => detail)).toEqual(['done', 'done']);
};

const MOMENTS = [
  ['before each checkpoint is kept', true],
  ['after each checkpoint was kept', false],
] as const;

const ANSWER_LOST = { fault: 'aws-answer-lost', service: 'route53', operation: 'ChangeResourceRecordSets', times: 1 };
const BY_THE_SET = 'done answer-lost';

describe.each(Object.entries(CHANGES))('%s', (_, wanted) => {
  const crossing = { prepare: wanted.prepare, carryOut: changing(DOMAIN) };

  it.each(MOMENTS)(
    'whose function dies %s ends the same: one batch taken, each entry kept once',
    async (__, before) => {
      const { calm, deaths } = await crossEveryCheckpoint(lab, crossing, { before, stride: STRIDE });

      expect(calm.accepted).toBe(1);
      isRight(calm, wanted);
      expect(deaths).toBeGreaterThan(30);
    },
    120_000,
  );

  it('whose function dies when Route 53 has taken the batch knows so by the set alone, and writes it no second time', async () => {
    const { calm, deaths } = await crossAfter(lab, crossing, BATCH);

    isRight(calm, wanted);
    expect(results).toContain(BY_THE_SET);
    expect(deaths).toBeGreaterThan(1);
  }, 60_000);
});

const LOSSY = ['dns add', 'dns remove'] as const;

describe.each(LOSSY)('%s, when the answer to its batch gets lost as well', (name) => {
  it.each(MOMENTS)(
    'ends the same though the function dies %s: no batch is taken twice',
    async (_, before) => {
      const wanted = CHANGES[name];
      const crossing = { prepare: wanted.prepare, carryOut: changing(DOMAIN), alongside: ANSWER_LOST };
      const { calm, deaths } = await crossEveryCheckpoint(lab, crossing, { before, stride: STRIDE });

      // The one whose answer nobody heard was taken.
      expect(calm.accepted).toBe(0);
      isRight(calm, wanted);
      expect(new Set(results)).toEqual(new Set([BY_THE_SET]));
      expect(deaths).toBeGreaterThan(30);
    },
    120_000,
  );
});

describe('a record that machines are asked about once it is written', () => {
  const before = () => putAtName(lab, 'corp.example', found);
  let found: readonly LabRecordSet[] = [];

  it.each(MOMENTS)(
    'ends the same though the function dies %s: they are asked once',
    async (_, isBefore) => {
      if (found.length === 0) found = atName(lab, 'corp.example');
      const prepare = async (): Promise<string> => {
        before();
        return 'dns add corp.example kms-new.corp.example 30 0';
      };
      const crossing = { prepare, carryOut: changing('corp.example') };
      const { calm, deaths } = await crossEveryCheckpoint(lab, crossing, { before: isBefore, stride: STRIDE });

      expect(calm).toMatchObject({ accepted: 1, inspected: 1 });
      expect(calm.audit.map(([event]) => event)).toEqual(EVENTS);
      expect(deaths).toBeGreaterThan(60);
    },
    120_000,
  );
});
