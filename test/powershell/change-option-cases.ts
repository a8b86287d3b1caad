/** Parameters that are not what was agreed: the run ends before anything is read. */
import type { ChangeCase, ChangeStep } from './change-both-ways.ts';

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

/** Anything but a key of the bot's own, in the region that its name says. */
function badKeyOptions(): object[] {
  const from = { store: 'secrets-manager', name: KEY_ARN, region: 'ap-northeast-1' };
  const parameter = { store: 'parameter-store', name: '/kms-bot/keys/a', region: 'ap-northeast-1' };
  const rest = { kind: 'mak', expect: { key: 'VMK7H' } };
  const froms: unknown[] = [
    ...[undefined, null, 'a', 7, [], {}],
    ...[
      { ...from, store: 'file' },
      { ...from, store: ['secrets-manager'] },
      { ...from, region: 'eu-west-1' },
    ],
    ...['', 'ap-northeast-1.example', 'x', 7, 'AP-NORTHEAST-1'].map((region) => ({ ...from, region })),
    ...[KEY_ARN.replace('keys/', 'slack/'), 'kms-bot/keys/a', `${KEY_ARN}\n`, `${KEY_ARN}\u0000`].map((name) => ({
      ...from,
      name,
    })),
    ...[KEY_ARN.replace('111122223333', '*'), `${KEY_ARN}"}`, KEY_ARN + 'x'.repeat(200)].map((name) => ({
      ...from,
      name,
    })),
    ...['kms-bot/keys/a', '/kms-bot/confirmation/a', '/other/keys/a', '/kms-bot/keys/', '/kms-bot/keys/a b'].map(
      (name) => ({ ...parameter, name }),
    ),
  ];
  return [
    ...froms.map((each) => ({ from: each, ...rest })),
    { from, expect: { key: '' } },
    { from, kind: 'MAK', expect: { key: '' } },
    { from, kind: ['mak'], expect: { key: '' } },
    { from, kind: 'mak' },
    { from, kind: 'mak', expect: { key: 'vmk7h' } },
    { from, ...rest, probe: 0 },
    { from, ...rest, probe: true },
    { from, ...rest, probe: '1' },
  ];
}

const KEY_ARN = 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:kms-bot/keys/a-Ab12Cd';

/** Options that are not what was agreed, by document. */
const BAD: Readonly<Partial<Record<ChangeStep['document'], readonly (object | string)[]>>> = {
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
  'KmsBot-InstallStoredKey': badKeyOptions(),
  'KmsBot-TestRouting': [
    {},
    { host: 'a', port: 1688 },
    { host: 'a', port: 1688, address: 'not-an-address' },
    { host: 'a', port: 1688, address: '1.2.3' },
    { host: 'a', port: 65_536, address: null },
    { host: '::1', port: 1, address: null },
  ],
  'KmsBot-SetHost': [
    {},
    { set: 'PUBLISH', to: 1, expect: 0 },
    { set: ['publish'], to: 1, expect: 0 },
    { set: 'publish', to: 1 },
    { set: 'publish', to: 2, expect: 0 },
    { set: 'priority', to: true, expect: 0 },
    { set: 'port', to: 0, expect: 1688 },
    { set: 'port', to: 65_536, expect: 1688 },
    { set: 'port', to: '1700', expect: 1688 },
    { set: 'intervals', to: [14, 10_080], expect: [120, 10_080] },
    { set: 'intervals', to: [120, 43_201], expect: [120, 10_080] },
    { set: 'intervals', to: [120], expect: [120, 10_080] },
    { set: 'intervals', to: 120, expect: [120, 10_080] },
    { set: 'domains', to: 'corp.example', expect: null },
    { set: 'domains', to: [''], expect: null },
    { set: 'domains', to: ['a\nb'], expect: null },
    { set: 'domains', to: ['a\0b'], expect: null },
    { set: 'domains', to: [7], expect: null },
    { set: 'domains', to: [['a']], expect: null },
    { set: 'domains', to: ['a'.repeat(256)], expect: null },
    { set: 'domains', to: null, expect: { 0: 'a' } },
    { set: 'firewall', to: 'dpu', expect: '' },
    { set: 'firewall', to: 'u', expect: '' },
    { set: 'firewall', to: 'pd', expect: '' },
    { set: 'firewall', to: null, expect: '' },
    { set: 'firewall', to: 'dp', expect: 'DP' },
    { set: 'role', to: 1, expect: 0 },
  ],
  'KmsBot-InstallHostRole': [
    {},
    { feature: 'volumeactivation' },
    { feature: 'DNS' },
    { feature: ['VolumeActivation'] },
  ],
};

const badOptions = (): ChangeCase[] =>
  (Object.keys(BAD) as ChangeStep['document'][]).flatMap((document) =>
    (BAD[document] ?? []).map((options) =>
      only(`${document} told ${JSON.stringify(options).slice(0, document === 'KmsBot-InstallStoredKey' ? 240 : 60)}`, {
        document,
        options,
      }),
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
