/**
 * Which of the known machines are KMS hosts, as far as can be said before asking them.
 *
 * Four things make a machine a candidate: a record or the fleet says that clients are sent to it, the fleet's last look
 * saw a KMS host key on it, its tag `KmsRole` is `host`, or its computer name has *kms* in it. The last is a guess: it
 * is asked along, which changes nothing on it, and forgotten when it proves to hold no host key.
 */
import type { FleetSummary } from '../domain/fleet/fleet-summary.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import { hostOf } from '../domain/judge-facts.ts';
import type { ManagedNode } from '../domain/nodes.ts';

/** Why a machine counts as a KMS host. */
export type KnownBy = 'clients' | 'fleet' | 'tag' | 'name';

export interface FoundHost {
  readonly node: ManagedNode;
  readonly knownBy: KnownBy;
}

/** Marks a machine as KMS host by hand. */
export const HOST_TAG = { key: 'KmsRole', value: 'host' } as const;

/** More KMS hosts than these in a site are a mistake, or not meant for one machine. */
export const MOST_HOSTS = 25;

const IN_ORDER: readonly KnownBy[] = ['clients', 'fleet', 'tag', 'name'];

/**
 * The KMS hosts among a site's machines, best known first. `names` are names and addresses that clients are sent to, in
 * lower case.
 */
export const kmsHostsAmong = (
  nodes: readonly ManagedNode[],
  summary: FleetSummary | undefined,
  names: ReadonlySet<string>,
): readonly FoundHost[] => {
  const ofFleet = new Map(summary?.kmsHosts.map((host) => [host.nodeId, host.knownAs]));
  const found = nodes.flatMap((node): readonly FoundHost[] => {
    const knownBy = knownByOf(node, ofFleet.get(node.id), names);
    return knownBy === undefined ? [] : [{ node, knownBy }];
  });
  return found.sort((a, b) => IN_ORDER.indexOf(a.knownBy) - IN_ORDER.indexOf(b.knownBy)).slice(0, MOST_HOSTS);
};

const knownByOf = (
  node: ManagedNode,
  knownAs: readonly string[] | undefined,
  names: ReadonlySet<string>,
): KnownBy | undefined => {
  if (isCalled(node, names) || knownAs?.some((name) => names.has(name))) return 'clients';
  if (knownAs !== undefined) return 'fleet';
  if (node.tags[HOST_TAG.key] === HOST_TAG.value) return 'tag';
  return node.platform === 'windows' && /kms/i.test(node.name) ? 'name' : undefined;
};

const firstLabel = (name: string): string => name.replace(/\..*$/, '');
const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);

/** Inventories know computer names without their domain: a host name means the machine whose name it begins with. */
export const isCalled = (node: Pick<ManagedNode, 'name'>, names: ReadonlySet<string>): boolean => {
  const name = node.name.toLowerCase();
  if (names.has(name)) return true;
  return [...names].some(
    (each) => !isAddress(each) && firstLabel(each) === firstLabel(name) && !bothInDomains(each, name),
  );
};

/** Two whole names that differ are two machines. */
const bothInDomains = (a: string, b: string): boolean => a.includes('.') && b.includes('.');

/** Names and addresses of the hosts that a machine's record speaks of: assigned, cached, found in DNS, or asked last. */
export const hostNamesIn = (record: InspectionRecord): ReadonlySet<string> => {
  const names = [...assignedIn(record), ...probedIn(record), ...answeredIn(record), ...askedIn(record)];
  return new Set(names.map((name) => name.toLowerCase().replace(/\.$/, '')).filter((name) => name !== ''));
};

const assignedIn = ({ service, products }: InspectionRecord): readonly string[] => [
  ...(service.read && service.value.assigned !== undefined ? [service.value.assigned.host] : []),
  ...(products.read ? products.value : []).flatMap(({ assigned, discovered }) => [
    ...(assigned === undefined ? [] : [assigned.host]),
    ...(discovered === undefined ? [] : [discovered.host, discovered.address]),
  ]),
];

const probedIn = ({ targets }: InspectionRecord): readonly string[] =>
  (targets.read ? targets.value : []).flatMap(({ host, resolution, skipped }) =>
    skipped ? [] : [host, ...(resolution.ok === true ? resolution.addresses : [])],
  );

const answeredIn = ({ srvLookups }: InspectionRecord): readonly string[] =>
  (srvLookups.read ? srvLookups.value : []).flatMap(({ outcome }) =>
    outcome.found ? outcome.answers.map(({ target }) => target) : [],
  );

const askedIn = ({ events }: InspectionRecord): readonly string[] =>
  (events.read ? events.value.requests : []).map(({ host }) => hostOf(host));

/** Names of the hosts that the fleet's clients are sent to, without their ports. */
export const hostNamesOf = (summary: FleetSummary | undefined): ReadonlySet<string> =>
  new Set(summary?.reach.map(({ host }) => hostOf(host)));
