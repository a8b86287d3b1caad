/**
 * When the clients of a host that is drained have gone: told by its own log, day by day.
 *
 * A client renews every seven days, and asks the host it kept until that one fails; Microsoft, "KMS activation planning".
 */
import type { RequestDigest } from '../host-record.ts';
import { DAY_MS } from '../hosts/forecast.ts';

/** Longest wait, days: one more than a client needs to renew. */
export const WATCH_DAYS = 8;

/** Days within which every client that works renews. */
const RENEWAL_DAYS = 7;

/** What one look at the host gave. */
export interface WatchSample {
  readonly atMs: number;
  /** Absent where its log could not be read, or the host did not answer. */
  readonly digest?: Pick<RequestDigest, 'byDay' | 'sinceMs'>;
  /** Machines of the fleet whose newest attempt went there; absent where that is not known. */
  readonly here?: number;
}

/** Numbers to tell, and whether the wait is over. */
export type WatchVerdict = {
  /** Distinct clients of the last 24 hours, and of the last seven days; absent while no log was read. */
  readonly lastDay?: number;
  readonly lastWeek?: number;
  /** Machines that name the host by hand: they stay until somebody changes that. */
  readonly pinned: number;
  readonly here?: number;
  readonly untilMs: number;
} & (
  | { readonly kind: 'go-on' }
  /** `quiet`: nobody but pinned machines came for a day; `elsewhere`: all of the fleet's are seen at other hosts. */
  | { readonly kind: 'finished'; readonly why: 'quiet' | 'elsewhere' | 'time-is-up' }
);

const sum = (days: readonly number[]): number => days.reduce((total, each) => total + each, 0);

/** Samples in any order; the newest with a log decides. */
export const watchVerdict = (
  samples: readonly WatchSample[],
  given: { readonly drainedAtMs: number; readonly pinned: number; readonly nowMs: number },
): WatchVerdict => {
  const { drainedAtMs, pinned, nowMs } = given;
  const newest = newestOf(samples, drainedAtMs);
  const untilMs = drainedAtMs + WATCH_DAYS * DAY_MS;
  const told = { pinned, untilMs, ...numbersOf(newest) };
  if (newest !== undefined && isQuiet(newest, given)) return { kind: 'finished', why: 'quiet', ...told };
  if (newest !== undefined && areElsewhere(newest, given)) return { kind: 'finished', why: 'elsewhere', ...told };
  return nowMs >= untilMs ? { kind: 'finished', why: 'time-is-up', ...told } : { kind: 'go-on', ...told };
};

const newestOf = (samples: readonly WatchSample[], drainedAtMs: number): WatchSample | undefined =>
  samples
    .filter(({ atMs, digest }) => atMs >= drainedAtMs && digest !== undefined)
    .reduce<WatchSample | undefined>(
      (best, each) => (best === undefined || each.atMs > best.atMs ? each : best),
      undefined,
    );

const numbersOf = (sample: WatchSample | undefined) =>
  sample?.digest === undefined
    ? {}
    : {
        lastDay: sample.digest.byDay[0] ?? 0,
        lastWeek: sum(sample.digest.byDay.slice(0, RENEWAL_DAYS)),
        ...(sample.here === undefined ? {} : { here: sample.here }),
      };

interface Given {
  readonly drainedAtMs: number;
  readonly pinned: number;
}

/** A whole day of the log must lie after the drain; which of those who came are pinned, it does not say. */
const isQuiet = ({ atMs, digest }: WatchSample, { drainedAtMs, pinned }: Given): boolean =>
  digest !== undefined &&
  digest.sinceMs <= atMs - DAY_MS &&
  atMs >= drainedAtMs + DAY_MS &&
  (digest.byDay[0] ?? 0) <= pinned;

/** Every machine of the fleet that the host had, but for the pinned ones, has reached another since. */
const areElsewhere = ({ atMs, here }: WatchSample, { drainedAtMs, pinned }: Given): boolean =>
  here !== undefined && here <= pinned && atMs >= drainedAtMs + DAY_MS;
