/** The way a machine takes to a licence at its next attempt, joined from everything that tells of it. */
import type { InspectionRecord, KmsTarget, LicenceProduct, SrvAnswer, SrvLookup } from '../inspection-record.ts';
import type { ZoneFacts } from './facts.ts';
import { type Endpoint, endpointOf, plainHost } from './host-words.ts';
import { isDead, type JoinWith, joinTarget, type Pointer, type WayTarget, zoneOf } from './way-target.ts';

/** What DNS gives the machine. */
export interface Discovery {
  /** Domains it asks in, in their order. */
  readonly domains: readonly string[];
  /** What each gave; absent where it was not read. */
  readonly lookups?: readonly SrvLookup[];
  /** The domain whose record counts: the first that has one. */
  readonly domain?: string;
  /** Hosts of that record, the first to be tried first. */
  readonly targets: readonly WayTarget[];
  /** `nothing`: every domain said that it has no record. */
  readonly says: 'found' | 'nothing' | 'failing' | 'unknown';
  /** Whether that was read, or inferred from zones. */
  readonly seenBy: 'probe' | 'zone';
}

/** The whole way. */
export interface Way {
  readonly assigned?: Endpoint;
  /** The one domain it was told to look in. */
  readonly lookupDomain?: string;
  /** The host of the last success, where it would be asked before DNS. */
  readonly cached?: WayTarget;
  readonly discovery: Discovery;
  /** Hosts it will ask: the assigned one, or what discovery found. */
  readonly targets: readonly WayTarget[];
  /** Every one of them is known to fail, the cached one too. */
  readonly fails: boolean;
  /** One that answers will be asked. */
  readonly works: boolean;
}

/** What the way is made from. */
export interface WayFrom {
  readonly record: InspectionRecord;
  readonly product: LicenceProduct | undefined;
  readonly join: JoinWith;
}

/** Follows the machine's configuration. */
export function wayOf(from: WayFrom): Way {
  const { record, product, join } = from;
  const service = record.service.read ? record.service.value : undefined;
  const lookupDomain = plain(product?.lookupDomain ?? service?.lookupDomain) ?? guessedLookupDomain(record);
  const discovery = discoveryOf(from, lookupDomain);
  const told = product?.assigned ?? service?.assigned ?? guessed(from, 'assigned');
  const assigned = told ?? askedElsewhere(from, discovery);
  const cached = assigned === undefined && lookupDomain === undefined ? cachedOf(from) : undefined;
  const targets =
    assigned === undefined
      ? foundOrAsked(discovery, from)
      : [joinTarget({ ...assigned, origin: 'assigned', priority: 0 }, join)];
  const all = cached === undefined ? targets : [cached, ...targets];
  return {
    discovery,
    targets,
    fails: targets.length > 0 && all.every(isDead),
    works: all.some(({ state }) => state === 'good'),
    ...(assigned === undefined ? {} : { assigned }),
    ...(lookupDomain === undefined ? {} : { lookupDomain }),
    ...(cached === undefined ? {} : { cached }),
  };
}

const plain = (domain: string | undefined): string | undefined =>
  domain === undefined ? undefined : plainHost(domain);

/** Settings were not read, and the newest attempt asked none of the hosts that DNS gives: it was told to. */
function askedElsewhere({ record, product, join }: WayFrom, { says, targets }: Discovery): Endpoint | undefined {
  const [newest] = join.requests;
  if (record.service.read || product?.discovered !== undefined || newest === undefined || says !== 'found')
    return undefined;
  return targets.some(({ event }) => event !== undefined) ? undefined : endpointOf(newest.host);
}

/** Where DNS is not known, the hosts of the newest attempt are what it gave then. */
function foundOrAsked({ says, targets }: Discovery, { record, join }: WayFrom): readonly WayTarget[] {
  if (says !== 'unknown' || targets.length > 0) return targets;
  const origin = record.service.read || record.products.read ? 'srv' : 'assigned';
  const asked = new Map(join.requests.map(({ host }) => [host, endpointOf(host)]));
  return [...asked.values()].map(({ host, port }) => joinTarget({ host, port, origin, priority: 0 }, join));
}

/** The record's targets remember what they were found by, where the settings themselves could not be read. */
function guessed({ record }: WayFrom, origin: 'assigned' | 'discovered'): KmsTarget | undefined {
  if (record.service.read && record.products.read) return undefined;
  return probesOf(record).find(({ origins }) => origins.includes(origin));
}

/** Of the domains asked in, a lookup domain comes first, and is none of the machine's suffixes. */
function guessedLookupDomain({ service, network, srvLookups, os }: InspectionRecord): string | undefined {
  if (service.read || !network.read || !srvLookups.read || !os.read) return undefined;
  const { primarySuffix, adapters, searchList } = network.value;
  const first = srvLookups.value[0]?.domain;
  const suffixes = [primarySuffix, ...adapters.map(({ suffix }) => suffix), ...searchList].map(plainHost);
  const isDirectory = os.value.domainJoined && primarySuffix === '';
  return first === undefined || suffixes.includes(first) || isDirectory ? undefined : first;
}

const probesOf = ({ targets }: InspectionRecord): readonly KmsTarget[] => (targets.read ? targets.value : []);

function cachedOf(from: WayFrom): WayTarget | undefined {
  const { record, product, join } = from;
  const found = product?.discovered ?? guessed(from, 'discovered');
  if (found === undefined || (record.service.read && !record.service.value.hostCaching)) return undefined;
  return joinTarget({ host: found.host, port: found.port, origin: 'cached', priority: 0 }, join);
}

function discoveryOf(from: WayFrom, lookupDomain: string | undefined): Discovery {
  const domains = lookupDomain === undefined ? candidateDomains(from.record) : [lookupDomain];
  const { srvLookups } = from.record;
  const lookups = srvLookups.read
    ? srvLookups.value.filter(({ domain }) => lookupDomain === undefined || domain === lookupDomain)
    : undefined;
  if (lookups === undefined || (lookupDomain !== undefined && lookups.length === 0))
    return inferred(from, domains, lookupDomain !== undefined);
  const found = lookups.find(({ outcome }) => outcome.found);
  const says = found === undefined ? saysOf(lookups, from.record) : 'found';
  const base = { domains: lookups.map(({ domain }) => domain), lookups, says, seenBy: 'probe' } as const;
  if (found?.outcome.found !== true) return { ...base, targets: [] };
  return { ...base, domain: found.domain, targets: inOrder(found.outcome.answers, found.domain, from.join) };
}

function saysOf(lookups: readonly SrvLookup[], { dropped }: InspectionRecord): Discovery['says'] {
  const saysNo = lookups.every(
    ({ outcome }) => !outcome.found && (outcome.why === 'nxdomain' || outcome.why === 'nodata'),
  );
  if (!saysNo) return 'failing';
  return lookups.length > 0 && dropped.dom === undefined ? 'nothing' : 'unknown';
}

/** Lowest priority first, the greatest weight first among equals. */
const inOrder = (answers: readonly SrvAnswer[], domain: string, join: JoinWith): readonly WayTarget[] =>
  [...answers]
    .sort((one, other) => one.priority - other.priority || other.weight - one.weight)
    .map(({ target, port, priority }) => joinTarget({ host: target, port, origin: 'srv', domain, priority }, join));

/** Domains the resolver would ask in, where no lookup tells: primary suffix, connection suffixes, search list. */
function candidateDomains({ srvLookups, network }: InspectionRecord): readonly string[] {
  if (srvLookups.read && srvLookups.value.length > 0) return srvLookups.value.map(({ domain }) => domain);
  if (!network.read) return [];
  const { primarySuffix, adapters, searchList } = network.value;
  const all = [primarySuffix, ...adapters.map(({ suffix }) => suffix), ...searchList].map(plainHost);
  return [...new Set(all)].filter((domain) => domain !== '');
}

/**
 * No lookup was read: targets remember that they came from DNS, and zones say what they would answer. Of a lookup
 * domain whose zone is known, only what the zone names counts: targets may come from other domains.
 */
function inferred({ record, join }: WayFrom, domains: readonly string[], isLookup: boolean): Discovery {
  const zones = domains.flatMap((domain) => zoneNamed(domain, join.zones) ?? []);
  const zone = zones.find(({ srv }) => srv.length > 0);
  const isHeld = domains.length > 0 && domains.every((domain) => zoneOf(domain, join.zones) !== undefined);
  const found = probesOf(record).filter(({ origins }) => origins.includes('srv'));
  const isNamed = ({ host }: KmsTarget) => zone?.srv.some(({ target }) => target === plainHost(host)) === true;
  const seen = isLookup && isHeld ? found.filter(isNamed) : found;
  if (seen.length > 0) {
    const targets = seen.map((probe) => joinTarget(pointerOf(probe, zone), join));
    return { domains, says: 'found', seenBy: 'probe', targets, ...(zone === undefined ? {} : { domain: zone.name }) };
  }
  if (zone !== undefined && !record.targets.read)
    return { domains, says: 'found', seenBy: 'zone', domain: zone.name, targets: ofZone(zone, join) };
  const isUnasked = record.events.read && join.requests.length === 0;
  const isEmpty = isHeld || ((record.targets.read || (isUnasked && zone === undefined)) && domains.length > 0);
  return { domains, says: isEmpty ? 'nothing' : 'unknown', seenBy: 'zone', targets: [] };
}

function zoneNamed(domain: string, zones: readonly ZoneFacts[]): ZoneFacts | undefined {
  const zone = zones.find(({ name }) => name === domain);
  if (zone !== undefined) return zone;
  const holder = zones.find(({ below }) => below?.[domain] !== undefined);
  return holder === undefined ? undefined : { ...holder, name: domain, srv: holder.below?.[domain] ?? [] };
}

const pointerOf = ({ host, port }: KmsTarget, zone: ZoneFacts | undefined): Pointer => {
  const value = zone?.srv.find(({ target }) => target === plainHost(host));
  const domain = zone === undefined ? {} : { domain: zone.name };
  return { host, port, origin: 'srv', priority: value?.priority ?? 0, ...domain };
};

const ofZone = (zone: ZoneFacts, join: JoinWith): readonly WayTarget[] =>
  [...zone.srv]
    .sort((one, other) => one.priority - other.priority || other.weight - one.weight)
    .map(({ target, port, priority }) =>
      joinTarget({ host: target, port, origin: 'srv', domain: zone.name, priority }, join),
    );
