/** Runs at the edges of what Windows gives, and beyond what a line has room for. */
import { CIM_QUESTIONS, REGISTRY_QUESTIONS } from '../lab/inspect/questions.ts';
import { ADVERSARIAL, crowdedMachine, noise } from './fixtures/crowded-machine.ts';
import {
  dword,
  licensingEvent,
  type PlainMachine,
  plainSurface,
  productRow,
  serviceRow,
  srv,
  sz,
} from './fixtures/plain-machine.ts';
import { type InspectCase, NOW, plain } from './plain-case.ts';

const numbers: Partial<PlainMachine> = {
  cim: {
    [CIM_QUESTIONS.prod.className]: {
      ok: [
        productRow({ LicenseStatusReason: 0xffffffff, GracePeriodRemaining: 0xffffffff, LicenseStatus: 0 }),
        productRow({ LicenseStatus: 5, LicenseIsAddon: true }),
        productRow({ ID: '00000000-0000-0000-0000-000000000001', LicenseStatus: 6, PartialProductKey: null }),
        productRow({ ID: '00000000-0000-0000-0000-000000000002', LicenseStatus: 2, GracePeriodRemaining: null }),
      ],
    },
    [CIM_QUESTIONS.svc.className]: {
      ok: [serviceRow({ IsKeyManagementServiceMachine: 1, RemainingWindowsReArmCount: 0xffffffff })],
    },
  },
  registry: {
    [REGISTRY_QUESTIONS.spp]: {
      SkipRearm: dword(0xffffffff),
      DisableDnsPublishing: dword(0),
      DnsDomainPublishList: { type: 'REG_MULTI_SZ', value: ['one.example'] },
    },
    [REGISTRY_QUESTIONS.windows]: {},
    [REGISTRY_QUESTIONS.policy]: {
      SearchList: sz('b.example, A.Example. ,b.example'),
      'NV PrimaryDnsSuffix': sz('Policy.Example'),
    },
  },
};

const olderWindows = Object.fromEntries(
  Object.entries(productRow()).filter(([name]) => !(CIM_QUESTIONS.prod.newer as readonly string[]).includes(name)),
);

const events = (...list: readonly (readonly [number, number, readonly string[]])[]): Partial<PlainMachine> => ({
  events: list.map(([id, secondsAgo, data], index) => licensingEvent(id, 90 - index, NOW - secondsAgo * 1000, data)),
});

const request = (code: string, host: string): readonly string[] => [`${code}, 0x0, ${host}:1688, x, 2026/11/22, 0, 1`];
const response = ['0xC004F038', '0x4000008', '0', '0', '4', '120', '10080'] as const;

/** Values at the edges of what Windows gives. */
export const edgeCases = (): InspectCase[] => [
  plain('numbers at their limits', numbers),
  plain('an older Windows', { cim: { [CIM_QUESTIONS.prod.className]: { ok: [olderWindows] } } }),
  plain('no events', { events: [] }),
  plain(
    'an attempt at three hosts',
    events(
      [12288, 10, request('0xC004F074', 'a')],
      [12288, 60, request('0x800706BA', 'b')],
      [12288, 170, request('0x0', 'c')],
    ),
  ),
  plain('an attempt, and one long before', events([12288, 10, request('0x0', 'a')], [12288, 500, request('0x0', 'b')])),
  plain(
    'a response between',
    events(
      [12289, 5, response],
      [12288, 10, request('0x0', 'a')],
      [12289, 20, response],
      [12288, 30, request('0x0', 'b')],
    ),
  ),
  plain('fields as elements', events([12288, 5, ['0x0', '0x0', 'A.example:1688', 'x']], [12289, 6, response])),
  plain('joined text before the elements', events([12289, 6, ['joined, text', ...response]])),
  plain(
    'garbled events',
    events([12288, 5, ['nothing']], [12289, 6, []], [12288, 7, request('0x0', 'a')], [12289, 8, ['0x0', '0x0', '1']]),
  ),
  plain('clock far ahead', { ntp: { '169.254.169.123': -14_401 } }),
  plain('clock behind', { ntp: { '169.254.169.123': 3599 } }),
  plain('many domains', {
    registry: {
      [REGISTRY_QUESTIONS.tcpip]: { SearchList: sz(Array.from({ length: 15 }, (_, i) => `d${i}.example`).join(',')) },
    },
  }),
  plain('many answers', {
    dns: {
      '_vlmcs._tcp.corp.example|SRV': {
        answers: Array.from({ length: 30 }, (_, i) => srv(`kms-${29 - i}.corp.example`, i % 3, i)),
      },
    },
  }),
  { ...plain('no resolver', {}), without: ['Resolve-DnsName'] },
  ...['tr-TR', 'de-DE', 'ja-JP', 'ar-SA'].map((culture) => ({ ...plain(`culture ${culture}`, numbers), culture })),
];

const noisy = (length: number): Partial<PlainMachine> => ({
  cim: {
    [CIM_QUESTIONS.svc.className]: { ok: [serviceRow({ Version: noise(length, 'version') })] },
    [CIM_QUESTIONS.spp.className]: {
      ok: [{ Name: 'sppsvc', State: noise(length, 'state'), StartMode: noise(length, 'mode') }],
    },
    [CIM_QUESTIONS.prod.className]: {
      ok: Array.from({ length: 14 }, (_, i) =>
        productRow({ LicenseFamily: noise(length, `f${i}`), KeyManagementServiceMachine: noise(length, `k${i}`) }),
      ),
    },
  },
});

/** Records longer than a line has room for. */
export const longCases = (): InspectCase[] => [
  { name: 'adversarial', surface: plainSurface(crowdedMachine(ADVERSARIAL)), run: { bind: 'all' } },
  ...[
    { ...ADVERSARIAL, hosts: 16, suffixes: 12, products: 10 },
    { ...ADVERSARIAL, hosts: 4, suffixes: 3, products: 2 },
    { ...ADVERSARIAL, hosts: 3, suffixes: 6, products: 3 },
    { ...ADVERSARIAL, hosts: 30, suffixes: 30, products: 40, family: (i: number) => `office ${i}` },
  ].map((crowd, index) => ({
    name: `crowd ${index + 1}`,
    surface: plainSurface(crowdedMachine(crowd)),
    run: { bind: 'all' } as const,
  })),
  ...[60, 250, 1000].map((length) => plain(`noise of ${length}`, noisy(length))),
];
