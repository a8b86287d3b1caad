/**
 * Where a stored key may go, told before anybody fetches it. The machine checks again what it can.
 *
 * Microsoft, "KMS activation planning" and "Volume activation keys": a host key makes a host of whatever it is installed
 * on; one for client Windows does not go on a server; a MAK is for its own Windows and editions.
 */
import type { LeftAlone } from '../change/plan.ts';
import { activates, type KeyGroup, mayLiveOn } from '../host-generations.ts';
import type { InspectionRecord, OperatingSystem } from '../inspection-record.ts';
import { isEvaluationEdition, WINDOWS_10, WINDOWS_11 } from '../windows-edition.ts';
import type { StoredKey } from './stored-key.ts';

/** What the key is wanted for: on its own, or to set a host up. */
export type KeyPurpose = 'key' | 'host-setup';

/** What stands against a key on a machine; undefined where nothing does. */
export const keyObjection = (
  key: Pick<StoredKey, 'kind' | 'group' | 'editions'>,
  record: Pick<InspectionRecord, 'os' | 'sppsvc'>,
  given: { readonly purpose: KeyPurpose; readonly isHost: boolean; readonly isAskedHost: boolean },
): LeftAlone | undefined => {
  const { os, sppsvc } = record;
  if (!os.read) return { why: 'unreadable' };
  if (key.kind === 'mak' && given.purpose === 'host-setup') return { why: 'mak-for-host' };
  if (key.kind === 'mak' && given.isAskedHost) return { why: 'host-key' };
  if (key.kind === 'host' && given.purpose === 'key' && !given.isHost) return { why: 'host-key-for-client' };
  if (isEvaluationEdition(os.value.edition)) return { why: 'evaluation' };
  if (sppsvc.read && sppsvc.value.startMode === 'Disabled') return { why: 'service-disabled' };
  return key.kind === 'host' ? hostKeyObjection(key.group, os.value) : makObjection(key, os.value);
};

/** Azure Edition, and its variant without a desktop. */
const isAzureEdition = (edition: string): boolean => /^serverturbine/i.test(edition);

const isForClients = (group: StoredKey['group']): boolean => group === 'Windows 10' || group === 'Windows 11';

const hostKeyObjection = (group: StoredKey['group'], os: OperatingSystem): LeftAlone | undefined => {
  const isClient = os.kind === 'workstation';
  if (isAzureEdition(os.edition)) return { why: 'azure-edition' };
  if (isForClients(group) && !isClient) return { why: 'client-host-key-on-server', group };
  if (!isForClients(group) && isClient) return { why: 'server-host-key-on-client', group };
  // No source says where a host key of Windows 11 may live: its tag is refused when the key is looked up.
  return group === 'Windows 11' || !mayLiveOn(group, os.build) ? { why: 'host-windows', group } : undefined;
};

/** Whether a Windows is of the generation that a MAK is for: the oldest host key that activates it tells. */
export const isOfGroup = (group: StoredKey['group'], os: OperatingSystem): boolean => {
  const isClient = os.kind === 'workstation';
  if (group === 'Windows 11') return isClient && os.build >= WINDOWS_11;
  if (group === 'Windows 10') return isClient && os.build >= WINDOWS_10 && os.build < WINDOWS_11;
  return !isClient && ownServerGroup(os) === group;
};

/** The group whose keys are for a Windows; undefined where there is none. */
const groupOf = (os: OperatingSystem): StoredKey['group'] | undefined =>
  os.kind === 'workstation' ? CLIENT_GROUPS.find((group) => isOfGroup(group, os)) : ownServerGroup(os);

const CLIENT_GROUPS = ['Windows 10', 'Windows 11'] as const;

/** Oldest first; a host key activates its own and earlier Windows, so that the first that does is its own. */
const SERVER_GROUPS: readonly KeyGroup[] = [
  'Windows Server 2008 R2',
  'Windows Server 2012',
  'Windows Server 2012 R2',
  'Windows Server 2016',
  'Windows Server 2019',
  'Windows Server 2022',
  'Windows Server 2025',
];

const ownServerGroup = ({ build, kind }: OperatingSystem): KeyGroup | undefined =>
  SERVER_GROUPS.find((group) => activates(group, { build, kind }));

const makObjection = (
  { group, editions }: Pick<StoredKey, 'group' | 'editions'>,
  os: OperatingSystem,
): LeftAlone | undefined => {
  const fits = editions === 'any' || editions.some((edition) => edition.toLowerCase() === os.edition.toLowerCase());
  if (fits && isOfGroup(group, os)) return undefined;
  const own = groupOf(os);
  const found = { edition: os.edition, ...(own === undefined ? {} : { group: own }) };
  return { why: 'mak-edition', editions, group, found };
};
