/** Whether the host a client is pointed at cannot be one of ours, and why: emulators of KMS hosts are found by it. */
import { addressBytes, isIn, isOurs } from './addresses.ts';
import type { NotOurs } from './check-report.ts';

/** A host as a client has it. */
export interface PointedAt {
  /** Name or address as written; brackets around an IPv6 address do not matter. */
  readonly host: string;
  /** Where the name led; empty when it led nowhere or was not asked. */
  readonly addresses: readonly string[];
}

/**
 * Why the host cannot be one of ours; undefined when it can, or when nothing tells where it is.
 *
 * The rule is the inspection's own, which touches a target as soon as one of its addresses can be ours.
 */
export function notOurs({ host, addresses }: PointedAt, knownHosts: readonly string[]): NotOurs | undefined {
  const name = host
    .toLowerCase()
    .replace(/^\[+|\]+$/g, '')
    .replace(/\.$/, '');
  const places = addressBytes(name) === undefined ? addresses.map((address) => address.toLowerCase()) : [name];
  if (places.length === 0) return name === 'localhost' ? 'loopback' : undefined;
  if (places.some((address) => isOurs(name, address, knownHosts))) return undefined;
  const whys = places.map(whyOf);
  return WORST_FIRST.find((why) => whys.includes(why));
}

const WORST_FIRST = ['loopback', 'link-local', 'public-address'] as const satisfies readonly NotOurs[];

/** `0.0.0.0` and `::` lead to the machine itself as well. */
function whyOf(address: string): NotOurs {
  if (isIn(address, ['0.0.0.0/8', '127.0.0.0/8', '::/127'])) return 'loopback';
  return isIn(address, ['169.254.0.0/16', 'fe80::/10']) ? 'link-local' : 'public-address';
}
