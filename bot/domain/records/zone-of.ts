/** Which configured zone a domain's record belongs in. */
import { comparable, depthOf, isWithin } from './dns-name.ts';
import type { ConfiguredZone } from './record-set.ts';

export type ZoneChoice =
  | { readonly kind: 'zone'; readonly zone: ConfiguredZone; readonly domain: string }
  /** Several zones of one name, as of a private and a public one: only an id tells which is meant. */
  | { readonly kind: 'ambiguous'; readonly domain: string; readonly zoneIds: readonly string[] }
  /** No configured zone holds it; a word that is no name at all comes back as it was typed. */
  | { readonly kind: 'none'; readonly domain: string };

const SERVICE = /^_vlmcs\._tcp\./;

/** The zone of this id, or the nearest one around a domain; `_vlmcs._tcp.` before a domain is taken for granted. */
export const zoneFor = (zones: readonly ConfiguredZone[], word: string): ZoneChoice => {
  const named = zones.find(({ id }) => id.toLowerCase() === word.trim().toLowerCase());
  if (named !== undefined) return { kind: 'zone', zone: named, domain: named.name };
  const domain = comparable(word)?.replace(SERVICE, '');
  if (domain === undefined) return { kind: 'none', domain: word };
  return choiceOf(nearest(zones, domain), domain);
};

const nearest = (zones: readonly ConfiguredZone[], domain: string): readonly ConfiguredZone[] => {
  const around = zones.filter(({ name }) => isWithin(domain, name));
  const depth = Math.max(...around.map(({ name }) => depthOf(name)));
  return around.filter(({ name }) => depthOf(name) === depth);
};

const choiceOf = (zones: readonly ConfiguredZone[], domain: string): ZoneChoice => {
  const [zone, ...others] = zones;
  if (zone === undefined) return { kind: 'none', domain };
  if (others.length > 0) return { kind: 'ambiguous', domain, zoneIds: zones.map(({ id }) => id) };
  return { kind: 'zone', zone, domain };
};
