/**
 * `/kms diagnose`: one machine, its KMS hosts and the zones between them, looked at together; one cause named.
 *
 * One command a site goes to the machine and its hosts at once. Records live in the ledger; what passes through
 * checkpoints is ids, counts, and what the zones hold.
 */
import { whyNotAskable } from '../domain/node-selection.ts';
import type { NodeSelection } from '../domain/nodes.ts';
import type { Content, DiagnoseRequest } from '../ports.ts';
import { askSites } from './ask-sites.ts';
import { ONE_BY_ONE } from './command-plan.ts';
import { diagnosisOf, endOfDiagnosis, type LookFacts } from './diagnose-end.ts';
import { findOne, notOne, type OneNode } from './find-one.ts';
import { type HostRoster, hostRoster } from './host-rosters.ts';
import { hostNamesIn, hostNamesOf } from './kms-hosts.ts';
import { lookProgress } from './look-progress.ts';
import { endMessage, justShown, type Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { readAnswers } from './read-answers.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { readRoster } from './roster.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';
import { detailsOf, failuresOf } from './site-reading.ts';
import { type MachineAndHosts, zonesOf } from './zones-of-look.ts';

/** Runs a diagnosis to its end. */
export const diagnoseNode = (deps: OperationDeps, request: DiagnoseRequest): Promise<OperationOutcome> =>
  runOperation(deps, request, {
    progress: (progress, startedAtMs) => progressContent(request.asked, lookProgress(progress, startedAtMs)),
    act: (talk) => findAndDiagnose(deps, talk, request.selection),
  });

const progressContent = (asked: string, progress: ReturnType<typeof lookProgress>): Content => ({
  kind: 'diagnosis-progress',
  asked,
  progress,
});

const findAndDiagnose = async (
  deps: OperationDeps,
  talk: Talk,
  selection: NodeSelection,
): Promise<OperationOutcome> => {
  const resolved = await resolveNodes(deps, talk, selection, justShown(talk.startedAtMs));
  const found = await deps.workflow.step('find machine', () => findOne(deps, resolved));
  if (found.kind === 'not-one') {
    await endMessage(deps, talk, resolved.shown, () => notOne(deps, talk.asked, resolved));
    return { ended: 'answered', machines: 0 };
  }
  const named: Talk = {
    ...talk,
    progress: (progress) => progressContent(talk.asked, lookProgress(progress, talk.startedAtMs, found.name)),
  };
  return lookAndTell(deps, named, found, resolved.shown);
};

const lookAndTell = async (deps: OperationDeps, talk: Talk, one: OneNode, before: Shown): Promise<OperationOutcome> => {
  const look = await prepare(deps, one);
  const unessential = look.rosters.flatMap((roster) => roster.hostIds);
  const asked = await askSites(deps, talk, { rosters: look.rosters, selection: ONE_BY_ONE, unessential }, before);
  const answers = await readAnswers(deps, { talk, selection: ONE_BY_ONE, readings: asked.readings }, asked.shown);
  const failed = [...asked.failed, ...failuresOf(answers.sites)];
  const { zones, shown } = await zonesOf(deps, talk, look, answers.shown);
  const facts: LookFacts = {
    siteId: one.siteId,
    nodeId: one.nodeId,
    rosters: look.rosters,
    ...(look.before === undefined ? {} : { before: look.before }),
    failed,
    unread: failuresOf(answers.sites).map(({ siteId }) => siteId),
    details: detailsOf(answers.sites),
    zones,
    finishedAtMs: await deps.workflow.step('end', async () => deps.clock()),
  };
  const cause = await deps.workflow.step('name cause', () => causeOf(deps, talk, facts));
  await endMessage(deps, talk, shown, () => endOfDiagnosis(deps, talk, facts));
  return { ended: 'answered', machines: 1, cause };
};

/** For the log: which cause was named. */
const causeOf = async (deps: OperationDeps, talk: Talk, facts: LookFacts): Promise<string> => {
  const made = await diagnosisOf(deps, talk, facts);
  return 'kind' in made ? made.kind : (made.first?.cause.kind ?? 'none');
};

interface Look extends MachineAndHosts {
  readonly before?: NonNullable<LookFacts['before']>;
}

/** Who is asked along with the machine. A machine that cannot be asked is told of at once: its hosts explain nothing. */
const prepare = async (deps: OperationDeps, one: OneNode): Promise<Look> => {
  const { askable, names, before } = await deps.workflow.step('recall machine', () => recall(deps, one));
  const own = deps.sites.filter((site) => site.id === one.siteId);
  const others = deps.sites.filter((site) => site.id !== one.siteId);
  const rosters: HostRoster[] = [];
  for (const site of askable ? [...own, ...others] : own) {
    const isOwn = site.id === one.siteId;
    const anyHost = isOwn || (names.length === 0 && !knowsHosts(rosters[0]));
    const choice = { names, only: anyHost ? 'any' : 'clients', none: !askable } as const;
    const roster = await hostRoster(deps, site, choice, isOwn ? one : undefined);
    if (isOwn || roster.hostIds.length > 0) rosters.push(roster);
  }
  return { one, rosters, askable, ...(before === undefined ? {} : { before }) };
};

/** Where nothing names a host and the machine's own site has none that is more than a guess, it may use another site's. */
const knowsHosts = (own: HostRoster | undefined): boolean =>
  own !== undefined && own.hostIds.length > own.guessedIds.length;

/** Hosts that most of the fleet is sent to; for a machine that has not been seen yet. */
const MOST_USED = 20;

/** What is known of the machine beforehand: its latest record, or else its fleet, tells which hosts to ask along. */
const recall = async (deps: OperationDeps, one: OneNode) => {
  const node = (await readRoster(deps, one)).find(({ id }) => id === one.nodeId);
  const latest = await deps.ledger.readLatest(one.siteId, one.nodeId);
  const ofFleet = [...hostNamesOf(await deps.ledger.readFleetSummary(one.siteId))].slice(0, MOST_USED);
  return {
    askable: node !== undefined && whyNotAskable(node) === undefined,
    names: latest?.record === undefined ? ofFleet : [...hostNamesIn(latest.record)],
    ...(latest === undefined ? {} : { before: { result: latest.result, atMs: latest.atMs } }),
  };
};
