/**
 * The records of the configured zones, told value by value against live hosts and against what resolvers give.
 *
 * Pure and total. What was not read or asked is neither good nor bad: without a look at the fleet no host is dead
 * because no machine reached it.
 */
import { isWithin, plainName } from './dns-name.ts';
import { livingHosts } from './living-hosts.ts';
import { viewsOf } from './machine-views.ts';
import { valuesIn } from './marks.ts';
import { hostNodes } from './named-host.ts';
import { driftOf } from './record-drift.ts';
import { answeredBy, differing, type NetworkSources, networkConcerns, networksIn } from './record-networks.ts';
import type { ConfiguredZone, NameState, RecordPlace } from './record-set.ts';
import type { RecordsInput, ZoneRead } from './records-input.ts';
import type { RecordConcern, RecordStory, RecordsReport, Unread, ValueStory } from './records-report.ts';
import { spreadOf } from './spread.ts';
import { compareAnswers } from './srv-record.ts';
import { suffixStories } from './suffix-stories.ts';
import { unrecordedHosts } from './unrecorded-hosts.ts';
import { isUseless, tellValue, type ValueSources } from './value-story.ts';
import { compareRecords, concernsInOrder } from './worst-records.ts';

type Sources = ValueSources & NetworkSources;

/** Tells all records, worst first. */
export function tellRecords(input: RecordsInput): RecordsReport {
  const { held, zones, fleet, only, sites, startedAtMs, nowMs } = input;
  const sources = sourcesOf(input);
  const stories = held.zones.flatMap((zone) => {
    const configured = zones.find(({ id }) => id === zone.zoneId);
    if (configured === undefined) return [];
    return zone.names.map(({ domain, state }) => tellRecord(zone, domain, state, configured, input, sources));
  });
  return {
    records: withElsewhere(stories, held.rules)
      .filter(({ place }) => only === undefined || place.domain === only)
      .sort(compareRecords),
    withoutRecord: unrecordedHosts(input, stories, sources),
    living: livingHosts(stories, sources),
    suffixes: suffixStories(input, sources),
    unread: unreadOf(input),
    sites,
    ...(fleet?.suffixes === undefined ? {} : { fleetAtMs: fleet.atMs }),
    startedAtMs,
    finishedAtMs: nowMs,
  };
}

function sourcesOf(input: RecordsInput): Sources {
  const { held, fleet, hosts, vantages, knownHosts, nowMs } = input;
  return {
    held,
    zones: held.zones,
    knownHosts,
    knownNames: knownHosts.map(plainName),
    nodes: hostNodes(input),
    views: viewsOf([...hosts, ...vantages]),
    clients: viewsOf(vantages),
    nowMs,
    ...(fleet === undefined ? {} : { fleet }),
  };
}

function tellRecord(
  zone: ZoneRead,
  domain: string,
  state: NameState,
  { write }: ConfiguredZone,
  { owned, owner, fleet }: RecordsInput,
  sources: Sources,
): RecordStory {
  const values = valuesIn(state, owner)
    .map(({ text, ownership }) => tellValue(text, ownership, zone, sources))
    .sort(inClientOrder);
  const spread = spreadOf(values.flatMap(({ answer }) => answer ?? []));
  const remembered = (owned[zone.zoneId] ?? []).filter((record) => record.domain === domain);
  const changedMs = Math.max(0, ...remembered.map(({ atMs }) => atMs));
  const isThere = values.length > 0 || state.untouchable !== undefined;
  const networks = answeredBy(zone, domain, networksIn(domain, sources, { zone, isThere, changedMs }), sources);
  const named = values.flatMap(({ answer }) => (answer === undefined ? [] : [`${answer.target}:${answer.port}`]));
  const concerns = [
    ...ownConcerns(state, values),
    ...driftOf(state, remembered, owner),
    ...(values.length === 0
      ? []
      : [
          ...networkConcerns(zone, domain, networks, sources),
          ...differing(zone, domain, networks, named, sources, changedMs),
        ]),
  ];
  const uses = fleet?.suffixes === undefined ? {} : { networks: networks.map(({ use }) => use) };
  const inOrder = concernsInOrder(
    uses,
    concerns.map((concern) => ({ concern })),
  );
  return {
    place: placeOf(zone, domain),
    write,
    ...(zone.keptBy === undefined ? {} : { keptBy: zone.keptBy }),
    ...(state.srv === undefined ? {} : { set: { ttlSeconds: state.srv.ttlSeconds } }),
    values,
    ...(spread === undefined ? {} : { spread }),
    concerns: inOrder.map(({ concern }) => concern),
    ...uses,
  };
}

/** Where machines find a record that the zone does not have, others answer: for that domain and all below it. */
function withElsewhere(stories: readonly RecordStory[], rules: RecordsInput['held']['rules']): RecordStory[] {
  const found = stories.filter(
    ({ values, networks = [] }) =>
      values.length === 0 && networks.some((network) => network.found > 0 && network.isOverdue !== true),
  );
  const answered = [...found.map(({ place }) => place.domain), ...rules.flatMap(({ domains }) => domains)];
  return stories.map((story) => {
    const { domain, zone } = story.place;
    const elsewhere = answered.find((each) => isWithin(domain, each) && each.length >= zone.length);
    if (elsewhere === undefined) return story;
    const concerns = story.concerns.map((concern) =>
      concern.kind === 'no-record' ? { ...concern, elsewhere } : concern,
    );
    return { ...story, concerns };
  });
}

const placeOf = (zone: ZoneRead, domain: string): RecordPlace => ({
  siteId: zone.siteId,
  zoneId: zone.zoneId,
  zone: zone.name,
  private: zone.private,
  vpcIds: zone.vpcIds,
  domain,
});

function ownConcerns(state: NameState, values: readonly ValueStory[]): readonly RecordConcern[] {
  if (state.untouchable !== undefined) return [{ kind: 'untouchable', why: state.untouchable }];
  if (values.length === 0) return [{ kind: 'no-record' }];
  return values.every(isUseless) ? [{ kind: 'no-living-host' }] : [];
}

/** As clients try them; what is no answer comes last. */
function inClientOrder(a: ValueStory, b: ValueStory): number {
  if (a.answer !== undefined && b.answer !== undefined) return compareAnswers(a.answer, b.answer);
  return (a.answer === undefined ? 1 : 0) - (b.answer === undefined ? 1 : 0);
}

/** What could not be read, each once. */
function unreadOf({ held, zones, failed }: RecordsInput): readonly Unread[] {
  const read = held.unread.map(({ name, why, action }): Unread => {
    const zone = zones.find((each) => each.name === name || each.id === name);
    const of = zone !== undefined ? 'zone' : name.startsWith('vpc-') ? 'network' : 'list';
    return { name: zone?.name ?? name, of, why, ...(action === undefined ? {} : { action }) };
  });
  const all = new Map(
    [...failed, ...read].map((unread) => [`${unread.of} ${unread.name} ${unread.action ?? ''}`, unread]),
  );
  return [...all.values()];
}
