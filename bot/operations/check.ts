/**
 * `/kms check`: finds out who is meant, asks them all at once, reads what they answer, and says how it stands.
 *
 * The program is replayed from its checkpoints after every wait, so nothing outside steps and polls looks at the clock
 * or the world. Machines and answers live in the ledger; what passes through checkpoints is counts and names.
 */
import type { NodeSelection } from '../domain/nodes.ts';
import type { CheckRequest } from '../ports.ts';
import { askSites } from './ask-sites.ts';
import { attachRows } from './attach-rows.ts';
import { type CheckFacts, endOfCheck } from './check-end.ts';
import { coversFleet, keepFleet } from './keep-fleet.ts';
import { endMessage, justShown, type Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { readAnswers } from './read-answers.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';
import { detailsOf, failuresOf } from './site-reading.ts';

/** A report of more machines than this has its rows in a file. */
const ROWS_IN_MESSAGE = 5;

/** Runs a check to its end. */
export const check = (deps: OperationDeps, request: CheckRequest): Promise<OperationOutcome> =>
  runOperation(deps, request, {
    progress: (progress, startedAtMs) => ({
      kind: 'check-progress',
      asked: request.asked,
      progress: { ...progress, startedAtMs },
    }),
    act: (talk) => askAndTell(deps, talk, request.selection),
  });

const askAndTell = async (deps: OperationDeps, talk: Talk, selection: NodeSelection): Promise<OperationOutcome> => {
  const resolved = await resolveNodes(deps, talk, selection, justShown(talk.startedAtMs));
  const asked = await askSites(deps, talk, { rosters: resolved.rosters, selection }, resolved.shown);
  const { sites, shown } = await readAnswers(deps, { talk, selection, readings: asked.readings }, asked.shown);
  const facts: CheckFacts = {
    selection,
    resolved: { rosters: resolved.rosters, unmatched: resolved.unmatched },
    failed: [...resolved.failed, ...asked.failed, ...failuresOf(sites)],
    details: detailsOf(sites),
    unread: failuresOf(sites).map(({ siteId }) => siteId),
    timedOut: sites.some((site) => site.stillRunning > 0),
    finishedAtMs: await deps.workflow.step('end', async () => deps.clock()),
  };
  return tellEnd(deps, talk, facts, shown);
};

const tellEnd = async (deps: OperationDeps, talk: Talk, facts: CheckFacts, shown: Shown): Promise<OperationOutcome> => {
  const machines = await deps.workflow.step('count', async () => (await endOfCheck(deps, talk, facts)).results.length);
  await endMessage(deps, talk, shown, async () => (await endOfCheck(deps, talk, facts)).content);
  if (machines > ROWS_IN_MESSAGE) {
    const text = async () => deps.csv((await endOfCheck(deps, talk, facts)).results);
    await attachRows(deps, talk.message, { of: 'check', title: talk.asked, atMs: facts.finishedAtMs, text });
  }
  if (machines > 0 && coversFleet(facts.selection)) await rememberFleet(deps, talk, facts);
  return { ended: 'answered', machines };
};

/** The fleet of every site that could be asked, kept for later. The answer stands without it. */
const rememberFleet = async (deps: OperationDeps, talk: Talk, facts: CheckFacts): Promise<void> => {
  const failed = new Set(facts.failed.map((site) => site.siteId));
  const siteIds = facts.resolved.rosters.map((roster) => roster.siteId).filter((siteId) => !failed.has(siteId));
  try {
    await deps.workflow.step('keep fleet', async () => {
      await keepFleet(deps, siteIds, (await endOfCheck(deps, talk, facts)).results, facts.finishedAtMs);
    });
  } catch (error) {
    deps.log('warn', 'fleet not kept', { error: error instanceof Error ? error.name : 'unknown' });
  }
};
