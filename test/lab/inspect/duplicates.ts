/** CMIDs that several machine names used at the same time. */
import type { WireRequests } from '../../../bot/domain/inspection-wire.ts';
import { lower, ordered } from './text.ts';

/** When one name used a CMID: its newest and its oldest contact, seconds. */
interface Span {
  newest: number;
  oldest: number;
}

/** Spans by name as the host wrote it. */
export type Uses = Map<string, Span>;

const MAX_DUPLICATES = 5;
const MAX_NAMES = 3;

/** As DNS compares names, ASCII only. */
const nameOf = (written: string): string => lower(written.replace(/^[ .]+|[ .]+$/g, ''));

const byName = (uses: Uses): Uses => {
  const spans: Uses = new Map();
  for (const [written, { newest, oldest }] of uses) {
    const name = nameOf(written);
    if (name === '') continue;
    const known = spans.get(name);
    spans.set(name, {
      newest: Math.max(newest, known?.newest ?? newest),
      oldest: Math.min(oldest, known?.oldest ?? oldest),
    });
  }
  return spans;
};

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** A machine that was renamed stops where its new name starts; those whose spans overlap are several. */
const sharing = (uses: Uses): string[] => {
  const spans = [...byName(uses)].sort(([, a], [, b]) => a.oldest - b.oldest);
  let end = -1;
  const shared = spans.filter(([, span], index) => {
    const next = spans[index + 1]?.[1];
    const overlaps = end >= span.oldest || (next !== undefined && next.oldest <= span.newest);
    end = Math.max(end, span.newest);
    return overlaps;
  });
  return ordered(shared, ([name, { newest }]) => digits(999_999_999_999 - newest, 12) + name).map(([name]) => name);
};

/** The CMIDs of the most machines first; of each the names seen last. */
export const duplicatesOf = (
  clients: readonly { readonly cmid: string; readonly uses: Uses }[],
): WireRequests['dup'] => {
  const found = clients
    .filter(({ uses }) => uses.size > 1)
    .map(({ cmid, uses }) => ({ cmid, names: sharing(uses) }))
    .filter(({ names }) => names.length > 1);
  return ordered(found, ({ cmid, names }) => digits(99_999_999 - names.length, 8) + cmid)
    .slice(0, MAX_DUPLICATES)
    .map(({ cmid, names }) => [cmid, names.length, names.slice(0, MAX_NAMES)]);
};
