/** Which zones a look at one machine and its hosts concerns. */
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { NodeId, Site } from '../domain/nodes.ts';
import type { OneNode } from './find-one.ts';
import type { HostRoster } from './host-rosters.ts';
import type { Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { NOTHING_READ, readZones, zonesWantedBy } from './read-zones.ts';
import { readRoster } from './roster.ts';

/** Who was looked at. */
export interface MachineAndHosts {
  readonly one: OneNode;
  /** The machine's own site first. */
  readonly rosters: readonly HostRoster[];
  /** Whether the machine could be asked. */
  readonly askable: boolean;
}

/** The zones at the machine's site, at its hosts', and at the default one, where a company's own zones often are. */
export const zonesOf = async (deps: OperationDeps, talk: Talk, look: MachineAndHosts, shown: Shown) => {
  const { one } = look;
  if (!look.askable) return { zones: NOTHING_READ, shown };
  const concerned = new Set([one.siteId, ...look.rosters.map((roster) => roster.siteId), deps.sites[0]?.id]);
  const sites = deps.sites.filter((site) => concerned.has(site.id));
  const asked = look.rosters.reduce((sum, roster) => sum + roster.askable, 0);
  const wanted = (site: Site) => zonesWantedAt(deps, talk, look, site);
  const { read, shown: now } = await readZones(deps, sites, { talk, asked, wanted }, shown);
  return { zones: read, shown: now };
};

const zonesWantedAt = async (deps: OperationDeps, talk: Talk, { one, rosters }: MachineAndHosts, site: Site) => {
  const recordOf = async (siteId: string, id: NodeId) => (await deps.ledger.readLatest(siteId, id))?.record;
  const own = await deps.ledger.readLatest(one.siteId, one.nodeId);
  if (own?.record === undefined || own.atMs < talk.startedAtMs) return { domains: [], targets: [] };
  const hosts = await Promise.all(rosters.flatMap(({ siteId, hostIds }) => hostIds.map((id) => recordOf(siteId, id))));
  const known = hosts.filter((record) => record?.service.read === true && record.service.value.isKmsHost);
  const vpcId = site.id === one.siteId ? await vpcOf(deps, one, own.record) : undefined;
  const wanted = zonesWantedBy(
    own.record,
    known.filter((record) => record !== undefined),
  );
  return vpcId === undefined ? wanted : { ...wanted, vpcId };
};

const vpcOf = async (deps: OperationDeps, one: OneNode, { aws }: InspectionRecord): Promise<string | undefined> => {
  const node = (await readRoster(deps, one)).find(({ id }) => id === one.nodeId);
  return node?.vpcId ?? (aws.read ? aws.value?.vpcId : undefined);
};
