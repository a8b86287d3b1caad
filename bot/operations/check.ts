/**
 * `/kms check`: finds out who is meant, asks them all at once, reads what they answer, and says how it stands.
 *
 * The program is replayed from its checkpoints after every wait, so nothing outside steps and polls looks at the clock
 * or the world. Machines and answers live in the ledger; what passes through checkpoints is counts and names.
 */
import type { ManagedNode, NodeSelection } from '../domain/nodes.ts';
import { failureOf, isTransient } from '../errors.ts';
import type { CheckRequest, Content, MessageRef, OperationFailure, Place } from '../ports.ts';
import type { CheckDeps, Talk } from './check-deps.ts';
import { type CheckFacts, endOfCheck } from './check-end.ts';
import { goesByTag, inspectOptions, planCommands } from './command-plan.ts';
import { once } from './effect-once.ts';
import { endMessage, justShown, openMessage, type Shown } from './message.ts';
import { readAnswers } from './read-answers.ts';
import { type FailedSite, type Resolved, resolveNodes } from './resolve-nodes.ts';
import { askableOf, readRoster, type SiteRoster } from './roster.ts';
import { type SentCommands, sendInspections } from './send-inspections.ts';
import { beginReading, type SiteReading } from './site-reading.ts';

export type { CheckDeps, Log } from './check-deps.ts';

/** How a check ended, for the log; what it found stands in the message. */
export type CheckOutcome =
  | { readonly ended: 'answered'; readonly machines: number }
  | { readonly ended: 'failed'; readonly failure: OperationFailure['kind'] };

/** The last progress may have been shown just before. */
const SECONDS_BETWEEN_EDITS = 3;
/** A report of more machines than this has its rows in a file. */
const ROWS_IN_MESSAGE = 5;

/** Runs a check to its end; the person's message always reaches a final state. */
export const check = async (deps: CheckDeps, request: CheckRequest): Promise<CheckOutcome> => {
  const startedAtMs = await deps.workflow.step('begin', async () => deps.clock());
  const { asked, place } = request;
  const progress = { phase: 'looking-up', total: 0, done: 0, startedAtMs } as const;
  const first: Content = { kind: 'check-progress', asked, progress };
  const opened = await openOrTell(deps, request, first);
  if ('ended' in opened) return opened;
  const talk = { message: opened, asked, startedAtMs, place };
  try {
    return await askAndTell(deps, talk, request.selection);
  } catch (error) {
    return tellFailure(deps, talk, error);
  }
};

/**
 * The message, or, where it could not be opened the safe way because the ledger fails, the end: the failure is posted
 * straight away.
 */
const openOrTell = async (
  deps: CheckDeps,
  { asked, place }: CheckRequest,
  first: Content,
): Promise<MessageRef | CheckOutcome> => {
  try {
    return await openMessage(deps, 'open message', place, async () => first);
  } catch (error) {
    const failure = failureFor(deps, error);
    await deps.workflow.step('post failure', () => deps.conversation.open(place, { kind: 'failure', asked, failure }));
    return failedWith(error, failure);
  }
};

type PlacedTalk = Talk & { readonly place: Place };

const askAndTell = async (deps: CheckDeps, talk: PlacedTalk, selection: NodeSelection): Promise<CheckOutcome> => {
  const resolved = await resolveNodes(deps, talk, selection, justShown(talk.startedAtMs));
  const asked = await askEverySite(deps, talk, selection, resolved);
  const { sites, shown } = await readAnswers(deps, { talk, selection, readings: asked.readings }, asked.shown);
  const facts: CheckFacts = {
    selection,
    resolved: { rosters: resolved.rosters, unmatched: resolved.unmatched },
    failed: [...resolved.failed, ...asked.failed, ...failuresOf(sites)],
    details: Object.fromEntries(
      sites.flatMap((site) => (site.details === undefined ? [] : [[site.siteId, site.details]])),
    ),
    unread: failuresOf(sites).map(({ siteId }) => siteId),
    timedOut: sites.some((site) => site.stillRunning > 0),
    finishedAtMs: await deps.workflow.step('end', async () => deps.clock()),
  };
  return tellEnd(deps, talk, facts, shown);
};

const failuresOf = (sites: readonly SiteReading[]): FailedSite[] =>
  sites.flatMap(({ siteId, failure }) => (failure === undefined ? [] : [{ siteId, failure }]));

/** Sends to one site after the other; a site that refuses is noted and the others go on. */
const askEverySite = async (deps: CheckDeps, talk: Talk, selection: NodeSelection, resolved: Resolved) => {
  const total = resolved.rosters.reduce((sum, roster) => sum + roster.askable, 0);
  const readings: SiteReading[] = [];
  const failed: FailedSite[] = [];
  let shown: Shown = resolved.shown;
  for (const roster of resolved.rosters) {
    const site = deps.sites.find((known) => known.id === roster.siteId);
    if (site === undefined || roster.askable === 0) continue;
    const sent = await sendInspections(deps, { site, roster, selection, total, talk }, shown);
    shown = sent.shown;
    if (sent.failure !== undefined) failed.push({ siteId: site.id, failure: sent.failure });
    readings.push(
      await deps.workflow.step(`plan reading ${site.id}`, () => planReading(deps, selection, roster, sent)),
    );
  }
  return { readings, failed, shown };
};

const planReading = async (deps: CheckDeps, selection: NodeSelection, roster: SiteRoster, sent: SentCommands) => {
  const nodes = await readRoster(deps, roster);
  const askable = askableOf(nodes);
  return beginReading({
    siteId: roster.siteId,
    list: roster.list,
    commandIds: sent.commandIds,
    sentAtMs: sent.sentAtMs,
    plan: planCommands(selection, askable),
    jitterSeconds: inspectOptions(askable).jitterSeconds,
    offline: await countOffline(deps, selection, roster.siteId, nodes),
  });
};

/**
 * Machines that a command may wait for in vain. Of hybrid machines the inventory knows no tags but the fleet's, so a
 * command by another tag may go to any of those that are offline.
 */
const countOffline = async (
  deps: CheckDeps,
  selection: NodeSelection,
  siteId: string,
  meant: readonly ManagedNode[],
): Promise<number> => {
  const inventory = goesByTag(selection) ? ((await deps.ledger.readInventory(siteId))?.nodes ?? []) : [];
  const hybrid = inventory.filter((node) => node.id.startsWith('mi-'));
  const offline = [...meant, ...hybrid].filter((node) => node.presence.kind === 'offline');
  return new Set(offline.map((node) => node.id)).size;
};

const tellEnd = async (deps: CheckDeps, talk: PlacedTalk, facts: CheckFacts, shown: Shown): Promise<CheckOutcome> => {
  const machines = await deps.workflow.step('count', async () => (await endOfCheck(deps, talk, facts)).results.length);
  await endMessage(deps, talk, shown, async () => (await endOfCheck(deps, talk, facts)).content);
  if (machines > ROWS_IN_MESSAGE) await attachRows(deps, talk, facts);
  return { ended: 'answered', machines };
};

/** The rows as a file. The answer stands without it, so its failure is only noted. */
const attachRows = async (deps: CheckDeps, talk: Talk, facts: CheckFacts): Promise<void> => {
  const name = `kms-check-${new Date(facts.finishedAtMs).toISOString().slice(0, 'yyyy-mm-dd'.length)}.csv`;
  const act = async () => {
    const { results } = await endOfCheck(deps, talk, facts);
    await deps.conversation.attach(talk.message, { name, title: talk.asked, text: deps.csv(results) });
    return name;
  };
  try {
    await once(deps, 'attach rows', { key: `${deps.operationId}/rows`, act });
  } catch (error) {
    deps.log('warn', 'rows not attached', { error: error instanceof Error ? error.name : 'unknown' });
  }
};

/** Tells the person why there is no answer. */
const tellFailure = async (deps: CheckDeps, talk: PlacedTalk, error: unknown): Promise<CheckOutcome> => {
  const failure = failureFor(deps, error);
  await deps.workflow.wait('between edits', SECONDS_BETWEEN_EDITS);
  await endMessage(deps, talk, justShown(talk.startedAtMs), async () => ({
    kind: 'failure',
    asked: talk.asked,
    failure,
  }));
  return failedWith(error, failure);
};

const failureFor = (deps: CheckDeps, error: unknown): OperationFailure => {
  const failure: OperationFailure = failureOf(error) ?? { kind: 'internal', reference: deps.operationId };
  deps.log('error', 'check failed', { kind: failure.kind, passing: isTransient(error), ...describe(error) });
  return failure;
};

/** What a person can act on ends the operation; anything else is thrown on, so that the execution fails and alarms see it. */
const failedWith = (error: unknown, failure: OperationFailure): CheckOutcome => {
  if (failure.kind === 'internal') throw error;
  return { ended: 'failed', failure: failure.kind };
};

/** Messages of errors say what was attempted and found; they are cut, and quote no output. */
const LONGEST_REASON = 300;

const describe = (error: unknown): { readonly error: string; readonly reason: string } => {
  if (!(error instanceof Error)) return { error: 'unknown', reason: '' };
  const cause = error.cause instanceof Error ? error.cause : error;
  return { error: cause.name, reason: cause.message.slice(0, LONGEST_REASON) };
};
