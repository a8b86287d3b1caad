/** Secrets that are made up by a seed, in the ways that people and machines write them. */
import { hexDigits, pick } from '../lab/random.ts';

type Next = () => number;

/** A secret: what it is, its plain form, and its groups as they are read out. */
export interface MadeUp {
  readonly what: 'product key' | 'Installation ID' | 'Confirmation ID' | 'token';
  readonly value: string;
  readonly groups: readonly string[];
}

const KEY_ALPHABET = 'BCDFGHJKMNPQRTVWXY2346789';

const several = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);
const from = (next: Next, alphabet: string, length: number): string =>
  several(length, () => pick(next, [...alphabet])).join('');

const grouped = (what: MadeUp['what'], groups: readonly string[]): MadeUp => ({
  what,
  value: groups.join('-'),
  groups,
});

const WORDS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const TOKENS: readonly ((next: Next) => string)[] = [
  (next) => `xoxb-${from(next, '0123456789', 12)}-${from(next, WORDS, 24)}`,
  (next) => `xapp-1-${from(next, WORDS, 11)}-${from(next, '0123456789', 13)}-${hexDigits(next, 32)}`,
  (next) =>
    `https://hooks.slack.com/actions/T${from(next, WORDS, 9)}/${from(next, '0123456789', 12)}/${from(next, WORDS, 24)}`,
  (next) => `AKIA${from(next, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
];

const MAKERS: readonly ((next: Next) => MadeUp)[] = [
  (next) =>
    grouped(
      'product key',
      several(5, () => from(next, KEY_ALPHABET, 5)),
    ),
  (next) => {
    const digits = pick(next, [6, 7]);
    return grouped(
      'Installation ID',
      several(9, () => from(next, '0123456789', digits)),
    );
  },
  (next) =>
    grouped(
      'Confirmation ID',
      several(8, () => from(next, '0123456789', 6)),
    ),
  (next) => {
    const value = pick(next, TOKENS)(next);
    return { what: 'token', value, groups: [value] };
  },
];

/** Any secret. */
export const madeUp = (next: Next): MadeUp => pick(next, MAKERS)(next);

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));

/** How groups are written: what stands between them, and how it is finished. */
const BETWEEN: readonly string[] = ['-', '-', '–', '−', '－', '', ' ', '  ', '\u3000', ' - ', '-\u200b', '\u2011'];
const FINISHES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text.toLowerCase(),
  wide,
];

/** The secret as somebody might write it; a token has one way only. */
export const written = (next: Next, { groups }: MadeUp): string =>
  groups.length === 1 ? (groups[0] ?? '') : pick(next, FINISHES)(groups.join(pick(next, BETWEEN)));

/** Whether a text holds it: in whatever case, width and grouping, whole or without its last group. */
export const holds = (text: string, secret: MadeUp): boolean => standsIn(searchable(text), secret);

/** As {@link holds}, of a text that was made searchable before. */
export const standsIn = (text: string, { value, groups }: MadeUp): boolean =>
  text.includes(searchable(value)) || (groups.length > 1 && text.includes(searchable(groups.slice(0, -1).join(''))));

/** Without anything that stands between groups, in one case and width; escapes of JSON are undone. */
export const searchable = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
    .normalize('NFKC')
    .replace(/\\[nrt]|[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
