/** Reads the machines of every site, page by page, where the ledger's inventory is too old. */
import { mergeNodes } from '../domain/merge-nodes.ts';
import type { Site } from '../domain/nodes.ts';
import type { OperationFailure } from '../ports.ts';
import { pauseBefore, type Shown, showProgress } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter, slowedSeconds } from './site-patience.ts';

/** One site's reading; goes through checkpoints. */
export interface SiteGathering {
  readonly siteId: string;
  readonly state: 'reading' | 'fresh' | 'read' | 'failed';
  readonly cursor?: string;
  readonly pages: number;
  readonly machines: number;
  readonly patience: Patience;
  readonly nextAtMs: number;
  /** An inventory younger than this is used again. */
  readonly freshMs: number;
  readonly failure?: OperationFailure;
}

interface Gathering {
  readonly sites: readonly SiteGathering[];
  readonly shown: Shown;
}

/** An inventory younger than this is used again where nobody asks for a newer one. */
export const FRESH_MS = 60 * 60_000;
/** One read a second and account: AWS publishes no rates, and other operations read as well. */
const BETWEEN_READS_MS = 1_000;

/** The list in the ledger that a site's pages are gathered in. */
export const gatheredList = (siteId: string): string => `gathered/${siteId}`;

const isReading = (site: SiteGathering): boolean => site.state === 'reading';

const readPage = async (deps: OperationDeps, site: Site, at: SiteGathering): Promise<SiteGathering> => {
  if (at.pages === 0 && (await isFresh(deps, site, at.freshMs))) return { ...at, state: 'fresh' };
  const { nodes, cursor } = await deps.nodes.page(site, at.cursor);
  await deps.ledger.writeNodes(deps.operationId, gatheredList(site.id), at.pages, nodes);
  const read = { ...at, pages: at.pages + 1, machines: at.machines + nodes.length };
  const next = { ...read, patience: FRESH_PATIENCE, nextAtMs: deps.clock() + BETWEEN_READS_MS };
  return cursor === undefined ? { ...next, state: 'read' } : { ...next, cursor };
};

const isFresh = async (deps: OperationDeps, site: Site, freshMs: number): Promise<boolean> => {
  const kept = await deps.ledger.readInventory(site.id);
  return kept !== undefined && deps.clock() - kept.takenAtMs < freshMs;
};

/** A site that fails does not keep the others from being read. */
const readNext = async (deps: OperationDeps, at: SiteGathering): Promise<SiteGathering> => {
  const site = deps.sites.find((known) => known.id === at.siteId);
  const nowMs = deps.clock();
  if (site === undefined || !isReading(at) || at.nextAtMs > nowMs) return at;
  try {
    return await readPage(deps, site, at);
  } catch (error) {
    const setback = setbackAfter(error, at.siteId, at.patience);
    return setback.kind === 'wait'
      ? { ...at, patience: setback.patience, nextAtMs: nowMs + setback.seconds * 1000 }
      : { ...at, state: 'failed', failure: setback.failure };
  }
};

const progressOf = (sites: readonly SiteGathering[], nowMs: number) => {
  const waitingSeconds = slowedSeconds(sites.filter(isReading), nowMs);
  return {
    phase: waitingSeconds > 0 ? ('slowed-down' as const) : ('looking-up' as const),
    total: 0,
    done: sites.reduce((sum, site) => sum + site.machines, 0),
    ...(waitingSeconds > 0 ? { waitingSeconds } : {}),
  };
};

/** Brings every site's machines into the ledger, one page of each site at a time. */
export const gatherNodes = async (
  deps: OperationDeps,
  talk: Talk,
  siteIds: readonly string[],
  shown: Shown,
  freshMs = FRESH_MS,
): Promise<Gathering> => {
  const start = siteIds.map((siteId) => ({
    siteId,
    state: 'reading' as const,
    pages: 0,
    machines: 0,
    patience: FRESH_PATIENCE,
    nextAtMs: 0,
    freshMs,
  }));
  return deps.workflow.poll<Gathering>('look up machines', { sites: start, shown }, async (state) => {
    const sites = await Promise.all(state.sites.map((site) => readNext(deps, site)));
    const open = sites.filter(isReading);
    if (open.length === 0) return { state: { sites, shown: state.shown } };
    const progress = progressOf(sites, deps.clock());
    const next = await showProgress(deps, talk, state.shown, progress);
    const dueMs = Math.min(...open.map((site) => site.nextAtMs));
    return { state: { sites, shown: next }, againInSeconds: pauseBefore(dueMs, deps.clock(), next, progress) };
  });
};

/** Makes the inventory of a site out of the pages just read. Runs within a step. */
export const keepInventory = async (deps: OperationDeps, siteId: string): Promise<void> => {
  const nodes = mergeNodes(await deps.ledger.readNodes(deps.operationId, gatheredList(siteId)));
  await deps.ledger.writeInventory({ siteId, takenAtMs: deps.clock(), nodes });
};
