/** The DNS client of a machine: which server it asks, what comes back, in Win32 codes. */
import { type DnsReply, replyOf, resolveByController, resolveInVpc } from './dns-zones.ts';
import { isInstance, type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { isBlocked, isDomainController, LINK_LOCAL_RESOLVER } from './network-path.ts';
import { isAddress, plainAddress } from './node-index.ts';
import type { DnsAnswer, DnsOutcome, DnsRecordType } from './surface.ts';

/** Win32 codes of the Windows resolver. */
export const DNS_ERROR = {
  timeout: 1460,
  servfail: 9002,
  nxdomain: 9003,
  refused: 9005,
  noRecords: 9501,
  noServers: 9852,
} as const;

/** Windows asks a silent server again after 1, 1, 2, 4 and 4 seconds before it gives up. */
const GIVES_UP_AFTER_MS = 12_000;

const CODE_OF: Readonly<Record<Exclude<DnsReply['rcode'], 'NOERROR'>, number>> = {
  NXDOMAIN: DNS_ERROR.nxdomain,
  SERVFAIL: DNS_ERROR.servfail,
  REFUSED: DNS_ERROR.refused,
};

/**
 * Answers a question as the machine gets it. Its own servers are asked in order until one answers; a name of one label
 * is tried with every suffix, as the resolver does; a name with dots as it stands.
 */
export function ask(
  context: LawContext,
  node: WindowsNode,
  name: string,
  type: DnsRecordType,
  server?: string,
): DnsOutcome {
  const servers = server === undefined ? node.windows.adapters.flatMap((adapter) => adapter.dnsServers) : [server];
  if (servers.length === 0) return { win32: DNS_ERROR.noServers };
  const names =
    name.includes('.') || server !== undefined ? [name] : suffixesOf(node).map((suffix) => `${name}.${suffix}`);
  let outcome: DnsOutcome = { win32: DNS_ERROR.nxdomain };
  for (const candidate of names) {
    outcome = askServers(context, node, servers, candidate, type);
    if ('answers' in outcome || outcome.win32 !== DNS_ERROR.nxdomain) return outcome;
  }
  return outcome;
}

function askServers(
  context: LawContext,
  node: WindowsNode,
  servers: readonly string[],
  name: string,
  type: DnsRecordType,
): DnsOutcome {
  for (const server of servers) {
    const reply = askServer(context, node, server, name, type);
    if (reply !== 'silent') return toOutcome(reply, type);
  }
  return { win32: DNS_ERROR.timeout, afterMs: GIVES_UP_AFTER_MS };
}

function askServer(
  context: LawContext,
  node: WindowsNode,
  server: string,
  name: string,
  type: DnsRecordType,
): DnsReply | 'silent' {
  if (node.windows.egressBlocked.includes(53) || isBlocked(context, node, server, 53)) return 'silent';
  if (node.windows.adapters.every((adapter) => adapter.gateways.length === 0)) return 'silent';
  const { state } = context;
  const address = plainAddress(server);
  if (isResolverOf(context, node, address)) return resolveInVpc(state, name, type, node.vpc);
  const other = state.dnsServers?.find((known) => known.address === address);
  if (other !== undefined) return replyOf(state, other, name, type);
  const controller = context.index.byAddress(address);
  if (!runsWindows(controller) || !isDomainController(controller)) return 'silent';
  return resolveByController(state, name, type, controller.vpc);
}

/** A VPC's resolver answers only inside that VPC. */
function isResolverOf(context: LawContext, node: WindowsNode, address: string): boolean {
  if (!isInstance(node)) return false;
  return (
    address === LINK_LOCAL_RESOLVER || context.state.vpcs.some((vpc) => vpc.id === node.vpc && vpc.resolver === address)
  );
}

function toOutcome(reply: DnsReply, type: DnsRecordType): DnsOutcome {
  if (reply.rcode !== 'NOERROR') return { win32: CODE_OF[reply.rcode] };
  const answers = reply.answers.filter((answer) => answer.type === type).map((answer) => toAnswer(type, answer.value));
  return answers.length > 0 ? { answers } : { win32: DNS_ERROR.noRecords };
}

function toAnswer(type: DnsRecordType, value: string): DnsAnswer {
  if (type !== 'SRV') return { type, address: value };
  const [priority, weight, port, target = ''] = value.split(/\s+/);
  return {
    type,
    priority: Number(priority),
    weight: Number(weight),
    port: Number(port),
    target: target.toLowerCase().replace(/\.$/, ''),
  };
}

/**
 * Domains in which a machine looks for `_vlmcs._tcp`: primary suffix, Active Directory domain, connection suffixes (DHCP
 * option 15), search list; each once. Microsoft does not document the order.
 */
export function suffixesOf({ windows }: WindowsNode): string[] {
  const connections = windows.adapters.map((adapter) => adapter.suffix);
  const all = [windows.primarySuffix, windows.domain, ...connections, ...windows.searchList];
  return [...new Set(all.map((suffix) => suffix.toLowerCase().replace(/\.$/, '')))].filter((suffix) => suffix !== '');
}

/** Addresses of a host by name or literal, IPv4 before IPv6; empty when the name does not resolve. */
export function addressesOf(context: LawContext, node: WindowsNode, host: string): string[] {
  if (isAddress(host)) return [plainAddress(host)];
  const types: readonly DnsRecordType[] = ['A', 'AAAA'];
  return types.flatMap((type) => {
    const outcome = ask(context, node, host, type);
    return 'answers' in outcome
      ? outcome.answers.flatMap((answer) => ('address' in answer ? [answer.address] : []))
      : [];
  });
}
