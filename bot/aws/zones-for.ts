/** What a site's zones and forwarding rules have of the names that concern a machine. */
import type { UnreadZone, ZoneFacts } from '../domain/diagnosis/facts.ts';
import type { Site } from '../domain/nodes.ts';
import { isWithin } from '../domain/records/dns-name.ts';
import type { ZonesRead, ZonesWanted } from '../ports.ts';
import type { ResolverCalls } from './resolver-calls.ts';
import { forwardedDomains } from './resolver-rules.ts';
import type { Route53Calls, Zone } from './route53-calls.ts';
import type { UnfinishedRead } from './unfinished-reads.ts';
import { eachOnce, inTurn, whyUnread } from './unread-zones.ts';
import { type NamesWanted, namesIn, zonesBesides, zonesNamed } from './zone-choice.ts';
import type { ZoneList } from './zone-lists.ts';
import { readZoneSets, type ZoneSets } from './zone-page.ts';

/** What was made of one zone. */
type ZoneReading =
  | { readonly kind: 'read'; readonly facts: ZoneFacts }
  | { readonly kind: 'unread'; readonly unread: UnreadZone }
  /** Of no concern after all. */
  | { readonly kind: 'none' };

/** What a site's Route 53 is read with. */
export interface SiteReading {
  readonly site: Site;
  readonly calls: Route53Calls;
  readonly resolver: ResolverCalls;
  readonly answers: UnfinishedRead;
  readonly list: ZoneList;
}

interface Reading extends SiteReading {
  readonly wanted: NamesWanted;
}

/** A name as it was asked for, where it was. */
const spelled = ({ domains, targets }: NamesWanted, name: string): string =>
  domains.get(name) ?? targets.get(name) ?? name;

const factsOf = ({ site, wanted }: Reading, zone: Zone, vpcIds: readonly string[], sets: ZoneSets): ZoneFacts => ({
  siteId: site.id,
  zoneId: zone.id,
  name: spelled(wanted, zone.name),
  private: zone.private,
  vpcIds,
  srv: sets.srv.map((srv) => ({ ...srv, target: spelled(wanted, srv.target) })),
  otherTypes: sets.otherTypes,
  addresses: Object.fromEntries([...sets.addresses].map(([name, held]) => [spelled(wanted, name), held])),
  ...(sets.below.size === 0
    ? {}
    : { below: Object.fromEntries([...sets.below].map(([name, srv]) => [spelled(wanted, name), srv])) }),
});

/** Why a zone could not be read, as a value. */
const unreadZone = ({ wanted }: Reading, { name }: Zone, error: unknown): ZoneReading => ({
  kind: 'unread',
  unread: { name: spelled(wanted, name), ...whyUnread(error) },
});

const readSets = async (reading: Reading, zone: Zone, vpcIds: readonly string[]): Promise<ZoneReading> => {
  const { calls, answers, list, wanted } = reading;
  const sets = await readZoneSets(calls, answers, zone, list.zones, wanted);
  return { kind: 'read', facts: factsOf(reading, zone, vpcIds, sets) };
};

/** A zone that a name is, or lies in. */
const readNamed = async (reading: Reading, zone: Zone): Promise<ZoneReading> => {
  const { calls, answers } = reading;
  try {
    const { vpcIds } = zone.private ? await answers.once(`zone ${zone.id}`, () => calls.zone(zone.id)) : { vpcIds: [] };
    return await readSets(reading, zone, vpcIds);
  } catch (error) {
    return unreadZone(reading, zone, error);
  }
};

/** A private zone that nobody named: of concern only where the network sees it. */
const readBesides = async (reading: Reading, zone: Zone, vpcId: string): Promise<ZoneReading> => {
  try {
    const vpcIds = await reading.list.networksOf(zone, reading.calls);
    return vpcIds.includes(vpcId) ? await readSets(reading, zone, vpcIds) : { kind: 'none' };
  } catch (error) {
    return unreadZone(reading, zone, error);
  }
};

/** A name that is in none of the zones: neither is one of them its own, nor is it in one of those around it. */
const isCovered = (name: string, asked: string, facts: readonly ZoneFacts[], zones: readonly Zone[]): boolean =>
  zones.some((zone) => zone.name === name || (zone.private && isWithin(name, zone.name))) ||
  facts.some((zone) => (zone.addresses[asked] ?? []).length > 0 || zone.below?.[asked] !== undefined);

const outside = (reading: Reading, facts: readonly ZoneFacts[]): UnreadZone[] =>
  [...reading.wanted.domains, ...reading.wanted.targets]
    .filter(([name, asked]) => !isCovered(name, asked, facts, reading.list.zones))
    .map(([, name]) => ({ name, why: 'not-in-route53' }));

const factsIn = (readings: readonly ZoneReading[]): ZoneFacts[] =>
  readings.flatMap((each) => (each.kind === 'read' ? [each.facts] : []));

const unreadIn = (readings: readonly ZoneReading[]): UnreadZone[] =>
  readings.flatMap((each) => (each.kind === 'unread' ? [each.unread] : []));

/** Of zones that nobody named one stands for all whose reason has not been told yet; one that is gone is of no concern. */
const newReason = (besides: readonly UnreadZone[], told: readonly UnreadZone[]): UnreadZone[] =>
  besides
    .filter(({ why, action }) => why !== 'not-in-route53' && told.every((known) => known.action !== action))
    .slice(0, 1);

/** Reads what concerns these names. */
export const readZonesFor = (reading: SiteReading, wanted: ZonesWanted): Promise<ZonesRead> =>
  readAll({ ...reading, wanted: namesIn(wanted) }, wanted.vpcId);

const readAll = async (reading: Reading, vpcId: string | undefined): Promise<ZonesRead> => {
  const named = zonesNamed(reading.list.zones, reading.wanted);
  const others = vpcId === undefined ? [] : zonesBesides(reading.list.zones, named);
  const ofNamed = await inTurn(named, (zone) => readNamed(reading, zone));
  const ofOthers = await inTurn(others, (zone) => readBesides(reading, zone, vpcId ?? ''));
  const zones = factsIn([...ofNamed, ...ofOthers]);
  const unread = [...unreadIn(ofNamed), ...newReason(unreadIn(ofOthers), unreadIn(ofNamed))];
  const rules = vpcId === undefined ? NO_RULES : await readRules(reading, vpcId);
  const { resolverRules } = rules;
  return { zones, unread: eachOnce([...unread, ...outside(reading, zones), ...rules.unread]), resolverRules };
};

const NO_RULES = { resolverRules: [], unread: [] };

/** The network's forwarding rules; where they may not be read, the network stands among what was not. */
const readRules = async (
  { resolver, answers, wanted }: Reading,
  vpcId: string,
): Promise<Pick<ZonesRead, 'resolverRules' | 'unread'>> => {
  const names = [...wanted.domains.keys(), ...wanted.targets.keys()];
  try {
    const domains = await forwardedDomains(resolver, answers, vpcId, names);
    return { resolverRules: domains.map((domain) => spelled(wanted, domain)), unread: [] };
  } catch (error) {
    return { resolverRules: [], unread: [{ name: vpcId, ...whyUnread(error) }] };
  }
};

/** What is told where the site's zones could not even be listed. */
export const nothingRead = (wanted: ZonesWanted, error: unknown): ZonesRead => {
  const why = whyUnread(error);
  const { domains, targets } = namesIn(wanted);
  const names = [...domains.values(), ...targets.values()];
  return { zones: [], unread: eachOnce(names.map((name) => ({ name, ...why }))), resolverRules: [] };
};
