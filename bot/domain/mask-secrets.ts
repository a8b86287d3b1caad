/** Texts of machines, people and services without the secrets that may stand in them. */
import { secretIn } from './secret-in.ts';

/** In place of a secret. */
const MASK = '•••••';

const DASHES = '[-\\u2010-\\u2015\\u2212\\ufe63\\uff0d]';

/** Five groups of five, as product keys are written; loose at its ends on purpose. The last group tells it from others. */
const FIVE_BY_FIVE = new RegExp(`[A-Z0-9]{5}(?:${DASHES}[A-Z0-9]{5}){3}${DASHES}([A-Z0-9]{5})`, 'giu');
/** An Installation or Confirmation ID, in groups or not. */
const ACTIVATION_ID = /(?:\d[\s,._:/-]{0,4}){44,}\d/g;
const TOKEN = /xox[a-z]?-[\w.-]+|xapp-[\w.-]+/gi;
const RESPONSE_URL =
  /https?:\/\/[^\s/"']{1,100}(?:\/[^\s/"']{1,40}){0,2}\/(?:commands|actions|response|services|workflows|triggers)\/[^\s"']*/gi;

/**
 * Masks what is secret and leaves the words around it, where the secret is written as usual; a text that hides one in
 * another way is masked whole. A text without any comes back as it is.
 */
export const maskSecrets = (text: string): string => {
  if (secretIn(text) === undefined) return text;
  const masked = text
    .replace(FIVE_BY_FIVE, `${MASK}-$1`)
    .replace(ACTIVATION_ID, MASK)
    .replace(TOKEN, MASK)
    .replace(RESPONSE_URL, MASK);
  return secretIn(masked) === undefined ? masked : MASK;
};

/** A number with more digits than any that means something: it would spell out what it was made from. */
const isDigits = (value: number): boolean => Math.abs(value) > Number.MAX_SAFE_INTEGER;

/**
 * The same value with every text in it masked, names of fields too, and `null` for numbers that are nothing but a row of
 * digits. Where nothing is masked it is the value that was given.
 */
export const withoutSecretsIn = (value: unknown): unknown => {
  if (typeof value === 'string') return maskSecrets(value);
  if (typeof value === 'number') return isDigits(value) ? null : value;
  if (Array.isArray(value)) return unlessSame(value, spellsSecret(value) ? [MASK] : value.map(withoutSecretsIn));
  if (typeof value !== 'object' || value === null) return value;
  return maskedFields(value as Readonly<Record<string, unknown>>);
};

/** Whether texts of a list are the groups of one secret. */
const spellsSecret = (list: readonly unknown[]): boolean =>
  list.length >= FEWEST_GROUPS &&
  list.every((each) => typeof each === 'string') &&
  secretIn(list.join(' ')) !== undefined;

/** A product key has five. */
const FEWEST_GROUPS = 5;

const unlessSame = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.length === before.length && after.every((each, at) => each === before[at]) ? before : after;

const maskedFields = (value: Readonly<Record<string, unknown>>): unknown => {
  const before = Object.entries(value);
  const after = before.map(([name, each]) => [maskSecrets(name), withoutSecretsIn(each)] as const);
  const isSame = after.every(([name, each], at) => name === before[at]?.[0] && each === before[at]?.[1]);
  return isSame ? value : Object.fromEntries(after);
};
