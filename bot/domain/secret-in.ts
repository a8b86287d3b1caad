/**
 * What is a secret when it stands in a text of a machine, of a person or of a service: a product key, an Installation or
 * Confirmation ID, a token. Whatever is between the groups, a whole one is found; names and ids in a row are none.
 */
import { holdsActivationId } from './activation-id-in.ts';

/** What a text holds that nobody may keep or show. */
export type SecretKind = 'product-key' | 'activation-id' | 'token';

/** Shorter than any of them. */
const SHORTEST = 12;

/** The kind of the first secret that a text holds; undefined where it holds none. */
export const secretIn = (text: string): SecretKind | undefined => {
  if (text.length < SHORTEST) return undefined;
  const read = readable(text);
  if (holdsActivationId(read)) return 'activation-id';
  if (holdsKey(read)) return 'product-key';
  return TOKENS.some((pattern) => pattern.test(read)) ? 'token' : undefined;
};

/** Format characters show nothing: they hide between groups. */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;
/** Whatever keyboards, input methods and documents put for a hyphen. */
const DASH = /[\p{Pd}\u2043\u2212\u30fc\uff70]/gu;
/** Nothing in it could be written in another way. */
const PLAIN = /^[\x20-\x7e]*$/;

/** As a keyboard without autocorrection and without full-width characters would have given it, in upper case. */
const readable = (text: string): string =>
  (PLAIN.test(text) ? text : text.replace(HIDDEN, '').normalize('NFKC').replace(DASH, '-')).toUpperCase();

/** Five groups of five joined by dashes, whatever they hold; quotes, blanks and emphasis may stand about the dashes. */
const DASHED_KEY = /[A-Z0-9]{5}(?:[^\p{L}\p{N}]{0,4}-[^\p{L}\p{N}]{0,4}[A-Z0-9]{5}){4}/gu;

/** The same without dashes: only letters and digits that product keys use. */
const BARE_KEY =
  /(?<![A-Z0-9])[BCDFGHJKMNPQRTVWXY2346789]{5}(?:[^\p{L}\p{N}]{0,6}[BCDFGHJKMNPQRTVWXY2346789]{5}){4}(?![A-Z0-9])/gu;

const holdsKey = (read: string): boolean =>
  [DASHED_KEY, BARE_KEY].some((pattern) => [...read.matchAll(pattern)].some(([found]) => !isRowOfNames(found)));

/** Machines that are numbered begin alike and differ (`vm222 vm223 …`), as groups of a key by chance do not. */
const isRowOfNames = (found: string): boolean => {
  const groups = found.match(/[A-Z0-9]{5}/g) ?? [];
  const [first = ''] = groups;
  return new Set(groups).size === groups.length && groups.every((group) => group.startsWith(first.slice(0, 2)));
};

/** Tokens of Slack and its URLs that answer without one, keys and session tokens of AWS, signed tokens. */
const TOKENS: readonly RegExp[] = [
  /XOX[A-Z]?-[\w.-]{3,}|XAPP-[\w.-]{3,}/,
  /HTTPS?:\/\/[^\s/]{1,100}(?:\/[^\s/]{1,40}){0,2}\/(?:(?:COMMANDS|ACTIONS|SERVICES|WORKFLOWS|TRIGGERS)\/T\w+\/|RESPONSE\/)\w/,
  /(?<![A-Z0-9])A[KS]IA[A-Z2-7]{16}(?![A-Z0-9])/,
  /(?:IQOJB3JPZ2LU|FWOGZXIVYXDZE)[\w+/=]{40,}/,
  /(?<![\w-])EYJ[\w-]{8,}\.EYJ[\w-]{8,}\.[\w-]{8,}/,
];
