/** Who is meant: the selection against the inventories, and what is named beyond them looked up one by one. */

import type { CheckReport } from '../domain/check-report.ts';
import { nearestWords } from '../domain/nearest.ts';
import { selectNodes } from '../domain/node-selection.ts';
import type { ManagedNode, NodeSelection, NodeSelector, Site } from '../domain/nodes.ts';
import { failureOf, isTransient } from '../errors.ts';
import type { OperationFailure } from '../ports.ts';
import { FRESH_MS, gatherNodes, keepInventory, type SiteGathering } from './gather-nodes.ts';
import type { Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { readRoster, type SiteRoster, writeRoster } from './roster.ts';

type Unmatched = CheckReport['unmatched'];

/** A site that could not be asked. */
export interface FailedSite {
  readonly siteId: string;
  readonly failure: OperationFailure;
}

export interface Resolved {
  readonly rosters: readonly SiteRoster[];
  readonly failed: readonly FailedSite[];
  readonly unmatched: Unmatched;
  readonly shown: Shown;
}

/** Machines named one by one are looked at afresh up to this many; the inventory may be an hour old. */
const LOOKED_AT_AFRESH = 50;

/** The sites a selection is about; a site that does not exist is an unmatched word. */
const sitesMeant = (deps: OperationDeps, selection: NodeSelection): readonly Site[] =>
  selection.site === undefined ? deps.sites : deps.sites.filter((site) => site.id === selection.site);

/** Sites are few: all of them are named, not only the nearest. */
const noSuchSite = (deps: OperationDeps, siteId: string): Unmatched => [
  { word: `site:${siteId}`, nearest: deps.sites.map((site) => `site:${site.id}`) },
];

/**
 * Finds out who is meant, at every site that can be read.
 *
 * @param freshMs How old an inventory may be; a change must not go by tags that somebody has moved since.
 */
export const resolveNodes = async (
  deps: OperationDeps,
  talk: Talk,
  selection: NodeSelection,
  shown: Shown,
  freshMs = FRESH_MS,
): Promise<Resolved> => {
  const sites = sitesMeant(deps, selection);
  if (sites.length === 0) {
    return { rosters: [], failed: [], unmatched: noSuchSite(deps, selection.site ?? ''), shown };
  }
  const gathered = await gatherNodes(
    deps,
    talk,
    sites.map((site) => site.id),
    shown,
    freshMs,
  );
  const selected = await inEach(sites, (site) => selectAt(deps, selection, gathered.sites, site));
  const missing = wordsMissingIn(selected.done.map((site) => site.unmatched));
  const lookedUp = await inEach(sites, (site) => lookUpAt(deps, selection, selected.done, missing, site));
  return {
    rosters: lookedUp.done.map((site) => site.roster),
    failed: [...selected.failed, ...lookedUp.failed],
    unmatched: stillMissing(missing, lookedUp.done),
    shown: gathered.shown,
  };
};

interface SiteSelection {
  readonly roster: SiteRoster;
  readonly unmatched: Unmatched;
}

type AtSite = SiteSelection | FailedSite | undefined;

/** Goes from site to site, one after the other so that a replay meets the same steps in the same order. */
const inEach = async (sites: readonly Site[], act: (site: Site) => Promise<AtSite>) => {
  const done: SiteSelection[] = [];
  const failed: FailedSite[] = [];
  for (const site of sites) {
    const result = await act(site);
    if (result === undefined) continue;
    if ('failure' in result) failed.push(result);
    else done.push(result);
  }
  return { done, failed };
};

/** A word is unmatched when no site knows it; the nearest names come from all of them. */
const wordsMissingIn = (bySite: readonly Unmatched[]): Unmatched => {
  const [first = [], ...others] = bySite;
  return first
    .filter(({ word }) => others.every((site) => site.some((missing) => missing.word === word)))
    .map(({ word }) => {
      const suggestions = bySite.flatMap((site) => site.find((missing) => missing.word === word)?.nearest ?? []);
      return { word, nearest: nearestWords(word, [...new Set(suggestions)]) };
    });
};

/** Of the words that no inventory knew, those that were not found beyond either; nearest names are the inventories'. */
const stillMissing = (missing: Unmatched, lookedUp: readonly SiteSelection[]): Unmatched =>
  missing.filter(({ word }) => lookedUp.every((site) => site.unmatched.some((each) => each.word === word)));

const selectAt = async (
  deps: OperationDeps,
  selection: NodeSelection,
  gathered: readonly SiteGathering[],
  site: Site,
): Promise<AtSite> => {
  const at = gathered.find((each) => each.siteId === site.id);
  if (at?.failure !== undefined) return { siteId: site.id, failure: at.failure };
  return deps.workflow.step(`select at ${site.id}`, async () => {
    if (at?.state === 'read') await keepInventory(deps, site.id);
    const nodes = (await deps.ledger.readInventory(site.id))?.nodes ?? [];
    return select(deps, selection.selectors, site.id, `selected/${site.id}`, nodes);
  });
};

const select = async (
  deps: OperationDeps,
  selectors: readonly NodeSelector[],
  siteId: string,
  list: string,
  nodes: readonly ManagedNode[],
): Promise<SiteSelection> => {
  const { asked, notAskable, unmatched } = selectNodes({ selectors }, nodes, deps.fleetTag);
  const meant = [...asked, ...notAskable.map(({ node }) => node)];
  return { roster: await writeRoster(deps, siteId, list, meant), unmatched };
};

const isNamed = (selector: NodeSelector): boolean => selector.kind === 'id' || selector.kind === 'name';

/** Whether every machine is named, and they are few enough to be looked at afresh whatever the inventory says. */
export const isLookedAtAfresh = ({ selectors }: NodeSelection): boolean =>
  selectors.length > 0 && selectors.length <= LOOKED_AT_AFRESH && selectors.every(isNamed);

/** Looks at named machines afresh, and beyond the inventory for words that no inventory knows. */
const lookUpAt = async (
  deps: OperationDeps,
  selection: NodeSelection,
  selected: readonly SiteSelection[],
  missing: Unmatched,
  site: Site,
): Promise<AtSite> => {
  const at = selected.find((each) => each.roster.siteId === site.id);
  const words = selection.selectors.flatMap((s) => (s.kind === 'id' ? [s.id] : s.kind === 'name' ? [s.name] : []));
  const unknown = words.filter((word) => missing.some((each) => each.word === word));
  const onlyNamed = selection.selectors.length > 0 && selection.selectors.every(isNamed);
  const afresh = onlyNamed && (at?.roster.meant ?? 0) <= LOOKED_AT_AFRESH && (at?.roster.meant ?? 0) > 0;
  if (at === undefined || (unknown.length === 0 && !afresh)) return at;
  return siteStep(deps, `look up at ${site.id}`, site, async () => {
    const known = await readRoster(deps, at.roster);
    const found = await deps.nodes.find(site, [...unknown, ...(afresh ? known.map((node) => node.id) : [])]);
    return select(deps, selection.selectors, site.id, `found/${site.id}`, renewed(known, found));
  });
};

/** A step whose failure concerns this site alone. */
const siteStep = async (
  deps: OperationDeps,
  name: string,
  site: Site,
  act: () => Promise<SiteSelection>,
): Promise<AtSite> => {
  try {
    return await deps.workflow.step(name, act);
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return { siteId: site.id, failure };
    if (isTransient(error)) return { siteId: site.id, failure: { kind: 'site-unreachable', siteId: site.id } };
    throw error;
  }
};

/** Of a hybrid machine only the inventory knows the tags. */
const renew = (known: ManagedNode, fresh: ManagedNode): ManagedNode =>
  fresh.id.startsWith('mi-') ? { ...fresh, inFleet: known.inFleet, tags: known.tags } : fresh;

const renewed = (known: readonly ManagedNode[], found: readonly ManagedNode[]): readonly ManagedNode[] => {
  const byId = new Map(known.map((node) => [node.id, node]));
  for (const fresh of found) {
    const before = byId.get(fresh.id);
    byId.set(fresh.id, before === undefined ? fresh : renew(before, fresh));
  }
  return [...byId.values()];
};
