/** How changes of keys and hosts end otherwise: machines left alone, documents that fail, keys that cannot be used. */
import type { ChangeRefusal } from '../../../bot/domain/change/change-message.ts';
import type { ChangeKind } from '../../../bot/domain/change/change-spec.ts';
import type { LeftAlone, NodeOutcome } from '../../../bot/domain/change/plan.ts';
import { DAY_MS, NOW_MS } from './content.ts';
import { ROLE, STORED } from './key-changes.ts';

/** Reasons to leave a machine alone that only these changes know. */
export const LEFT_KEYS: readonly LeftAlone[] = [
  { why: 'key-unreadable', need: 'secretsmanager:GetSecretValue', who: ROLE },
  { why: 'key-unreadable', need: 'ssm:GetParameter' },
  { why: 'key-unreadable', step: 'Get-Secret', code: '80072EE7' },
  { why: 'key-unreadable', step: 'ReadCredentials' },
  { why: 'key-unreadable' },
  { why: 'key-malformed' },
  { why: 'host-key-for-client' },
  { why: 'mak-for-host' },
  { why: 'client-host-key-on-server', group: 'Windows 10' },
  { why: 'server-host-key-on-client', group: 'Windows Server 2022' },
  { why: 'host-windows', group: 'Windows Server 2025' },
  { why: 'azure-edition' },
  {
    why: 'mak-edition',
    editions: ['serverstandard', 'serverdatacenter'],
    group: 'Windows Server 2022',
    found: { group: 'Windows Server 2019', edition: 'ServerStandard' },
  },
  { why: 'mak-edition', editions: 'any', group: 'Windows 11', found: { edition: 'Enterprise' } },
  { why: 'mak-edition', editions: 'any', group: 'Windows 11' },
  { why: 'key-used-up', hosts: 6, here: 0 },
  { why: 'key-used-up', hosts: 3, here: 10 },
  { why: 'no-phone' },
  { why: 'threshold', needed: 5, count: 3, missedAtMs: NOW_MS + 30 * DAY_MS },
  { why: 'threshold', needed: 25, count: 20 },
  { why: 'no-other-host' },
];

/** Ways in which documents of keys and hosts end otherwise. */
export const BAD_KEY_OUTCOMES: readonly Partial<NodeOutcome>[] = [
  { result: 'refused', why: 'secret-unreadable', need: 'secretsmanager:GetSecretValue', who: ROLE },
  { result: 'refused', why: 'secret-unreadable', step: 'Get-Secret', code: '80072EE7' },
  { result: 'failed', step: 'channel', restored: true },
  { result: 'failed', step: 'channel', restored: false },
  { result: 'failed', step: 'Install-WindowsFeature', code: '80070005' },
  { result: 'failed', step: 'DepositOfflineConfirmationId', code: 'C004F02D' },
  { result: 'done', activationCode: '80072EE7', activated: false, via: 'instance' },
];

export const ASKED_KEYS = {
  'stored-key': `key tag:Env=dmz ${STORED}`,
  phone: 'phone web-01',
  rearm: 'rearm web-01',
  restart: 'rearm web-01 restart',
  'host-setup': `host kms1 setup ${STORED}`,
  'host-publish': 'host kms1 publish on',
  'host-domains': 'host kms1 domains corp.example "lab.example,10,50"',
  'host-port': 'host kms1 port 1690',
  'host-intervals': 'host kms1 intervals 60 10080',
  'host-priority': 'host kms1 priority low',
  'host-firewall': 'host kms1 firewall on',
  'host-restart': 'host kms1 restart',
  'host-retire': 'host kms-old retire',
} as const satisfies Partial<Readonly<Record<ChangeKind, string>>>;

const storedKey = (lookup: Extract<ChangeRefusal, { kind: 'stored-key' }>['lookup']) =>
  ({ kind: 'stored-key', name: 'contoso-ws202', siteId: 'tokyo', lookup }) as const;

export const REFUSED_KEYS: readonly ChangeRefusal[] = [
  storedKey({ kind: 'not-found', known: [STORED, 'contoso-mak', 'lab-host'] }),
  storedKey({ kind: 'not-found', known: ['lab-mak'] }),
  storedKey({ kind: 'not-found', known: [] }),
  storedKey({
    kind: 'badly-tagged',
    tags: [{ tag: 'kind' }, { tag: 'group', value: '2023' }, { tag: 'edition' }, { tag: 'used', value: 'many' }],
  }),
  storedKey({ kind: 'badly-tagged', tags: [{ tag: 'Owner', value: 'x' }] }),
  storedKey({ kind: 'ambiguous' }),
  storedKey({ kind: 'not-encrypted' }),
  { kind: 'keys-off' },
];
