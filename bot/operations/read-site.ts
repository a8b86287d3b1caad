/** Takes one site's reading a step further: one call to Systems Manager, and what follows from its answer. */
import type { Verdict } from '../domain/check-report.ts';
import type { ManagedNode, NodeSelection, Site } from '../domain/nodes.ts';
import { totals } from '../domain/report.ts';
import type { Answer } from '../ports.ts';
import { planCommands } from './command-plan.ts';
import { type JudgedPage, judgePage } from './judge-page.ts';
import type { OperationDeps } from './operation-deps.ts';
import { askableOf, readRoster } from './roster.ts';
import { FRESH_PATIENCE } from './site-patience.ts';
import { pauseSeconds, type SiteReading, sumTotals } from './site-reading.ts';

export interface ReadRequest {
  readonly deps: OperationDeps;
  readonly site: Site;
  readonly selection: NodeSelection;
  readonly startedAtMs: number;
  /** The site's place among the sites: parts of different sites have different numbers. */
  readonly place: number;
}

/** A command of an empty listing may not have been listed yet; after this it has reached nobody. */
const LISTED_AFTER_MS = 15_000;
/** A machine that should answer may be listed later than others; after this it was not reached. */
const INVOKED_AFTER_MS = 30_000;
/** A page of a large run is read again for its stragglers this often in all. */
const REREADS_OF_LARGE_RUNS = 4;
const AFTER_DEADLINE_MS = 60_000;
/** Early looks into the first page while a large run is under way, after this many looks at its counters. */
const PEEK_AFTER_LOOKS = [2, 4];
/** Parts of one site are numbered below those of the next. */
const PARTS_PER_SITE = 100_000;
const NEXT_PAGE_MS = 1_000;

/** One step further. */
export const readSite = (request: ReadRequest, at: SiteReading): Promise<SiteReading> => {
  if (at.phase === 'waiting') return lookAtCounters(request, at);
  if (at.phase === 'peeking') return peek(request, at);
  return readPage(request, at);
};

const lookAtCounters = async (request: ReadRequest, at: SiteReading): Promise<SiteReading> => {
  const { deps, site, startedAtMs } = request;
  const commands = await deps.runCommand.progress(site, at.commandIds, startedAtMs);
  const nowMs = deps.clock();
  const targets = commands.reduce((sum, command) => sum + command.targets, 0);
  const completed = commands.reduce((sum, command) => sum + command.completed, 0);
  const finished = commands.length === at.commandIds.length && commands.every((command) => command.finished);
  const seen = { ...at, completed, looks: at.looks + 1, patience: FRESH_PATIENCE };
  if (finished && targets === 0 && nowMs - at.sentAtMs >= LISTED_AFTER_MS) {
    return { ...seen, phase: 'done', ...detailsOf(commands) };
  }
  const onlyOfflineLeft = completed >= at.expected && targets - completed <= at.offline;
  if ((finished && targets > 0) || (targets > 0 && onlyOfflineLeft) || nowMs >= at.deadlineMs) {
    return { ...seen, phase: 'reading', looks: 0, nextAtMs: nowMs + NEXT_PAGE_MS };
  }
  if (completed > 0 && at.looks >= (PEEK_AFTER_LOOKS[at.peeks] ?? Number.POSITIVE_INFINITY)) {
    return { ...seen, phase: 'peeking', nextAtMs: nowMs + NEXT_PAGE_MS };
  }
  return { ...seen, nextAtMs: nowMs + pauseSeconds(at.looks) * 1000 };
};

const detailsOf = (commands: readonly { readonly details?: string }[]): { details?: string } => {
  const details = commands.find((command) => command.details !== undefined && command.details !== 'Success')?.details;
  return details === undefined ? {} : { details };
};

const judged = async (request: ReadRequest, at: SiteReading) => {
  const { deps, site } = request;
  const commandId = at.commandIds[at.command] ?? '';
  const { answers, cursor } = await deps.runCommand.answers(site, commandId, at.cursor);
  const nodes = await readRoster(deps, at);
  const nowMs = deps.clock();
  const roster = new Map(nodes.map((node) => [node.id, node]));
  const isComplete = answers.every((answer) => roster.has(answer.nodeId));
  const inventory = isComplete ? [] : ((await deps.ledger.readInventory(site.id))?.nodes ?? []);
  const known = new Map(inventory.map((node) => [node.id, node]));
  const page = judgePage({ siteId: site.id, answers, roster, known, unpack: deps.unpack, nowMs });
  const isOnlyPage = at.cursor === undefined && cursor === undefined;
  const missing = isOnlyPage ? countMissing(request, at, nodes, answers) : 0;
  return { page, cursor, nowMs, missing, isEmpty: isOnlyPage && answers.length === 0 };
};

/** Machines this command should have reached that its listing does not have; only told of listings of one page. */
const countMissing = (
  request: ReadRequest,
  at: SiteReading,
  nodes: readonly ManagedNode[],
  answers: readonly Answer[],
): number => {
  const seen = new Set(answers.map((answer) => answer.nodeId));
  const expects = planCommands(request.selection, askableOf(nodes))[at.command]?.expects ?? [];
  return expects.filter((id) => !seen.has(id)).length;
};

const peek = async (request: ReadRequest, at: SiteReading): Promise<SiteReading> => {
  const { page, nowMs } = await judged(request, { ...at, command: 0 });
  const glimpsed = page.results.length > 0 ? { glimpsed: totals(page.results) } : {};
  return {
    ...at,
    ...glimpsed,
    phase: 'waiting',
    peeks: at.peeks + 1,
    patience: FRESH_PATIENCE,
    nextAtMs: nowMs + pauseSeconds(at.looks) * 1000,
  };
};

type Judged = Awaited<ReturnType<typeof judged>>;

/** An agent that has not fetched the command after this is most likely down. */
const FETCHED_AFTER_MS = 20_000;

/** Machines worth waiting for: all that are running, and those not yet reached while that may still be. */
const worthWaiting = (at: SiteReading, { page, nowMs }: Judged): boolean =>
  nowMs - at.sentAtMs < FETCHED_AFTER_MS
    ? page.pending.length > 0
    : page.pending.some(({ nodeId, verdict }) => !isUndelivered(verdict) || !at.unessential?.includes(nodeId));

const isUndelivered = (verdict: Verdict): boolean =>
  verdict.state === 'no-answer' && verdict.why.kind === 'delivery-timed-out';

const mayLookAgain = (at: SiteReading, read: Judged): boolean => {
  if (worthWaiting(at, read)) {
    return at.isLarge
      ? at.rereads < REREADS_OF_LARGE_RUNS && read.nowMs < at.deadlineMs + AFTER_DEADLINE_MS
      : read.nowMs < at.deadlineMs;
  }
  return read.missing > 0 && read.nowMs - at.sentAtMs < INVOKED_AFTER_MS;
};

const readPage = async (request: ReadRequest, at: SiteReading): Promise<SiteReading> => {
  const read = await judged(request, at);
  if (mayLookAgain(at, read)) {
    return {
      ...at,
      ...(read.page.results.length > 0 ? { glimpsed: totals(read.page.results) } : {}),
      looks: at.looks + 1,
      rereads: at.rereads + 1,
      patience: FRESH_PATIENCE,
      nextAtMs: read.nowMs + pauseSeconds(at.looks) * 1000,
    };
  }
  await keep(request, at, read.page);
  const why = read.isEmpty
    ? detailsOf(await request.deps.runCommand.progress(request.site, at.commandIds, request.startedAtMs))
    : {};
  return { ...afterPage(at, read), ...why };
};

/** Writing the same part and the same records again changes nothing. */
const keep = async ({ deps, place }: ReadRequest, at: SiteReading, page: JudgedPage): Promise<void> => {
  await deps.ledger.writeLatest(page.records);
  await deps.ledger.writePart(deps.operationId, place * PARTS_PER_SITE + at.parts, [...page.results, ...page.pending]);
};

const afterPage = (at: SiteReading, { page, cursor, nowMs }: Judged): SiteReading => {
  const { cursor: _, glimpsed: __, ...rest } = at;
  const kept = sumTotals([at.kept, totals([...page.results, ...page.pending])]);
  const next = {
    ...rest,
    ...(kept === undefined ? {} : { kept }),
    parts: at.parts + 1,
    looks: 0,
    patience: FRESH_PATIENCE,
    stillRunning: at.stillRunning + page.pending.length,
    nextAtMs: nowMs + NEXT_PAGE_MS,
  };
  if (cursor !== undefined) return { ...next, cursor };
  const command = at.command + 1;
  return { ...next, command, phase: command < at.commandIds.length ? 'reading' : 'done' };
};
