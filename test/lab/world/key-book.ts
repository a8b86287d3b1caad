/**
 * What Microsoft knows of keys, and what it says when a machine is activated with one online. Every key is made up: of
 * the right form and plainly false.
 *
 * Microsoft, "KMS activation planning" (which host key lives on which Windows), "Slmgr.vbs options", and "Resolve Windows
 * activation error codes". Decisions where nothing is documented: a host key newer than its Windows is no valid key to
 * it, any other key for another Windows is one for another edition; each activation of a MAK takes one from its pool, on
 * the same machine too.
 */
import { GENERATIONS, type Generation } from './editions.ts';
import type { WindowsNode } from './law-context.ts';
import { kmsHostProduct, makProduct, setInitialGrace } from './licence-products.ts';
import type { LabKey, LabKmsHostRole, LabProduct, LabWindows, WorldState } from './types.ts';

const CODE = {
  invalidKey: 'C004F050',
  otherEdition: 'C004F069',
  blocked: 'C004C003',
  hostsUsedUp: 'C004C008',
  makUsedUp: 'C004C020',
} as const;

const HOSTS = 6;
const TIMES_A_HOST = 10;

/** Windows that may hold a host key of each generation. */
const LIVES_ON: Readonly<Record<LabKmsHostRole['keyGroup'], readonly Generation[]>> = {
  '2025': ['2025', '2022', '2019'],
  '2022': ['2022', '2019', '2016'],
  '2019': ['2019', '2016', '2012R2'],
  '2016': ['2016', '2012R2'],
  '2012R2': ['2012R2'],
  '10': ['10'],
};

const NEWEST_FIRST: readonly Generation[] = ['2025', '2022', '2019', '2016', '2012R2'];

const mak = (tail: string, group: Generation, left: number, editions: string[] | 'any' = 'any'): LabKey => ({
  key: `MMMMM-KKKKK-22222-BBBBB-${tail}`,
  kind: 'mak',
  group,
  editions,
  left,
  activated: {},
});

const host = (tail: string, group: LabKmsHostRole['keyGroup']): LabKey => ({
  key: `HHHHH-KKKKK-22222-CCCCC-${tail}`,
  kind: 'host',
  group,
  editions: 'any',
  left: 0,
  activated: {},
});

/** The keys of the seeded world: one of each that people would have, one that is used up, one that is blocked. */
export const seededKeys = (): LabKey[] => [
  mak('MK222', '2025', 50),
  mak('MK223', '2022', 50),
  mak('MK224', '2019', 20),
  mak('MK226', '2016', 20),
  mak('MK227', '10', 100),
  mak('MK228', '11', 100),
  mak('MK229', '2022', 5, ['ServerDatacenter']),
  mak('MK22B', '2022', 0),
  { ...mak('MK22C', '2022', 50), blocked: true },
  host('HK222', '2025'),
  host('HK223', '2022'),
  host('HK224', '2019'),
  host('HK226', '2016'),
  host('HK227', '10'),
];

/** A key of the book by itself, or by its last five characters. */
export const keyOf = ({ keys = [] }: Pick<WorldState, 'keys'>, text: string): LabKey | undefined =>
  keys.find(({ key }) => key === text || key.slice(-5) === text);

const isHostGroup = (group: Generation): group is LabKmsHostRole['keyGroup'] => group in LIVES_ON;

/** What a Windows makes of a key: the product it then has, or the code that refuses it. */
export const productOf = (windows: LabWindows, known: LabKey, nowMs: number): LabProduct | { hresult: string } => {
  const refusal = refusalOf(windows, known);
  if (refusal !== undefined) return { hresult: refusal };
  const { generation, edition } = windows;
  const blank =
    known.kind === 'mak' ? makProduct(generation, edition) : kmsHostProduct(generation, edition, known.group);
  const product = { ...blank, partialKey: known.key.slice(-5) };
  setInitialGrace(product, nowMs);
  return product;
};

const refusalOf = ({ generation, edition }: LabWindows, { kind, group, editions }: LabKey): string | undefined => {
  if (/eval$/i.test(edition)) return CODE.otherEdition;
  if (kind === 'mak') {
    const fits = group === generation && (editions === 'any' || editions.includes(edition));
    return fits ? undefined : CODE.otherEdition;
  }
  if (!isHostGroup(group) || LIVES_ON[group].includes(generation)) return undefined;
  const isNewer = NEWEST_FIRST.includes(generation) && NEWEST_FIRST.indexOf(group) < NEWEST_FIRST.indexOf(generation);
  return GENERATIONS[group].server && isNewer ? CODE.invalidKey : CODE.otherEdition;
};

/** A host as it is when its key was just installed: not activated, publishing, its firewall closed. */
export const hostRoleOf = ({ group }: LabKey, before: Partial<LabKmsHostRole>): LabKmsHostRole => ({
  listeningPort: 1688,
  publishing: true,
  firewallOpen: false,
  activationIntervalMinutes: 120,
  renewalIntervalMinutes: 10_080,
  contacts: {},
  totals: { total: 0, failed: 0, byStatus: [0, 0, 0, 0, 0, 0] },
  ...before,
  keyGroup: isHostGroup(group) ? group : '2022',
  activated: false,
});

/** Microsoft's answer to one activation of this machine, which counts where it succeeds: undefined, or the code. */
export const countActivation = (known: LabKey, { id }: Pick<WindowsNode, 'id'>): string | undefined => {
  if (known.blocked === true) return CODE.blocked;
  const times = known.activated[id] ?? 0;
  if (known.kind === 'mak') {
    if (known.left <= 0) return CODE.makUsedUp;
    known.left -= 1;
  } else if (times >= TIMES_A_HOST || (times === 0 && Object.keys(known.activated).length >= HOSTS)) {
    return CODE.hostsUsedUp;
  }
  known.activated[id] = times + 1;
  return undefined;
};
