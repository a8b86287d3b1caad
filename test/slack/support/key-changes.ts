/** Changes of stored keys, of activation by phone, of rearms and of KMS hosts, as operations tell them. */
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import type { CourseStep, CourseStepName } from '../../../bot/domain/change/course.ts';
import type { PlannedNode, PlanWarning, ValueChange } from '../../../bot/domain/change/plan.ts';
import { DAY_MS, NOW_MS } from './content.ts';

export const STORED = 'contoso-ws2022';
export const ROLE = 'arn:aws:iam::111122223333:role/web-nodes';

/** Each change of a key or a host, in every form it has. */
export const KEY_SPECS = [
  { kind: 'stored-key', key: STORED },
  { kind: 'phone' },
  { kind: 'rearm', restart: false },
  { kind: 'rearm', restart: true },
  { kind: 'restart' },
  { kind: 'host-setup', key: STORED },
  { kind: 'host-publish', on: true },
  { kind: 'host-publish', on: false },
  { kind: 'host-domains', domains: [{ domain: 'corp.example' }, { domain: 'lab.example', priority: 10, weight: 50 }] },
  { kind: 'host-domains', domains: [] },
  { kind: 'host-port', port: 1690 },
  { kind: 'host-intervals', activationMinutes: 60, renewalMinutes: 10_080 },
  { kind: 'host-priority', low: true },
  { kind: 'host-priority', low: false },
  { kind: 'host-firewall' },
  { kind: 'host-restart' },
  { kind: 'host-retire' },
] as const satisfies readonly ChangeSpec[];

type KeySpec = Extract<ChangeSpec, { kind: (typeof KEY_SPECS)[number]['kind'] }>;
type Part = Pick<PlannedNode, 'action' | 'inverse' | 'changes' | 'thenActivate'> &
  Partial<Pick<PlannedNode, 'course' | 'warnings'>>;

const value = (what: ValueChange['what'], before: string | null, after: string | null): ValueChange => ({
  what,
  before,
  after,
});

const SECRET = { store: 'secrets-manager', name: 'kms-bot/keys/contoso-ws2022', region: 'ap-northeast-1' } as const;
const setHost = { document: 'KmsBot-SetHost', options: { set: 'restart' } } as const;
const installKey = {
  document: 'KmsBot-InstallStoredKey',
  options: { from: SECRET, kind: 'mak', expect: { key: 'VMK7H' } },
} as const;
const rearm = { document: 'KmsBot-Rearm', options: { rearm: 1, restart: 0, expect: { rearms: 3 } } } as const;

const courseOf = (...steps: readonly CourseStepName[]): readonly CourseStep[] =>
  steps.map((step) => (step === 'phone' && steps.length > 2 ? { step, ifNeeded: true } : { step }));

export const KEY_USE: PlanWarning = { why: 'key-use', hosts: 2, ofHosts: 6, here: 1, ofHere: 10, before: 3 };

export const OLD_PORT = {
  why: 'record-names-old-port',
  domain: 'corp.example',
  host: 'kms1.corp.example',
  from: 1688,
  to: 1690,
  ours: true,
} as const;

/** Every warning. */
export const WARNINGS: readonly PlanWarning[] = [
  { why: 'client-host-activates', group: 'Windows 10' },
  KEY_USE,
  { why: 'key-use', hosts: 1, ofHosts: 6, here: 0, ofHere: 10, before: 0 },
  { why: 'firewall-port', port: 1690 },
  ...[true, false].map((ours) => ({ ...OLD_PORT, ours })),
  { why: 'low-priority' },
  { why: 'threshold', host: 'kms2.corp.example', count: 3, needed: 5, missedAtMs: NOW_MS + 30 * DAY_MS },
  { why: 'threshold', host: 'kms2.corp.example', count: 20, needed: 25 },
  { why: 'pinned-clients', names: ['web-01', 'web-02'], machines: 2 },
  { why: 'pinned-clients', names: ['web-01'], machines: 1 },
  { why: 'restart-interrupts' },
  { why: 'foreign-record', domain: 'corp.example', value: '0 0 1688 kms-old.corp.example.' },
];

/** What each of them plans on a machine. */
export function keyPart(spec: KeySpec): Part {
  const host = { action: setHost, inverse: setHost, thenActivate: false } as const;
  switch (spec.kind) {
    case 'stored-key':
      return {
        action: installKey,
        inverse: { none: 'unknown-key' },
        changes: [value('key', 'VMK7H', 'QQQQ7'), value('activation', 'notification', 'licensed')],
        thenActivate: true,
        warnings: [KEY_USE, { why: 'mak-use' }],
      };
    case 'phone':
      return {
        action: { document: 'KmsBot-ReadInstallationId', options: { expect: { key: 'QQQQ7' } } },
        inverse: { none: 'activation' },
        changes: [value('activation', 'notification', 'licensed')],
        thenActivate: false,
        course: courseOf('phone', 'verify'),
      };
    case 'rearm':
      return {
        action: rearm,
        inverse: { none: 'rearm' },
        changes: [value('rearms', '3', '2'), ...(spec.restart ? [value('restart', null, null)] : [])],
        thenActivate: false,
        course: spec.restart ? courseOf('rearm', 'restart', 'return', 'verify') : courseOf('rearm'),
        warnings: spec.restart
          ? [{ why: 'ends-activation', by: 'kms' }, { why: 'last-rearm' }, { why: 'restart-interrupts' }]
          : [{ why: 'ends-activation', by: 'microsoft' }],
      };
    case 'restart':
      return {
        action: { document: 'KmsBot-Rearm', options: { rearm: 0, restart: 1 } },
        inverse: { none: 'restart' },
        changes: [value('restart', null, null)],
        thenActivate: false,
        course: courseOf('restart', 'return', 'verify'),
        warnings: [{ why: 'restart-interrupts' }],
      };
    case 'host-setup':
      return {
        action: installKey,
        inverse: { none: 'host-setup' },
        changes: [
          value('host-role', null, 'VolumeActivation'),
          value('key', 'VMK7H', 'QQQQ7'),
          value('activation', 'notification', 'licensed'),
          value('firewall', null, 'dp'),
          value('service', null, null),
          value('publishing', 'on', 'off'),
          value('record', null, '_vlmcs._tcp.corp.example 0 0 1688 kms1.corp.example.'),
        ],
        thenActivate: false,
        course: SETUP,
        warnings: [KEY_USE],
      };
    case 'host-publish':
      return { ...host, changes: [value('publishing', spec.on ? 'off' : 'on', spec.on ? 'on' : 'off'), SERVICE] };
    case 'host-domains':
      return {
        ...host,
        changes: [
          value('publish-list', 'old.example\nlab.example, 5, 5', spec.domains.map(({ domain }) => domain).join('\n')),
          SERVICE,
        ],
      };
    case 'host-port':
      return {
        ...host,
        changes: [value('listening-port', '1688', '1690'), SERVICE],
        warnings: [{ why: 'firewall-port', port: 1690 }],
      };
    case 'host-intervals':
      return {
        ...host,
        changes: [value('activation-interval', '120', '60'), value('renewal-interval', '10085', '10080'), SERVICE],
      };
    case 'host-priority':
      return {
        ...host,
        changes: [value('priority', spec.low ? 'normal' : 'low', spec.low ? 'low' : 'normal')],
        ...(spec.low ? { warnings: [{ why: 'low-priority' }] as const } : {}),
      };
    case 'host-firewall':
      return { ...host, changes: [value('firewall', '', 'domain, private')] };
    case 'host-restart':
      return { ...host, inverse: { none: 'leaves-nothing' }, changes: [SERVICE] };
    case 'host-retire':
      return {
        ...host,
        inverse: { none: 'host-retired' },
        changes: [
          value('record', '_vlmcs._tcp.corp.example 0 0 1688 kms-old.corp.example.', null),
          value('publishing', 'on', 'off'),
          value('key', 'QQQQ7', 'VMK7H'),
        ],
        course: RETIRE,
        warnings: WARNINGS,
      };
  }
}

const SERVICE = value('service', null, null);
export const SETUP = courseOf('role', 'key', 'activate', 'phone', 'firewall', 'listen', 'publish', 'record', 'verify');
export const RETIRE = courseOf('drain', 'unpublish', 'watch', 'convert');
