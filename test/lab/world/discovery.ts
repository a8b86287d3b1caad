/**
 * Which KMS hosts a client would ask, in the order of Microsoft's configuration precedence: host of the product, global
 * host, lookup domain, host of the last success (while caching is on), SRV records of the machine's domains.
 */
import type { LawContext, WindowsNode } from './law-context.ts';
import { KMS_PORT } from './network-path.ts';
import { isAddress } from './node-index.ts';
import type { DnsAnswer } from './surface.ts';
import type { LabProduct } from './types.ts';
import { ask, DNS_ERROR, suffixesOf } from './windows-resolver.ts';

/** A host to try. */
export interface HostChoice {
  readonly name: string;
  readonly port: number;
  readonly source: 'assigned' | 'cached' | 'dns';
}

type SrvAnswer = Extract<DnsAnswer, { type: 'SRV' }>;

/** HRESULT of an assigned name that is no host name, IPv4 address or bracketed IPv6 address (`ERROR_INVALID_NAME`). */
const INVALID_NAME = '8007007B';

type Discovery = { readonly hosts: readonly HostChoice[] } | { readonly hresult: string };

/** The host set by an administrator, for this product or for all; it switches discovery off. */
function assignedHost(node: WindowsNode, product: LabProduct): HostChoice | undefined {
  const { windows } = node;
  if (product.kmsHost !== '') return { name: product.kmsHost, port: product.kmsPort || KMS_PORT, source: 'assigned' };
  if (windows.kmsHost === '') return undefined;
  return { name: windows.kmsHost, port: windows.kmsPort || KMS_PORT, source: 'assigned' };
}

/** The host of the last success that will be asked again without looking into DNS; undefined while caching is off. */
export function cachedHost(node: WindowsNode, product: LabProduct): HostChoice | undefined {
  if (!node.windows.hostCaching || product.discoveredHost === '' || lookupDomain(node, product) !== '')
    return undefined;
  return { name: product.discoveredHost, port: product.discoveredPort || KMS_PORT, source: 'cached' };
}

/** Whether Windows takes this text for a host at all. */
function isHostName(name: string): boolean {
  return isAddress(name) || /^(?=.{1,255}$)[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})*\.?$/u.test(name);
}

/** Hosts that an administrator's choice or DNS gives, the first to be tried first; or why there are none. */
export function discover(context: LawContext, node: WindowsNode, product: LabProduct): Discovery {
  const assigned = assignedHost(node, product);
  if (assigned !== undefined) return isHostName(assigned.name) ? { hosts: [assigned] } : { hresult: INVALID_NAME };
  const lookup = lookupDomain(node, product);
  return fromDns(context, node, lookup === '' ? suffixesOf(node) : [lookup]);
}

function lookupDomain(node: WindowsNode, product: LabProduct): string {
  return product.lookupDomain || node.windows.lookupDomain;
}

/** The first domain that answers wins; else the error that says most: a server's trouble before a missing record. */
function fromDns(context: LawContext, node: WindowsNode, domains: readonly string[]): Discovery {
  const codes: number[] = [];
  for (const domain of domains) {
    const outcome = ask(context, node, `_vlmcs._tcp.${domain}`, 'SRV');
    if ('answers' in outcome) return { hosts: inOrder(context.random, outcome.answers.filter(isSrv)) };
    codes.push(outcome.win32);
  }
  const telling = codes.find((code) => code !== DNS_ERROR.nxdomain) ?? DNS_ERROR.nxdomain;
  return { hresult: dnsHresult(telling) };
}

function isSrv(answer: DnsAnswer): answer is SrvAnswer {
  return answer.type === 'SRV';
}

/** `0x8007xxxx` of a resolver's Win32 code; activation reports a silent server as a server failure. */
function dnsHresult(win32: number): string {
  const code = win32 === DNS_ERROR.timeout ? DNS_ERROR.servfail : win32;
  return `8007${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Lowest priority first; within one priority a random order in which weight is the share of the first place. */
function inOrder(random: () => number, answers: readonly SrvAnswer[]): HostChoice[] {
  const keyed = answers.map((answer) => ({ answer, key: random() ** (1 / (answer.weight + 1)) }));
  keyed.sort((a, b) => a.answer.priority - b.answer.priority || b.key - a.key);
  return keyed.map(({ answer }) => ({ name: answer.target, port: answer.port, source: 'dns' as const }));
}
