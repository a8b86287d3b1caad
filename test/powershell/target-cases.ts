/** Runs that differ in where a machine could be activated, and from where it is probed. */
import { CIM_QUESTIONS } from '../lab/inspect/questions.ts';
import { type PlainMachine, serviceRow, srv } from './fixtures/plain-machine.ts';
import { type InspectCase, plain } from './plain-case.ts';

const target = (host: string, address: string, more: Partial<PlainMachine> = {}): Partial<PlainMachine> => ({
  ...more,
  dns: {
    '_vlmcs._tcp.corp.example|SRV': { answers: [srv(host)] },
    [`${host}|${address.includes(':') ? 'AAAA' : 'A'}`]: {
      answers: [{ type: address.includes(':') ? 'AAAA' : 'A', address }],
    },
  },
  tcp: { [`${address}|1688`]: 'ok' },
});

const assigned = (host: string): Partial<PlainMachine> => ({
  cim: {
    [CIM_QUESTIONS.svc.className]: {
      ok: [serviceRow({ KeyManagementServiceMachine: host, KeyManagementServicePort: 1689 })],
    },
  },
});

const ADDRESSES = [
  ['127.0.0.1', []],
  ['169.254.1.1', []],
  ['169.254.169.250', []],
  ['fd00:ec2::250', []],
  ['fe80::1234', []],
  ['::1', []],
  ['::ffff:10.0.0.1', []],
  ['8.8.8.8', []],
  ['8.8.8.8', ['8.8.8.0/24']],
  ['8.8.8.8', ['8.8.8.0/25', '8.8.8.8/33', '8.8.8/8', 'x/8']],
  ['8.8.8.8', ['host.example']],
  ['127.0.0.1', ['host.example', '127.0.0.0/8']],
  ['2001:db8::5', ['2001:db8::/127', '2001:db8::4/126']],
  ['100.100.1.1', []],
  ['172.31.255.255', []],
  ['172.32.0.1', []],
] as const;

/** Targets that may be probed, and those that may not. */
export const targetCases = (): InspectCase[] => [
  ...ADDRESSES.map(([address, known]) =>
    plain(`target at ${address}, known ${known.join(' ')}`, target('host.example', address), { bind: 'all', known }),
  ),
  ...[
    '[FD12::7]',
    '10.1.2.3',
    '010.1.2.3',
    '1.2.3.4.5',
    'KMS-NetBIOS',
    'http://kms',
    'a..b',
    `${'x'.repeat(64)}.example`,
  ].map((host) => plain(`assigned ${host}`, assigned(host))),
  plain('several addresses, the last answers', {
    dns: {
      'kms.corp.example|A': {
        answers: ['10.0.0.7', '10.0.0.8', '10.0.0.9', '10.0.0.10'].map((address) => ({ type: 'A', address }) as const),
      },
      'kms.corp.example|AAAA': { answers: [{ type: 'AAAA', address: 'FD00::A' }] },
    },
  }),
  plain('licence included', {
    imds: { ok: { imageId: 'ami-1', vpcId: 'vpc-1', instanceId: 'i-2', billingProducts: ['bp-6ba54002'] } },
    tcp: { '169.254.169.250|1688': 'ok' },
  }),
  plain('not among those that bind', {}, { bind: ['i-9'], nodeId: 'i-1' }),
  plain('among those that bind', {}, { bind: ['i-9', 'i-1'], nodeId: 'i-1' }),
  plain('named by its instance metadata', {}, { bind: ['i-00000000000000001'] }),
  plain('delayed', {}, { jitter: 90, nodeId: 'i-0123456789abcdef0' }),
  plain('delayed by more than is allowed', {}, { jitter: 100_000, nodeId: 'mi-0fedcba9876543210' }),
];
