/** Condition operators: does one value of the request satisfy one value of the policy? */
import { BlockList, isIP } from 'node:net';
import { matchesArn, matchesWildcard } from './wildcard.ts';

/** A condition operator without its prefix and suffix. */
export interface Operator {
  readonly matches: (requestValue: string, policyValue: string) => boolean;
  /** A negated operator holds when no value of the policy matches, and for a key that is absent. */
  readonly negated: boolean;
}

type Matches = Operator['matches'];

const same: Matches = (value, wanted) => value === wanted;
const sameIgnoringCase: Matches = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const like: Matches = (value, pattern) => matchesWildcard(pattern, value);
const arnLike: Matches = (value, pattern) => matchesArn(pattern, value);

/** By name, both forms of each where there is a negation. Source: IAM User Guide, condition operators. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...both('StringEquals', 'StringNotEquals', same),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', sameIgnoringCase),
  ...both('StringLike', 'StringNotLike', like),
  // IAM lets both ARN operators use wildcards: they behave alike.
  ...both('ArnEquals', 'ArnNotEquals', arnLike),
  ...both('ArnLike', 'ArnNotLike', arnLike),
  ...both('IpAddress', 'NotIpAddress', inNetwork),
  ...both(
    'NumericEquals',
    'NumericNotEquals',
    compared(parseNumber, (a, b) => a === b),
  ),
  ...orderings('Numeric', parseNumber),
  ...both(
    'DateEquals',
    'DateNotEquals',
    compared(parseDate, (a, b) => a === b),
  ),
  ...orderings('Date', parseDate),
  ['Bool', { matches: sameIgnoringCase, negated: false }] as const,
]);

function both(name: string, negation: string, matches: Matches): readonly (readonly [string, Operator])[] {
  return [
    [name, { matches, negated: false }],
    [negation, { matches, negated: true }],
  ];
}

function orderings(prefix: string, parse: (text: string) => number): readonly (readonly [string, Operator])[] {
  const ordering = (name: string, holds: (a: number, b: number) => boolean) =>
    [`${prefix}${name}`, { matches: compared(parse, holds), negated: false }] as const;
  return [
    ordering('LessThan', (a, b) => a < b),
    ordering('LessThanEquals', (a, b) => a <= b),
    ordering('GreaterThan', (a, b) => a > b),
    ordering('GreaterThanEquals', (a, b) => a >= b),
  ];
}

/** What cannot be parsed matches nothing: every comparison with NaN is false. */
function compared(parse: (text: string) => number, holds: (a: number, b: number) => boolean): Matches {
  return (value, wanted) => holds(parse(value), parse(wanted));
}

function parseNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** ISO 8601, or seconds since 1970. */
function parseDate(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function inNetwork(address: string, network: string): boolean {
  const [base = '', prefix] = network.split('/');
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
  if (isIP(base) === 0 || isIP(address) === 0 || !Number.isInteger(bits)) return false;
  const list = new BlockList();
  list.addSubnet(base, bits, family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
