/** The values that name one KMS host in the configured zones, and whose they are. */
import type { PlanGiven } from '../domain/change/wanted.ts';
import { knownHost } from '../domain/diagnosis/known-host.ts';
import type { Site } from '../domain/nodes.ts';
import { valuesIn } from '../domain/records/marks.ts';
import { domainsAskedIn } from '../domain/records/suffix-stories.ts';
import type { SurveyWanted } from '../ports.ts';
import type { ChangeDeps } from './change-deps.ts';
import { type Look, seenIn } from './change-look.ts';
import { hostFactsOf } from './host-facts.ts';
import type { Shown } from './message.ts';
import type { Talk } from './operation-deps.ts';
import { readSurveys, type SurveyedSite, surveyRecords } from './survey-records.ts';

/** How the zones were read; goes through checkpoints. */
export interface HostValuesFacts {
  /** Names and addresses of the host, lower-case. */
  readonly calledAs: readonly string[];
  readonly surveyed: readonly SurveyedSite[];
}

/** By the host's own record of this look; empty where it said nothing. */
export const namesOfHost = (deps: ChangeDeps, talk: Talk, look: Look): Promise<readonly string[]> =>
  deps.workflow.step('names of the host', async () => {
    const [seen] = await seenIn(deps, look);
    if (seen === undefined) return [];
    const { names, addresses } = knownHost(await hostFactsOf(deps, talk, seen.node), look.finishedAtMs);
    return [...names, ...addresses];
  });

/** Reads the zones of every site that has some. A site that fails leaves its values unknown. */
export const surveyHostValues = (deps: ChangeDeps, talk: Talk, calledAs: readonly string[], before: Shown) => {
  const sites = deps.sites.filter(({ id }) => deps.zones.some(({ siteId }) => siteId === id));
  return surveyRecords(deps, talk, sites, (site) => wantedAt(deps, site, calledAs), before);
};

/** Of the configured zones their own names, the domains that machines ask in, and those that the host may be in. */
const wantedAt = async (deps: ChangeDeps, { id }: Site, calledAs: readonly string[]): Promise<SurveyWanted> => {
  const fleets = await Promise.all(deps.sites.map((site) => deps.ledger.readFleetSummary(site.id)));
  const own = calledAs.flatMap((name) => (/[a-z].*\./.test(name) ? [name.slice(name.indexOf('.') + 1)] : []));
  const zoneIds = deps.zones.filter(({ siteId }) => siteId === id).map((zone) => zone.id);
  return { zoneIds, domains: [...new Set([...fleets.flatMap(domainsAskedIn), ...own])], vpcIds: [] };
};

/** Every value that names the host. Runs inside a step. */
export const valuesGiven = async (
  deps: ChangeDeps,
  { calledAs, surveyed }: HostValuesFacts,
): Promise<NonNullable<PlanGiven['records']>> => {
  const { zones } = await readSurveys(deps, surveyed);
  return zones.flatMap(({ zoneId, names }) =>
    names.flatMap(({ domain, state }) =>
      valuesIn(state, deps.owner)
        .filter(({ answer }) => answer !== undefined && calledAs.includes(answer.target))
        .map(({ text, ownership }) => ({ domain, zoneId, value: text, ours: ownership === 'ours' })),
    ),
  );
};
