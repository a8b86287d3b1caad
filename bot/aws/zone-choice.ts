/** Which of an account's zones concern a machine. */

import { comparable, depthOf, isWithin } from '../domain/records/dns-name.ts';
import type { ZonesWanted } from '../ports.ts';
import type { Zone } from './route53-calls.ts';

/** Names that are looked for, in comparable form, each with the spelling it was asked for in. */
export interface NamesWanted {
  readonly domains: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, string>;
}

/** Zones read at most: an account is given five requests a second for everything and everybody. */
export const MOST_ZONES = 10;

/** Zones of endpoints and of reverse lookups hold no KMS record. */
const NEVER = /(^|\.)(amazonaws\.com|in-addr\.arpa|ip6\.arpa)$/;

const comparableOnes = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    names.flatMap((name) => {
      const key = comparable(name);
      return key === undefined ? [] : [[key, name] as const];
    }),
  );

/** The names that can be in a zone at all; addresses, bare names and mistakes are left out. */
export const namesIn = ({ domains, targets }: ZonesWanted): NamesWanted => ({
  domains: comparableOnes(domains),
  targets: comparableOnes(targets.filter((target) => target.includes('.'))),
});

const concerns = (zone: Zone, names: Iterable<string>): boolean => [...names].some((name) => isWithin(name, zone.name));

/** Zones that a domain asked in is or lies in come before those of targets, the nearest before their parents. */
const urgency = (zone: Zone, { domains }: NamesWanted): number => {
  if (domains.has(zone.name)) return 0;
  return concerns(zone, domains.keys()) ? 1 : 2;
};

/** Zones that a wanted name is, or lies in; at most {@link MOST_ZONES}. */
export const zonesNamed = (zones: readonly Zone[], wanted: NamesWanted): Zone[] =>
  zones
    .filter((zone) => concerns(zone, wanted.domains.keys()) || concerns(zone, wanted.targets.keys()))
    .sort((a, b) => urgency(a, wanted) - urgency(b, wanted) || depthOf(b.name) - depthOf(a.name))
    .slice(0, MOST_ZONES);

/**
 * Private zones that no name points to, but that the machine's network may see: a record may be in one of them. Which
 * networks see a zone is told for each zone alone; to ask by network would need a right over networks besides.
 */
export const zonesBesides = (zones: readonly Zone[], named: readonly Zone[]): Zone[] =>
  zones
    .filter((zone) => zone.private && zone.keptBy === undefined && !NEVER.test(zone.name) && !named.includes(zone))
    .slice(0, MOST_ZONES - named.length);

/** The zones that a name would be in: those nearest above it, of which there may be a private and a public one. */
export const nearest = (zones: readonly Zone[], name: string): Zone[] => {
  const around = zones.filter((zone) => isWithin(name, zone.name));
  const depth = Math.max(0, ...around.map((zone) => depthOf(zone.name)));
  return around.filter((zone) => depthOf(zone.name) === depth);
};
