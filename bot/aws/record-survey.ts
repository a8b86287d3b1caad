/**
 * Everything a look at the KMS records of a site's zones needs, in few calls: the zones are listed once, each configured
 * one is opened and read by one page, and what that page does not show is looked up name by name.
 */
import type { UnreadZone } from '../domain/diagnosis/facts.ts';
import { comparable, serviceName } from '../domain/records/dns-name.ts';
import type { ZoneRead } from '../domain/records/records-input.ts';
import type { RecordSurvey, SurveyWanted } from '../ports.ts';
import { forwardedDomains } from './resolver-rules.ts';
import type { OpenZone, RecordSet, SetsPage, Zone } from './route53-calls.ts';
import { inTurn, whyUnread } from './unread-zones.ts';
import { nearest } from './zone-choice.ts';
import { addressesOf, ownNames, pageOf, setsByName } from './zone-page.ts';
import { srvAt, stateAt } from './zone-sets.ts';
import type { SiteReading } from './zones-for.ts';

/** Hosts looked up one by one because the page of their zone did not show them, for each zone. */
const MOST_HOST_LOOKUPS = 8;

/** What is asked with, and the zones of the account; none where they may not be listed. */
export type SurveyReading = Omit<SiteReading, 'list'> & { readonly zones: readonly Zone[] };

type Attempt<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'unread'; readonly unread: UnreadZone };

/** Throws what is no value. */
const attempted = async <T>(name: string, read: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { kind: 'read', value: await read() };
  } catch (error) {
    return { kind: 'unread', unread: { name, ...whyUnread(error) } };
  }
};

const valuesIn = <T>(attempts: readonly Attempt<T>[]): T[] =>
  attempts.flatMap((each) => (each.kind === 'read' ? [each.value] : []));

const unreadIn = (attempts: readonly Attempt<unknown>[]): UnreadZone[] =>
  attempts.flatMap((each) => (each.kind === 'unread' ? [each.unread] : []));

/** A zone with its page, and the sets of those KMS names in it that are told. */
interface NamedZone extends OpenZone {
  readonly page: SetsPage;
  readonly names: readonly { readonly domain: string; readonly sets: readonly RecordSet[] }[];
}

const open = ({ calls, answers, zones }: SurveyReading, zoneId: string): Promise<Attempt<OpenZone>> =>
  attempted(zones.find(({ id }) => id === zoneId)?.name ?? zoneId, () =>
    answers.once(`zone ${zoneId}`, () => calls.zone(zoneId)),
  );

/** Zones that the list knows, and configured ones that it does not: it may be unread, or older than they are. */
const together = (listed: readonly Zone[], opened: readonly OpenZone[]): readonly Zone[] => {
  const ids = new Set(opened.map(({ zone }) => zone.id));
  return [...listed.filter(({ id }) => !ids.has(id)), ...opened.map(({ zone }) => zone)];
};

const withNames = (
  { calls, answers }: SurveyReading,
  opened: OpenZone,
  all: readonly Zone[],
  domains: readonly string[],
): Promise<Attempt<NamedZone>> =>
  attempted(opened.zone.name, async () => {
    const { zone } = opened;
    const page = await pageOf(calls, answers, zone);
    const below = ownNames(zone, all, domains).filter((domain) => domain !== zone.name);
    const looked = await setsByName(calls, answers, zone, page, { names: below.map(serviceName), most: below.length });
    const named = below.map((domain) => ({ domain, sets: looked.get(serviceName(domain)) ?? [] }));
    return { ...opened, page, names: [{ domain: zone.name, sets: page.sets }, ...named] };
  });

const targetsOf = ({ names }: NamedZone): string[] =>
  names.flatMap(({ domain, sets }) => srvAt(sets, serviceName(domain)).map(({ target }) => target));

const surveyed = (
  { site, calls, answers }: SurveyReading,
  { zone, vpcIds, page, names }: NamedZone,
  all: readonly Zone[],
  targets: ReadonlySet<string>,
): Promise<Attempt<ZoneRead>> =>
  attempted(zone.name, async () => {
    const hosts = ownNames(zone, all, targets);
    const found = await setsByName(calls, answers, zone, page, { names: hosts, most: MOST_HOST_LOOKUPS });
    return {
      siteId: site.id,
      zoneId: zone.id,
      name: zone.name,
      private: zone.private,
      vpcIds,
      ...(zone.keptBy === undefined ? {} : { keptBy: zone.keptBy }),
      names: names.map(({ domain, sets }) => ({ domain, state: stateAt(sets, serviceName(domain)) })),
      addresses: Object.fromEntries(addressesOf(hosts, found)),
    };
  });

const othersOf = (all: readonly Zone[], domains: readonly string[], ids: readonly string[]) =>
  all
    .filter(({ id }) => !ids.includes(id))
    .filter((zone) => domains.some((domain) => nearest(all, domain).includes(zone)))
    .map(({ id, name, private: isPrivate }) => ({ zoneId: id, name, private: isPrivate }));

/** Forwarding rules by network; only networks that have one are told. */
const readRules = async (
  { resolver, answers }: SurveyReading,
  vpcIds: readonly string[],
  names: readonly string[],
): Promise<Pick<RecordSurvey, 'rules' | 'unread'>> => {
  const attempts = await inTurn(vpcIds, (vpcId) =>
    attempted(vpcId, async () => ({ vpcId, domains: await forwardedDomains(resolver, answers, vpcId, names) })),
  );
  return { rules: valuesIn(attempts).filter(({ domains }) => domains.length > 0), unread: unreadIn(attempts) };
};

/**
 * Reads it.
 *
 * @throws Throttled, Transient.
 */
export const surveyRecords = async (reading: SurveyReading, wanted: SurveyWanted): Promise<RecordSurvey> => {
  const domains = [...new Set(wanted.domains)].filter((domain) => comparable(domain) === domain);
  const openings = await inTurn(wanted.zoneIds, (zoneId) => open(reading, zoneId));
  const opened = valuesIn(openings);
  const all = together(reading.zones, opened);
  const namings = await inTurn(opened, (each) => withNames(reading, each, all, domains));
  const named = valuesIn(namings);
  const targets = new Set(named.flatMap(targetsOf));
  const surveys = await inTurn(named, (each) => surveyed(reading, each, all, targets));
  const names = [...opened.map(({ zone }) => zone.name), ...domains];
  const { rules, unread } = await readRules(reading, wanted.vpcIds, names);
  return {
    zones: valuesIn(surveys),
    others: othersOf(all, domains, wanted.zoneIds),
    unread: [...unreadIn(openings), ...unreadIn(namings), ...unreadIn(surveys), ...unread],
    rules,
  };
};

/** What is told where the site may not even be entered. */
export const nothingSurveyed = (wanted: SurveyWanted, error: unknown): RecordSurvey => {
  const why = whyUnread(error);
  const names = [HOSTED_ZONES, ...wanted.zoneIds, ...wanted.vpcIds];
  return { zones: [], others: [], unread: names.map((name) => ({ name, ...why })), rules: [] };
};

/** How the listing of an account's zones is named where it could not be read. */
export const HOSTED_ZONES = 'hosted zones';
