/** Names of zones in memory, one by one and as a whole. */
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { ZoneRead } from '../../bot/domain/records/records-input.ts';
import type { NameRead, RecordSurvey, SurveyWanted } from '../../bot/ports.ts';
import { type MemoryZones, nearestZones, srvIn, stateIn } from './memory-zone-states.ts';

const keeper = ({ keptBy }: MemoryZones, zoneId: string): { readonly keptBy?: string } => {
  const service = keptBy.get(zoneId);
  return service === undefined ? {} : { keptBy: service };
};

/** A zone and what stands at one of its names. */
export const readMemoryName = (
  sets: MemoryZones,
  zone: ZoneFacts,
  domain: string,
): NameRead & { readonly kind: 'read' } => ({
  kind: 'read',
  place: {
    siteId: zone.siteId,
    zoneId: zone.zoneId,
    zone: zone.name,
    private: zone.private,
    vpcIds: zone.vpcIds,
    domain,
  },
  state: stateIn(sets.names, zone, domain),
  ...keeper(sets, zone.zoneId),
});

const surveyed = (
  sets: MemoryZones,
  zone: ZoneFacts,
  here: readonly ZoneFacts[],
  { domains }: SurveyWanted,
): ZoneRead => {
  const below = domains.filter((domain) => domain !== zone.name && nearestZones(here, domain).includes(zone));
  return {
    siteId: zone.siteId,
    zoneId: zone.zoneId,
    name: zone.name,
    private: zone.private,
    vpcIds: zone.vpcIds,
    ...keeper(sets, zone.zoneId),
    names: [zone.name, ...new Set(below)].map((domain) => ({ domain, state: stateIn(sets.names, zone, domain) })),
    addresses: {},
  };
};

const withAddresses = (zones: readonly ZoneRead[], here: readonly ZoneFacts[]): ZoneRead[] => {
  const targets = new Set(
    zones.flatMap(({ names }) => names.flatMap(({ state }) => srvIn(state))).map((srv) => srv.target),
  );
  return zones.map((each) => {
    const facts = here.find(({ zoneId }) => zoneId === each.zoneId);
    const own = [...targets].filter((target) => facts && nearestZones(here, target).includes(facts));
    return { ...each, addresses: Object.fromEntries(own.map((target) => [target, facts?.addresses[target] ?? []])) };
  });
};

/** Everything of a site's zones that was asked for. */
export const surveyMemory = (sets: MemoryZones, here: readonly ZoneFacts[], wanted: SurveyWanted): RecordSurvey => {
  const { missingRight: action } = sets;
  const { zoneIds, domains, vpcIds } = wanted;
  if (action !== undefined) {
    const names = ['hosted zones', ...zoneIds, ...vpcIds];
    return { zones: [], others: [], unread: names.map((name) => ({ name, why: 'missing-right', action })), rules: [] };
  }
  const zones = zoneIds.flatMap((id) => here.filter(({ zoneId }) => zoneId === id));
  const others = here.filter((zone) => !zones.includes(zone));
  return {
    zones: withAddresses(
      zones.map((zone) => surveyed(sets, zone, here, wanted)),
      here,
    ),
    others: others
      .filter((zone) => domains.some((domain) => nearestZones(here, domain).includes(zone)))
      .map(({ zoneId, name, private: isPrivate }) => ({ zoneId, name, private: isPrivate })),
    unread: zoneIds
      .filter((id) => here.every(({ zoneId }) => zoneId !== id))
      .map((name) => ({ name, why: 'not-in-route53' })),
    rules: vpcIds.flatMap((vpcId) => {
      const held = sets.rules.get(vpcId) ?? [];
      return held.length === 0 ? [] : [{ vpcId, domains: held }];
    }),
  };
};
