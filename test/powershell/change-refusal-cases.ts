/** Machines that are not changed: not as expected, or held back by a safeguard. */

import {
  evaluationProduct,
  kmsHostProduct,
  makProduct,
  retailProduct,
  setLicensed,
} from '../lab/world/licence-products.ts';
import type { ChangeStep } from './change-both-ways.ts';
import type { ChangeMachine } from './change-machine.ts';
import { type ChangeCase, plainSteps } from './change-steps.ts';

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

const WAYS: Readonly<Record<string, (machine: ChangeMachine) => void>> = {
  'no product': ({ node }) => {
    node.windows.products = [];
  },
  'licensed client': ({ product, world }) => setLicensed(product, world.now()),
  'licensed MAK': ({ node }) => {
    node.windows.products = [makProduct('2022', 'ServerStandard')];
  },
  'MAK that is not licensed': ({ node }) => {
    node.windows.products = [{ ...makProduct('2022', 'ServerStandard'), status: 5, statusReason: 'C004F009' }];
  },
  'licensed retail key': ({ node }) => {
    node.windows.products = [{ ...retailProduct('2022', 'ServerStandard'), status: 1, statusReason: '00000000' }];
  },
  'KMS host key': ({ node }) => {
    node.windows.products = [kmsHostProduct('2022', 'ServerStandard', '2022')];
  },
  'host key beside a client key': ({ node }) => {
    node.windows.products.push({ ...kmsHostProduct('2022', 'ServerStandard', '2022'), status: 0 });
  },
  evaluation: ({ node, world }) => {
    node.windows.edition = 'ServerStandardEval';
    node.windows.products = [evaluationProduct('2022', 'ServerStandardEval', world.now() + 1000)];
  },
  'token only': ({ product }) => {
    product.activationTypeEnabled = 3;
  },
  'directory only': ({ product }) => {
    product.activationTypeEnabled = 1;
  },
  'service disabled': ({ node }) => {
    node.windows.service.startMode = 'Disabled';
  },
  'edition without a key': ({ node }) => {
    node.windows.edition = 'ServerWeb';
  },
  'older build': ({ node }) => {
    node.windows.build = '17763.1';
  },
  'no resolver commands': ({ node }) => {
    node.windows.broken = {
      'command:Clear-DnsClientCache': { hresult: '80131501' },
      'command:Resolve-DnsName': { hresult: '80131501' },
    };
  },
};

/** Every plain change on every kind of machine. */
const crossed = (): ChangeCase[] =>
  Object.entries(plainSteps()).flatMap(([wish, step]) =>
    Object.entries(WAYS).map(([way, change]) =>
      only(`${wish}; ${way}`, {
        ...step,
        first: (machine) => {
          if ('first' in step) step.first(machine);
          change(machine);
        },
      }),
    ),
  );

/** Where nothing, or just what is there, is expected. */
const unexpecting = (): ChangeCase[] => {
  const tails: Readonly<Record<string, string>> = {
    'licensed MAK': 'M4KX7',
    'MAK that is not licensed': 'M4KX7',
    'licensed retail key': 'R3T4L',
    'KMS host key': 'H7KQ2',
    evaluation: '3V4LY',
  };
  return Object.entries(WAYS).flatMap(([way, first]) => {
    const key = tails[way] ?? 'VMK7H';
    return [
      only(`activate without expectation; ${way}`, { document: 'KmsBot-Activate', options: {}, first }),
      only(`assign without expectation; ${way}`, {
        document: 'KmsBot-AssignHost',
        options: { svc: ['kms1.corp.example', 0], prod: ['kms1.corp.example', 1688], expect: {} },
        first,
      }),
      only(`clear without expectation; ${way}`, {
        document: 'KmsBot-AssignHost',
        options: { svc: null, prod: null, expect: {} },
        first: (machine) => {
          machine.node.windows.kmsHost = 'gone.corp.example';
          first(machine);
        },
      }),
      ...['VMK7H', '6VM33', 'J464C', 'ABCDE'].flatMap((wanted) => [
        only(`key ${wanted} for what is there; ${way}`, {
          document: 'KmsBot-InstallClientKey',
          options: { key: wanted, expect: { key } },
          first,
        }),
      ]),
    ];
  });
};

const MOVED: readonly ChangeStep[] = [
  { document: 'KmsBot-Activate', options: { expect: { key: '6VM33' } } },
  {
    document: 'KmsBot-AssignHost',
    options: { svc: null, prod: null, expect: { svc: ['kms1.corp.example', 0], prod: null } },
  },
  { document: 'KmsBot-AssignHost', options: { svc: ['a', 0], prod: null, expect: { svc: null, prod: ['b', 0] } } },
  { document: 'KmsBot-AssignHost', options: { svc: ['a', 0], prod: null, expect: {} } },
  { document: 'KmsBot-SetClient', options: { set: 'type', to: 2, expect: 1 } },
  { document: 'KmsBot-SetClient', options: { set: 'caching', to: 1, expect: 0 } },
  { document: 'KmsBot-SetClient', options: { set: 'lookup', svc: 'a', prod: null, expect: { svc: 'b', prod: null } } },
  { document: 'KmsBot-InstallClientKey', options: { key: 'VMK7H', expect: { key: '' } } },
  { document: 'KmsBot-InstallClientKey', options: { key: 'ABCDE', expect: { key: 'VMK7H' } } },
];

export const refusalCases = (): ChangeCase[] => [
  ...crossed(),
  ...unexpecting(),
  ...MOVED.map((step, index) => only(`moved ${index + 1}`, step)),
];
