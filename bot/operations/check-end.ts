/** What a check ends with: a report, one machine's card, or why there is neither. */
import type { NodeCard } from '../domain/card.ts';
import type { CheckReport, NodeResult, SiteTrouble } from '../domain/check-report.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import { addToTally, checkReport, emptyTally } from '../domain/report.ts';
import type { Content, OperationFailure } from '../ports.ts';
import { type Account, accountFor, nodeOf } from './account.ts';
import { deniedSites } from './denied-sites.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import type { FailedSite, Resolved } from './resolve-nodes.ts';

/** How the asking went; small, and made of what checkpoints hold. */
export interface CheckFacts {
  readonly selection: NodeSelection;
  readonly resolved: Pick<Resolved, 'rosters' | 'unmatched'>;
  readonly failed: readonly FailedSite[];
  readonly details: Readonly<Record<string, string>>;
  /** Sites that were asked, but whose answers could not all be read. */
  readonly unread: readonly string[];
  readonly timedOut: boolean;
  readonly finishedAtMs: number;
}

export interface CheckEnd {
  readonly content: Content;
  readonly results: readonly NodeResult[];
}

const troubleOf = ({ siteId, failure }: FailedSite): SiteTrouble => {
  switch (failure.kind) {
    case 'missing-right':
      return { siteId, kind: 'missing-right', what: failure.action };
    case 'document-missing':
      return { siteId, kind: 'document-missing', what: failure.document };
    case 'site-unreachable':
    case 'internal':
      return { siteId, kind: 'site-unreachable' };
  }
};

/** The failure to tell instead of a report: nobody was asked because every site that had somebody to ask failed. */
const wholeFailure = (facts: CheckFacts): OperationFailure | undefined => {
  const failedIds = new Set(facts.failed.map((site) => site.siteId));
  const isAnyoneLeft = facts.resolved.rosters.some((roster) => roster.meant > 0 && !failedIds.has(roster.siteId));
  return isAnyoneLeft ? undefined : facts.failed[0]?.failure;
};

/** One machine was named, by id or name, and one was found. */
const isSingle = (facts: CheckFacts, results: readonly NodeResult[]): boolean =>
  results.length === 1 &&
  facts.resolved.unmatched.length === 0 &&
  facts.selection.selectors.length > 0 &&
  facts.selection.selectors.every((selector) => selector.kind === 'id' || selector.kind === 'name');

/** States in which a machine said nothing of itself this time. */
const SILENT: readonly NodeResult['verdict']['state'][] = ['no-answer', 'not-asked', 'unreadable'];

const cardOf = async (
  deps: OperationDeps,
  talk: Talk,
  facts: CheckFacts,
  account: Account,
): Promise<NodeCard | undefined> => {
  const [result] = account.results;
  if (result === undefined) return undefined;
  const card = { result, node: nodeOf(account, result), checkedAtMs: facts.finishedAtMs };
  const stored = await deps.ledger.readLatest(result.siteId, result.nodeId);
  if (stored === undefined) return card;
  if (SILENT.includes(result.verdict.state)) {
    return { ...card, lastKnown: { result: stored.result, atMs: stored.atMs } };
  }
  return stored.record !== undefined && stored.atMs >= talk.startedAtMs ? { ...card, record: stored.record } : card;
};

const reportOf = (deps: OperationDeps, talk: Talk, facts: CheckFacts, results: readonly NodeResult[]): CheckReport => {
  const troubles = facts.failed.map(troubleOf);
  const ids = new Set([...facts.resolved.rosters, ...facts.failed].map((each) => each.siteId));
  return checkReport({
    tally: addToTally(emptyTally(), results),
    sites: deps.sites.filter((site) => ids.has(site.id)),
    startedAtMs: talk.startedAtMs,
    finishedAtMs: facts.finishedAtMs,
    timedOut: facts.timedOut,
    unmatched: facts.resolved.unmatched,
    ...(troubles.length === 0 ? {} : { troubles }),
  });
};

/** Puts together what the person is told, from the ledger and the facts; the same facts give the same end. */
export const endOfCheck = async (deps: OperationDeps, talk: Talk, given: CheckFacts): Promise<CheckEnd> => {
  const { rosters } = given.resolved;
  const { details, unread, finishedAtMs: nowMs } = given;
  const account = await accountFor(deps, { rosters, details, unread, nowMs });
  const known = new Set(given.failed.map((site) => site.siteId));
  const denied = deniedSites(deps, account.results).filter((site) => !known.has(site.siteId));
  const facts = { ...given, failed: [...given.failed, ...denied] };
  const failure = wholeFailure(facts);
  if (failure !== undefined) return { content: { kind: 'failure', asked: talk.asked, failure }, results: [] };
  return { content: await contentOf(deps, talk, facts, account), results: account.results };
};

const contentOf = async (deps: OperationDeps, talk: Talk, facts: CheckFacts, account: Account): Promise<Content> => {
  const { asked } = talk;
  const { results } = account;
  const { unmatched } = facts.resolved;
  if (results.length === 0 && unmatched.length > 0) return { kind: 'no-such-node', asked, unmatched };
  const card = isSingle(facts, results) ? await cardOf(deps, talk, facts, account) : undefined;
  if (card !== undefined) return { kind: 'node-card', asked, card };
  return { kind: 'check-report', asked, report: reportOf(deps, talk, facts, results) };
};
