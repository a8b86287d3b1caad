/**
 * A Confirmation ID as people type it: eight groups of six digits.
 *
 * How its check digits are made is not published: only Windows can tell a wrong one from a right one.
 */
import { CONFIRMATION_GROUPS, GROUP_DIGITS } from '../change/phone.ts';

/** What is wrong with a group, by its place from 0. Never the digits themselves. */
export interface GroupProblem {
  readonly group: number;
  readonly why: 'empty' | 'not-digits' | 'too-short' | 'too-long';
}

export type ConfirmationReading =
  | { readonly ok: true; readonly digits: string }
  /** At least one. */
  | { readonly ok: false; readonly problems: readonly GroupProblem[] };

const ALL_DIGITS = CONFIRMATION_GROUPS * GROUP_DIGITS;

/** Blanks of every width, and what stands for a hyphen: people and telephones put them between groups. */
const SEPARATORS = /[\s\p{Zs}\p{Pd}\u2212\u30fc\uff70\u200b-\u200d\ufeff]/gu;

/** Digits of full width become plain ones, as a Japanese keyboard gives them. */
const plain = (typed: string): string =>
  typed
    .replace(SEPARATORS, '')
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30));

/** Reads the eight fields. The first may hold all of it; the others are empty then. */
export const readConfirmationId = (fields: readonly string[]): ConfirmationReading => {
  const groups = Array.from({ length: CONFIRMATION_GROUPS }, (_, at) => plain(fields[at] ?? ''));
  const [first = '', ...others] = groups;
  const isWhole = first.length === ALL_DIGITS && others.every((group) => group === '');
  const problems = isWhole
    ? problemOf(first, 0, ALL_DIGITS)
    : groups.flatMap((group, at) => problemOf(group, at, GROUP_DIGITS));
  return problems.length === 0 ? { ok: true, digits: groups.join('') } : { ok: false, problems };
};

const problemOf = (group: string, at: number, length: number): readonly GroupProblem[] => {
  if (group === '') return [{ group: at, why: 'empty' }];
  if (!/^[0-9]+$/.test(group)) return [{ group: at, why: 'not-digits' }];
  if (group.length === length) return [];
  return [{ group: at, why: group.length < length ? 'too-short' : 'too-long' }];
};
