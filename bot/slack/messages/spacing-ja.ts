/** Half a space stands between Latin words and Japanese, and none between Japanese words. */
import { type Safe, said } from '../mrkdwn.ts';

/** The text with half a space behind it when it ends in Latin; a word joiner that escaping left there does not count. */
export const spaceBehind = (text: string): string => (/[!-~]\u2060?$/.test(text) ? `${text} ` : text);

/** The text with half a space before it when it begins in Latin. */
export const spaceBefore = (text: string): string => (/^[!-~]/.test(text) ? ` ${text}` : text);

/** A sentence of ours with safe pieces, and half a space wherever Latin meets Japanese at their seams. */
export function saidJa(literals: readonly string[], ...pieces: readonly Safe[]): Safe {
  const chunks = literals.flatMap((literal, at) => [literal, pieces[at] ?? '']).filter((chunk) => chunk !== '');
  return said([chunks.reduce((text, chunk) => text + (meet(text, chunk) ? ' ' : '') + chunk, '')]);
}

const JAPANESE = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー';
const ENDS_LATIN = /[!-~]\u2060?$/u;
const STARTS_LATIN = /^[!-~]/u;
const ENDS_JAPANESE = new RegExp(`[${JAPANESE}]$`, 'u');
const STARTS_JAPANESE = new RegExp(`^[${JAPANESE}]`, 'u');

const meet = (left: string, right: string): boolean =>
  (ENDS_LATIN.test(left) && STARTS_JAPANESE.test(right)) || (ENDS_JAPANESE.test(left) && STARTS_LATIN.test(right));
