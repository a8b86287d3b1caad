/** Which networks a zone answers in a domain, and where their machines do not get what it holds. */
import type { FleetSummary, GivenHost, SuffixUse } from '../fleet/fleet-summary.ts';
import { isWithin } from './dns-name.ts';
import { type GivenNow, givenNow, type MachineView } from './machine-views.ts';
import type { ZoneRead, ZonesHeld } from './records-input.ts';
import type { NetworkUse, RecordConcern } from './records-report.ts';

/** What networks are judged with. */
export interface NetworkSources {
  readonly held: Pick<ZonesHeld, 'zones' | 'rules'>;
  readonly fleet?: FleetSummary;
  /** KMS clients that were asked now. */
  readonly clients: readonly MachineView[];
}

/** Machines of one network with what their resolvers give. */
export interface Network {
  readonly use: NetworkUse;
  /** By the latest look at the fleet, as `name:port`. */
  readonly given: NonNullable<SuffixUse['given']>;
  readonly now: GivenNow;
}

/** Every network whose machines ask in the domain; empty where the fleet was not looked at. */
export function networksIn(domain: string, { fleet, clients }: NetworkSources): readonly Network[] {
  const uses = (fleet?.suffixes ?? []).filter((use) => use.domain === domain);
  return uses.map((use) => ({
    use: useOf(use),
    given: use.given ?? [],
    now: givenNow(clients, domain, use.vpcId),
  }));
}

const useOf = ({ vpcId, machines, found, unanswered = 0, stranded = 0, examples: [first] }: SuffixUse): NetworkUse => ({
  ...(vpcId === undefined ? {} : { vpcId }),
  machines,
  found,
  unanswered,
  stranded,
  ...(first === undefined ? {} : { example: { nodeId: first.nodeId, name: first.name } }),
});

/** Of these networks those that this zone has to answer: it is seen there, or no other private zone of the domain is. */
export const answeredBy = (
  zone: ZoneRead,
  domain: string,
  networks: readonly Network[],
  { held }: NetworkSources,
): readonly Network[] =>
  networks.filter(({ use: { vpcId } }) => {
    const isSeen = (by: ZoneRead) => by.private && vpcId !== undefined && by.vpcIds.includes(vpcId);
    const tells = (by: ZoneRead) => by.names.some((name) => name.domain === domain);
    return isSeen(zone) || !held.zones.some((other) => other.zoneId !== zone.zoneId && isSeen(other) && tells(other));
  });

/**
 * Machines whose resolvers say that there is no record. Where nobody found one earlier, a few that find it now speak for
 * all; where some did, they may just be those.
 */
function missing({ use, now }: Network): number {
  const isMended = use.found === 0 && now.found > 0 && now.missing === 0;
  return isMended ? 0 : Math.max(use.machines - use.found - use.unanswered, now.missing);
}

/** Rules as specific as the zone beat it. */
const ruleOver = (zone: ZoneRead, domain: string, vpcId: string, rules: ZonesHeld['rules']): string | undefined =>
  rules
    .filter((each) => each.vpcId === vpcId)
    .flatMap(({ domains }) => domains)
    .filter((rule) => isWithin(domain, rule) && rule.length >= zone.name.length)
    .sort((a, b) => b.length - a.length)[0];

/** Where a record that the zone has does not arrive. */
export function networkConcerns(
  zone: ZoneRead,
  domain: string,
  networks: readonly Network[],
  { held, fleet }: NetworkSources,
): readonly RecordConcern[] {
  const blind = networks.flatMap((network): readonly RecordConcern[] => {
    const machines = missing(network);
    const { vpcId } = network.use;
    if (machines === 0) return [];
    const rule = vpcId === undefined ? undefined : ruleOver(zone, domain, vpcId, held.rules);
    if (vpcId !== undefined && rule !== undefined) return [{ kind: 'hidden-by-rule', vpcId, rule, machines }];
    if (zone.private && vpcId !== undefined && !zone.vpcIds.includes(vpcId))
      return [{ kind: 'not-associated', vpcId, machines }];
    return [{ kind: 'not-found-by-machines', machines, ...(vpcId === undefined ? {} : { vpcId }) }];
  });
  const asking = new Set((fleet?.suffixes ?? []).filter((use) => use.domain === domain).map(({ vpcId }) => vpcId));
  const unasked = zone.vpcIds.filter((vpcId) => !asking.has(vpcId));
  const hidden = unasked.flatMap((vpcId): readonly RecordConcern[] => {
    const rule = ruleOver(zone, domain, vpcId, held.rules);
    return rule === undefined ? [] : [{ kind: 'hidden-by-rule', vpcId, rule, machines: 0 }];
  });
  return [...blind, ...hidden];
}

/** Hosts that are named of those that differ. */
const MOST_DIFFERING = 3;

/**
 * Hosts that resolvers give and the record does not name, in networks that the zone answers by itself. What was seen
 * before the record changed (`changedMs`) proves nothing.
 */
export function differing(
  zone: ZoneRead,
  domain: string,
  networks: readonly Network[],
  named: readonly string[],
  sources: NetworkSources,
  changedMs: number,
): readonly RecordConcern[] {
  const isOld = changedMs > (sources.fleet?.atMs ?? 0);
  const all = networks.flatMap((network): readonly RecordConcern[] => {
    const { vpcId } = network.use;
    const isDirect = !zone.private || (vpcId !== undefined && zone.vpcIds.includes(vpcId));
    const isRuled = vpcId !== undefined && ruleOver(zone, domain, vpcId, sources.held.rules) !== undefined;
    if (!isDirect || isRuled) return [];
    return givenIn(network, isOld)
      .filter(({ host }) => !named.includes(host))
      .map((given) => ({ kind: 'resolvers-differ', ...given, ...(vpcId === undefined ? {} : { vpcId }) }));
  });
  return all.slice(0, MOST_DIFFERING);
}

/** What resolvers give, by machines asked now and by the earlier look where those do not contradict it. */
function givenIn({ use, given, now }: Network, isOld: boolean): readonly GivenHost[] {
  const isOver = ({ machines }: GivenHost) => isOld || (now.found > 0 && machines >= use.found);
  const earlier = given.filter((each) => !now.given.includes(each.host) && !isOver(each));
  const current = now.given.map((host) => ({
    host,
    machines: Math.max(now.found, isOld ? 0 : (given.find((each) => each.host === host)?.machines ?? 0)),
  }));
  return [...current, ...earlier];
}
