/** Route 53 in memory: zones by site, what stands at names, forwarding rules by VPC, and rights that may be missing. */
import type { UnreadZone, ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import { OperationFailed } from '../../bot/errors.ts';
import type { RecordSets, ZonesWanted } from '../../bot/ports.ts';
import { readMemoryName, surveyMemory } from './memory-record-names.ts';
import { isResponsible, type MemoryZones, nameKey, nearestZones, ownFacts } from './memory-zone-states.ts';

export interface MemoryRecordSets extends RecordSets, MemoryZones {
  readonly asked: { readonly siteId: string; readonly wanted: ZonesWanted }[];
  /** Reads of names and surveys, e.g. `readName ZCORP corp.example`. */
  readonly reads: string[];
  /** Takes the next calls in order: an error to throw. */
  readonly troubles: Error[];
  /** The same for reads of addresses. */
  readonly addressTroubles: Error[];
  /** `<zone id> <name>` of names that are aliases or other names: the zone does not tell their addresses. */
  readonly aliases: Set<string>;
}

/** No zones, no rules, every right. */
export const memoryRecordSets = (): MemoryRecordSets => {
  const strike = (): void => {
    const trouble = sets.troubles.shift();
    if (trouble !== undefined) throw trouble;
  };
  const demand = (site: Site): void => {
    if (sets.missingRight === undefined) return;
    throw new OperationFailed({
      kind: 'missing-right',
      action: sets.missingRight,
      function: 'change',
      siteId: site.id,
    });
  };
  const zonesAt = (site: Site): ZoneFacts[] => sets.zones.filter((zone) => zone.siteId === site.id);
  const nameAt = (site: Site, zoneId: string, domain: string) => {
    strike();
    demand(site);
    const zone = zonesAt(site).find((each) => each.zoneId === zoneId);
    return zone && readMemoryName(sets, zone, domain);
  };
  const sets: MemoryRecordSets = {
    zones: [],
    names: new Map(),
    keptBy: new Map(),
    rules: new Map(),
    asked: [],
    reads: [],
    troubles: [],
    addressTroubles: [],
    aliases: new Set(),
    readName: async (site, zoneId, domain) => {
      sets.reads.push(`readName ${zoneId} ${domain}`);
      return nameAt(site, zoneId, domain) ?? { kind: 'no-such-zone' };
    },
    readState: async (site, zoneId, domain) => {
      sets.reads.push(`readState ${zoneId} ${domain}`);
      return nameAt(site, zoneId, domain)?.state;
    },
    readAddresses: async (site, zoneId, name) => {
      sets.reads.push(`readAddresses ${zoneId} ${name}`);
      const trouble = sets.addressTroubles.shift();
      if (trouble !== undefined) throw trouble;
      demand(site);
      const zone = zonesAt(site).find((each) => each.zoneId === zoneId);
      return sets.aliases.has(nameKey(zoneId, name)) ? undefined : zone && (zone.addresses[name] ?? []);
    },
    zonesHolding: async (site, domain) => {
      sets.reads.push(`zonesHolding ${domain}`);
      strike();
      demand(site);
      return nearestZones(zonesAt(site), domain).map(({ zoneId, name }) => ({ zoneId, name }));
    },
    survey: async (site, wanted) => {
      sets.reads.push(`survey ${wanted.zoneIds.join(' ')}`);
      strike();
      return surveyMemory(sets, zonesAt(site), wanted);
    },
    zonesFor: async (site, wanted) => {
      strike();
      sets.asked.push({ siteId: site.id, wanted });
      return sets.missingRight === undefined ? read(sets, zonesAt(site), wanted) : refused(sets.missingRight, wanted);
    },
  };
  return sets;
};

const namesIn = ({ domains, targets }: ZonesWanted): readonly string[] => [...new Set([...domains, ...targets])];

const refused = (action: string, wanted: ZonesWanted) => ({
  zones: [],
  unread: namesIn(wanted).map((name): UnreadZone => ({ name, why: 'missing-right', action })),
  resolverRules: [],
});

const read = (sets: MemoryRecordSets, here: readonly ZoneFacts[], wanted: ZonesWanted) => {
  const names = namesIn(wanted);
  return {
    zones: here
      .filter((zone) => names.some((name) => isResponsible(zone, name)))
      .map((zone) => ownFacts(sets.names, zone)),
    unread: names
      .filter((name) => !here.some((zone) => isResponsible(zone, name)))
      .map((name): UnreadZone => ({ name, why: 'not-in-route53' })),
    resolverRules: sets.rules.get(wanted.vpcId ?? '') ?? [],
  };
};
