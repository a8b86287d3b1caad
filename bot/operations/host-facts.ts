/** What is known of KMS hosts once they were asked. */
import type { HostFacts } from '../domain/diagnosis/facts.ts';
import type { FleetSummary } from '../domain/fleet/fleet-summary.ts';
import { mergeSummaries } from '../domain/fleet/merge-summaries.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import { type HostRoster, hostsIn } from './host-rosters.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';

/** A machine that could not tell may be a host. */
const mayHoldHostKey = (record: InspectionRecord | undefined): boolean =>
  record === undefined || !record.service.read || record.service.value.isKmsHost;

/** One host by its newest record; it was asked now when that is of this operation. */
export const hostFactsOf = async (
  { ledger }: Pick<OperationDeps, 'ledger'>,
  { startedAtMs }: Pick<Talk, 'startedAtMs'>,
  node: ManagedNode,
): Promise<HostFacts> => {
  const stored = await ledger.readLatest(node.siteId, node.id);
  if (stored?.record === undefined) return { node, askedNow: false };
  return { node, record: stored.record, recordAtMs: stored.atMs, askedNow: stored.atMs >= startedAtMs };
};

/** The hosts of a look; machines that were only guessed to be some are left out where they turned out not to be. */
export const askedHosts = async (
  deps: OperationDeps,
  talk: Pick<Talk, 'startedAtMs'>,
  rosters: readonly HostRoster[],
): Promise<readonly HostFacts[]> => {
  const guessed = new Set(rosters.flatMap(({ siteId, guessedIds }) => guessedIds.map((id) => `${siteId}/${id}`)));
  const nodes = (await Promise.all(rosters.map((roster) => hostsIn(deps, roster)))).flat();
  const all = await Promise.all(nodes.map((node) => hostFactsOf(deps, talk, node)));
  return all.filter(({ node, record }) => !guessed.has(`${node.siteId}/${node.id}`) || mayHoldHostKey(record));
};

/** What the latest looks at these sites' fleets showed, put together; undefined where there was none. */
export const fleetOf = async (
  { ledger }: Pick<OperationDeps, 'ledger'>,
  siteIds: readonly string[],
): Promise<FleetSummary | undefined> => {
  const summaries = await Promise.all(siteIds.map((siteId) => ledger.readFleetSummary(siteId)));
  const [first, ...more] = summaries.filter((summary) => summary !== undefined);
  return first === undefined ? undefined : more.reduce(mergeSummaries, first);
};
