/** The machines a look asks at each site: KMS hosts, and the machine that is diagnosed. */
import type { FleetSummary } from '../domain/fleet/fleet-summary.ts';
import type { ManagedNode, NodeId, Site } from '../domain/nodes.ts';
import { failureOf, isTransient } from '../errors.ts';
import { type FoundHost, hostNamesOf, kmsHostsAmong } from './kms-hosts.ts';
import type { OperationDeps } from './operation-deps.ts';
import { readRoster, type SiteRoster, writeRoster } from './roster.ts';

/** The machines of a look at one site; goes through checkpoints. */
export interface HostRoster extends SiteRoster {
  /** KMS hosts among them; few. */
  readonly hostIds: readonly NodeId[];
  /** Of these, those that only their name speaks for. */
  readonly guessedIds: readonly NodeId[];
  /** Machines that are asked to look from their networks; few. */
  readonly vantageIds: readonly NodeId[];
}

/** What is known of a site before anyone is asked. */
export interface KnownFleet {
  readonly nodes: readonly ManagedNode[];
  readonly summary: FleetSummary | undefined;
}

/** Which hosts of a site are asked. */
export interface HostChoice {
  /** Names and addresses that clients are sent to, lower-case; the site's own fleet adds more. */
  readonly names: readonly string[];
  /** Every KMS host, or only those that clients are sent to by these names. */
  readonly only: 'any' | 'clients';
  /** No host at all: the machine itself cannot be asked. */
  readonly none?: boolean;
  /** Machines besides the hosts, which look from their networks; of what is known of the site's fleet. */
  readonly vantages?: (known: KnownFleet) => readonly ManagedNode[];
}

/** A machine in a list of the ledger. */
interface Listed {
  readonly list: string;
  readonly nodeId: NodeId;
}

/**
 * Writes who is asked at a site: its KMS hosts, looked at afresh since an inventory may be an hour old and a host that
 * is off is not waited for, and the one machine `besides`. A step of its own, so that a replay asks the same.
 */
export const hostRoster = (
  deps: OperationDeps,
  site: Site,
  choice: HostChoice,
  besides?: Listed,
): Promise<HostRoster> =>
  deps.workflow.step(`choose hosts of ${site.id}`, async () => {
    const known = await knownFleet(deps, site.id);
    const found = choice.none ? [] : hostsAmong(known, choice);
    const listed = besides === undefined ? [] : await readRoster(deps, besides);
    const one = listed.filter((node) => node.id === besides?.nodeId);
    const hosts = found.filter(({ node }) => node.id !== besides?.nodeId);
    const vantages = choice.vantages?.(known).filter(({ id }) => !found.some(({ node }) => node.id === id)) ?? [];
    const others = [...hosts.map(({ node }) => node), ...vantages];
    const list = `asked/${site.id}`;
    const roster = await writeRoster(deps, site.id, list, [...one, ...(await afresh(deps, site, others))]);
    const idsOf = (some: readonly FoundHost[]) => some.map(({ node }) => node.id);
    return {
      ...roster,
      hostIds: idsOf(hosts),
      guessedIds: idsOf(hosts.filter(({ knownBy }) => knownBy === 'name')),
      vantageIds: vantages.map(({ id }) => id),
    };
  });

const knownFleet = async ({ ledger }: Pick<OperationDeps, 'ledger'>, siteId: string): Promise<KnownFleet> => {
  const [inventory, summary] = await Promise.all([ledger.readInventory(siteId), ledger.readFleetSummary(siteId)]);
  return { nodes: inventory?.nodes ?? [], summary };
};

/** The KMS hosts of a site as inventory and fleet know them. */
const hostsAmong = ({ nodes, summary }: KnownFleet, { names, only }: HostChoice): readonly FoundHost[] => {
  if (only === 'any') return kmsHostsAmong(nodes, summary, new Set([...names, ...hostNamesOf(summary)]));
  return kmsHostsAmong(nodes, summary, new Set(names)).filter(({ knownBy }) => knownBy === 'clients');
};

/** Of a hybrid machine only the inventory knows the tags; hosts that could not be looked at stay as they were. */
const afresh = async (
  deps: OperationDeps,
  site: Site,
  hosts: readonly ManagedNode[],
): Promise<readonly ManagedNode[]> => {
  if (hosts.length === 0) return [];
  const found = new Map((await findQuietly(deps, site, hosts)).map((node) => [node.id, node]));
  return hosts.map((node) => {
    const now = found.get(node.id);
    if (now === undefined) return node;
    return node.id.startsWith('mi-') ? { ...now, inFleet: node.inFleet, tags: node.tags } : now;
  });
};

/** A site that does not let itself be read now still may be asked; being asked to slow down is waited out by the step. */
const findQuietly = async (
  deps: OperationDeps,
  site: Site,
  hosts: readonly ManagedNode[],
): Promise<readonly ManagedNode[]> => {
  try {
    return await deps.nodes.find(
      site,
      hosts.map(({ id }) => id),
    );
  } catch (error) {
    if (failureOf(error) === undefined && !isTransient(error)) throw error;
    deps.log('warn', 'hosts not looked at afresh', { site: site.id });
    return [];
  }
};

/** The machines of a look that only look from their networks. */
export const vantagesIn = async (deps: OperationDeps, roster: HostRoster): Promise<readonly ManagedNode[]> => {
  const ids = new Set(roster.vantageIds);
  return (await readRoster(deps, roster)).filter((node) => ids.has(node.id));
};

/** The machines of a look that are KMS hosts. */
export const hostsIn = async (deps: OperationDeps, roster: HostRoster): Promise<readonly ManagedNode[]> => {
  const ids = new Set(roster.hostIds);
  return (await readRoster(deps, roster)).filter((node) => ids.has(node.id));
};
