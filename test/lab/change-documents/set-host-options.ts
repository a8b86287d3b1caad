/** What `KmsBot-SetHost` is told, as lists of values. */
import { BadOptions, shownText, whole } from './change-document.ts';
import type { Setting } from './host-setters.ts';
import { meaningOfLines, withoutPublic } from './host-state.ts';

type Json = Readonly<Record<string, unknown>>;
type Read = (value: unknown, sets: boolean) => readonly string[];

/** What was asked; `to` and `expected` are empty for a restart. */
export interface HostOptions {
  readonly set: Setting;
  readonly to: readonly string[];
  readonly expected: readonly string[];
}

/** Windows allows intervals of these minutes; what somebody wrote into the registry is compared all the same. */
const LEAST_MINUTES = 15;
const MOST_MINUTES = 43_200;
const MOST_NUMBER = 0xffffffff;

/** What the registry can hold in one line of a list. */
const isLine = (value: unknown): value is string => typeof value === 'string' && /^[^\0\r\n]{1,255}$/.test(value);

/** `-` where there is none. */
const lines: Read = (value, sets) => {
  if (value === null) return ['-'];
  if (!Array.isArray(value)) throw new BadOptions();
  return meaningOfLines([
    '=',
    ...value.map((line: unknown) => {
      if (sets && !isLine(line)) throw new BadOptions();
      return shownText(line);
    }),
  ]);
};

const pair: Read = (value, sets) => {
  if (!Array.isArray(value) || value.length !== 2) throw new BadOptions();
  const [least, most] = sets ? [LEAST_MINUTES, MOST_MINUTES] : [0, MOST_NUMBER];
  return value.map((minutes: unknown) => String(whole(minutes, least, most)));
};

/** The public profile is never opened. */
const letters: Read = (value, sets) => {
  if (typeof value !== 'string' || !(sets ? /^d?p?$/ : /^d?p?u?$/).test(value)) throw new BadOptions();
  return [withoutPublic(value)];
};

const flag: Read = (value) => [String(whole(value, 0, 1))];

const READS: Readonly<Record<Exclude<Setting, 'restart'>, Read>> = {
  publish: flag,
  priority: flag,
  port: (value) => [String(whole(value, 1, 65_535))],
  intervals: pair,
  domains: lines,
  firewall: letters,
};

/** @throws BadOptions */
export const readHostOptions = (options: Json): HostOptions => {
  const { set } = options;
  if (set === 'restart') return { set, to: [], expected: [] };
  const known = (Object.keys(READS) as (keyof typeof READS)[]).find((each) => each === set);
  if (known === undefined || !('to' in options) || !('expect' in options)) throw new BadOptions();
  return { set: known, to: READS[known](options.to, true), expected: READS[known](options.expect, false) };
};
