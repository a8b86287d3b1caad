/** Looks at the machines of a change with the inspection, before and after it, and gathers what each said. */

import type { NodeFacts } from '../domain/change/plan-node.ts';
import type { NodeResult } from '../domain/check-report.ts';
import type { InspectionRecord } from '../domain/inspection-record.ts';
import type { ManagedNode } from '../domain/nodes.ts';
import { decideRight, type NodeScope, type Person, type RightsRule } from '../domain/rights/rights.ts';
import type { Content } from '../ports.ts';
import { accountFor, nodeOf } from './account.ts';
import { askSites } from './ask-sites.ts';
import type { ChangeDeps } from './change-deps.ts';
import { ONE_BY_ONE } from './command-plan.ts';
import { lookProgress } from './look-progress.ts';
import type { Shown } from './message.ts';
import type { Progress, Talk } from './operation-deps.ts';
import { readAnswers } from './read-answers.ts';
import type { FailedSite } from './resolve-nodes.ts';
import { readRoster, type SiteRoster, writeRoster } from './roster.ts';
import { detailsOf, failuresOf } from './site-reading.ts';

/** One look, as checkpoints keep it; what the machines said is in the ledger under its name. */
export interface Look {
  /** Names its commands, lists and parts: an operation looks several times. */
  readonly operationId: string;
  readonly rosters: readonly SiteRoster[];
  readonly details: Readonly<Record<string, string>>;
  readonly unread: readonly string[];
  /** Sites that could not be asked, and why. */
  readonly failed: readonly FailedSite[];
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** Asks machines that a list of the ledger names. */
export const lookAtRosters = async (
  deps: ChangeDeps,
  talk: Talk,
  rosters: readonly SiteRoster[],
  shown: Shown,
): Promise<{ readonly look: Look; readonly shown: Shown }> => {
  const startedAtMs = await deps.workflow.step('look begins', async () => deps.clock());
  const asked = await askSites(deps, { ...talk, startedAtMs }, { rosters, selection: ONE_BY_ONE }, shown);
  const request = { talk: { ...talk, startedAtMs }, selection: ONE_BY_ONE, readings: asked.readings };
  const { sites, shown: after } = await readAnswers(deps, request, asked.shown);
  const failed = [...failuresOf(sites), ...asked.failed];
  const look: Look = {
    operationId: deps.operationId,
    rosters,
    details: detailsOf(sites),
    unread: failed.map(({ siteId }) => siteId),
    failed,
    startedAtMs,
    finishedAtMs: await deps.workflow.step('look ends', async () => deps.clock()),
  };
  return { look, shown: after };
};

/** Looks again, under a name of its own, at machines that were looked at before. */
export const lookAgain = async (
  deps: ChangeDeps,
  talk: Talk,
  again: {
    readonly name: string;
    readonly first: Look;
    readonly nodeIds: () => Promise<readonly string[]>;
    /** Machines are still to be changed. */
    readonly more: boolean;
  },
  shown: Shown,
): Promise<{ readonly look: Look; readonly shown: Shown }> => {
  const own = { ...deps, operationId: `${deps.operationId}.${again.name}` };
  const rosters = await deps.workflow.step(`whom to look at: ${again.name}`, async () => {
    const wanted = new Set(await again.nodeIds());
    const { operationId } = again.first;
    return Promise.all(
      again.first.rosters.map(async (roster) => {
        const nodes = await readRoster({ ledger: deps.ledger, operationId }, roster);
        return writeRoster(
          own,
          roster.siteId,
          `again/${roster.siteId}`,
          nodes.filter((node) => wanted.has(node.id)),
        );
      }),
    );
  });
  return lookAtRosters(own, lookingAgain(talk, again.more), rosters, shown);
};

/** The same talk after something was done: the message says so while machines are looked at. */
export const lookingAgain = (talk: Talk, more: boolean): Talk => ({
  ...talk,
  progress: (now) => asAgain(talk, now, more),
});

/** What the message shows meanwhile: not that anything is planned, for that has been. */
const asAgain = async (talk: Talk, now: Progress, more: boolean): Promise<Content> => {
  const content = await talk.progress(now);
  if (content.kind !== 'change' || content.change.stage.at !== 'looking') return content;
  const progress = lookProgress(now, talk.startedAtMs);
  return {
    ...content,
    change: { ...content.change, stage: { at: 'looking', progress, again: more ? 'more' : 'last' } },
  };
};

/** Of a machine's tags those that rules name; of a hybrid machine only the fleet's tag is ever known. */
export const scopeOf = ({ id, siteId, tags }: ManagedNode, rules: readonly RightsRule[]): NodeScope => {
  if (id.startsWith('mi-')) return { siteId };
  const named = new Set(rules.flatMap((rule) => rule.tags ?? []).map(({ key }) => key));
  return { siteId, tags: Object.fromEntries(Object.entries(tags).filter(([key]) => named.has(key))) };
};

/** Records read from the ledger at a time. */
const TOGETHER = 10;

/** What one machine said in a look. */
export interface Seen {
  readonly node: ManagedNode;
  readonly result: NodeResult;
  readonly record?: InspectionRecord;
}

/** What every machine of a look said. Runs inside a step: nothing of it goes through checkpoints. */
export const seenIn = async (deps: ChangeDeps, look: Look): Promise<readonly Seen[]> => {
  const { rosters, details, unread, finishedAtMs: nowMs } = look;
  const account = await accountFor({ ...deps, operationId: look.operationId }, { rosters, details, unread, nowMs });
  const seen: Seen[] = [];
  for (let at = 0; at < account.results.length; at += TOGETHER) {
    const some = account.results.slice(at, at + TOGETHER);
    seen.push(...(await Promise.all(some.map((result) => seenOne(deps, look, nodeOf(account, result), result)))));
  }
  return seen;
};

/** A record of an earlier look says nothing of now. */
const seenOne = async (deps: ChangeDeps, look: Look, node: ManagedNode, result: NodeResult): Promise<Seen> => {
  const stored = await deps.ledger.readLatest(result.siteId, result.nodeId);
  const isOfThisLook = stored?.record !== undefined && stored.atMs >= look.startedAtMs;
  return isOfThisLook ? { node, result, record: stored.record } : { node, result };
};

/** The same with whether this person may change the machine. */
export const factsOf = (seen: Seen, person: Person, rules: readonly RightsRule[]): NodeFacts => {
  const scope = scopeOf(seen.node, rules);
  return { ...seen, scope, mayChange: decideRight(rules, person, 'operator', scope).allowed };
};
