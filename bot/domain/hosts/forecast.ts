/**
 * When a KMS host's count falls below a threshold, if nobody new comes and nobody renews.
 *
 * A host forgets a client 30 days after its last contact. Its own count saturates; how long ago each client came is told
 * by the digest of its log, in whole days. Microsoft, "KMS activation planning".
 */

/** Days for which a host counts a client after its last contact. */
export const COUNTED_DAYS = 30;

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/**
 * The earliest time at which fewer than `needed` are counted; at most a day before the real one, and never after it.
 * `byDay[i]` are the clients whose last contact was between `i` and `i + 1` days before `atMs`. Undefined where they are fewer already, as far as
 * the log tells.
 */
export function missedFrom(byDay: readonly number[], needed: number, atMs: number): number | undefined {
  let counted = 0;
  for (const [age, clients] of byDay.slice(0, COUNTED_DAYS).entries()) {
    counted += clients;
    if (counted >= needed) return atMs + (COUNTED_DAYS - age - 1) * DAY_MS;
  }
  return undefined;
}
