/** The machines of the seeded world, one row each. Rows say what a machine is and in which way it is broken, if any. */
import type { BrokenWayId } from './broken-ways.ts';
import type { Generation } from './editions.ts';
import type { Network } from './seeded-network.ts';
import type { WindowsLanguage } from './types.ts';

/** What a machine is to its network beside an ordinary KMS client. */
export type SpecialRole =
  | 'kms-host'
  | 'small-kms-host'
  | 'accidental-host'
  | 'controller'
  | 'lab-controller'
  | 'member'
  | 'lab-member'
  | 'directory-activated'
  | 'licence-included'
  | 'mak'
  | 'office'
  | 'lab-on-main-host';

/** Never activated; activated once, but longer ago than validity and grace last; still licensed, renewals failing. */
export type Past = 'never' | 'lapsed' | 'renewals-missed';

/** Why Systems Manager cannot ask a machine, where it cannot. */
export type Presence = 'online' | 'offline' | 'stopped' | 'no-agent' | 'untagged' | 'linux';

/** One machine of the seeded world. */
export interface FleetRow {
  readonly name: string;
  readonly network: Network;
  readonly generation: Generation;
  readonly edition: string;
  readonly language: WindowsLanguage;
  /** `Env` tag. */
  readonly env: string;
  /** `Role` tag. */
  readonly role: string;
  readonly special?: SpecialRole;
  readonly presence?: Presence;
  readonly way?: BrokenWayId;
  /** How it came to be broken; by chance when absent. */
  readonly past?: Past;
}

type Extra = Pick<FleetRow, 'special' | 'presence' | 'way' | 'past'>;

const LANGUAGES = { en: 'en-US', ja: 'ja-JP', de: 'de-DE' } as const;
const EDITIONS = {
  dc: 'ServerDatacenter',
  std: 'ServerStandard',
  ent: 'Enterprise',
  pro: 'Professional',
  edu: 'Education',
} as const;

/** `what`: generation, edition and language; `place`: network, `Env` and `Role`. */
function row(name: string, what: string, place: string, extra: Extra = {}): FleetRow {
  const [generation, edition, language] = what.split(' ') as [
    Generation,
    keyof typeof EDITIONS,
    keyof typeof LANGUAGES,
  ];
  const [network, env = '', role = ''] = place.split(' ') as [Network, string, string];
  return { name, network, generation, edition: EDITIONS[edition], language: LANGUAGES[language], env, role, ...extra };
}

const HEALTHY_TOKYO: readonly FleetRow[] = [
  row('kms-01', '2022 dc en', 'corp prod kms', { special: 'kms-host' }),
  row('kms-lab', '2019 std ja', 'lab lab kms', { special: 'small-kms-host' }),
  row('dc-01', '2022 std ja', 'corp prod directory', { special: 'controller' }),
  row('dc-lab-2', '2019 std en', 'lab lab directory', { special: 'lab-controller' }),
  row('web-01', '2022 dc en', 'corp prod web'),
  row('web-02', '2022 std ja', 'corp prod web'),
  row('web-03', '2019 dc en', 'corp prod web'),
  row('app-01', '2022 dc en', 'corp prod app'),
  row('app-02', '2016 std de', 'corp prod app'),
  row('app-03', '2019 std ja', 'corp prod app', { special: 'accidental-host' }),
  row('db-01', '2019 std en', 'corp prod db', { special: 'office' }),
  row('db-02', '2022 dc ja', 'corp prod db'),
  row('fileserver-07', '2016 dc ja', 'corp prod file'),
  row('print-01', '2012R2 std ja', 'corp prod print'),
  row('build-9', '2022 dc en', 'corp test build'),
  row('build-10', '2019 dc de', 'corp test build'),
  row('build-11', '2016 std en', 'lab test build', { special: 'lab-on-main-host' }),
  row('vdi-01', '11 ent ja', 'corp prod desktop', { special: 'office' }),
  row('vdi-02', '10 ent de', 'corp prod desktop'),
  row('vdi-03', '10 pro en', 'corp test desktop'),
  row('経理-01', '11 pro ja', 'corp prod desktop'),
  row('app-ad-01', '2022 std en', 'corp prod app', { special: 'member' }),
  row('files-ad-02', '2019 dc ja', 'corp prod file', { special: 'member' }),
  row('crm-ad-03', '2022 dc de', 'corp prod app', { special: 'directory-activated' }),
  row('shop-01', '2022 dc en', 'edge prod web', { special: 'licence-included' }),
  row('shop-02', '2019 dc ja', 'edge prod web', { special: 'licence-included' }),
  row('shop-25', '2025 dc en', 'edge test web', { special: 'licence-included' }),
  row('onprem-sql-01', '2019 std ja', 'onprem prod db', { special: 'member' }),
  row('kiosk-01', '10 ent en', 'corp prod kiosk', { special: 'mak' }),
];

const BROKEN_TOKYO: readonly FleetRow[] = [
  row('edge-01', '2022 std en', 'edge prod web', { way: 'stale-srv' }),
  row('erp-01', '2019 dc ja', 'corp prod app', { way: 'retired-host' }),
  row('branch-pc-4', '10 ent de', 'edge prod desktop', { way: 'no-srv' }),
  row('etl-02', '2019 std en', 'edge test app', { way: 'wrong-suffix' }),
  row('stage-web-1', '2022 dc en', 'lab test web', { way: 'unresolved-target' }),
  row('mail-01', '2016 dc de', 'corp prod mail', { way: 'security-group' }),
  row('mail-02', '2019 dc ja', 'corp prod mail', { way: 'egress-blocked', past: 'renewals-missed' }),
  row('report-01', '2016 std en', 'corp prod app', { way: 'host-firewall' }),
  row('scada-gw-1', '2019 std ja', 'corp prod app', { way: 'clock-skewed' }),
  row('db-03', '2022 dc en', 'corp prod db', { way: 'wrong-gvlk' }),
  row('tool-05', '2022 std de', 'corp test tools', { way: 'no-key' }),
  row('demo-01', '2019 std en', 'corp test web', { way: 'retail-key' }),
  row('eval-01', '2022 std ja', 'corp test web', { way: 'evaluation' }),
  row('hr-01', '2022 std ja', 'corp prod app', { way: 'directory-only' }),
  row('web-25', '2025 dc en', 'corp test web', { way: 'host-too-old' }),
  row('lab-pc-01', '10 ent en', 'lab lab desktop', { way: 'count-too-low' }),
  row('lab-web-01', '2019 dc en', 'lab lab web', { way: 'count-too-low' }),
  row('pilot-01', '2025 std ja', 'corp test app', { way: 'host-not-activated' }),
  row('branch-fs-1', '2016 std ja', 'corp prod file', { way: 'dns-silent' }),
  row('dmz-01', '2022 dc de', 'edge prod web', { way: 'no-dns-server' }),
  row('farm-a', '2019 dc en', 'lab lab farm', { way: 'cloned' }),
  row('farm-b', '2019 dc en', 'lab lab farm', { way: 'cloned' }),
  row('farm-c', '2019 dc en', 'lab lab farm', { way: 'cloned' }),
  row('wiki-01', '2019 std ja', 'corp prod web', { way: 'wrong-port', past: 'renewals-missed' }),
  row('spool-01', '2016 std de', 'corp prod print', { way: 'foreign-service' }),
  row('shop-03', '2022 dc ja', 'edge prod web', { special: 'licence-included', way: 'amazon-routes' }),
  row('shop-04', '2022 dc en', 'edge prod web', { way: 'byol-on-amazon' }),
  row('ci-07', '2022 std en', 'corp test build', { way: 'malformed-host' }),
  row('ci-08', '2022 std ja', 'corp test build', { way: 'wrong-lookup-domain' }),
  row('lab-ad-01', '2019 std de', 'lab lab app', { special: 'lab-member', way: 'record-of-wrong-type' }),
  row('hard-01', '2016 dc en', 'corp prod app', { way: 'service-disabled' }),
  row('mon-01', '2019 dc ja', 'corp prod tools', { way: 'cim-unreadable' }),
  row('mon-02', '2022 dc en', 'corp prod tools', { way: 'licensing-unreadable' }),
  row('audit-01', '2022 dc de', 'corp prod tools', { way: 'events-unreadable' }),
];

const OTHERS_TOKYO: readonly FleetRow[] = [
  row('legacy-02', '2012R2 std en', 'corp prod app', { presence: 'untagged' }),
  row('old-vdi-8', '10 edu ja', 'corp test desktop', { presence: 'untagged' }),
  row('batch-03', '2019 dc en', 'corp prod batch', { presence: 'stopped' }),
  row('scan-02', '2016 std ja', 'corp prod scan', { presence: 'no-agent' }),
  row('app-09', '2022 std en', 'corp prod app', { presence: 'offline' }),
  row('onprem-fs-02', '2016 dc ja', 'onprem prod file', { special: 'member', presence: 'offline' }),
  row('nat-01', '2022 std en', 'edge prod network', { presence: 'linux' }),
  row('log-01', '2022 std en', 'corp prod tools', { presence: 'linux' }),
];

const FRANKFURT_ROWS: readonly FleetRow[] = [
  row('eu-web-01', '2022 dc de', 'eu prod web'),
  row('eu-web-02', '2025 dc de', 'eu prod web'),
  row('eu-app-01', '2025 std en', 'eu prod app'),
  row('eu-app-02', '2019 std de', 'eu prod app'),
  row('eu-db-01', '2022 std en', 'eu prod db'),
  row('eu-vdi-01', '11 ent de', 'eu prod desktop'),
  row('eu-shop-01', '2022 dc en', 'eu prod web', { special: 'licence-included' }),
  row('eu-fs-01', '2016 dc de', 'eu-onprem prod file', { special: 'member', presence: 'offline' }),
  row('eu-clock-01', '2022 std de', 'eu prod app', { way: 'clock-skewed' }),
  row('eu-fw-01', '2019 dc en', 'eu test app', { way: 'egress-blocked' }),
  row('eu-test-01', '2022 dc de', 'eu test web', { presence: 'untagged' }),
  row('eu-log-01', '2022 std en', 'eu prod tools', { presence: 'linux' }),
];

/** Every seeded machine, by site. */
export const SEEDED_FLEET: Readonly<Record<'tokyo' | 'frankfurt', readonly FleetRow[]>> = {
  tokyo: [...HEALTHY_TOKYO, ...BROKEN_TOKYO, ...OTHERS_TOKYO],
  frankfurt: FRANKFURT_ROWS,
};
