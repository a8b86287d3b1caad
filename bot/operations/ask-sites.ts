/** Asks the machines of every site, one command a site where that suffices, and plans how their answers are read. */
import type { ManagedNode, NodeId, NodeSelection } from '../domain/nodes.ts';
import { goesByTag, inspectOptions, planCommands } from './command-plan.ts';
import type { Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import type { FailedSite } from './resolve-nodes.ts';
import { askableOf, readRoster, type SiteRoster } from './roster.ts';
import { type SentCommands, sendInspections } from './send-inspections.ts';
import { beginReading, type SiteReading } from './site-reading.ts';

/** Who is asked. */
export interface SitesToAsk {
  readonly rosters: readonly SiteRoster[];
  /** Decides between commands by tag and by ids. */
  readonly selection: NodeSelection;
  /** Machines that are not waited for when their agents do not even fetch the command; absent when all are. */
  readonly unessential?: readonly NodeId[];
}

/** What was sent, and which sites refused. */
export interface AskedSites {
  readonly readings: readonly SiteReading[];
  readonly failed: readonly FailedSite[];
  readonly shown: Shown;
}

/** Sends to one site after the other; a site that refuses is noted and the others go on. */
export const askSites = async (
  deps: OperationDeps,
  talk: Talk,
  request: SitesToAsk,
  before: Shown,
): Promise<AskedSites> => {
  const { rosters, selection } = request;
  const total = rosters.reduce((sum, roster) => sum + roster.askable, 0);
  const readings: SiteReading[] = [];
  const failed: FailedSite[] = [];
  let shown = before;
  for (const roster of rosters) {
    const site = deps.sites.find((known) => known.id === roster.siteId);
    if (site === undefined || roster.askable === 0) continue;
    const sent = await sendInspections(deps, { site, roster, selection, total, talk }, shown);
    shown = sent.shown;
    if (sent.failure !== undefined) failed.push({ siteId: site.id, failure: sent.failure });
    readings.push(await deps.workflow.step(`plan reading ${site.id}`, () => planReading(deps, request, roster, sent)));
  }
  return { readings, failed, shown };
};

const planReading = async (
  deps: OperationDeps,
  { selection, unessential }: SitesToAsk,
  roster: SiteRoster,
  sent: SentCommands,
) => {
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
    ...(unessential === undefined ? {} : { unessential }),
  });
};

/**
 * Machines that a command may wait for in vain. Of hybrid machines the inventory knows no tags but the fleet's, so a
 * command by another tag may go to any of those that are offline.
 */
const countOffline = async (
  deps: OperationDeps,
  selection: NodeSelection,
  siteId: string,
  meant: readonly ManagedNode[],
): Promise<number> => {
  const inventory = goesByTag(selection) ? ((await deps.ledger.readInventory(siteId))?.nodes ?? []) : [];
  const hybrid = inventory.filter((node) => node.id.startsWith('mi-'));
  const offline = [...meant, ...hybrid].filter((node) => node.presence.kind === 'offline');
  return new Set(offline.map((node) => node.id)).size;
};
