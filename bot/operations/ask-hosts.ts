/** Asks the KMS hosts of several sites once and all together. */
import type { Site } from '../domain/nodes.ts';
import { askSites } from './ask-sites.ts';
import { ONE_BY_ONE } from './command-plan.ts';
import { type HostChoice, type HostRoster, hostRoster } from './host-rosters.ts';
import type { HostsFacts } from './hosts-end.ts';
import type { Shown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { readAnswers } from './read-answers.ts';
import type { Resolved } from './resolve-nodes.ts';
import { failuresOf } from './site-reading.ts';

/** How asking went, what the message shows meanwhile, and how many machines were asked. */
export interface HostsAsked {
  readonly facts: HostsFacts;
  readonly shown: Shown;
  readonly machines: number;
}

/** Asks those of every site whose machines are known. Hosts whose agents do not fetch the command are not waited for. */
export const askHosts = async (
  deps: OperationDeps,
  talk: Talk,
  resolved: Pick<Resolved, 'rosters' | 'failed'>,
  choiceAt: (site: Site) => HostChoice,
  shown: Shown,
): Promise<HostsAsked> => {
  const rosters = await hostsOfEverySite(deps, resolved, choiceAt);
  const unessential = rosters.flatMap(({ hostIds, vantageIds }) => [...hostIds, ...vantageIds]);
  const asked = await askSites(deps, talk, { rosters, selection: ONE_BY_ONE, unessential }, shown);
  const answers = await readAnswers(deps, { talk, selection: ONE_BY_ONE, readings: asked.readings }, asked.shown);
  const facts: HostsFacts = {
    rosters,
    failed: [...resolved.failed, ...asked.failed, ...failuresOf(answers.sites)],
    finishedAtMs: await deps.workflow.step('end', async () => deps.clock()),
  };
  return { facts, shown: answers.shown, machines: unessential.length };
};

const hostsOfEverySite = async (
  deps: OperationDeps,
  resolved: Pick<Resolved, 'rosters'>,
  choiceAt: (site: Site) => HostChoice,
): Promise<readonly HostRoster[]> => {
  const rosters: HostRoster[] = [];
  for (const { siteId } of resolved.rosters) {
    const site = deps.sites.find((known) => known.id === siteId);
    if (site !== undefined) rosters.push(await hostRoster(deps, site, choiceAt(site)));
  }
  return rosters;
};
