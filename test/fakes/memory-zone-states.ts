/** What stands at a name of a zone in memory: what was put there, else what the zone's facts say. */
import type { ZoneFacts, ZoneSrv } from '../../bot/domain/diagnosis/facts.ts';
import type { NameState } from '../../bot/domain/records/record-set.ts';
import { srvFields } from '../../bot/domain/records/srv-record.ts';

/** All that Route 53 in memory holds. */
export interface MemoryZones {
  readonly zones: ZoneFacts[];
  /** What stands at `<zone id> <domain>`, where it is more than the zone's facts say: texts, TTL, marks, aliases. */
  readonly names: Map<string, NameState>;
  /** The service that keeps a zone, by id. */
  readonly keptBy: Map<string, string>;
  /** Domains by VPC. */
  readonly rules: Map<string, readonly string[]>;
  /** An action that the role lacks; everything then is unread. */
  missingRight?: string;
}

type Names = ReadonlyMap<string, NameState>;

/** Where what stands at a name is kept. */
export const nameKey = (zoneId: string, domain: string): string => `${zoneId} ${domain}`;

const TTL_SECONDS = 300;

const textOf = ({ priority, weight, port, target }: ZoneSrv): string => `${priority} ${weight} ${port} ${target}.`;

const fromFacts = (zone: ZoneFacts, domain: string): NameState => {
  const isOwn = domain === zone.name;
  const srv = isOwn ? zone.srv : (zone.below?.[domain] ?? []);
  const hasText = isOwn && zone.otherTypes.includes('TXT');
  return {
    ...(srv.length === 0 ? {} : { srv: { ttlSeconds: TTL_SECONDS, values: srv.map(textOf) } }),
    ...(hasText ? { txt: { ttlSeconds: TTL_SECONDS, values: ['"text"'] } } : {}),
  };
};

/** What stands at the domain's KMS name in this zone. */
export const stateIn = (names: Names, zone: ZoneFacts, domain: string): NameState =>
  names.get(nameKey(zone.zoneId, domain)) ?? fromFacts(zone, domain);

/** SRV values in fields; text that is none is left out. */
export const srvIn = ({ srv }: NameState): ZoneSrv[] => (srv?.values ?? []).flatMap((value) => srvFields(value) ?? []);

/** The zone's facts with what was put at its names. */
export const ownFacts = (names: Names, zone: ZoneFacts): ZoneFacts => {
  const own = names.get(nameKey(zone.zoneId, zone.name));
  const below = [...names]
    .filter(([key]) => key.startsWith(`${zone.zoneId} `) && !key.endsWith(` ${zone.name}`))
    .map(([key, state]) => [key.slice(zone.zoneId.length + 1), srvIn(state)] as const);
  const changed = own && { srv: srvIn(own), otherTypes: own.txt === undefined ? [] : ['TXT'] };
  return {
    ...zone,
    ...changed,
    ...(below.length > 0 ? { below: { ...zone.below, ...Object.fromEntries(below) } } : {}),
  };
};

/** True of a zone's own name and of every name below it. */
export const isResponsible = (zone: ZoneFacts, name: string): boolean =>
  name === zone.name || name.endsWith(`.${zone.name}`);

/** The zones that a name is or lies in, those nearest above it. */
export const nearestZones = (zones: readonly ZoneFacts[], name: string): ZoneFacts[] => {
  const around = zones.filter((zone) => isResponsible(zone, name));
  const longest = Math.max(0, ...around.map((zone) => zone.name.length));
  return around.filter((zone) => zone.name.length === longest);
};
