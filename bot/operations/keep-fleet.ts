/** Keeps what a check of a whole site showed of its fleet: later looks at one machine know its surroundings from it. */
import type { NodeResult } from '../domain/check-report.ts';
import { emptySummary, type FleetSummary } from '../domain/fleet/fleet-summary.ts';
import { cutSummary } from '../domain/fleet/merge-summaries.ts';
import { summaryOf } from '../domain/fleet/summarise.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import type { OperationDeps } from './operation-deps.ts';

/** Whether a check of this selection sees the whole fleet of the sites it is about. */
export const coversFleet = ({ selectors }: NodeSelection): boolean => selectors.some(({ kind }) => kind === 'all');

/** KMS hosts known from before that said nothing this time stay known: a host that is down is still one. */
const withSilentHosts = (
  summary: FleetSummary,
  before: FleetSummary | undefined,
  results: readonly NodeResult[],
): FleetSummary => {
  const silent = new Set(results.filter(({ seen }) => seen === undefined).map(({ nodeId }) => nodeId));
  const hosts = before?.kmsHosts.filter(({ nodeId }) => silent.has(nodeId)) ?? [];
  return cutSummary({ ...summary, kmsHosts: [...summary.kmsHosts, ...hosts] });
};

/** Writes the fleet summary of these sites. A site where nobody answered keeps the one it has. */
export const keepFleet = async (
  { ledger }: Pick<OperationDeps, 'ledger'>,
  siteIds: readonly string[],
  results: readonly NodeResult[],
  atMs: number,
): Promise<void> => {
  for (const siteId of siteIds) {
    const here = results.filter((result) => result.siteId === siteId);
    const summary = summaryOf(here, atMs);
    if (summary.machines === 0) continue;
    await ledger.writeFleetSummary(siteId, withSilentHosts(summary, await ledger.readFleetSummary(siteId), here));
  }
};

/** A machine that became a KMS host, or is none any more, is known as that before the next check of its site. */
export const keepHost = async (
  { ledger }: Pick<OperationDeps, 'ledger'>,
  result: NodeResult,
  atMs: number,
): Promise<void> => {
  const { siteId, nodeId } = result;
  const before = (await ledger.readFleetSummary(siteId)) ?? emptySummary(atMs);
  const others = before.kmsHosts.filter((host) => host.nodeId !== nodeId);
  const { kmsHosts } = summaryOf([result], atMs);
  await ledger.writeFleetSummary(siteId, cutSummary({ ...before, kmsHosts: [...others, ...kmsHosts] }));
};
