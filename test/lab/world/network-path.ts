/**
 * Whether a machine's packets reach another one, and what listens there. VPCs and the on-premises networks are routed
 * to one another; `blocked` and the machines' own firewalls say what is not let through.
 */
import { seedOf } from '../random.ts';
import { letsIn } from './kms-rules.ts';
import { isInstance, type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { plainAddress } from './node-index.ts';
import { bindAck, bindNak } from './rpc-bind.ts';
import type { BindOutcome, TcpOutcome } from './surface.ts';
import type { LabForeignHost, LabNode, LabWindows } from './types.ts';

/** Amazon's own activation servers; EC2 user guide for Windows, "Unable to activate Windows". */
export const AMAZON_KMS_V4 = ['169.254.169.250', '169.254.169.251'] as const;
const AMAZON_KMS_V6 = 'fd00:ec2::250';
/** Resolver of every VPC under its link-local address. */
export const LINK_LOCAL_RESOLVER = '169.254.169.253';
/** Amazon Time Sync. */
export const TIME_SYNC = '169.254.169.123';
/** Instance metadata. */
export const METADATA = '169.254.169.254';
/** Default port of a KMS host. */
export const KMS_PORT = 1688;

/** What speaks KMS, or something else, at an address and port. */
export type KmsService =
  | { readonly kind: 'node'; readonly node: WindowsNode }
  | { readonly kind: 'foreign'; readonly host: LabForeignHost }
  | { readonly kind: 'amazon' };

function isAmazonKms(address: string): boolean {
  const plain = plainAddress(address);
  return plain === AMAZON_KMS_V6 || AMAZON_KMS_V4.some((known) => known === plain);
}

/** Whether something between the machine and `address` drops this traffic. Link-local servers are never filtered there. */
export function isBlocked(context: LawContext, from: LabNode, address: string, port: number): boolean {
  const to = plainAddress(address);
  return context.state.blocked.some(
    (rule) =>
      (rule.from === '*' || rule.from === from.id || rule.from === from.vpc) &&
      rule.port === port &&
      rule.cut === undefined &&
      plainAddress(rule.to) === to,
  );
}

/** How something between the machine and `address` cuts a connection that was made; undefined where nothing does. */
export function cutBetween(
  context: LawContext,
  from: LabNode,
  address: string,
  port: number,
): 'closed' | 'silent' | undefined {
  const to = plainAddress(address);
  return context.state.blocked.find(
    (rule) =>
      [from.id, from.vpc, '*'].includes(rule.from) &&
      rule.port === port &&
      rule.cut !== undefined &&
      plainAddress(rule.to) === to,
  )?.cut;
}

const isLoopback = (address: string): boolean => address === '127.0.0.1' || address === '::1';

/** Outcome of a TCP connect, as the machine sees it. */
export function connect(context: LawContext, from: WindowsNode, address: string, port: number): TcpOutcome {
  const to = plainAddress(address);
  if (isLoopback(to)) return listens(from, port) ? 'ok' : 'refused';
  if (from.windows.egressBlocked.includes(port)) return 'timeout';
  if (isAmazonKms(to)) return amazonOutcome(from, to, port);
  if (!hasRoute(from, to)) return 'unreachable';
  if (isBlocked(context, from, to, port)) return 'timeout';
  return remoteOutcome(context, from, to, port);
}

/** Amazon's servers answer licence-included instances whose host routes are in place, and nobody else. */
function amazonOutcome(from: WindowsNode, address: string, port: number): TcpOutcome {
  if (!isInstance(from) || port !== KMS_PORT || from.billingProducts === null) return 'timeout';
  if (address.includes(':'))
    return from.windows.adapters.some((adapter) => adapter.addresses.some((a) => a.includes(':'))) ? 'ok' : 'timeout';
  const gateways = from.windows.adapters.flatMap((adapter) => adapter.gateways);
  const routed = from.windows.routes.some(([to, hop]) => to === address && gateways.includes(hop));
  return routed ? 'ok' : 'timeout';
}

function hasRoute(from: WindowsNode, address: string): boolean {
  const network = address.split('.').slice(0, 3).join('.');
  return from.windows.adapters.some(
    (adapter) => adapter.gateways.length > 0 || adapter.addresses.some((own) => own.startsWith(`${network}.`)),
  );
}

function remoteOutcome(context: LawContext, from: WindowsNode, address: string, port: number): TcpOutcome {
  const node = context.index.byAddress(address);
  if (node !== undefined) return nodeOutcome(node, from, port);
  const foreign = context.state.foreignHosts.find((host) => host.addresses.includes(address));
  if (foreign !== undefined) return foreign.listening && foreign.port === port ? 'ok' : 'refused';
  const resolver = address === LINK_LOCAL_RESOLVER || context.state.vpcs.some((vpc) => vpc.resolver === address);
  return resolver && port === 53 ? 'ok' : 'timeout';
}

/** A Windows firewall drops what no rule lets in; behind an open rule a closed port answers with a reset. */
function nodeOutcome(node: LabNode, from: WindowsNode, port: number): TcpOutcome {
  if (!runsWindows(node)) return 'timeout';
  if (isOpen(node, port) || node.id === from.id) return listens(node, port) ? 'ok' : 'refused';
  return 'timeout';
}

function isOpen(node: WindowsNode, port: number): boolean {
  if (isDomainController(node) && [53, 88, 389, 445].includes(port)) return true;
  const { active, on } = firewallOf(node.windows);
  if (!on.includes(active)) return true;
  return letsIn(node.windows, port, active);
}

/** The machine's own firewall; where nothing else is said it is on in every profile. */
export function firewallOf({ firewall, domain }: LabWindows): NonNullable<LabWindows['firewall']> {
  return firewall ?? { on: ['domain', 'private', 'public'], active: domain === '' ? 'public' : 'domain' };
}

function listens(node: WindowsNode, port: number): boolean {
  if (isDomainController(node) && [53, 88, 389, 445].includes(port)) return true;
  const role = node.windows.kmsHostRole;
  if (role === undefined || role.listeningPort !== port) return false;
  return role.portTakenBy !== undefined || node.windows.service.state === 'Running';
}

/** Whether the machine serves a directory, and with it DNS. */
export function isDomainController(node: WindowsNode): boolean {
  return node.windows.productType === 2;
}

/** What listens where {@link connect} said `ok`; undefined for anything that is neither KMS nor a stranger on its port. */
export function serviceAt(context: LawContext, address: string, port: number): KmsService | undefined {
  const to = plainAddress(address);
  if (isAmazonKms(to)) return { kind: 'amazon' };
  const node = context.index.byAddress(to);
  if (node !== undefined) {
    return runsWindows(node) && node.windows.kmsHostRole?.listeningPort === port ? { kind: 'node', node } : undefined;
  }
  const host = context.state.foreignHosts.find((known) => known.addresses.includes(to) && known.port === port);
  return host === undefined ? undefined : { kind: 'foreign', host };
}

/** Call id of the bind that a surface's question stands for. */
const CALL_ID = 1;

/** What a service speaks to a client of KMS. */
export function speechOf(service: KmsService): 'kms' | NonNullable<LabForeignHost['otherService']> {
  if (service.kind === 'amazon') return 'kms';
  if (service.kind === 'foreign') return service.host.speaksKms ? 'kms' : (service.host.otherService ?? 'closed');
  const role = service.node.windows.kmsHostRole;
  return role?.portTakenBy ?? (role?.busy === true ? 'busy' : 'kms');
}

/** What a machine gets for a bind after it connected: the service's answer, unless something on the way cuts it. */
export function bindFrom(context: LawContext, from: WindowsNode, address: string, port: number): BindOutcome {
  const to = plainAddress(address);
  if (isLoopback(to)) return answerBind(listens(from, port) ? { kind: 'node', node: from } : undefined, address, port);
  return cutBetween(context, from, to, port) ?? answerBind(serviceAt(context, address, port), address, port);
}

/** What a service answers to a bind of the KMS interface. */
export function answerBind(service: KmsService | undefined, address: string, port: number): BindOutcome {
  if (service === undefined) return 'closed';
  const associationGroup = (seedOf(`${address}:${port}`) & 0xffff) | 0x10000;
  const speaks = speechOf(service);
  switch (speaks) {
    case 'kms':
    case 'rpc':
      return hex(bindAck({ callId: CALL_ID, port, associationGroup, accepted: speaks === 'kms' }));
    case 'busy':
      return hex(bindNak(CALL_ID));
    case 'http':
      return hex(Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'ascii'));
    default:
      return speaks;
  }
}

function hex(bytes: Buffer): { bytes: string } {
  return { bytes: bytes.toString('hex') };
}

/** ICMP echo: only domain controllers, on-premises hosts and the machine itself answer. Never decisive, as in life. */
export function answersPing(context: LawContext, from: WindowsNode, address: string): boolean {
  const to = plainAddress(address);
  const node = context.index.byAddress(to);
  if (node !== undefined)
    return node.id === from.id || (runsWindows(node) && isDomainController(node) && hasRoute(from, to));
  return context.state.foreignHosts.some((host) => host.addresses.includes(to) && host.listening) && hasRoute(from, to);
}
