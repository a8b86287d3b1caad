/**
 * What a host's retirement is planned from: every KMS host as it stands now, the values of this one in configured zones,
 * and the machines that name it by hand.
 */
import { clientStateOf } from '../domain/change/client-state.ts';
import type { PlanGiven } from '../domain/change/wanted.ts';
import { knownHost } from '../domain/diagnosis/known-host.ts';
import type { ManagedNode, NodeSelection, Site } from '../domain/nodes.ts';
import { plainName } from '../domain/records/dns-name.ts';
import { valuesIn } from '../domain/records/marks.ts';
import type { ZonesHeld } from '../domain/records/records-input.ts';
import { domainsAskedIn } from '../domain/records/suffix-stories.ts';
import type { SurveyWanted } from '../ports.ts';
import { askHosts } from './ask-hosts.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Look, seenIn } from './change-look.ts';
import { hostFactsOf } from './host-facts.ts';
import { type HostsFacts, reportOfHosts } from './hosts-end.ts';
import type { Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { readSurveys, type SurveyedSite, surveyRecords } from './survey-records.ts';

/** How the gathering went; goes through checkpoints. */
export interface RetiringFacts {
  /** Names and addresses of the host, lower-case. */
  readonly calledAs: readonly string[];
  readonly hosts: HostsFacts;
  readonly surveyed: readonly SurveyedSite[];
}

/** The hosts and zones are looked at under a name of their own. */
const ownDeps = (deps: ChangeDeps): ChangeDeps => ({ ...deps, operationId: `${deps.operationId}.hosts` });

const ALL: NodeSelection = { selectors: [{ kind: 'all' }] };

/** Asks every host, reads the zones, and looks through what is known of the fleet. */
export const gatherForRetiring = async (
  deps: ChangeDeps,
  { talk }: Pick<ChangeCase, 'talk'>,
  look: Look,
  before: Shown,
): Promise<{ readonly retiring: RetiringFacts; readonly shown: Shown }> => {
  const own = ownDeps(deps);
  const calledAs = await deps.workflow.step('names of the host', () => namesOf(deps, talk, look));
  const resolved = await resolveNodes(own, talk, ALL, before);
  const asked = await askHosts(own, talk, resolved, () => ({ names: [], only: 'any' }), resolved.shown);
  const sites = deps.sites.filter(({ id }) => deps.zones.some(({ siteId }) => siteId === id));
  const wanted = (site: Site) => wantedAt(deps, site, calledAs);
  const { surveyed, shown } = await surveyRecords(own, talk, sites, wanted, asked.shown);
  await deps.workflow.step('machines that name it by hand', () => keepPinned(deps, calledAs));
  return { retiring: { calledAs, hosts: asked.facts, surveyed }, shown };
};

const namesOf = async (deps: ChangeDeps, talk: Talk, look: Look): Promise<readonly string[]> => {
  const [seen] = await seenIn(deps, look);
  if (seen === undefined) return [];
  const { names, addresses } = knownHost(await hostFactsOf(deps, talk, seen.node), look.finishedAtMs);
  return [...names, ...addresses];
};

/** Of the configured zones their own names, the domains that machines ask in, and those that the host may be in. */
const wantedAt = async (deps: ChangeDeps, { id }: Site, calledAs: readonly string[]): Promise<SurveyWanted> => {
  const fleets = await Promise.all(deps.sites.map((site) => deps.ledger.readFleetSummary(site.id)));
  const own = calledAs.flatMap((name) => (/[a-z].*\./.test(name) ? [name.slice(name.indexOf('.') + 1)] : []));
  const zoneIds = deps.zones.filter(({ siteId }) => siteId === id).map((zone) => zone.id);
  return { zoneIds, domains: [...new Set([...fleets.flatMap(domainsAskedIn), ...own])], vpcIds: [] };
};

/** Machines that are named; a list that is longer says enough. */
const MOST_PINNED = 2000;
/** Longer than a change and its replays. */
const KEPT_MS = 30 * 24 * 60 * 60_000;
/** Records read from the ledger at a time. */
const TOGETHER = 25;

const pinnedKey = ({ operationId }: Pick<ChangeDeps, 'operationId'>): string => `${operationId}/pinned`;

const keepPinned = async (deps: ChangeDeps, calledAs: readonly string[]): Promise<null> => {
  const names: string[] = [];
  for (const { id } of deps.sites) {
    const nodes = (await deps.ledger.readInventory(id))?.nodes ?? [];
    for (let at = 0; at < nodes.length; at += TOGETHER) {
      const some = nodes.slice(at, at + TOGETHER);
      const pinned = await Promise.all(some.map((node) => isPinned(deps, node, calledAs)));
      names.push(...some.filter((_, index) => pinned[index]).map(({ name }) => name));
    }
  }
  const text = JSON.stringify(names.sort().slice(0, MOST_PINNED));
  await deps.ledger.remember(pinnedKey(deps), text, deps.clock() + KEPT_MS);
  return null;
};

/** By its newest record. */
const isPinned = async (
  { ledger }: Pick<ChangeDeps, 'ledger'>,
  { siteId, id }: ManagedNode,
  calledAs: readonly string[],
): Promise<boolean> => {
  const { record } = (await ledger.readLatest(siteId, id)) ?? {};
  const state = record === undefined ? undefined : clientStateOf(record);
  const hosts = [state?.assigned, state?.product?.assigned].flatMap((assigned) => assigned?.host ?? []);
  return hosts.some((host) => calledAs.includes(plainName(host)));
};

/** All of it, for a plan. Runs inside a step. */
export const retiringGiven = async (
  deps: ChangeDeps,
  talk: Talk,
  { calledAs, hosts, surveyed }: RetiringFacts,
): Promise<Required<Pick<PlanGiven, 'hosts' | 'records' | 'pinned'>>> => {
  const own = ownDeps(deps);
  const [report, held, pinned] = await Promise.all([
    reportOfHosts(own, talk, hosts),
    readSurveys(own, surveyed),
    deps.ledger.recall(pinnedKey(deps)),
  ]);
  return {
    hosts: report.hosts,
    records: recordsOf(held, deps.owner, calledAs),
    pinned: pinned === undefined ? [] : (JSON.parse(pinned) as readonly string[]),
  };
};

/** Every value in the zones that names the host, and whose it is. */
const recordsOf = (
  { zones }: ZonesHeld,
  owner: string,
  calledAs: readonly string[],
): NonNullable<PlanGiven['records']> =>
  zones.flatMap(({ zoneId, names }) =>
    names.flatMap(({ domain, state }) =>
      valuesIn(state, owner)
        .filter(({ answer }) => answer !== undefined && calledAs.includes(answer.target))
        .map(({ text, ownership }) => ({ domain, zoneId, value: text, ours: ownership === 'ours' })),
    ),
  );
