/** Reads of one zone what concerns the names that are looked for. */
import type { ZoneSrv } from '../domain/diagnosis/facts.ts';
import { isWithin, serviceName } from '../domain/records/dns-name.ts';
import type { RecordSet, Route53Calls, SetsPage, Zone } from './route53-calls.ts';
import type { UnfinishedRead } from './unfinished-reads.ts';
import { type NamesWanted, nearest } from './zone-choice.ts';
import { addressesAt, otherTypesAt, srvAt } from './zone-sets.ts';

/** What a zone holds of the names looked for, all in comparable form. */
export interface ZoneSets {
  readonly srv: readonly ZoneSrv[];
  readonly otherTypes: readonly string[];
  /** Empty where a name has no set; absent where it was not looked up, or is an alias or another name. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  /** By domain below the zone's own, where there is such a set. */
  readonly below: ReadonlyMap<string, readonly ZoneSrv[]>;
}

/** As many as a page holds. It starts at the KMS name, and with a zone of usual size ends with the last host. */
const PAGE = 300;
/** Sets of one name: a few types, and several of each where answers are routed. */
const SETS_OF_A_NAME = 20;
/** Names looked up one by one because the page did not show them, for each zone. */
const MOST_LOOKUPS = 8;

/** A label in front of which the listing has begun: `_` stands before every letter, and behind every digit. */
const BEHIND_THE_START = /(^|\.)[a-z][^.]*$/;

/** Sets of this name, as far as the page tells: it may end before them, end among them, or begin behind them. */
const setsAt = ({ sets, next }: SetsPage, zone: Zone, name: string): readonly RecordSet[] | undefined => {
  const own = sets.filter((set) => set.name === name);
  const isCertain = next === undefined && BEHIND_THE_START.test(name.slice(0, -(zone.name.length + 1)));
  return isCertain || (own.length > 0 && next !== name) ? own : undefined;
};

/** Names a zone would hold, being the nearest one around them. */
const ownNames = (zone: Zone, zones: readonly Zone[], names: Iterable<string>): string[] =>
  [...names].filter((name) => nearest(zones, name).includes(zone));

/**
 * One page for the KMS name and what stands behind it, then the names that it did not show. Sets that a listing begins
 * with need not be those asked for: a name that does not exist gives the next one.
 */
export const readZoneSets = async (
  calls: Route53Calls,
  answers: UnfinishedRead,
  zone: Zone,
  zones: readonly Zone[],
  { domains, targets }: NamesWanted,
): Promise<ZoneSets> => {
  const own = serviceName(zone.name);
  const page = await answers.once(`sets ${zone.id}`, () => calls.sets(zone.id, serviceName(zone.writtenName), PAGE));
  const hosts = new Set([...targets.keys(), ...srvAt(page.sets, own).map(({ target }) => target)]);
  const hostsHere = ownNames(zone, zones, hosts).filter((name) => isWithin(name, zone.name));
  const below = ownNames(zone, zones, domains.keys()).filter((domain) => domain !== zone.name);
  const found = new Map<string, readonly RecordSet[]>();
  const missing: string[] = [];
  for (const name of [...hostsHere, ...below.map(serviceName)]) {
    const sets = setsAt(page, zone, name);
    if (sets === undefined) missing.push(name);
    else found.set(name, sets);
  }
  for (const name of missing.slice(0, MOST_LOOKUPS)) {
    const looked = await answers.once(`sets ${zone.id} ${name}`, () => calls.sets(zone.id, name, SETS_OF_A_NAME));
    found.set(
      name,
      looked.sets.filter((set) => set.name === name),
    );
  }
  return {
    srv: srvAt(page.sets, own),
    otherTypes: otherTypesAt(page.sets, own),
    addresses: new Map(hostsHere.flatMap((name) => heldFor(name, found.get(name)))),
    below: new Map(below.flatMap((domain) => setFor(domain, found.get(serviceName(domain)) ?? []))),
  };
};

const heldFor = (name: string, sets: readonly RecordSet[] | undefined): (readonly [string, readonly string[]])[] => {
  if (sets === undefined) return [];
  const addresses = sets.length === 0 ? [] : addressesAt(sets, name);
  return addresses === undefined ? [] : [[name, addresses]];
};

const setFor = (domain: string, sets: readonly RecordSet[]): (readonly [string, readonly ZoneSrv[]])[] => {
  const srv = srvAt(sets, serviceName(domain));
  return srv.length === 0 ? [] : [[domain, srv]];
};
