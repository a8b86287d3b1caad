/** Small pieces that the catalogues of both languages put their sentences together from. */
import type { UnreadableOutput } from '../../domain/check-report.ts';
import { channelOf } from '../../domain/licence.ts';

/** The port that goes without saying. */
const KMS_PORT = 1688;

/** Names that a sentence has room for. */
const NAMED = 3;

/** What a table says for a word that may be in none; undefined where it is not. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** What a table says for a word, or the word itself. */
export const inTable = (table: Readonly<Record<string, string>>, word: string): string => entryOf(table, word) ?? word;

/** A host, with its port where that is not the usual one. */
export const hostAndPort = ({ name, port }: { readonly name: string; readonly port?: number }): string =>
  port === undefined || port === KMS_PORT || port === 0 ? name : `${name}:${port}`;

export const isMany = (items: readonly string[]): boolean => items.length > 1;

/** The first few, an ellipsis for the rest. */
export const named = (items: readonly string[], separator: string): string =>
  items.slice(0, NAMED).join(separator) + (items.length > NAMED ? ' …' : '');

/** Seconds as whole days where they are two or more, else as hours and minutes, a minute at least. */
export function spanOf(seconds: number): { readonly days: number; readonly hours: number; readonly minutes: number } {
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  const days = Math.floor(minutes / 1440);
  return { days: days < 2 ? 0 : days, hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** The kind of key a word stands for: one of the kinds already, or the channel token of a licence. */
export const channelIn = (word: string): string =>
  /^[a-z-]+$/.test(word) || word === '' ? word || 'none' : channelOf(word);

/** Seconds written as digits; a minute where they are not. */
export const secondsIn = (digits: string): number => {
  const seconds = Number(digits);
  return Number.isFinite(seconds) && digits !== '' ? seconds : 60;
};

/**
 * Who pays for Windows, by EC2 `UsageOperation` or billing product (EC2, "AMI billing information"), or said outright.
 * No product billed means that the licence is brought; undefined for a word that is none of these.
 */
export function licenceModelOf(word: string): 'licence-included' | 'byol' | undefined {
  if (word === '' || word === 'byol' || /^RunInstances:08\d\d$/.test(word)) return 'byol';
  return word === 'licence-included' || /^(?:RunInstances:(?:0002|0006|0102|0202)|bp-\w+)$/.test(word)
    ? 'licence-included'
    : undefined;
}

const UNREADABLE: Readonly<Record<UnreadableOutput['kind'] | 'unsaid', true>> = {
  empty: true,
  truncated: true,
  'not-ours': true,
  garbled: true,
  'newer-version': true,
  unsaid: true,
};

/** Whether something came that is no answer, or nothing. */
export const answerKind = (why: string): 'unreadable' | 'no-answer' =>
  Object.hasOwn(UNREADABLE, why) ? 'unreadable' : 'no-answer';

/** Whether DNS said that there is none, rather than nothing or an error. */
export const isNo = (error: string): boolean => error === '' || error === 'nxdomain' || error === 'nodata';

/** Whether a clock agrees as far as people read clocks. */
export const isRight = (seconds: string): boolean => Math.abs(secondsIn(seconds)) < 60;
