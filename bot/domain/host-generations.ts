/**
 * Which KMS host key activates which Windows, where such a key may live, and which update its Windows needs.
 *
 * A host key activates its own and earlier generations; one for client Windows activates no servers. What Microsoft's
 * tables do not list counts as not activated.
 *
 * Microsoft, "Key Management Services (KMS) activation planning": groups of volume licence keys, and required updates.
 */
import type { Edition } from './windows-edition.ts';

/** Generations of KMS host keys, newest first, as people call them. */
export const KEY_GROUPS = [
  'Windows Server 2025',
  'Windows Server 2022',
  'Windows Server 2019',
  'Windows Server 2016',
  'Windows Server 2012 R2',
  'Windows Server 2012',
  'Windows Server 2008 R2',
  'Windows 10',
] as const;
/** One of the generations. */
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** What has to be known of a Windows to tell who activates it; without an edition it is taken for an ordinary one. */
export type ActivatedWindows = Pick<Edition, 'build' | 'kind'> & Partial<Pick<Edition, 'edition'>>;

interface KeyGroupFacts {
  /** Newest server build of the long-term channel that it activates; 0 for none. */
  readonly servers: number;
  /** Whether servers of the former semi-annual channel are among them. */
  readonly semiAnnual: boolean;
  /** Newest build of client Windows. */
  readonly clients: number;
  /** Newest build of client Windows of the long-term channel. */
  readonly longTermClients: number;
  /** Builds of Windows that may hold such a key. */
  readonly on: readonly number[];
}

/** Later builds of the newest Windows are activated too. */
const ANY_LATER = Number.MAX_SAFE_INTEGER;

/** Last builds of Windows 10 and 8.1, and of long-term releases. */
const WINDOWS_10_LAST = 19_045;
const WINDOWS_8_1 = 9600;
const LTSB_2015 = 10_240;
const LTSB_2016 = 14_393;
const LTSC_2021 = 19_044;

const FACTS: Readonly<Record<KeyGroup, KeyGroupFacts>> = {
  'Windows Server 2025': {
    servers: 26_100,
    semiAnnual: true,
    clients: ANY_LATER,
    longTermClients: ANY_LATER,
    on: [26_100, 20_348, 17_763],
  },
  'Windows Server 2022': {
    servers: 20_348,
    semiAnnual: true,
    clients: ANY_LATER,
    longTermClients: LTSC_2021,
    on: [20_348, 17_763, 14_393],
  },
  'Windows Server 2019': {
    servers: 17_763,
    semiAnnual: true,
    clients: WINDOWS_10_LAST,
    longTermClients: LTSC_2021,
    on: [17_763, 14_393, 9600],
  },
  'Windows Server 2016': {
    servers: 14_393,
    semiAnnual: true,
    clients: WINDOWS_10_LAST,
    longTermClients: LTSB_2016,
    on: [14_393, 9600, 9200],
  },
  'Windows Server 2012 R2': {
    servers: 9600,
    semiAnnual: false,
    clients: WINDOWS_8_1,
    longTermClients: 0,
    on: [9600, 9200, 7601],
  },
  'Windows Server 2012': { servers: 9200, semiAnnual: false, clients: 9200, longTermClients: 0, on: [9200, 7601] },
  'Windows Server 2008 R2': { servers: 7601, semiAnnual: false, clients: 7601, longTermClients: 0, on: [7601, 7600] },
  'Windows 10': {
    servers: 0,
    semiAnnual: false,
    clients: WINDOWS_10_LAST,
    longTermClients: LTSB_2015,
    on: [WINDOWS_10_LAST, 19_044, 19_043, 19_042, 19_041, 18_363, 17_763, 14_393, LTSB_2015, WINDOWS_8_1, 7601],
  },
};

/** What the end of a key's `Description` calls each generation; longer names first. */
const TOKENS: readonly (readonly [RegExp, KeyGroup])[] = [
  [/^(WS|20)?25$/, 'Windows Server 2025'],
  [/^(WS|20)?22$/, 'Windows Server 2022'],
  [/^(WS|20)?19$/, 'Windows Server 2019'],
  [/^(WS|20)?16$/, 'Windows Server 2016'],
  [/^(WS|20)?12R2$/, 'Windows Server 2012 R2'],
  [/^(WS|20)?12$/, 'Windows Server 2012'],
  [/^((WS|20)?08)?R2[ABC]?$/, 'Windows Server 2008 R2'],
  [/^W(IN)?10$/, 'Windows 10'],
];

/**
 * The generation of a KMS host key, from the channel token of its product's `Description`, e.g. `VOLUME_KMS_WS22`.
 * Undefined where the token names none, or one that is not known.
 */
export function keyGroupOf(channelToken: string): KeyGroup | undefined {
  const suffix = /VOLUME_KMS_([A-Z0-9_-]+)/.exec(channelToken.toUpperCase())?.[1]?.replace(/[_-]/g, '');
  if (suffix === undefined || suffix.startsWith('CLIENT')) return undefined;
  const bare = suffix.replace(/^WS20/, 'WS');
  return TOKENS.find(([pattern]) => pattern.test(bare))?.[1];
}

/** Whether a host with a key of this generation activates such a Windows. */
export function activates(keyGroup: KeyGroup, windows: ActivatedWindows): boolean {
  const { servers, semiAnnual, clients, longTermClients } = FACTS[keyGroup];
  const { build } = windows;
  if (windows.kind !== 'workstation') return isSemiAnnual(windows) ? semiAnnual : build <= servers;
  return build <= (isLongTermClient(windows) ? longTermClients : clients);
}

/** Server builds that exist only in the former semi-annual channel. */
const SEMI_ANNUAL_BUILDS: readonly number[] = [16_299, 17_134, 18_362, 18_363, 19_041, 19_042];

const isSemiAnnual = ({ build, edition = '' }: ActivatedWindows): boolean =>
  SEMI_ANNUAL_BUILDS.includes(build) || /acor$/i.test(edition);

const isLongTermClient = ({ edition = '' }: ActivatedWindows): boolean => /^(iot)?enterprisesn?$/i.test(edition);

/** The oldest generation of server keys that activates such a Windows; undefined for one newer than all of them. */
export function keyGroupFor(windows: ActivatedWindows): KeyGroup | undefined {
  return KEY_GROUPS.findLast((group) => group !== 'Windows 10' && activates(group, windows));
}

/** Whether a key of this generation may be installed on a Windows of this build. */
export const mayLiveOn = (keyGroup: KeyGroup, hostBuild: number): boolean => FACTS[keyGroup].on.includes(hostBuild);

/** An update a host's Windows needs before it knows newer clients. Later cumulative updates contain it. */
export interface HostUpdate {
  /** E.g. `KB5003646`. */
  readonly kb: string;
  /** Year and month it came out, e.g. `2021-06`; absent where Microsoft names only the update. */
  readonly month?: string;
}

/** By the host's build: newest client build first; each row holds for clients from `from` on, `on` which it is run. */
const UPDATES: Readonly<Record<number, readonly (HostUpdate & { readonly from: number })[]>> = {
  20348: [{ from: 26_100, kb: 'KB5034765', month: '2024-02' }],
  17763: [
    { from: 26_100, kb: 'KB5034768', month: '2024-02' },
    { from: 20_348, kb: 'KB5003646', month: '2021-06' },
  ],
  14393: [
    { from: 20_348, kb: 'KB5003638', month: '2021-06' },
    { from: 17_763, kb: 'KB4478877', month: '2018-12' },
  ],
  9600: [
    { from: 17_763, kb: 'KB4467695', month: '2018-11' },
    { from: 10_240, kb: 'KB3172614', month: '2016-07' },
  ],
  9200: [{ from: 9600, kb: 'KB3172615', month: '2016-07' }],
  7601: [{ from: 9200, kb: 'KB3079821' }],
};

/**
 * The update a host of this build needs to activate clients of that one; undefined when it needs none, or none exists.
 * Whether the host has it is not told by this: a newer cumulative update would do.
 */
export function updateNeeded(hostBuild: number, clientBuild: number): HostUpdate | undefined {
  const row = UPDATES[hostBuild]?.find(({ from }) => clientBuild >= from);
  if (row === undefined) return undefined;
  return row.month === undefined ? { kb: row.kb } : { kb: row.kb, month: row.month };
}
