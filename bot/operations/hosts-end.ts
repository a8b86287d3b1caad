/** What a look at the KMS hosts ends with, and what is kept of it. */
import { sampleOf } from '../domain/hosts/host-sample.ts';
import type { HostSample, HostsReport } from '../domain/hosts/host-story.ts';
import { tellHosts } from '../domain/hosts/tell-hosts.ts';
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import type { Content, OperationFailure } from '../ports.ts';
import { accountFor } from './account.ts';
import { deniedSites } from './denied-sites.ts';
import { askedHosts, fleetOf } from './host-facts.ts';
import type { HostRoster } from './host-rosters.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import type { FailedSite } from './resolve-nodes.ts';

/** How the asking went; small, and made of what checkpoints hold. */
export interface HostsFacts {
  readonly rosters: readonly HostRoster[];
  /** Sites that could not be looked at or asked, or whose answers could not be read. */
  readonly failed: readonly FailedSite[];
  readonly finishedAtMs: number;
}

/** What stands in the way at a site: a right, a document, or the site itself. */
const whyUnread = (failure: OperationFailure): string => {
  switch (failure.kind) {
    case 'missing-right':
      return failure.action;
    case 'document-missing':
      return failure.document;
    case 'site-unreachable':
    case 'internal':
      return 'unreachable';
  }
};

/** The message that a look at the hosts ends with; the same facts give the same end. */
export const endOfHosts = async (deps: OperationDeps, talk: Talk, facts: HostsFacts): Promise<Content> => ({
  kind: 'hosts',
  asked: talk.asked,
  report: await reportOfHosts(deps, talk, facts),
});

/** What a look at the hosts tells of each. */
export const reportOfHosts = async (
  deps: OperationDeps,
  talk: Pick<Talk, 'startedAtMs'>,
  facts: HostsFacts,
): Promise<HostsReport> => {
  const { rosters, finishedAtMs: nowMs } = facts;
  const failed = await sitesThatFailed(deps, facts);
  const hosts = await askedHosts(deps, talk, rosters);
  const siteIds = [...new Set([...rosters, ...failed].map(({ siteId }) => siteId))];
  const fleet = await fleetOf(deps, siteIds);
  return tellHosts({
    hosts,
    samples: await samplesBefore(
      deps,
      talk,
      hosts.map(({ node }) => node),
    ),
    ...(fleet === undefined ? {} : { fleet }),
    knownHosts: deps.knownHosts,
    sites: deps.sites.filter(({ id }) => siteIds.includes(id)),
    unread: unreadOf(failed),
    startedAtMs: talk.startedAtMs,
    nowMs,
  });
};

/** Sites that refused, and those where every machine that was asked was refused to us. */
export const sitesThatFailed = async (
  deps: OperationDeps,
  { rosters, failed, finishedAtMs: nowMs }: HostsFacts,
): Promise<readonly FailedSite[]> => {
  const { results } = await accountFor(deps, { rosters, details: {}, unread: [], nowMs });
  return [...failed, ...deniedSites(deps, results)];
};

/** A site is told of once, by what stood in the way first. */
const unreadOf = (failed: readonly FailedSite[]): HostsReport['unread'] => {
  const bySite = new Map<string, string>();
  for (const { siteId, failure } of failed) {
    if (!bySite.has(siteId)) bySite.set(siteId, whyUnread(failure));
  }
  return [...bySite].map(([siteId, why]) => ({ siteId, why }));
};

/** Each host's newest sample of an earlier look. */
const samplesBefore = async (
  { ledger }: OperationDeps,
  { startedAtMs }: Pick<Talk, 'startedAtMs'>,
  nodes: readonly ManagedNode[],
): Promise<Readonly<Record<NodeId, HostSample>>> => {
  const samples = await Promise.all(
    nodes.map(async ({ siteId, id }) => [id, await ledger.readHostSample(siteId, id, startedAtMs)] as const),
  );
  return Object.fromEntries(samples.flatMap(([id, sample]) => (sample === undefined ? [] : [[id, sample]])));
};

/** Writes a sample of every host that answered now. Writing them again changes nothing. */
export const keepSamples = async (
  deps: OperationDeps,
  talk: Talk,
  { rosters, finishedAtMs }: HostsFacts,
): Promise<void> => {
  for (const { node, record, askedNow } of await askedHosts(deps, talk, rosters)) {
    const sample = askedNow && record !== undefined ? sampleOf(record, finishedAtMs) : undefined;
    if (sample !== undefined) await deps.ledger.writeHostSample(node.siteId, node.id, sample);
  }
};
