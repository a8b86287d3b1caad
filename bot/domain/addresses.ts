/**
 * Which addresses can be those of our own KMS hosts.
 *
 * The inspection decides by the same lists which targets it may touch. IPv4 is carried as IPv4-mapped IPv6.
 */

/** Amazon's own activation servers: link-local, and the only link-local addresses that are ever meant. */
export const AMAZON_SERVERS = ['169.254.169.250', '169.254.169.251', 'fd00:ec2::250'] as const;
/** Networks in which nothing is a KMS host of ours, whatever the configuration says. */
export const NEVER_OURS = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/127',
  'fe80::/10',
  'ff00::/8',
] as const;
/** Private networks. */
export const PRIVATE_NETWORKS = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'] as const;

function ipv4Bytes(address: string): number[] | undefined {
  if (!/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(address)) return undefined;
  const parts = address.split('.');
  return parts.some((part) => Number(part) > 255 || /^0[0-9]/.test(part)) ? undefined : parts.map(Number);
}

/** The bytes of one side of `::`; undefined when a group is none, or an IPv4 address stands anywhere but last. */
function groupBytes(side: string): number[] | undefined {
  if (side === '') return [];
  const bytes: number[] = [];
  const groups = side.split(':');
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
      continue;
    }
    const v4 = index === groups.length - 1 ? ipv4Bytes(group) : undefined;
    if (v4 === undefined) return undefined;
    bytes.push(...v4);
  }
  return bytes;
}

/** Sixteen bytes of an address in lower case without zone; undefined when the text is none. */
export function addressBytes(address: string): readonly number[] | undefined {
  const v4 = ipv4Bytes(address);
  if (v4 !== undefined) return [...Array<number>(10).fill(0), 255, 255, ...v4];
  if (!/^[0-9a-f:.]{2,45}$/.test(address)) return undefined;
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return undefined;
  const front = groupBytes(head);
  if (front === undefined || (tail !== undefined && head.includes('.'))) return undefined;
  if (tail === undefined) return front.length === 16 ? front : undefined;
  const back = groupBytes(tail);
  if (back === undefined || front.length + back.length > 14) return undefined;
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back];
}

interface Network {
  readonly base: readonly number[];
  readonly bits: number;
}

/** A network, or one address; undefined when the text is neither. */
function networkOf(text: string): Network | undefined {
  const [base = '', length, ...more] = text.split('/');
  const bytes = addressBytes(base);
  if (bytes === undefined || more.length > 0) return undefined;
  if (length !== undefined && !/^[0-9]{1,3}$/.test(length)) return undefined;
  const bits = length === undefined ? 128 : Number(length) + (base.includes(':') ? 0 : 96);
  return bits > 128 ? undefined : { base: bytes, bits };
}

function contains({ base, bits }: Network, bytes: readonly number[]): boolean {
  return base.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8));
    const mask = 256 - 2 ** (8 - left);
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}

const networksOf = (texts: readonly string[]): readonly Network[] => texts.flatMap((text) => networkOf(text) ?? []);

const [AMAZON, NEVER, PRIVATE] = [networksOf(AMAZON_SERVERS), networksOf(NEVER_OURS), networksOf(PRIVATE_NETWORKS)];

const inAny = (bytes: readonly number[], networks: readonly Network[]): boolean =>
  networks.some((network) => contains(network, bytes));

/** Whether an address lies in one of these networks; texts that are no networks count for nothing. */
export function isIn(address: string, networks: readonly string[]): boolean {
  const bytes = addressBytes(address);
  return bytes !== undefined && inAny(bytes, networksOf(networks));
}

/** Whether a target of this name at this address can be ours: private, Amazon's own, or named by the configuration. */
export function isOurs(name: string, address: string, known: readonly string[]): boolean {
  const bytes = addressBytes(address);
  if (bytes === undefined) return false;
  if (inAny(bytes, AMAZON)) return true;
  if (inAny(bytes, NEVER)) return false;
  return known.includes(name) || inAny(bytes, PRIVATE) || inAny(bytes, networksOf(known));
}

/** Whether the address is one of Amazon's own activation servers. */
export const isAmazonServer = (address: string): boolean => isIn(address, AMAZON_SERVERS);
