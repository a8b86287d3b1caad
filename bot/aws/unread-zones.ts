/** What of Route 53 could not be read, as a value. */
import type { UnreadZone } from '../domain/diagnosis/facts.ts';
import { failureOf } from '../errors.ts';

/** The zone is not there, or is not there any more. */
export const isNoSuchZone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchHostedZone';

/** Why a zone could not be read; throws what is no value: slow down, no connection, our own mistakes. */
export const whyUnread = (error: unknown): Pick<UnreadZone, 'why' | 'action'> => {
  // Gone since the account's zones were listed.
  if (isNoSuchZone(error)) return { why: 'not-in-route53' };
  const failure = failureOf(error);
  if (failure?.kind === 'missing-right') return { why: 'missing-right', action: failure.action };
  if (failure?.kind === 'site-unreachable') return { why: 'unreachable' };
  throw error;
};

/** The first of each name. */
export const eachOnce = (unread: readonly UnreadZone[]): UnreadZone[] =>
  [...new Map(unread.toReversed().map((zone) => [zone.name, zone])).values()].toReversed();

/** One after the other: all at once would spend the account's second, and others need it too. */
export const inTurn = async <T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  for (const item of items) results.push(await read(item));
  return results;
};
