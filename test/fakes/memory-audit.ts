import { createHash } from 'node:crypto';
import type { AuditEntry, ChainedEntry, ChainHead } from '../../bot/domain/audit/audit-entry.ts';
import { CHAIN_START, chained } from '../../bot/domain/audit/chain.ts';
import type { Audit } from '../../bot/ports.ts';

export interface MemoryAudit extends Audit {
  /** The chain as it lies in the table; tests may tamper with it. */
  readonly links: ChainedEntry[];
  /** Entries in the order they were added. */
  entries(): readonly AuditEntry[];
  /** Thrown by the next calls, in order, before (`first`) or after the entry was added. */
  readonly troubles: { readonly when: 'first' | 'last'; readonly error: Error }[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PAGE = 100;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The audit in memory. */
export const memoryAudit = (): MemoryAudit => {
  const links: ChainedEntry[] = [];
  const troubles: MemoryAudit['troubles'] = [];
  let head: ChainHead | undefined;
  const add = (entry: AuditEntry): ChainedEntry => {
    const there = links.find((link) => link.entry.id === entry.id);
    if (there !== undefined) return there;
    const link = chained(copy(entry), links.at(-1) ?? CHAIN_START, sha256);
    links.push(link);
    return link;
  };
  return {
    links,
    troubles,
    entries: () => links.map(({ entry }) => entry),
    append: async (entry) => {
      const trouble = troubles.shift();
      if (trouble?.when === 'first') throw trouble.error;
      const { seq, hash } = add(entry);
      if (trouble?.when === 'last') throw trouble.error;
      if (seq > (head?.seq ?? 0)) head = { seq, hash };
      return { seq, hash };
    },
    read: async (sinceMs, most) =>
      links
        .filter(({ entry }) => entry.atMs >= sinceMs)
        .reverse()
        .slice(0, most),
    page: async (fromSeq) => links.filter(({ seq }) => seq >= fromSeq).slice(0, PAGE),
    rememberedHead: async () => head,
  };
};
