/** After a host was told where to publish: one client of each domain is asked whether it finds it, by name and by address. */

import type { ChangeSpec } from '../domain/change/change-spec.ts';
import { type DomainProof, domainProof } from '../domain/change/domain-proof.ts';
import { isDone } from '../domain/change/outcome.ts';
import { ownDomain } from '../domain/change/own-record.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import { parsePublishLine } from '../domain/keys/publish-list.ts';
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import { comparable } from '../domain/records/dns-name.ts';
import { failureOf, isTransient, slowDownSeconds } from '../errors.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Look, lookAtRosters, lookingAgain, type Seen, seenIn } from './change-look.ts';
import type { Shown } from './message.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { askableOf, readRoster, type SiteRoster, writeRoster } from './roster.ts';

/** Whether a change makes clients find the host anew. */
const isAnnouncing = (spec: ChangeSpec): boolean =>
  spec.kind === 'host-domains' || (spec.kind === 'host-publish' && spec.on);

/** Clients that are thought of for each domain: some are off. */
const CANDIDATES = 5;

interface Announced {
  readonly domains: readonly string[];
  /** Names of the host, lower-case. */
  readonly calledAs: readonly string[];
  /** Clients by domain, as the latest looks at the fleets named them. */
  readonly candidates: readonly { readonly domain: string; readonly ids: readonly NodeId[] }[];
}

/** What was found, to be told; empty where the change announces nothing. Whatever fails here leaves the host as it was set. */
export const askClients = async (
  deps: ChangeDeps,
  of: ChangeCase,
  first: Look,
  before: Shown,
): Promise<{ readonly clients?: readonly DomainProof[]; readonly shown: Shown }> => {
  if (!isAnnouncing(of.spec)) return { shown: before };
  const announced = await deps.workflow.step('where it publishes', () => announcedBy(deps, of, first));
  if (announced === null) return { shown: before };
  try {
    return await ask(deps, of, announced, before);
  } catch (error) {
    const isTold = failureOf(error) !== undefined || isTransient(error) || slowDownSeconds(error) !== undefined;
    if (!isTold) throw error;
    deps.log('warn', 'clients not asked', { kind: failureOf(error)?.kind ?? 'passing' });
    return { clients: announced.domains.map((domain) => ({ domain })), shown: before };
  }
};

const announcedBy = async (deps: ChangeDeps, { id, spec }: ChangeCase, first: Look): Promise<Announced | null> => {
  const [outcome] = await deps.changes.readOutcomes(id);
  const record = (await seenIn(deps, first)).find(({ node }) => node.id === outcome?.nodeId)?.record;
  if (outcome === undefined || !isDone(outcome) || record === undefined) return null;
  const own = ownDomain(record);
  const listed = spec.kind === 'host-domains' ? spec.domains.map(({ domain }) => domain) : listOf(record);
  const domains = [...new Set([...(own === undefined ? [] : [own]), ...listed])];
  const fleets = await Promise.all(deps.sites.map((site) => deps.ledger.readFleetSummary(site.id)));
  const uses = fleets.flatMap((fleet) => fleet?.suffixes ?? []);
  const candidates = domains.map((domain) => {
    const ids = uses.filter((use) => use.domain === domain).flatMap((use) => use.examples.map(({ nodeId }) => nodeId));
    return { domain, ids: ids.slice(0, CANDIDATES) };
  });
  return { domains, calledAs: namesOf(record, own), candidates };
};

const listOf = ({ registry }: InspectionRecord): readonly string[] =>
  (registry.read ? registry.value.publishList : []).flatMap((line) => {
    const parsed = parsePublishLine(line);
    return parsed.ok ? [parsed.domain.domain] : [];
  });

const namesOf = ({ computerName }: InspectionRecord, domain: string | undefined): readonly string[] => {
  const bare = comparable(computerName) ?? computerName.toLowerCase();
  return domain === undefined ? [bare] : [bare, `${bare}.${domain}`];
};

const ask = async (deps: ChangeDeps, of: ChangeCase, announced: Announced, before: Shown) => {
  const talk = lookingAgain(of.talk, false);
  const own = { ...deps, operationId: `${deps.operationId}.clients` };
  const ids = [...new Set(announced.candidates.flatMap((each) => each.ids))];
  if (ids.length === 0) return { clients: announced.domains.map((domain) => ({ domain })), shown: before };
  const selectors = ids.map((id) => ({ kind: 'id', id }) as const);
  const { rosters, shown: found } = await resolveNodes(own, talk, { selectors }, before);
  const chosen = await own.workflow.step('clients to ask', () => choose(own, announced, rosters));
  const { look, shown } = await lookAtRosters(own, talk, chosen, found);
  const clients = await own.workflow.step('what clients see', async () => proofs(announced, await seenIn(own, look)));
  return { clients, shown };
};

/** The first of each domain that can be asked. */
const choose = async (
  own: ChangeDeps,
  { candidates }: Announced,
  rosters: readonly SiteRoster[],
): Promise<readonly SiteRoster[]> => {
  const nodes = askableOf((await Promise.all(rosters.map((roster) => readRoster(own, roster)))).flat());
  const chosen = candidates.flatMap(({ ids }) => nodes.find(({ id }) => ids.includes(id)) ?? []);
  const unique = [...new Map(chosen.map((node) => [node.id, node])).values()];
  const at = (siteId: string): readonly ManagedNode[] => unique.filter((node) => node.siteId === siteId);
  const siteIds = [...new Set(unique.map(({ siteId }) => siteId))];
  return Promise.all(siteIds.map((siteId) => writeRoster(own, siteId, `clients/${siteId}`, at(siteId))));
};

const proofs = ({ candidates, calledAs }: Announced, seen: readonly Seen[]): readonly DomainProof[] =>
  candidates.map(({ domain, ids }) => {
    const client = seen.find(({ node, record }) => ids.includes(node.id) && record !== undefined);
    if (client?.record === undefined) return { domain };
    const { id: nodeId, siteId, name } = client.node;
    return { ...domainProof(domain, calledAs, client.record), client: { nodeId, siteId, name } };
  });
