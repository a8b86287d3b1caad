/** Brings the answers of every site in, and shows how far that is. */
import type { CheckProgress } from '../domain/check-report.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import { pauseBefore, type Shown, showProgress } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { readSite } from './read-site.ts';
import { setbackAfter, slowedSeconds } from './site-patience.ts';
import { type SiteReading, sumTotals } from './site-reading.ts';

interface Reading {
  readonly sites: readonly SiteReading[];
  readonly shown: Shown;
}

interface AnswersRequest {
  readonly talk: Talk;
  readonly selection: NodeSelection;
  readonly readings: readonly SiteReading[];
}

const isOpen = (site: SiteReading): boolean => site.phase !== 'done';

/** One step at one site; what fails there is that site's affair. */
const stepAt = async (deps: OperationDeps, request: AnswersRequest, at: SiteReading): Promise<SiteReading> => {
  const place = deps.sites.findIndex((site) => site.id === at.siteId);
  const site = deps.sites[place];
  const nowMs = deps.clock();
  if (site === undefined || !isOpen(at) || at.nextAtMs > nowMs) return at;
  try {
    const { selection, talk } = request;
    return await readSite({ deps, site, selection, startedAtMs: talk.startedAtMs, place }, at);
  } catch (error) {
    const setback = setbackAfter(error, at.siteId, at.patience);
    if (setback.kind === 'given-up') return { ...at, phase: 'done', failure: setback.failure };
    return { ...at, patience: setback.patience, nextAtMs: nowMs + setback.seconds * 1000 };
  }
};

/** Machines of a site that are done, as far as is known now. */
const doneAt = (site: SiteReading): number =>
  Math.max(
    site.phase === 'waiting' || site.phase === 'peeking' ? Math.min(site.completed, site.expected) : 0,
    readAt(site),
  );

const readAt = (site: SiteReading): number =>
  (site.kept?.machines ?? 0) + (site.phase === 'reading' ? (site.glimpsed?.machines ?? 0) : 0);

const progressOf = (sites: readonly SiteReading[], nowMs: number): Omit<CheckProgress, 'startedAtMs'> => {
  const waitingSeconds = slowedSeconds(sites.filter(isOpen), nowMs);
  const isReading = sites.some((site) => site.isLarge && site.phase === 'reading');
  const soFar = sumTotals(sites.map((site) => sumTotals([site.kept, site.glimpsed])));
  return {
    phase: waitingSeconds > 0 ? 'slowed-down' : isReading ? 'reading' : 'waiting',
    total: sites.reduce((sum, site) => sum + site.expected, 0),
    done: sites.reduce((sum, site) => sum + doneAt(site), 0),
    ...(soFar === undefined ? {} : { soFar }),
    ...(waitingSeconds > 0 ? { waitingSeconds } : {}),
  };
};

/** Reads every site to its end: all answers, or the check's own deadline. */
export const readAnswers = async (
  deps: OperationDeps,
  request: AnswersRequest,
  shown: Shown,
): Promise<{ readonly sites: readonly SiteReading[]; readonly shown: Shown }> =>
  deps.workflow.poll<Reading>('read answers', { sites: request.readings, shown }, async (state) => {
    const sites = await Promise.all(state.sites.map((site) => stepAt(deps, request, site)));
    const open = sites.filter(isOpen);
    if (open.length === 0) return { state: { sites, shown: state.shown } };
    const progress = progressOf(sites, deps.clock());
    const next = await showProgress(deps, request.talk, state.shown, progress);
    const dueMs = Math.min(...open.map((site) => site.nextAtMs));
    return { state: { sites, shown: next }, againInSeconds: pauseBefore(dueMs, deps.clock(), next, progress) };
  });
