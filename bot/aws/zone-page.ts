/** Reads of one zone what concerns the names that are looked for. */
import type { ZoneSrv } from '../domain/diagnosis/facts.ts';
import { isWithin, serviceName } from '../domain/records/dns-name.ts';
import type { RecordSet, Route53Calls, SetsPage, Zone } from './route53-calls.ts';
import type { UnfinishedRead } from './unfinished-reads.ts';
import { type NamesWanted, nearest } from './zone-choice.ts';
import { addressesAt, otherTypesAt, SETS_OF_A_NAME, srvAt } from './zone-sets.ts';

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
export const ownNames = (zone: Zone, zones: readonly Zone[], names: Iterable<string>): string[] =>
  [...names].filter((name) => nearest(zones, name).includes(zone));

/** The page of a zone that begins with its KMS name. */
export const pageOf = (calls: Route53Calls, answers: UnfinishedRead, zone: Zone): Promise<SetsPage> =>
  answers.once(`sets ${zone.id}`, () => calls.sets(zone.id, serviceName(zone.writtenName), PAGE));

/** What is asked of a page and, where it does not tell, of its zone. */
export interface LookUp {
  readonly names: readonly string[];
  /** Names looked up one by one at most; those beyond are absent from the result. */
  readonly most: number;
}

/** Sets by name; empty where there are none of it. */
export const setsByName = async (
  calls: Route53Calls,
  answers: UnfinishedRead,
  zone: Zone,
  page: SetsPage,
  { names, most }: LookUp,
): Promise<ReadonlyMap<string, readonly RecordSet[]>> => {
  const found = new Map<string, readonly RecordSet[]>();
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const sets = setsAt(page, zone, name);
    if (sets === undefined) missing.push(name);
    else found.set(name, sets);
  }
  for (const name of missing.slice(0, most)) {
    const { sets } = await answers.once(`sets ${zone.id} ${name}`, () => calls.sets(zone.id, name, SETS_OF_A_NAME));
    // A listing begins with the next name where the one that was asked for has no set.
    found.set(
      name,
      sets.filter((set) => set.name === name),
    );
  }
  return found;
};

/**
 * One page for the KMS name and what stands behind it, then the names that it did not show.
 */
export const readZoneSets = async (
  calls: Route53Calls,
  answers: UnfinishedRead,
  zone: Zone,
  zones: readonly Zone[],
  { domains, targets }: NamesWanted,
): Promise<ZoneSets> => {
  const own = serviceName(zone.name);
  const page = await pageOf(calls, answers, zone);
  const hosts = new Set([...targets.keys(), ...srvAt(page.sets, own).map(({ target }) => target)]);
  const hostsHere = ownNames(zone, zones, hosts).filter((name) => isWithin(name, zone.name));
  const below = ownNames(zone, zones, domains.keys()).filter((domain) => domain !== zone.name);
  const names = [...hostsHere, ...below.map(serviceName)];
  const found = await setsByName(calls, answers, zone, page, { names, most: MOST_LOOKUPS });
  return {
    srv: srvAt(page.sets, own),
    otherTypes: otherTypesAt(page.sets, own),
    addresses: addressesOf(hostsHere, found),
    below: new Map(below.flatMap((domain) => setFor(domain, found.get(serviceName(domain)) ?? []))),
  };
};

/** Addresses by name; empty where a name has no set, absent where the sets do not tell. */
export const addressesOf = (
  names: readonly string[],
  found: ReadonlyMap<string, readonly RecordSet[]>,
): ReadonlyMap<string, readonly string[]> => new Map(names.flatMap((name) => heldFor(name, found.get(name))));

const heldFor = (name: string, sets: readonly RecordSet[] | undefined): (readonly [string, readonly string[]])[] => {
  if (sets === undefined) return [];
  const addresses = sets.length === 0 ? [] : addressesAt(sets, name);
  return addresses === undefined ? [] : [[name, addresses]];
};

const setFor = (domain: string, sets: readonly RecordSet[]): (readonly [string, readonly ZoneSrv[]])[] => {
  const srv = srvAt(sets, serviceName(domain));
  return srv.length === 0 ? [] : [[domain, srv]];
};
