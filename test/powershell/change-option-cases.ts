/** Parameters that are not what was agreed: the run ends before anything is read. */
import type { ChangeCase, ChangeStep } from './change-both-ways.ts';

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

/** Options that are not what was agreed, by document. */
const BAD: Readonly<Record<ChangeStep['document'], readonly (object | string)[]>> = {
  'KmsBot-Activate': [
    { expect: null },
    { expect: { key: 'toolong' } },
    { expect: { key: 7 } },
    [],
    'AAA',
    '',
    'e30',
    'bnVsbA==',
  ],
  'KmsBot-AssignHost': [
    {},
    { svc: null, expect: {} },
    { svc: ['a'], prod: null, expect: {} },
    { svc: ['a', 70_000], prod: null, expect: {} },
    { svc: ['a', -1], prod: null, expect: {} },
    { svc: ['a', 1.5], prod: null, expect: {} },
    { svc: ['a', '1688'], prod: null, expect: {} },
    { svc: [['a'], 1688], prod: null, expect: {} },
    { svc: 'a:1688', prod: null, expect: {} },
    { svc: ['2001:db8::5', 0], prod: null, expect: {} },
    { svc: ['', 0], prod: null, expect: {} },
    { svc: ['a b', 0], prod: null, expect: {} },
    { svc: ['a\nb', 0], prod: null, expect: {} },
    { svc: ['a'.repeat(256), 0], prod: null, expect: {} },
    { svc: null, prod: null, expect: { svc: [1, 2], prod: null } },
  ],
  'KmsBot-SetClient': [
    {},
    { set: 'TYPE', to: 1, expect: 0 },
    { set: ['type'], to: 1, expect: 0 },
    { set: 'type', to: 4, expect: 0 },
    { set: 'type', to: 1 },
    { set: 'caching', to: true, expect: 0 },
    { set: 'lookup', svc: 'a' },
    { set: 'lookup', svc: '', prod: null, expect: { svc: null, prod: null } },
  ],
  'KmsBot-InstallClientKey': [
    {},
    { key: '', expect: { key: 'VMK7H' } },
    { key: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H', expect: { key: '' } },
    { key: 'vmk7h', expect: { key: '' } },
    { key: 'VMK7H', expect: { key: '' }, back: 2 },
  ],
  'KmsBot-TestRouting': [
    {},
    { host: 'a', port: 1688 },
    { host: 'a', port: 1688, address: 'not-an-address' },
    { host: 'a', port: 1688, address: '1.2.3' },
    { host: 'a', port: 65_536, address: null },
    { host: '::1', port: 1, address: null },
  ],
};

const badOptions = (): ChangeCase[] =>
  (Object.keys(BAD) as ChangeStep['document'][]).flatMap((document) =>
    BAD[document].map((options) =>
      only(`${document} told ${JSON.stringify(options).slice(0, 60)}`, { document, options }),
    ),
  );

const OPERATIONS = [
  '',
  'short',
  'UPPERCASE1',
  'a'.repeat(65),
  'with space',
  '-starts-with',
  'c4k7m2q9xd/../x',
  '{{ Operation }}',
];

export const optionCases = (): ChangeCase[] => [
  ...badOptions(),
  ...OPERATIONS.map((operation) =>
    only(`operation ${operation}`, { document: 'KmsBot-Activate', options: {}, operation }),
  ),
  only('options that were not filled in', { document: 'KmsBot-Activate', options: '{{ Options }}' }),
];
