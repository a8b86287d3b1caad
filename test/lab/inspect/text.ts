/** Texts and numbers as the document normalises them. Only ASCII is folded: cultures disagree about the rest. */
import type { CimValue } from '../world/surface.ts';

type Value = CimValue | undefined;

/** The value as text; empty for none. */
export const text = (value: Value): string => (value === null || value === undefined ? '' : String(value));

/** Lower case of ASCII letters alone. */
export const lower = (value: Value): string => text(value).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Without blanks, tabs and line ends on either side. */
export const trimmed = (value: Value): string => text(value).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** A DNS name as the record carries it: lower case, no dot on either side. */
export const hostName = (value: Value): string => lower(value).replace(/^[ \t\r\n.]+|[ \t\r\n.]+$/g, '');

/** Unsigned number; 0 for none and for a text that is no number. */
export const number = (value: Value): number => {
  if (value === null || value === undefined || typeof value === 'object') return 0;
  if (typeof value === 'string') return /^[0-9]{1,15}$/.test(value) ? Number(value) : 0;
  const whole = Number(value);
  return whole < 0 ? whole + 2 ** 32 : whole;
};

/** Eight upper-case hexadecimal digits of `0x…`; undefined when it is none. */
export const hex = (value: string | undefined): string | undefined =>
  /^(?:hr=)?0x([0-9A-Fa-f]{1,8})$/.exec(trimmed(value))?.[1]?.toUpperCase().padStart(8, '0');

/** Eight upper-case hexadecimal digits of a number. */
export const hexOf = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');

/** Lower-case GUID; empty when it is none. */
export const guid = (value: Value): string => {
  const folded = lower(value);
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(folded) ? folded : '';
};

/** The texts of a value that may be a list, one text or nothing. */
export const items = (value: Value): string[] =>
  (Array.isArray(value) ? value : [value]).map((item) => text(item)).filter((item) => item !== '');

/** Whether a name may be asked of a resolver: anything else is never sent. */
export const isDnsName = (name: string): boolean =>
  name.length >= 1 &&
  name.length <= 253 &&
  /^[a-z0-9._\u0080-\uffff-]+$/.test(name) &&
  name.split('.').every((label) => label.length >= 1 && label.length <= 63);

/** Keeps the first of equals. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Sorted by a text's UTF-16 units, as `CompareOrdinal` does; equals keep their order. */
export const ordered = <T>(values: readonly T[], key: (value: T) => string): T[] =>
  values
    .map((value) => ({ value, key: key(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
