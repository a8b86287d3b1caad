/**
 * KMS client setup keys (GVLKs): public keys that make a volume edition of Windows look for a KMS host.
 *
 * Microsoft publishes them; they open nothing by themselves. Choosing one goes by build and `EditionID`, never by
 * the product's caption, which some languages translate.
 *
 * @see https://learn.microsoft.com/en-us/windows-server/get-started/kms-client-activation-keys
 */
import { type Edition, isEvaluationEdition, osName } from './windows-edition.ts';

/** Editions and builds one key is for. */
export interface Gvlk {
  readonly key: string;
  /** `EditionID`, lower-case. */
  readonly edition: string;
  /** First and last build, both included. */
  readonly builds: readonly [number, number];
  readonly on: 'server' | 'client';
}

/** No upper bound: later builds keep the key until Microsoft publishes another. */
const ANY_LATER = Number.MAX_SAFE_INTEGER;

const server = (build: number, editions: Readonly<Record<string, string>>): Gvlk[] =>
  Object.entries(editions).map(([edition, key]) => ({
    key,
    edition,
    builds: [build, build],
    on: 'server',
  }));

const client = (from: number, to: number, editions: Readonly<Record<string, string>>): Gvlk[] =>
  Object.entries(editions).map(([edition, key]) => ({ key, edition, builds: [from, to], on: 'client' }));

/** Every published key of Windows Server 2012 R2 and Windows 10 or later. */
export const GVLKS: readonly Gvlk[] = [
  ...server(26_100, {
    serverstandard: 'TVRH6-WHNXV-R9WG3-9XRFY-MY832',
    serverdatacenter: 'D764K-2NDRG-47T6Q-P8T8W-YP6DF',
    serverturbine: 'XGN3F-F394H-FD2MY-PP6FD-8MCRC',
  }),
  ...server(20_348, {
    serverstandard: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H',
    serverdatacenter: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33',
    serverturbine: 'NTBV8-9K7Q8-V27C6-M2BTV-KHMXV',
  }),
  ...server(17_763, {
    serverstandard: 'N69G4-B89J2-4G8F4-WWYCC-J464C',
    serverdatacenter: 'WMDGN-G9PQG-XVVXX-R3X43-63DFG',
    serversolution: 'WVDHN-86M7X-466P6-VHXV7-YY726',
  }),
  ...server(14_393, {
    serverstandard: 'WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY',
    serverdatacenter: 'CB7KF-BWN84-R7R2Y-793K2-8XDDG',
    serversolution: 'JCKRF-N37P4-C2D82-9YXRT-4M63B',
  }),
  ...server(9600, {
    serverstandard: 'D2N9P-3P6X9-2R39C-7RTCD-MDVJX',
    serverdatacenter: 'W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9',
    serversolution: 'KNC87-3J2TX-XB4WP-VCPJV-M4FWM',
  }),
  { key: 'N2KJX-J94YW-TQVFB-DG9YT-724CC', edition: 'serverstandardacor', builds: [17_763, 19_042], on: 'server' },
  { key: '6NMRW-2C8FM-D24W7-TQWMY-CWH2D', edition: 'serverdatacenteracor', builds: [17_763, 19_042], on: 'server' },
  ...client(10_240, ANY_LATER, {
    professional: 'W269N-WFGWX-YVC9B-4J6C9-T83GX',
    professionaln: 'MH37W-N47XK-V7XM9-C7227-GCQG9',
    professionalworkstation: 'NRG8B-VKK3Q-CXVCJ-9G2XF-6Q84J',
    professionalworkstationn: '9FNHH-K3HBT-3W4TD-6383H-6XYWF',
    professionaleducation: '6TP4R-GNPTD-KYYHQ-7B7DP-J447Y',
    professionaleducationn: 'YVWGF-BXNMC-HTQYQ-CPQ99-66QFC',
    education: 'NW6C2-QMPVW-D7KKK-3GKT6-VCFB2',
    educationn: '2WH4N-8QGBV-H22JP-CT43Q-MDWWJ',
    enterprise: 'NPPR9-FWDCX-D2C8J-H872K-2YT43',
    enterprisen: 'DPH2V-TTNVB-4X9Q3-TJR4H-KHJW4',
    enterpriseg: 'YYVX9-NTFWV-6MDM3-9PT4T-4M68B',
    enterprisegn: '44RPN-FTY23-9VTTB-MP9BX-T84FV',
  }),
  ...client(17_763, ANY_LATER, {
    enterprises: 'M7XTQ-FN8P6-TTKYV-9D4CC-J462D',
    enterprisesn: '92NFX-8DJQP-P6BBQ-THF9C-7CG2H',
  }),
  ...client(19_044, ANY_LATER, { iotenterprises: 'KBN8V-HFGQ4-MGXVD-347P6-PDQGT' }),
  ...client(14_393, 14_393, {
    enterprises: 'DCPHK-NFMTC-H88MJ-PFHPY-QJ4BJ',
    enterprisesn: 'QFFDN-GRT3P-VKWWX-X7T3R-8B639',
  }),
  ...client(10_240, 10_240, {
    enterprises: 'WNMTR-4C88C-JK8YV-HQ7T2-76DF9',
    enterprisesn: '2F77B-TNFGY-69QQF-B8YKP-D69TJ',
  }),
];

/** The last five characters of a key, as `PartialProductKey` shows them. */
export const tailOf = (key: string): string => key.slice(-5);

/** The setup key of an edition, or why it has none. */
export type GvlkChoice =
  | { readonly kind: 'found'; readonly gvlk: Gvlk }
  /** Has to be converted to a full edition first. */
  | { readonly kind: 'evaluation' }
  /** A home edition: volume activation is not for it. */
  | { readonly kind: 'not-volume' }
  /** No key is published for this edition and build, as far as this table knows. */
  | { readonly kind: 'unknown' };

/** The setup key for a machine's own edition. */
export function selectGvlk(os: Edition): GvlkChoice {
  if (isEvaluationEdition(os.edition)) return { kind: 'evaluation' };
  if (/^core/i.test(os.edition)) return { kind: 'not-volume' };
  const gvlk = GVLKS.find((each) => isFor(each, os));
  return gvlk === undefined ? { kind: 'unknown' } : { kind: 'found', gvlk };
}

function isFor(gvlk: Gvlk, os: Edition): boolean {
  const [first, last] = gvlk.builds;
  return gvlk.edition === os.edition.toLowerCase() && os.build >= first && os.build <= last;
}

/** What the end of a key says about the key. */
export type TailClass =
  | { readonly kind: 'right'; readonly gvlk: Gvlk }
  /** A setup key, but of another edition or release. */
  | { readonly kind: 'other-edition'; readonly gvlk: Gvlk; readonly editionName: string }
  /** A setup key, while this table has none for the machine's edition to compare with. */
  | { readonly kind: 'undecided'; readonly gvlk: Gvlk }
  /** No published setup key ends so. */
  | { readonly kind: 'not-gvlk' };

/** Whether the key a machine carries is the setup key of its own edition. */
export function classifyTail(tail: string, os: Edition): TailClass {
  const gvlk = GVLKS.find((each) => tailOf(each.key) === tail.toUpperCase());
  if (gvlk === undefined) return { kind: 'not-gvlk' };
  if (isFor(gvlk, os)) return { kind: 'right', gvlk };
  if (selectGvlk(os).kind === 'unknown') return { kind: 'undecided', gvlk };
  return { kind: 'other-edition', gvlk, editionName: gvlkName(gvlk) };
}

/** The edition a setup key is for, e.g. `Windows Server 2022 Standard`. */
export function gvlkName(gvlk: Gvlk): string {
  const [first, last] = gvlk.builds;
  const kind = gvlk.on === 'client' ? 'workstation' : 'server';
  const name = osName({ build: first, edition: gvlk.edition, kind });
  if (gvlk.on === 'server' || last !== ANY_LATER) return name;
  return name.replace(/^Windows 10 /, 'Windows 10/11 ').replace(/ LTSC \d{4}$/, ' LTSC');
}
