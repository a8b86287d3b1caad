/** Stored keys: every way to fetch one and to be kept from it, every text that is no key, every key that is no use. */
import { evaluationProduct, kmsHostProduct, makProduct } from '../lab/world/licence-products.ts';
import type { LabNodeRole } from '../lab/world/types.ts';
import type { ChangeStep } from './change-both-ways.ts';
import { type ChangeMachine, SITE } from './change-machine.ts';
import { STORED_NAMES, storedIn } from './change-secrets.ts';
import type { ChangeCase } from './change-steps.ts';

type Way = (machine: ChangeMachine) => void;
type Store = 'secrets-manager' | 'parameter-store';

const STORES: readonly Store[] = ['secrets-manager', 'parameter-store'];

interface Told {
  readonly store?: Store;
  readonly kind?: 'mak' | 'host';
  readonly expect?: string;
  readonly probe?: true;
}

const told = (name: string, first: Way, also: Told = {}): ChangeStep => {
  const { store = 'secrets-manager', kind = /^HK/.test(name) ? 'host' : 'mak', expect = 'VMK7H', probe } = also;
  const options = { from: storedIn(store, name, SITE), kind, expect: { key: expect } };
  return {
    document: 'KmsBot-InstallStoredKey',
    options: probe === true ? { ...options, probe: 1 } : options,
    first,
  };
};

const as =
  (role: Partial<LabNodeRole> | undefined, ...broken: string[]): Way =>
  ({ node }) => {
    if (role === undefined) delete node.role;
    else node.role = { name: 'windows-node', from: 'instance', readsSecrets: true, ...role };
    for (const key of broken) node.windows.broken[key] = { hresult: '80072EE2', afterMs: 21_000 };
  };

const withTools =
  (way: Way): Way =>
  (machine) => {
    machine.node.tools = true;
    way(machine);
  };

const SECRETS = 'http:secretsmanager.ap-northeast-1.amazonaws.com';
const PARAMETERS = 'http:ssm.ap-northeast-1.amazonaws.com';

/** How a machine comes by credentials, and what keeps it from the secret. */
const WAYS: Readonly<Record<string, Way>> = {
  'an instance profile': as({}),
  'an instance profile without the right': as({ readsSecrets: false }),
  'no role at all': as(undefined),
  'Default Host Management': as({ from: 'agent' }),
  'Default Host Management of an older agent': as({ from: 'agent' }, 'agent:file'),
  'Default Host Management without the right': as({ from: 'agent', readsSecrets: false }),
  'an agent’s file that is a user’s': as({ from: 'agent' }, 'agent:owner'),
  'no metadata': as({}, 'http:169.254.169.254'),
  'metadata that stop': as({}, 'http:169.254.169.254#2'),
  'metadata that stop at the keys': as({}, 'http:169.254.169.254#3'),
  'no way to AWS': as({}, SECRETS, PARAMETERS),
  'a role in a folder of its own': as({ name: 'kms.node+a=b,c@d_e-f' }),
  'a role whose name is none': as({ name: 'no role' }),
  'a clock that is wrong': (machine) => {
    as({})(machine);
    machine.node.windows.clockOffsetSeconds = 1200;
  },
  tools: withTools(as({})),
  'tools without the right': withTools(as({ readsSecrets: false })),
  'tools without a role': withTools(as(undefined)),
  'tools that fail': withTools(as({}, 'fails:Get-SECSecretValue', 'fails:Get-SSMParameter')),
  'tools that fail, and no way to AWS': withTools(
    as({}, 'fails:Get-SECSecretValue', 'fails:Get-SSMParameter', SECRETS, PARAMETERS),
  ),
};

const waysCases = (): ChangeCase[] =>
  Object.entries(WAYS).flatMap(([way, first]) =>
    STORES.flatMap((store) => [
      { name: `stored key in ${store}, ${way}`, steps: [told('MK223', first, { store })] },
      { name: `stored key in ${store}, ${way}, only looked at`, steps: [told('MK223', first, { store, probe: true })] },
    ]),
  );

/** Hybrid machines have another file, and no metadata. */
const hybridCases = (): ChangeCase[] =>
  [[], ['agent:file'], ['agent:owner']].map((broken) => ({
    name: `stored key on a hybrid machine, ${broken.join()}`,
    steps: [
      told('MK223', (machine) => {
        Object.assign(machine.node, { id: 'mi-00000000000000001', vpc: '' });
        as({ from: 'agent' }, ...broken)(machine);
      }),
    ],
  }));

/** Whatever is stored. */
const contentCases = (): ChangeCase[] =>
  [...STORED_NAMES, 'nothing-of-that-name'].flatMap((name) =>
    STORES.flatMap((store) => [
      { name: `stored ${name} in ${store}`, steps: [told(name, as({}), { store })] },
      { name: `stored ${name} in ${store}, looked at`, steps: [told(name, as({}), { store, probe: true })] },
    ]),
  );

const products =
  (...made: ChangeMachine['node']['windows']['products']): Way =>
  ({ node }) => {
    node.windows.products = made;
  };

const MACHINES: Readonly<Record<string, readonly [expect: string, Way]>> = {
  'a client of another edition': [
    '6VM33',
    ({ node, product }) => {
      node.windows.edition = 'ServerDatacenter';
      product.partialKey = '6VM33';
    },
  ],
  'an older server': [
    'VMK7H',
    ({ node }) => {
      Object.assign(node.windows, { generation: '2016', build: '14393.7428' });
    },
  ],
  'a workstation': [
    'VMK7H',
    ({ node }) => {
      Object.assign(node.windows, { generation: '10', build: '19045.5131', edition: 'Enterprise' });
    },
  ],
  'an evaluation': ['3V4LY', products(evaluationProduct('2022', 'ServerStandardEval', 1))],
  'an evaluation edition': [
    'VMK7H',
    ({ node }) => {
      node.windows.edition = 'ServerStandardEval';
    },
  ],
  'a machine without a key': ['', products()],
  'another MAK': ['M4KX7', products(makProduct('2022', 'ServerStandard'))],
  'the same MAK': ['MK223', products({ ...makProduct('2022', 'ServerStandard'), partialKey: 'MK223' })],
  'a KMS host': ['H7KQ2', products(kmsHostProduct('2022', 'ServerStandard', '2022'))],
  'the same KMS host': [
    'HK223',
    products({ ...kmsHostProduct('2022', 'ServerStandard', '2022'), partialKey: 'HK223' }),
  ],
  'a machine that was not as expected': ['6VM33', () => {}],
};

/** Every kind of key on every kind of machine, said to be what it is, or the other kind. */
const machineCases = (): ChangeCase[] =>
  Object.entries(MACHINES).flatMap(([what, [expect, first]]) =>
    ['MK223', 'MK229', 'HK223', 'HK222', 'HK227'].flatMap((name) =>
      (['mak', 'host'] as const).map((kind) => ({
        name: `stored ${name} as a ${kind} key for ${what}`,
        steps: [told(name, first, { kind, expect })],
      })),
    ),
  );

const faulty =
  (...faults: readonly [key: string, hresult: string][]): Way =>
  ({ node }) => {
    for (const [key, hresult] of faults) node.windows.broken[key] = { hresult };
  };

const mended: Way = (machine) => {
  machine.node.windows.broken = {};
  machine.advance(300_000);
};

const FAULTS: Readonly<Record<string, Way>> = {
  'the mark cannot be written': faulty(['registry:write', '80070005']),
  'the key is refused': faulty(['method:InstallProductKey', 'C004E016']),
  'the licence cannot be refreshed': faulty(['method:RefreshLicenseStatus', 'C004F014']),
  'dies while it installs': faulty(['dies:InstallProductKey', '80004005']),
  'dies while it refreshes': faulty(['dies:RefreshLicenseStatus', '80004005']),
  'products cannot be read afterwards': faulty(['cim:SoftwareLicensingProduct#2', '800706BA']),
  'products cannot be read in the end': faulty(['cim:SoftwareLicensingProduct#3', '800706BA']),
};

/** Failures half way, each with the kind of key that it is and the one that it is not; and the same operation again. */
const faultCases = (): ChangeCase[] =>
  Object.entries(FAULTS).flatMap(([what, first]) =>
    ['MK223', 'HK223'].flatMap((name) =>
      (['mak', 'host'] as const).flatMap((kind) => {
        const step = told(name, first, { kind });
        return [
          { name: `stored ${name} as a ${kind} key: ${what}`, steps: [step] },
          { name: `stored ${name} as a ${kind} key: ${what}, then again`, steps: [step, { ...step, first: mended }] },
        ];
      }),
    ),
  );

/** A look is never remembered, so that the next one looks anew. */
const lookCases = (): ChangeCase[] => [
  {
    name: 'a stored key looked at twice, the second time in vain',
    steps: [told('MK223', as({}), { probe: true }), told('MK223', as({ readsSecrets: false }), { probe: true })],
  },
  {
    name: 'a stored key looked at under the id that then installs it',
    steps: [told('MK223', as({}), { probe: true }), told('MK223', as({}))],
  },
];

export const keyCases = (): ChangeCase[] => [
  ...waysCases(),
  ...hybridCases(),
  ...contentCases(),
  ...machineCases(),
  ...faultCases(),
  ...lookCases(),
];
