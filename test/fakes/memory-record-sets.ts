/** Route 53 in memory: zones by site, forwarding rules by VPC, and rights that may be missing. */
import type { UnreadZone, ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { Site } from '../../bot/domain/nodes.ts';
import type { RecordSets, ZonesWanted } from '../../bot/ports.ts';

export interface MemoryRecordSets extends RecordSets {
  readonly zones: ZoneFacts[];
  /** Domains by VPC. */
  readonly rules: Map<string, readonly string[]>;
  /** An action that the role lacks; everything then is unread. */
  missingRight?: string;
  readonly asked: { readonly siteId: string; readonly wanted: ZonesWanted }[];
  /** Takes the next calls in order: an error to throw. */
  readonly troubles: Error[];
}

const isResponsible = (zone: ZoneFacts, name: string): boolean => name === zone.name || name.endsWith(`.${zone.name}`);

/** No zones, no rules, every right. */
export const memoryRecordSets = (): MemoryRecordSets => {
  const sets: MemoryRecordSets = {
    zones: [],
    rules: new Map(),
    asked: [],
    troubles: [],
    zonesFor: async (site, wanted) => {
      const trouble = sets.troubles.shift();
      if (trouble !== undefined) throw trouble;
      sets.asked.push({ siteId: site.id, wanted });
      return sets.missingRight === undefined ? read(sets, site, wanted) : refused(sets.missingRight, wanted);
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

const read = (sets: MemoryRecordSets, site: Site, wanted: ZonesWanted) => {
  const here = sets.zones.filter((zone) => zone.siteId === site.id);
  const names = namesIn(wanted);
  return {
    zones: here.filter((zone) => names.some((name) => isResponsible(zone, name))),
    unread: names
      .filter((name) => !here.some((zone) => isResponsible(zone, name)))
      .map((name): UnreadZone => ({ name, why: 'not-in-route53' })),
    resolverRules: sets.rules.get(wanted.vpcId ?? '') ?? [],
  };
};
