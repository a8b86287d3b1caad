/** Installation IDs: what Windows says and does not say of them, and that each reading is one of its own. */
import { makProduct, setLicensed } from '../lab/world/licence-products.ts';
import type { CimInstance } from '../lab/world/surface.ts';
import type { ChangeStep } from './change-both-ways.ts';
import { PHONED } from './change-confirmations.ts';
import { depositCases } from './change-deposit-cases.ts';
import type { ChangeMachine } from './change-machine.ts';
import { alsoPhoned, brokenPhoned, phoneSteps, withProduct } from './change-phone-steps.ts';
import type { ChangeCase } from './change-steps.ts';

const read = phoneSteps()['read the Installation ID'];
const deposit = phoneSteps()['deposit a Confirmation ID'];

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

/** Windows in place of its own Installation ID. */
const saying =
  (value: string | null): NonNullable<ChangeStep['shows']> =>
  (className, rows) =>
    className === 'SoftwareLicensingProduct' ? rows.map((row) => ({ ...row, OfflineInstallationId: value })) : rows;

const lacking = (_: string, rows: readonly CimInstance[]): readonly CimInstance[] =>
  rows.map(({ OfflineInstallationId: _id, ...row }) => row);

const SAID: Readonly<Record<string, string | null>> = {
  'no Installation ID': null,
  'an empty Installation ID': '',
  'one of 54 digits': '0'.repeat(54),
  'one in groups': Array.from({ length: 9 }, () => '0000000').join('-'),
  'one with blanks': ` ${Array.from({ length: 9 }, () => '000000').join(' ')}\r\n`,
  'one of 36 digits': '0'.repeat(36),
  'one of 64 digits': '0'.repeat(64),
  'digits of another script': '\u0660'.repeat(63),
  'something else': `'"; exit 5; $(Set-Content hurt x) \`n`,
  'a long text': '0'.repeat(10_000),
};

const MACHINES: Readonly<Record<string, (machine: ChangeMachine) => void>> = {
  'Windows Server 2012 R2': alsoPhoned(({ node }) => {
    Object.assign(node.windows, { generation: '2012R2', build: '9600.22175' });
  }),
  'a licensed MAK': withProduct(makProduct('2022', 'ServerStandard')),
  'a MAK in its grace period': withProduct({ ...PHONED.mak, status: 2, statusReason: '4004F00C' }),
  'another MAK': withProduct({ ...PHONED.mak, partialKey: 'M4KX8' }),
  'a client key': () => {},
  'a MAK beside Office': alsoPhoned(({ node, product }) => {
    node.windows.products.unshift({ ...product, app: 'office', id: '00000000-0000-0000-0000-000000000001' });
  }),
  'an Installation ID that cannot be read': brokenPhoned('cim:SoftwareLicensingProduct#2', '80041010'),
  'a slow Installation ID': brokenPhoned('cim:SoftwareLicensingProduct#2', '80041001', 40_000),
  'an Installation ID that never comes': brokenPhoned('cim:SoftwareLicensingProduct#2', '80041001', 61_000),
};

/** What Windows says where it is asked for its Installation ID. */
const saidCases = (): ChangeCase[] =>
  [read, deposit].flatMap((step) => [
    ...Object.entries(SAID).map(([what, value]) =>
      only(`${step.document}: ${what}`, { ...step, shows: saying(value) }),
    ),
    only(`${step.document}: a Windows without the property`, { ...step, shows: lacking }),
    ...Object.entries(MACHINES).map(([what, first]) => only(`${step.document}: ${what}`, { ...step, first })),
    only(`${step.document}: a client key that is expected`, {
      ...step,
      options: { ...step.options, expect: { key: 'VMK7H' } },
      first: ({ product, world }) => setLicensed(product, world.now()),
    }),
    only(`${step.document}: a client key that is not licensed`, {
      ...step,
      options: { ...step.options, expect: { key: 'VMK7H' } },
      first: () => {},
    }),
  ]);

const otherKey = ({ node }: ChangeMachine): void => {
  node.windows.products = [{ ...PHONED.mak, partialKey: 'M4KX8' }];
};

/** Reading keeps nothing: each time it is read anew. */
const readAgain = (): ChangeCase[] => [
  {
    name: 'an Installation ID read again with another key',
    steps: [read, { ...read, options: { expect: { key: 'M4KX8' } }, first: otherKey }],
  },
  {
    name: 'an Installation ID read under the id of a deposit',
    steps: [deposit, { ...read, first: () => {} }],
  },
];

const badOptions = (): ChangeCase[] =>
  [{}, { expect: null }, { expect: { key: 7 } }, { expect: { key: 'M4KX77' } }, { expect: { key: 'm4kx7' } }].map(
    (options, index) => only(`an Installation ID read with bad options ${index + 1}`, { ...read, options }),
  );

const HOSTILE = [
  `'"; exit 5; $(Set-Content hurt x) \`n`,
  '\u2019; Clear-Content hurt; \u2018',
  '{{ Options }}',
  'x\u0000y',
];

const hostileOptions = (): ChangeCase[] =>
  HOSTILE.map((text, index) =>
    only(`an Installation ID of the hostile key ${index + 1}`, { ...read, options: { expect: { key: text } } }),
  );

export const phoneCases = (): ChangeCase[] => [
  ...saidCases(),
  ...readAgain(),
  ...badOptions(),
  ...hostileOptions(),
  ...depositCases(HOSTILE),
];
