/** What a look at the records ends with. */
import type { OwnedRecord } from '../domain/records/owned-record.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
import type { RecordsReport, Unread } from '../domain/records/records-report.ts';
import { tellRecords } from '../domain/records/tell-records.ts';
import type { OperationFailure } from '../ports.ts';
import { askedHosts, fleetOf, hostFactsOf } from './host-facts.ts';
import { vantagesIn } from './host-rosters.ts';
import { type HostsFacts, sitesThatFailed } from './hosts-end.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import type { FailedSite } from './resolve-nodes.ts';
import { readSurveys, type SurveyedSite } from './survey-records.ts';

/** How the looking went; small, and made of what checkpoints hold. */
export interface RecordsFacts {
  readonly zones: readonly ConfiguredZone[];
  readonly only?: string;
  readonly surveyed: readonly SurveyedSite[];
  readonly asked: HostsFacts;
}

/** A report of nothing. */
export const emptyReport = ({ startedAtMs }: Pick<Talk, 'startedAtMs'>, nowMs: number): RecordsReport => ({
  records: [],
  withoutRecord: [],
  living: [],
  suffixes: [],
  unread: [],
  sites: [],
  startedAtMs,
  finishedAtMs: nowMs,
});

/** Put together from the ledger and the facts; the same facts give the same report. */
export const reportOfRecords = async (deps: OperationDeps, talk: Talk, facts: RecordsFacts): Promise<RecordsReport> => {
  const { zones, only, surveyed, asked } = facts;
  const failed = await sitesThatFailed(deps, asked);
  const vantages = (await Promise.all(asked.rosters.map((roster) => vantagesIn(deps, roster)))).flat();
  const fleet = await fleetOf(
    deps,
    deps.sites.map(({ id }) => id),
  );
  return tellRecords({
    held: await readSurveys(deps, surveyed),
    zones,
    owner: deps.owner,
    owned: await ownedOf(deps, zones),
    hosts: await askedHosts(deps, talk, asked.rosters),
    vantages: await Promise.all(vantages.map((node) => hostFactsOf(deps, talk, node))),
    knownHosts: deps.knownHosts,
    failed: [...zonesUnread(zones, surveyed), ...sitesUnread(failed)],
    sites: deps.sites.filter(({ id }) => zones.some(({ siteId }) => siteId === id)),
    startedAtMs: talk.startedAtMs,
    nowMs: asked.finishedAtMs,
    ...(only === undefined ? {} : { only }),
    ...(fleet === undefined ? {} : { fleet }),
  });
};

const ownedOf = async (
  { ledger }: Pick<OperationDeps, 'ledger'>,
  zones: readonly ConfiguredZone[],
): Promise<Readonly<Record<string, readonly OwnedRecord[]>>> =>
  Object.fromEntries(
    await Promise.all(zones.map(async ({ siteId, id }) => [id, await ledger.readOwnedRecords(siteId, id)] as const)),
  );

/** Every zone of a site whose survey failed. */
const zonesUnread = (zones: readonly ConfiguredZone[], surveyed: readonly SurveyedSite[]): readonly Unread[] =>
  surveyed.flatMap(({ siteId, failure }) =>
    failure === undefined
      ? []
      : zones
          .filter((zone) => zone.siteId === siteId)
          .map(({ name }) => ({ name, of: 'zone' as const, ...reasonOf(failure) })),
  );

/** A site is told of once, by what stood in the way of asking its hosts first. */
const sitesUnread = (failed: readonly FailedSite[]): readonly Unread[] => {
  const bySite = new Map<string, Unread>();
  for (const { siteId, failure } of failed) {
    if (!bySite.has(siteId)) bySite.set(siteId, { name: siteId, of: 'hosts', ...reasonOf(failure) });
  }
  return [...bySite.values()];
};

const reasonOf = (failure: OperationFailure): Pick<Unread, 'why' | 'action'> => {
  switch (failure.kind) {
    case 'missing-right':
      return { why: 'missing-right', action: failure.action };
    case 'document-missing':
      return { why: 'document-missing', action: failure.document };
    case 'site-unreachable':
    case 'internal':
      return { why: 'unreachable' };
  }
};
