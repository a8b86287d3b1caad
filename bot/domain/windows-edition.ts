/** Readable names of Windows releases and editions, from build number, `EditionID` and the kind of machine. */

/** Server releases of the long-term channel, by build. */
const SERVER_RELEASES: Readonly<Record<number, string>> = {
  9200: '2012',
  9600: '2012 R2',
  14393: '2016',
  17763: '2019',
  20348: '2022',
  26100: '2025',
};

/** Releases of the former semi-annual channel, whose editions end in `ACor`, by build. */
const SEMI_ANNUAL_RELEASES: Readonly<Record<number, string>> = {
  16299: '1709',
  17134: '1803',
  17763: '1809',
  18362: '1903',
  18363: '1909',
  19041: '2004',
  19042: '20H2',
};

const SERVER_EDITIONS: Readonly<Record<string, string>> = {
  serverstandard: 'Standard',
  serverdatacenter: 'Datacenter',
  serverturbine: 'Datacenter: Azure Edition',
  serversolution: 'Essentials',
  serverstandardacor: 'Standard',
  serverdatacenteracor: 'Datacenter',
};

const CLIENT_EDITIONS: Readonly<Record<string, string>> = {
  professional: 'Pro',
  professionalworkstation: 'Pro for Workstations',
  professionaleducation: 'Pro Education',
  education: 'Education',
  enterprise: 'Enterprise',
  enterpriseg: 'Enterprise G',
  enterprises: 'Enterprise LTSC',
  iotenterprise: 'IoT Enterprise',
  iotenterprises: 'IoT Enterprise LTSC',
  serverrdsh: 'Enterprise multi-session',
  core: 'Home',
  coresinglelanguage: 'Home Single Language',
  corecountryspecific: 'Home China',
};

/** Long-term releases of Windows 10 and 11 by build; the first two were called LTSB. */
const LONG_TERM_RELEASES: Readonly<Record<number, string>> = {
  10240: '2015',
  14393: '2016',
  17763: '2019',
  19044: '2021',
  26100: '2024',
};

/** First builds of Windows 10 and 11. */
export const WINDOWS_10 = 10_240;
export const WINDOWS_11 = 22_000;

/** What tells one Windows from another. */
export interface Edition {
  readonly build: number;
  /** `EditionID`, e.g. `ServerStandard`. */
  readonly edition: string;
  readonly kind: 'workstation' | 'domain-controller' | 'server';
}

/** True for editions that only evaluate Windows: they cannot be activated by KMS until converted. */
export const isEvaluationEdition = (edition: string): boolean => /eval$/i.test(edition);

/** A name such as `Windows Server 2022 Standard`; an unknown release or edition is shown as Windows names it. */
export function osName(os: Edition): string {
  const evaluation = isEvaluationEdition(os.edition);
  const edition = os.edition.replace(/eval$/i, '');
  const named = os.kind === 'workstation' ? clientName(os.build, edition) : serverName(os.build, edition);
  return evaluation ? `${named} Evaluation` : named;
}

function serverName(build: number, edition: string): string {
  const semiAnnual = /acor$/i.test(edition) ? SEMI_ANNUAL_RELEASES[build] : undefined;
  const release = semiAnnual ?? SERVER_RELEASES[build] ?? `build ${build}`;
  return `Windows Server ${release} ${SERVER_EDITIONS[edition.toLowerCase()] ?? edition}`;
}

function clientName(build: number, edition: string): string {
  const stem = edition.slice(0, -1).toLowerCase();
  const isN = /n$/i.test(edition) && Object.hasOwn(CLIENT_EDITIONS, stem);
  const id = isN ? stem : edition.toLowerCase();
  const name = CLIENT_EDITIONS[id] ?? edition;
  const inLongTerm = id === 'enterprises' || id === 'iotenterprises';
  return `Windows ${clientRelease(build)} ${inLongTerm ? longTermName(name, build, isN) : `${name}${isN ? ' N' : ''}`}`;
}

function clientRelease(build: number): string {
  if (build >= WINDOWS_11) return '11';
  if (build >= WINDOWS_10) return '10';
  return build === 9600 ? '8.1' : `build ${build}`;
}

/** `Enterprise N LTSC 2021`: the N stands before the channel, as Microsoft writes it; early releases were LTSB. */
function longTermName(name: string, build: number, isN: boolean): string {
  const release = LONG_TERM_RELEASES[build];
  const channel = release === '2015' || release === '2016' ? 'LTSB' : 'LTSC';
  return name.replace(/ LTSC$/, `${isN ? ' N' : ''} ${channel}${release === undefined ? '' : ` ${release}`}`);
}
