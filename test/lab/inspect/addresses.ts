/** Which addresses a probe may touch. IPv4 is carried as IPv4-mapped IPv6, sixteen bytes. */
import { isIPv6 } from 'node:net';

const AMAZON = ['169.254.169.250', '169.254.169.251', 'fd00:ec2::250'];
const NEVER = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/127', 'fe80::/10', 'ff00::/8'];
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

const ipv4Bytes = (address: string): number[] | undefined => {
  if (!/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(address)) return undefined;
  const parts = address.split('.');
  return parts.some((part) => Number(part) > 255 || /^0[0-9]/.test(part)) ? undefined : parts.map(Number);
};

const groups = (part: string): number[] =>
  part
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => {
      const v4 = group.includes('.') ? group.split('.').map(Number) : undefined;
      if (v4 !== undefined) return v4;
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 255];
    });

/** Sixteen bytes of an address in lower case; undefined when the text is none. */
export const addressBytes = (address: string): number[] | undefined => {
  const v4 = ipv4Bytes(address);
  if (v4 !== undefined) return [...Array<number>(10).fill(0), 255, 255, ...v4];
  if (!/^[0-9a-f:.]{2,45}$/.test(address) || !isIPv6(address)) return undefined;
  const [head = '', tail] = address.split('::');
  const front = groups(head);
  if (tail === undefined) return front;
  const back = groups(tail);
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back];
};

const inNetwork = (bytes: readonly number[], network: string): boolean => {
  const [base = '', length, ...more] = network.split('/');
  const baseBytes = addressBytes(base);
  if (baseBytes === undefined || more.length > 0) return false;
  if (length !== undefined && !/^[0-9]{1,3}$/.test(length)) return false;
  const bits = length === undefined ? 128 : Number(length) + (base.includes(':') ? 0 : 96);
  if (bits > 128) return false;
  return baseBytes.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8));
    const mask = 256 - 2 ** (8 - left);
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
};

const inAny = (bytes: readonly number[], networks: readonly string[]): boolean =>
  networks.some((network) => inNetwork(bytes, network));

/** Whether a target of this name at this address can be ours: private, Amazon's own, or named by the configuration. */
export const isOurs = (name: string, address: string, known: readonly string[]): boolean => {
  const bytes = addressBytes(address);
  if (bytes === undefined) return false;
  if (inAny(bytes, AMAZON)) return true;
  if (inAny(bytes, NEVER)) return false;
  return known.includes(name) || inAny(bytes, PRIVATE) || inAny(bytes, known);
};
