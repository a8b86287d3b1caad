/**
 * `/kms dns [zone]`: the KMS records of the configured zones, against the hosts they name and against what machines'
 * resolvers give.
 */
import type { NodeSelection, Site } from '../domain/nodes.ts';
import { isWithin } from '../domain/records/dns-name.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
import { needsFile } from '../domain/records/records-csv.ts';
import type { RecordsReport } from '../domain/records/records-report.ts';
import { parseSrv } from '../domain/records/srv-record.ts';
import { domainsAskedIn } from '../domain/records/suffix-stories.ts';
import { zoneFor } from '../domain/records/zone-of.ts';
import type { Content, RecordsRequest, SurveyWanted } from '../ports.ts';
import { askHosts } from './ask-hosts.ts';
import { attachRows } from './attach-rows.ts';
import { lookProgress } from './look-progress.ts';
import { endMessage, justShown, type Shown } from './message.ts';
import type { ObserveDeps, OperationDeps, Progress, Talk } from './operation-deps.ts';
import { emptyReport, type RecordsFacts, reportOfRecords } from './records-end.ts';
import { resolveNodes } from './resolve-nodes.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';
import { readSurveys, surveyRecords } from './survey-records.ts';
import { vantagesFor } from './vantages.ts';

/** Runs a look at the records to its end. */
export const lookAtRecords = (deps: ObserveDeps, request: RecordsRequest): Promise<OperationOutcome> =>
  runOperation(deps, request, {
    progress: (progress, startedAtMs) => ({
      kind: 'records-progress',
      asked: request.asked,
      progress: progressOf(progress, startedAtMs),
    }),
    act: (talk) => lookAndTell(deps, talk, request),
  });

/** Zones are read before anybody is asked: only then `reading` means them. */
const progressOf = (progress: Progress, startedAtMs: number) => {
  const shown = lookProgress(progress, startedAtMs);
  return progress.phase === 'reading' && progress.total > 0 ? { ...shown, phase: 'asking' as const } : shown;
};

const lookAndTell = async (deps: ObserveDeps, talk: Talk, { zone }: RecordsRequest): Promise<OperationOutcome> => {
  const gathered = await gatherRecords(deps, talk, wordOf(zone), justShown(talk.startedAtMs));
  const content = async (): Promise<Content> => ({
    kind: 'records',
    asked: talk.asked,
    report: await gathered.report(),
  });
  await endMessage(deps, talk, gathered.shown, content);
  const report = await gathered.report();
  if (needsFile(report)) {
    const text = async () => deps.recordsCsv(report);
    await attachRows(deps, talk.message, { of: 'dns', title: talk.asked, atMs: report.finishedAtMs, text });
  }
  return { ended: 'answered', machines: gathered.machines };
};

const wordOf = (zone: string | undefined): { readonly zone?: string } => (zone === undefined ? {} : { zone });

/** What a look gathered, and the report that it gives: the same for the same facts. */
interface Gathered {
  readonly report: () => Promise<RecordsReport>;
  readonly shown: Shown;
  readonly machines: number;
}

/** The drift of records without a message of its own. `talk` shows how far it is. */
export const readRecordDrift = async (
  deps: OperationDeps,
  talk: Talk,
  asked: { readonly zone?: string },
  shown: Shown,
): Promise<{ readonly report: RecordsReport; readonly shown: Shown }> => {
  const gathered = await gatherRecords(deps, talk, asked, shown);
  return { report: await gathered.report(), shown: gathered.shown };
};

/** Zones that a word means; a name that several zones have means all of them. */
interface Meant {
  readonly zones: readonly ConfiguredZone[];
  /** Only this domain of them. */
  readonly only?: string;
}

const meantBy = (zones: readonly ConfiguredZone[], word: string | undefined): Meant | undefined => {
  if (word === undefined) return { zones };
  const found = zoneFor(zones, word);
  switch (found.kind) {
    case 'zone':
      return { zones: [found.zone], only: found.domain };
    case 'ambiguous':
      return { zones: zones.filter(({ id }) => found.zoneIds.includes(id)), only: found.domain };
    case 'none':
      return undefined;
  }
};

const gatherRecords = async (
  deps: OperationDeps,
  talk: Talk,
  { zone: word }: { readonly zone?: string },
  before: Shown,
): Promise<Gathered> => {
  const meant = meantBy(deps.zones, word);
  if (deps.zones.length === 0 || meant === undefined) return nothingToRead(deps, talk, word, before);
  const all: NodeSelection = { selectors: [{ kind: 'all' }] };
  const resolved = await resolveNodes(deps, talk, all, before);
  const sites = deps.sites.filter(({ id }) => meant.zones.some(({ siteId }) => siteId === id));
  const wanted = (site: Site) => wantedAt(deps, meant, site);
  const read = await surveyRecords(deps, talk, sites, wanted, resolved.shown);
  const held = await readSurveys(deps, read.surveyed);
  const names = held.zones.flatMap(({ names: own }) =>
    own.flatMap(({ state }) => (state.srv?.values ?? []).flatMap((text) => parseSrv(text)?.target ?? [])),
  );
  const vantages = vantagesFor(meant.only === undefined ? meant.zones.map(({ name }) => name) : [meant.only]);
  const asked = await askHosts(deps, talk, resolved, () => ({ names, only: 'any', vantages }), read.shown);
  const facts: RecordsFacts = { ...meant, surveyed: read.surveyed, asked: asked.facts };
  const report = () => reportOfRecords(deps, talk, facts);
  return { report, shown: asked.shown, machines: asked.machines };
};

/** Nothing is configured, or nothing of that name. */
const nothingToRead = async (
  deps: OperationDeps,
  talk: Talk,
  word: string | undefined,
  shown: Shown,
): Promise<Gathered> => {
  const nowMs = await deps.workflow.step('end', async () => deps.clock());
  const known = [...new Set(deps.zones.map(({ name }) => name))].sort();
  const why =
    known.length === 0 || word === undefined ? { unconfigured: true as const } : { noSuchZone: { word, known } };
  return { report: async () => ({ ...emptyReport(talk, nowMs), ...why }), shown, machines: 0 };
};

/** Networks whose rules are read at a site. */
const MOST_NETWORKS = 50;

/** Its zones, and of its fleet the domains that are asked in and the networks that they are asked from. */
const wantedAt = async (deps: OperationDeps, { zones, only }: Meant, site: Site): Promise<SurveyWanted> => {
  const fleets = await Promise.all(deps.sites.map(({ id }) => deps.ledger.readFleetSummary(id)));
  const domains = new Set([...fleets.flatMap(domainsAskedIn), ...(only === undefined ? [] : [only])]);
  const here = await deps.ledger.readFleetSummary(site.id);
  const vpcIds = new Set((here?.suffixes ?? []).flatMap(({ vpcId }) => vpcId ?? []));
  return {
    zoneIds: zones.filter(({ siteId }) => siteId === site.id).map(({ id }) => id),
    domains: [...domains].filter((domain) => only === undefined || isWithin(only, domain)),
    vpcIds: [...vpcIds].slice(0, MOST_NETWORKS),
  };
};
