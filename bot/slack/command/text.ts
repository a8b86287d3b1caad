/**
 * The text of a slash command, made readable.
 *
 * Between a keyboard and a program stand autocorrection (smart quotes, long dashes), input methods (full-width
 * characters), copies out of documents (invisible characters) and Slack's own encoding (`&amp;`, `<@U…|name>`, links).
 */

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

/** As {@link fold}, and with what a Japanese keyboard gives for a hyphen between digits and letters. */
const folded = (text: string): string =>
  [...decodeEntities(visible(text))]
    .map(fold)
    .join('')
    .replace(/[ーｰ﹘]/gu, '-')
    .toUpperCase();

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** Undoes Slack's escaping of the three characters of its markup. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** Five groups of five joined by dashes, whatever they hold. */
const DASHED_KEY = /[A-Z0-9]{5}(?:\s*-{1,2}\s*[A-Z0-9]{5}){4}/u;
/** The same without dashes: only letters and digits that product keys use. */
const BARE_KEY =
  /(?<![A-Z0-9])[BCDFGHJKMNPQRTVWXY2346789]{5}(?:[\s._:,/|-]*[BCDFGHJKMNPQRTVWXY2346789]{5}){4}(?![A-Z0-9])/u;
/** A Confirmation ID has 48 digits, an Installation ID 54 or 63; in groups, with whatever stands between them. */
const ACTIVATION_ID = /(?:\d[^\p{L}\d]{0,6}){45}/u;
/** Groups are lettered, on the screen and by whoever reads them out. */
const GROUP_LETTER = /(?<![\p{L}\d])[A-I](?![\p{L}\d])/gu;

/** What a text must not be repeated for: something in it looks like a key, or like an Installation or Confirmation ID. */
export function secretIn(text: string): 'product-key' | 'activation-id' | undefined {
  const upper = folded(text);
  if (ACTIVATION_ID.test(upper.replace(GROUP_LETTER, ' '))) return 'activation-id';
  return DASHED_KEY.test(upper) || BARE_KEY.test(upper) ? 'product-key' : undefined;
}

const FOR_PHONE = /^\s*(?:\/?KMS\s+)*PHONE(?!\S)/u;

/** Whether the text is a `phone` command, whatever stands behind it. */
export const isForPhone = (text: string): boolean => FOR_PHONE.test(folded(text));
