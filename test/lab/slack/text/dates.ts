/** Renders Slack's date markup as a reader in a given place sees it. Slack, "Formatting text: date formatting". */
import { lookup } from '../lookup.ts';

/** Where and when somebody reads. */
export interface DateReader {
  /** IANA time zone. */
  readonly timeZone: string;
  /** BCP 47, e.g. `ja-JP`. */
  readonly locale: string;
  /** Now, ms since 1970. */
  readonly nowMs: number;
}

type Options = Intl.DateTimeFormatOptions;

const LONG: Options = { year: 'numeric', month: 'long', day: 'numeric' };
const FORMATS: Readonly<Record<string, Options>> = {
  date: LONG,
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { ...LONG, weekday: 'long' },
  date_long_full: { ...LONG, weekday: 'long' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/** A date tag's text: every `{token}` of the format replaced. The fallback stands in for a time that is none. */
export function formatSlackDate(
  tag: { readonly timestamp: number; readonly format: string; readonly fallback?: string },
  reader: DateReader,
): string {
  const atMs = tag.timestamp * 1_000;
  if (!Number.isFinite(atMs) || Number.isNaN(new Date(atMs).getTime())) return tag.fallback ?? '';
  return tag.format.replace(/\{(\w+)\}/g, (whole, token: string) => renderToken(token, atMs, reader) ?? whole);
}

function renderToken(token: string, atMs: number, reader: DateReader): string | undefined {
  if (token === 'date_num')
    return format({ year: 'numeric', month: '2-digit', day: '2-digit' }, atMs, { ...reader, locale: 'sv-SE' });
  if (token === 'ago') return ago(atMs, reader);
  const pretty = /^(date|date_short|date_long|day_divider)_pretty$/.exec(token)?.[1];
  if (pretty !== undefined)
    return dayWord(atMs, reader) ?? renderToken(pretty === 'day_divider' ? 'date_long' : pretty, atMs, reader);
  const options = lookup(FORMATS, token);
  return options === undefined ? undefined : format(options, atMs, reader);
}

function format(options: Options, atMs: number, { locale, timeZone }: DateReader): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(atMs);
}

function dayNumber(atMs: number, reader: DateReader): number {
  return Date.parse(`${renderToken('date_num', atMs, reader)}T00:00:00Z`) / 86_400_000;
}

/** Yesterday, today or tomorrow in the reader's language; nothing for other days. */
function dayWord(atMs: number, reader: DateReader): string | undefined {
  const days = dayNumber(atMs, reader) - dayNumber(reader.nowMs, reader);
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(days, 'day');
}

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function ago(atMs: number, reader: DateReader): string {
  const seconds = Math.round((atMs - reader.nowMs) / 1_000);
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
