/** Reading single values: hosts, domains, numbers, times. */
import { STORED_KEY_PREFIX } from '../../domain/keys/stored-key.ts';
import {
  bad,
  good,
  type HostAddress,
  missing,
  type Operand,
  type Parsed,
  type Since,
  type Weekday,
} from './command.ts';
import type { Word } from './words.ts';

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A DNS name without trailing dot, lower-case; internationalised names in their ASCII form only. */
export function parseDomain(word: Word | undefined, what: Operand): Parsed<string> {
  if (word === undefined) return missing(what);
  const name = word.text.toLowerCase().replace(/\.$/, '');
  const wellFormed = name.length <= 253 && name.split('.').every((label) => LABEL.test(label));
  return wellFormed && !isIpv4Shaped(name) ? good(name) : bad(what, word.text);
}

/** `kms1.corp.example`, `KMS1`, `10.0.0.4`, `[fd00::4]`, each with or without `:port`. */
export function parseHost(word: Word | undefined): Parsed<HostAddress> {
  if (word === undefined) return missing('host');
  const refused = bad('host', word.text);
  const [, bracketed, plain, portText] = /^(?:\[([^\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(word.text) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535)) return bad('port', word.text);
  const host = (bracketed ?? plain ?? '').toLowerCase().replace(/\.$/, '');
  const kind = bracketed === undefined ? hostKind(host) : isIpv6(host) ? 'ipv6' : undefined;
  if (kind === undefined) return refused;
  return good({ kind, host, ...(port === undefined ? {} : { port }) });
}

function hostKind(host: string): HostAddress['kind'] | undefined {
  if (isIpv4Shaped(host)) return isIpv4(host) ? 'ipv4' : undefined;
  if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) return undefined;
  if (host.includes('.')) return 'fqdn';
  return host.length <= 15 ? 'netbios' : undefined;
}

const isIpv4Shaped = (host: string): boolean => /^[\d.]+$/.test(host);

const isIpv4 = (host: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) &&
  host.split('.').every((part) => String(Number(part)) === part && Number(part) <= 255);

/** Eight groups, one run of them left out at most, an IPv4 tail allowed. */
function isIpv6(host: string): boolean {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host);
  if (tail !== null) return isIpv4(tail[2] ?? '') && isIpv6(`${tail[1]}0:0`);
  const halves = host.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

/** The host as it would be typed. */
export const formatHost = ({ kind, host, port }: HostAddress): string =>
  `${kind === 'ipv6' ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;

/** A whole number from `from` to `to`. */
export function parseNumber(word: Word | undefined, what: Operand, from: number, to: number): Parsed<number> {
  if (word === undefined) return missing(what);
  const value = /^\d{1,9}$/.test(word.text) ? Number(word.text) : Number.NaN;
  return value >= from && value <= to ? good(value) : bad(what, word.text);
}

/** One of a few fixed words, in any case. */
export function parseChoice<T extends string>(word: Word | undefined, what: Operand, choices: readonly T[]): Parsed<T> {
  if (word === undefined) return missing(what);
  const choice = choices.find((candidate) => candidate === word.text.toLowerCase());
  return choice === undefined ? bad(what, word.text, choices) : good(choice);
}

const STORED_UNDER = new RegExp(`^/?${STORED_KEY_PREFIX}`);

/** The name of a stored secret, with or without what all of them begin with: what both stores accept. */
export function parseStoredKey(word: Word | undefined): Parsed<string> {
  if (word === undefined) return missing('stored-key');
  const name = word.text.replace(STORED_UNDER, '');
  return /^[A-Za-z0-9/_.+=@-]{1,128}$/.test(name) && !STORED_UNDER.test(name)
    ? good(name)
    : bad('stored-key', word.text);
}

/** An id that the bot gave out. */
export function parseReference(word: Word | undefined, what: Operand): Parsed<string> {
  if (word === undefined) return missing(what);
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(word.text) ? good(word.text) : bad(what, word.text);
}

/** `hh:mm` on a 24-hour clock, as minutes after midnight. */
export function parseTimeOfDay(word: Word | undefined): Parsed<number> {
  if (word === undefined) return missing('time-of-day');
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(word.text) ?? [];
  if (hours === undefined || minutes === undefined) return bad('time-of-day', word.text);
  return good(Number(hours) * 60 + Number(minutes));
}

const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A day's English name or at least three letters of it, or its Japanese one. */
export function parseWeekday(word: Word | undefined): Parsed<Weekday> {
  if (word === undefined) return missing('weekday');
  const lower = word.text.toLowerCase();
  const japanese = '月火水木金土日'.indexOf(lower.replace(/曜日?$/, ''));
  const index = lower.length >= 3 ? WEEKDAYS.findIndex((day) => day.startsWith(lower)) : -1;
  const day = WEEKDAYS[index >= 0 ? index : lower === '' ? -1 : japanese];
  return day === undefined ? bad('weekday', word.text, WEEKDAYS) : good(day);
}

const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440, w: 10_080 };

/** Longest duration understood: a year. */
const YEAR_MINUTES = 366 * 1_440;

/** `30m`, `4h`, `2d`, `1w`, as minutes. */
export function parseDuration(word: Word | undefined, what: Operand = 'duration'): Parsed<number> {
  if (word === undefined) return missing(what);
  const [, count, unit] = /^(\d{1,6})(m|h|d|w)[a-z]*$/i.exec(word.text) ?? [];
  const minutes = Number(count) * (UNIT_MINUTES[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  return minutes >= 1 && minutes <= YEAR_MINUTES ? good(minutes) : bad(what, word.text);
}

/** A calendar day (`2026-11-01`) or a duration back (`7d`). */
export function parseSince(word: Word): Parsed<Since> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(word.text)) {
    const day = new Date(`${word.text}T00:00:00Z`);
    const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(word.text);
    return exists ? good({ kind: 'day', isoDay: word.text }) : bad('since', word.text);
  }
  const minutes = parseDuration(word, 'since');
  return minutes.ok ? good({ kind: 'ago', minutes: minutes.value }) : minutes;
}
