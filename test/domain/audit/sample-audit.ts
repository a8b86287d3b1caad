/** Entries and chains for tests. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { AuditEntry, ChainedEntry } from '../../../bot/domain/audit/audit-entry.ts';
import { CHAIN_START, chained } from '../../../bot/domain/audit/chain.ts';
import type { Digest } from '../../../bot/domain/digest.ts';

export const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

export const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'c4k7m2q9xd/requested',
  atMs: 1_794_000_000_000,
  event: 'requested',
  userId: 'U1',
  ...changes,
});

/** The entries, one after the other. */
export const chainOf = (entries: readonly AuditEntry[]): ChainedEntry[] => {
  const links: ChainedEntry[] = [];
  for (const each of entries) links.push(chained(each, links.at(-1) ?? CHAIN_START, sha256));
  return links;
};

/** So many different entries. */
export const someEntries = (count: number): AuditEntry[] =>
  Array.from({ length: count }, (_, n) => entry({ id: `e${n + 1}`, atMs: 1_794_000_000_000 + n }));

const text = fc.string({ unit: 'binary', maxLength: 12 });

/** Any entry, whatever its texts hold. */
export const anyEntry: fc.Arbitrary<AuditEntry> = fc.record(
  {
    id: text,
    atMs: fc.integer(),
    event: fc.constantFrom('requested', 'denied', 'sent', 'ended'),
    userId: text,
    asked: text,
    nodes: fc.array(fc.record({ id: text, name: text }), { maxLength: 3 }),
    more: fc.nat(),
    detail: text,
  },
  { requiredKeys: ['id', 'atMs', 'event'] },
);
