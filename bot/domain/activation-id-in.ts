/**
 * Installation and Confirmation IDs in a text: 54 or 63 digits, and 48, read out and typed in groups of any size with
 * anything between them.
 */

/** Fewer digits than in any of them: one that lost a few on the way counts as well. */
const FEWEST_DIGITS = 45;
/** What stands between two groups: blanks, hyphens, brackets, at most this much. */
const LONGEST_GAP = 6;

/** Groups are lettered on the screen, and by whoever reads them out. */
const GROUP_LETTER = /(?<![\p{L}\d])[A-I](?![\p{L}\d])/gu;

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|\\d{1,2})';

/** Digits in a row that are something else: ids of machines, GUIDs, SHA-256, addresses. A letter in their place ends a row. */
const OTHER_DIGITS: readonly RegExp[] = [
  /(?<![\p{L}\d])M?I-(?:[0-9A-F]{17}|[0-9A-F]{8})(?![\p{L}\d])/gu,
  /(?<![\p{L}\d-])[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}(?![\p{L}\d-])/gu,
  /(?<![\p{L}\d])[0-9A-F]{64}(?![\p{L}\d])/gu,
  new RegExp(`(?<!\\d|\\d\\.)${OCTET}(?:\\.${OCTET}){3}(?!\\d|\\.\\d)`, 'gu'),
];

/** Whether a text, in upper case and with plain digits and hyphens, holds one. */
export const holdsActivationId = (read: string): boolean => {
  if (read.length < FEWEST_DIGITS) return false;
  const bare = OTHER_DIGITS.reduce((text, other) => text.replace(other, 'X'), read).replace(GROUP_LETTER, ' ');
  return rowsOf(bare).some(isLong) || holdsCountedGroups(bare);
};

/** Groups of digits with no letter between them, and little else. */
const rowsOf = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { 0: group, index } of text.matchAll(/\d+/g)) {
    const follows = index - end <= LONGEST_GAP && !/\p{L}/u.test(text.slice(end, index));
    if (follows) rows.at(-1)?.push(group);
    else rows.push([group]);
    end = index + group.length;
  }
  return rows;
};

const isLong = (row: readonly string[]): boolean =>
  row.reduce((digits, group) => digits + group.length, 0) >= FEWEST_DIGITS && !isRowOfNumbers(row);

/** Six or seven digits are what the telephone asks for: such groups are never taken for names. */
const LONGEST_NAME = 5;

/** Machines that are called by numbers, each another one, in one range: `1001 1002 1003 …`. */
const isRowOfNumbers = (row: readonly string[]): boolean => {
  const [first = ''] = row;
  const isName = (group: string) =>
    group.length === first.length && group.length <= LONGEST_NAME && group.startsWith(first.slice(0, 2));
  return first.length > 2 && new Set(row).size === row.length && row.every(isName);
};

/** Groups of six or seven by themselves, with a word between: `Group 1: … Group 2: …`. */
const FEWEST_GROUPS = 8;
const LONGEST_WORDS = 16;

const holdsCountedGroups = (text: string): boolean => {
  let count = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { 0: group, index } of text.matchAll(/(?<![\p{L}\d-])\d{6,7}(?![\p{L}\d-])/gu)) {
    count = index - end <= LONGEST_WORDS ? count + 1 : 1;
    if (count >= FEWEST_GROUPS) return true;
    end = index + group.length;
  }
  return false;
};
