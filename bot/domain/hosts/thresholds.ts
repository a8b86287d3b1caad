/**
 * How good a host's count is: against 25 for client Windows and 5 for servers, and how much it can count at all.
 *
 * A host keeps twice what its most demanding client needed: 10 clients while only servers have asked, 50 from the first
 * client Windows on. Microsoft, "KMS activation planning".
 */
import type { RequestDigest } from '../host-record.ts';
import { DAY_MS, missedFrom } from './forecast.ts';
import type { HostClients } from './host-clients.ts';
import type { HostStory, Threshold } from './host-story.ts';

/** What is known of a host's count. */
export interface Counting {
  readonly count: number;
  /** What its most demanding client needed; 0 or absent when that is not known. */
  readonly required?: number;
  readonly digest?: RequestDigest;
  /** When the record was read. */
  readonly atMs: number;
}

/** The most a host keeps; undefined where nobody has asked, or nothing tells. */
export function mostCounted({ count, required = 0 }: Counting): 50 | 10 | undefined {
  if (required > 5 || count > 10) return 50;
  return required > 0 ? 10 : undefined;
}

/** The parts of a story that its count tells. */
export type CountStory = Pick<HostStory, 'count' | 'saturated' | 'mostCounted' | 'thresholds'>;

/** Tells a count. */
export function countStory(counting: Counting): CountStory {
  const most = mostCounted(counting);
  const { count } = counting;
  return {
    count,
    saturated: most !== undefined && count >= most,
    ...(most === undefined ? {} : { mostCounted: most }),
    thresholds: [threshold('client-windows', 25, counting), threshold('server', 5, counting)],
  };
}

/**
 * Clients renew every 7 days and are counted for 30. While all of them renew, each was heard at most 7 days ago, and the
 * count holds for 22 days at least, by whole days: a date nearer than that is what the silent ones make likely.
 */
const RENEWING_DAYS = 22;

/** A log that was not read to its end lacks the clients that leave first: the forecast holds all the same. */
function threshold(of: Threshold['of'], needed: Threshold['needed'], { count, digest, atMs }: Counting): Threshold {
  const met = count >= needed;
  const from = met && digest !== undefined ? missedFrom(digest.byDay, needed, atMs) : undefined;
  const isLikely = from !== undefined && from < atMs + RENEWING_DAYS * DAY_MS;
  return { of, needed, met, ...(isLikely ? { missedFromMs: from } : {}) };
}

/** The count as the newest answer to a client told it. */
export function countByClients({ counted }: HostClients): CountStory {
  if (counted === undefined) return { saturated: false, thresholds: [] };
  return countStory({ count: counted.count, atMs: counted.atMs });
}
