/** Texts that stand for hosts, ports and DNS servers. */
import { AMAZON_SERVERS, addressBytes } from '../addresses.ts';

/** The port a KMS host listens on unless told otherwise. */
export const KMS_PORT = 1688;

/** Written as it is compared already; most names are. */
const PLAIN = /^[0-9a-z_:-]+(\.[0-9a-z_:-]+)*$/;

/** A host in lower case, without trailing dot and without the brackets of an IPv6 address. */
export const plainHost = (host: string): string =>
  PLAIN.test(host)
    ? host
    : host
        .toLowerCase()
        .replace(/^\[(.*)\]$/, '$1')
        .replace(/\.$/, '');

const AMAZON: readonly string[] = AMAZON_SERVERS;

/** Whether the host is one of Amazon's own activation servers, by its address. */
export const isAmazonServer = (host: string): boolean => AMAZON.includes(plainHost(host));

/** The port meant where 0 stands for the default. */
export const portOf = (port: number): number => port || KMS_PORT;

/** A host and its port, 0 for the default. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `host:port` as an event writes it, taken apart at the last colon. */
export function endpointOf(written: string): Endpoint {
  const port = /:(\d{1,5})$/.exec(written)?.[1];
  return { host: plainHost(written.replace(/:\d{1,5}$/, '')), port: portOf(Number(port ?? 0)) };
}

/** Digits and dots, or a colon: everything else is a name. */
const MAY_BE_ADDRESS = /^[0-9.]+$|:/;

/** True for an IPv4 address or an IPv6 address, with or without brackets. */
export const isAddress = (text: string): boolean =>
  MAY_BE_ADDRESS.test(text) && addressBytes(plainHost(text)) !== undefined;

/** Whether Windows takes the text for a host: a name of labels, an IPv4 address, an IPv6 address in brackets. */
export function isHostName(text: string): boolean {
  if (/^\[.*\]$/.test(text)) return isAddress(text);
  return /^(?=.{1,255}$)[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})*\.?$/u.test(text);
}

/** The name's first label. */
export function shortName(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/** The domain of a name; empty for a single label and for an address. */
export const domainOf = (name: string): string => (isAddress(name) ? '' : name.split('.').slice(1).join('.'));

/** Whether the name is the domain or lies below it. */
export const isBelow = (name: string, domain: string): boolean =>
  name.endsWith(domain) && (name.length === domain.length || name[name.length - domain.length - 1] === '.');

/**
 * Whether a DNS server is the resolver of the machine's own VPC: link-local, or `.2` in the machine's own network. VPCs
 * have it at their base plus two; a network as small as to hide that is not told apart.
 */
export function isVpcResolver(server: string, own: readonly string[]): boolean {
  if (server === '169.254.169.253' || server.toLowerCase() === 'fd00:ec2::253') return true;
  const [a, b, , d] = server.split('.');
  return d === '2' && own.some((address) => address.startsWith(`${a}.${b}.`));
}
