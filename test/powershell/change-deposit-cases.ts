/** Confirmation IDs: what may wait for a machine, how it comes by it, and how a deposit ends. */
import type { ChangeStep } from './change-both-ways.ts';
import { confirmationIn, confirmations, depositOf, PHONED } from './change-confirmations.ts';
import type { ChangeMachine } from './change-machine.ts';
import { alsoPhoned, brokenPhoned, phoneSteps } from './change-phone-steps.ts';
import type { ChangeCase } from './change-steps.ts';

const MINUTE = 60_000;
const deposit = phoneSteps()['deposit a Confirmation ID'];

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

const otherKey = ({ node }: ChangeMachine): void => {
  node.windows.products = [{ ...PHONED.mak, partialKey: 'M4KX8' }];
};

const texts = (): ChangeCase[] =>
  [...Object.keys(confirmations()), 'missing'].map((name) =>
    only(`deposit what is stored as ${name}`, { ...deposit, options: depositOf(name) }),
  );

/** Microsoft, "Resolve Windows activation error codes": everything Windows says of offline data. */
const CODES = [
  'C004F02C',
  'C004F02D',
  'C004F02E',
  'C004F02F',
  'C004F030',
  'C004F031',
  'C004F04D',
  'C004F07E',
  'C004F07F',
];

const codeCases = (): ChangeCase[] =>
  CODES.map((code) =>
    only(`deposit ends in ${code}`, { ...deposit, first: brokenPhoned('method:DepositOfflineConfirmationId', code) }),
  );

const WAYS: Readonly<Record<string, (machine: ChangeMachine) => void>> = {
  'by tools': alsoPhoned(({ node }) => {
    node.tools = true;
  }),
  'by the agent’s credentials': alsoPhoned(({ node }) => {
    node.role = { name: 'Agent', from: 'agent', readsSecrets: true };
  }),
  'without a right': alsoPhoned(({ node }) => {
    node.role = { name: 'Other', from: 'instance', readsSecrets: false };
  }),
  'without a role': alsoPhoned(({ node }) => {
    delete node.role;
  }),
  'without a way to AWS': alsoPhoned(({ node }) => {
    node.windows.egressBlocked = [443];
  }),
};

const endingCases = (): ChangeCase[] => [
  ...texts(),
  ...codeCases(),
  ...Object.entries(WAYS).map(([way, first]) => only(`deposit ${way}`, { ...deposit, first })),
  only('deposit for another Installation ID', {
    ...deposit,
    options: { ...depositOf('c4k7m2q9xd-1'), digest: '0123456789abcdef01234567' },
  }),
  only('deposit from the other store', {
    ...deposit,
    options: {
      ...depositOf('c4k7m2q9xd-1'),
      from: {
        ...confirmationIn('x'),
        store: 'secrets-manager',
        name: 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:kms-bot/confirmation/x-Ab12Cd',
      },
    },
  }),
  {
    name: 'a deposit after a wrong one',
    steps: [
      { ...deposit, options: depositOf('misheard') },
      { ...deposit, operation: 'c4k7m2q9xd-0002', first: () => {} },
    ],
  },
  {
    name: 'a second deposit of what is licensed',
    steps: [deposit, { ...deposit, operation: 'c4k7m2q9xd-0002', first: () => {} }],
  },
  {
    name: 'a deposit whose end was not kept, then again',
    steps: [
      { ...deposit, first: brokenPhoned('memory:write#2', '80070070') },
      { ...deposit, first: mended(MINUTE) },
    ],
  },
  {
    name: 'a deposit whose end was not kept, then again after another key',
    steps: [
      { ...deposit, first: brokenPhoned('memory:write#2', '80070070') },
      {
        ...deposit,
        first: (machine) => {
          mended(MINUTE)(machine);
          otherKey(machine);
        },
      },
    ],
  },
];

function mended(ms: number) {
  return ({ node, advance }: ChangeMachine): void => {
    node.windows.broken = {};
    advance(ms);
  };
}

const badOptions = (): unknown[] => {
  const good = depositOf('c4k7m2q9xd-1');
  const { from } = good;
  return [
    {},
    { ...good, from: undefined },
    { ...good, from: { ...from, store: 'file' } },
    { ...good, from: { ...from, region: 'AP-NORTHEAST-1' } },
    { ...good, from: { ...from, name: '/kms-bot/keys/MK223' } },
    { ...good, from: { ...from, name: '/kms-bot/confirmation/' } },
    { ...good, from: { ...from, name: '/kms-bot/confirmation/a b' } },
    { ...good, digest: undefined },
    { ...good, digest: 7 },
    { ...good, digest: 'ABCDEF0123456789ABCDEF01' },
    { ...good, digest: '0123456789abcdef0123456' },
    { ...good, digest: '0123456789abcdef012345678' },
    { ...good, expect: {} },
    { ...good, expect: { key: 'm4kx7' } },
  ];
};

const hostileOptions = (text: string): object[] => {
  const good = depositOf('c4k7m2q9xd-1');
  return [
    { ...good, digest: text },
    { ...good, from: { ...good.from, name: `/kms-bot/confirmation/${text}` } },
    { ...good, from: { ...good.from, region: text } },
    { ...good, from: { ...good.from, store: text } },
  ];
};

export const depositCases = (hostile: readonly string[]): ChangeCase[] => [
  ...endingCases(),
  ...badOptions().map((options, index) =>
    only(`deposit with bad options ${index + 1}`, { ...deposit, options: options as object }),
  ),
  ...hostile.flatMap((text, index) =>
    hostileOptions(text).map((options, at) =>
      only(`deposit of the hostile options ${index + 1}.${at + 1}`, { ...deposit, options }),
    ),
  ),
];
