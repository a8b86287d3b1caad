/** Facts on their way into a catalogue: every text in them made safe, every result code made its meaning. */
import type { Hresult } from '../domain/hresult.ts';
import { type Safe, words } from './mrkdwn.ts';

/**
 * The same shape with every open text, and every result code, as {@link Safe}. Words of a closed list stay what they
 * are, so that a catalogue can tell them apart.
 */
export type Escaped<T> = T extends string
  ? string extends T
    ? Safe
    : T extends Hresult
      ? Safe
      : T
  : T extends readonly (infer E)[]
    ? readonly Escaped<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Escaped<T[K]> }
      : T;

/** What a code means, with the code behind it. */
export type CodeMeaning = (code: Hresult) => string;

/** Longest name that a sentence has room for. */
const NAME = 80;

/** A result code as parsing leaves it. */
const CODE = /^0x[0-9A-F]{8}$/;
const isCode = (text: string): text is Hresult => CODE.test(text);

/** One text: a code becomes its meaning with the code behind it, so that it never stands alone. */
export const escapedText = (text: string, meaning: CodeMeaning, limit = NAME): Safe =>
  (isCode(text) ? meaning(text) : words(text, limit)) as Safe;

/** Makes every text of a plain value safe. */
export function escaped<T>(value: T, meaning: CodeMeaning): Escaped<T> {
  if (typeof value === 'string') return escapedText(value, meaning) as Escaped<T>;
  if (Array.isArray(value)) return value.map((each) => escaped(each, meaning)) as Escaped<T>;
  if (typeof value !== 'object' || value === null) return value as Escaped<T>;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each, meaning)])) as Escaped<T>;
}
