/**
 * Names as the world's zones answer them. A VPC's resolver takes the most specific zone it can see; a forwarding rule to
 * Active Directory beats a private zone of the same name; in a private zone whatever has no match is NXDOMAIN, even
 * where only the type is missing, and nothing falls through to public DNS (Route 53 developer guide, "Considerations
 * when working with a private hosted zone").
 */

import { runsWindows, type WindowsNode } from './law-context.ts';
import { isDomainController } from './network-path.ts';
import { answeringSets } from './propagation.ts';
import type { LabDnsServer, LabResolverRule, LabZone, World, WorldState } from './types.ts';

/** Answers and response code, as a DNS server would put them on the wire. */
export type DnsReply = ReturnType<World['resolve']>;
type DnsReplyAnswer = DnsReply['answers'][number];

/** Longest chain of CNAME records that is followed. */
const CHAIN = 8;

/** Lower-case with trailing dot. */
export function absolute(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Whether `name` is the zone's own name or below it. */
export function isInZone(name: string, zone: LabZone): boolean {
  const apex = absolute(zone.name);
  return name === apex || name.endsWith(`.${apex}`);
}

/** What the resolver of a VPC answers: a forwarding rule as specific as the best zone beats it. */
export function resolveInVpc(state: WorldState, name: string, type: string, vpcId: string): DnsReply {
  const visible = state.zones.filter((zone) => (isPublic(zone) ? true : zone.vpcs.includes(vpcId)));
  const asked = absolute(name);
  const rule = ruleFor(state, asked, vpcId);
  if (rule !== undefined && rule.domain.length >= (mostSpecific(visible, asked)?.name.length ?? 0)) {
    return forward(state, rule, name, type);
  }
  return resolveAmong(state, visible, asked, type.toUpperCase());
}

function ruleFor(state: WorldState, asked: string, vpcId: string): LabResolverRule | undefined {
  const rules = state.vpcs.find((vpc) => vpc.id === vpcId)?.resolverRules ?? [];
  const holding = rules.filter(({ domain }) => `.${asked}`.endsWith(`.${absolute(domain)}`));
  return holding.sort((a, b) => b.domain.length - a.domain.length)[0];
}

function forward(state: WorldState, rule: LabResolverRule, name: string, type: string): DnsReply {
  for (const address of rule.servers) {
    const server = state.dnsServers?.find((known) => known.address === address);
    if (server !== undefined) return replyOf(state, server, name, type);
    const controller = state.nodes.find((node) => runsWindows(node) && hasAddress(node, address));
    if (runsWindows(controller) && isDomainController(controller))
      return resolveByController(state, name, type, controller.vpc);
  }
  return { answers: [], rcode: 'SERVFAIL' };
}

function hasAddress(node: WindowsNode, address: string): boolean {
  return node.windows.adapters.some((adapter) => adapter.addresses.includes(address));
}

/** What a DNS server of another kind answers. */
export function replyOf(state: WorldState, server: LabDnsServer, name: string, type: string): DnsReply {
  if (server.rcode !== undefined) return { answers: [], rcode: server.rcode };
  if (server.vpc !== '') return resolveInVpc(state, name, type, server.vpc);
  return resolveAmong(state, state.zones.filter(isPublic), absolute(name), type.toUpperCase());
}

/** What an administrator sees of every zone of an account: the view of the lab's own DNS port. */
export function resolveInAccount(state: WorldState, name: string, type: string, siteId: string): DnsReply {
  const account = state.sites.find((site) => site.id === siteId)?.account;
  const sites = new Set(state.sites.filter((site) => site.account === account).map((site) => site.id));
  const visible = state.zones.filter((zone) => sites.has(zone.site));
  return resolveAmong(state, visible, absolute(name), type.toUpperCase());
}

/** What a domain controller answers: Active Directory's zones itself, the rest from the resolver of its VPC. */
export function resolveByController(state: WorldState, name: string, type: string, vpcId: string): DnsReply {
  const visible = state.zones.filter(
    (zone) => zone.hostedBy === 'active-directory' || isPublic(zone) || zone.vpcs.includes(vpcId),
  );
  return resolveAmong(state, visible, absolute(name), type.toUpperCase());
}

function isPublic(zone: LabZone): boolean {
  return zone.hostedBy === 'route53' && !zone.private;
}

function resolveAmong(state: WorldState, zones: readonly LabZone[], name: string, type: string): DnsReply {
  const answers: DnsReplyAnswer[] = [];
  let asked = name;
  for (let link = 0; link <= CHAIN; link++) {
    const zone = mostSpecific(zones, asked);
    if (zone === undefined) return { answers, rcode: answers.length > 0 ? 'NOERROR' : 'NXDOMAIN' };
    if (zone.hostedBy === 'active-directory' && !hasController(state, zone)) return { answers: [], rcode: 'SERVFAIL' };
    const found = lookUp(zone, asked, type);
    answers.push(...found);
    const alias = found.find((answer) => answer.type === 'CNAME');
    if (alias === undefined || type === 'CNAME') return { answers, rcode: rcodeOf(zone, asked, answers) };
    asked = absolute(alias.value);
  }
  return { answers: [], rcode: 'SERVFAIL' };
}

function mostSpecific(zones: readonly LabZone[], name: string): LabZone | undefined {
  let best: LabZone | undefined;
  for (const zone of zones) {
    if (isInZone(name, zone) && (best === undefined || rank(zone) > rank(best))) best = zone;
  }
  return best;
}

/** Length of the name first; among equals Active Directory before private before public. */
function rank(zone: LabZone): number {
  const kind = zone.hostedBy === 'active-directory' ? 2 : zone.private ? 1 : 0;
  return zone.name.length * 4 + kind;
}

function lookUp(zone: LabZone, name: string, type: string): DnsReplyAnswer[] {
  const own = answeringSets(zone).filter((set) => set.name === name);
  const alias = own.filter((set) => set.type === 'CNAME');
  const sets = alias.length > 0 ? alias : own.filter((set) => type === 'ANY' || set.type === type);
  return sets.flatMap((set) => set.values.map((value) => ({ name, type: set.type, ttl: set.ttl, value })));
}

function rcodeOf(zone: LabZone, name: string, answers: readonly DnsReplyAnswer[]): DnsReply['rcode'] {
  if (answers.length > 0) return 'NOERROR';
  const apex = name === absolute(zone.name);
  const strict = zone.hostedBy === 'route53' && zone.private;
  const exists = answeringSets(zone).some((set) => set.name === name || set.name.endsWith(`.${name}`));
  return apex || (exists && !strict) ? 'NOERROR' : 'NXDOMAIN';
}

/** A zone of Active Directory is served while any controller of its domain is up. */
function hasController(state: WorldState, zone: LabZone): boolean {
  return state.nodes.some(
    (node) => runsWindows(node) && isDomainController(node) && absolute(node.windows.domain) === absolute(zone.name),
  );
}
