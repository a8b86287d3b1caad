/**
 * The text of a slash command, made readable.
 *
 * Between a keyboard and a program stand autocorrection (smart quotes, long dashes), input methods (full-width
 * characters), copies out of documents (invisible characters) and Slack's own encoding (`&amp;`, `<@U…|name>`, links).
 */
import { type SecretKind, secretIn } from '../../domain/secret-in.ts';

/** Characters that show nothing. */
const INVISIBLE = /(?![\t\r\n])\p{Cc}|[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

/** Text without characters that show nothing and without broken surrogates. */
export const visible = (text: string): string => text.replace(INVISIBLE, '').replace(/\p{Surrogate}/gu, '\uFFFD');

/**
 * One character as a keyboard without autocorrection would have typed it. A long dash is two: clients replace `--`,
 * which internationalised names (`xn--…`) hold.
 */
export function fold(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xff01 && point <= 0xff5e) return fold(String.fromCodePoint(point - 0xfee0));
  if (point === 0x2014 || point === 0x2015) return '--';
  if ((point >= 0x2010 && point <= 0x2013) || point === 0x2212 || point === 0xfe63) return '-';
  if (/[“”„‟″«»「」『』]/u.test(character)) return '"';
  if (/[‘’‚‛′]/u.test(character)) return "'";
  if (/[、，،]/u.test(character)) return ',';
  return /\s/u.test(character) ? ' ' : character;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** Undoes Slack's escaping of the three characters of its markup. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** Links, people and channels as Slack encodes them: what is shown of them, or all there is. */
const ENCODED = /<[@#!]?(?:[^<>|]*\|)?([^<>]*)>/gu;
/** Emphasis and quotes, which people and Slack put about a part of what they type. */
const ORNAMENT = /[*_~`"'“”‘’«»「」『』]/gu;

/**
 * What a text must not be repeated for: something in it looks like a key, an Installation or Confirmation ID or a token,
 * as it was typed or as it is shown.
 */
export const secretInTyped = (text: string): SecretKind | undefined => {
  const typed = decodeEntities(text);
  return secretIn(typed) ?? secretIn(decodeEntities(text.replace(ENCODED, '$1')).replace(ORNAMENT, ''));
};

const FOR_PHONE = /^\s*(?:\/?KMS\s+)*PHONE(?!\S)/u;

/** Whether the text is a `phone` command, whatever stands behind it. */
export const isForPhone = (text: string): boolean =>
  FOR_PHONE.test([...visible(text)].map(fold).join('').toUpperCase());
