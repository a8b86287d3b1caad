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

/** The record that is looked for in them. */
export interface Held {
  readonly zone: Pick<ZoneRead, 'private' | 'vpcIds'>;
  /** Whether the zone has one. */
  readonly isThere: boolean;
  /** When the bot changed it last; 0 where it never did. */
  readonly changedMs: number;
}

/** Every network whose machines ask in the domain; empty where the fleet was not looked at. */
export function networksIn(domain: string, { fleet, clients }: NetworkSources, held?: Held): readonly Network[] {
  const uses = (fleet?.suffixes ?? []).filter((use) => use.domain === domain);
  return uses.map((use) => {
    const now = givenNow(clients, domain, use.vpcId);
    const isOld = held !== undefined && held.changedMs > (fleet?.atMs ?? 0);
    return { use: asOfNow(useOf(use), now, isOverdue(use, held, isOld), held), given: use.given ?? [], now };
  });
}

/** Whether what the earlier look found contradicts what the zone holds now. */
function isOverdue({ vpcId, found, directory = 0 }: SuffixUse, held: Held | undefined, isOld: boolean): boolean {
  if (held === undefined) return false;
  return held.isThere ? isOld && found === 0 : found > 0 && directory === 0 && isDirect(held.zone, vpcId);
}

/**
 * The earlier look, overruled by machines asked now that say another thing with one voice; where nobody there was
 * asked, a look that is overdue says nothing.
 */
function asOfNow(use: NetworkUse, now: GivenNow, isOverdueLook: boolean, held: Held | undefined): NetworkUse {
  if (use.found === 0 && now.found > 0 && now.missing === 0)
    return { ...use, found: use.machines - use.unanswered, stranded: 0 };
  if (held?.isThere === false && now.missing > 0 && now.found === 0)
    return {
      ...use,
      found: 0,
      stranded: Math.max(use.stranded, now.stranded),
      ...(use.found > 0 ? { isGone: true } : {}),
    };
  return isOverdueLook && now.found + now.missing === 0 ? { ...use, isOverdue: true } : use;
}

/** Whether a zone answers a network by itself. */
const isDirect = (zone: Held['zone'], vpcId: string | undefined): boolean =>
  !zone.private || (vpcId !== undefined && zone.vpcIds.includes(vpcId));

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

/** Machines whose resolvers say that there is no record. */
const missing = ({ use, now }: Network): number => Math.max(use.machines - use.found - use.unanswered, now.missing);

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
    const { vpcId, isOverdue } = network.use;
    // What keeps the record from a whole network needs no machine to tell.
    const machines = isOverdue === true ? network.use.machines : missing(network);
    if (machines === 0) return [];
    const rule = vpcId === undefined ? undefined : ruleOver(zone, domain, vpcId, held.rules);
    if (vpcId !== undefined && rule !== undefined) return [{ kind: 'hidden-by-rule', vpcId, rule, machines }];
    if (zone.private && vpcId !== undefined && !zone.vpcIds.includes(vpcId))
      return [{ kind: 'not-associated', vpcId, machines }];
    if (isOverdue === true) return [];
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
    const isRuled = vpcId !== undefined && ruleOver(zone, domain, vpcId, sources.held.rules) !== undefined;
    if (!isDirect(zone, vpcId) || isRuled) return [];
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
