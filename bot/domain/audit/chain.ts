/**
 * The audit's chain. Each entry's hash covers what it says, its number and the hash before it, so that whoever knows
 * the last hash knows whether anything before it was altered, removed, added or put in another order.
 */
import { canonicalJson, type Digest } from '../digest.ts';
import { maskSecrets } from '../mask-secrets.ts';
import type { AuditEntry, ChainedEntry, ChainHead } from './audit-entry.ts';
import type { AuditVerification, ChainBreak } from './audit-report.ts';

/** What the first entry follows. */
export const CHAIN_START: ChainHead = { seq: 0, hash: '0'.repeat(64) };

const hashOf = ({ seq, previous, entry }: Omit<ChainedEntry, 'hash'>, digest: Digest): string =>
  digest(`${seq}\n${previous}\n${canonicalJson(entry)}`);

/** What is in the chain once cannot be taken out again. The entry's id is ours, and has to stay what it is. */
const withoutSecrets = (entry: AuditEntry): AuditEntry => {
  const mask = (_: string, value: unknown) => (typeof value === 'string' ? maskSecrets(value) : value);
  return { ...(JSON.parse(JSON.stringify(entry), mask) as AuditEntry), id: entry.id };
};

/** The entry as it follows this end of the chain, with every secret masked. */
export const chained = (entry: AuditEntry, after: ChainHead, digest: Digest): ChainedEntry => {
  const link = { seq: after.seq + 1, previous: after.hash, entry: withoutSecrets(entry) };
  return { ...link, hash: hashOf(link, digest) };
};

/** A chain as far as it has been read; goes through checkpoints. */
export interface ChainReading {
  /** The last entry that holds. */
  readonly head: ChainHead;
  readonly broken?: { readonly atSeq: number; readonly why: ChainBreak };
}

/** A chain of which nothing has been read. */
export const UNREAD: ChainReading = { head: CHAIN_START };

const breakAt = (
  { head }: ChainReading,
  link: ChainedEntry,
  remembered: ChainHead | undefined,
  digest: Digest,
): ChainReading['broken'] => {
  const atSeq = head.seq + 1;
  if (link.seq !== atSeq) return { atSeq, why: link.seq > atSeq ? 'missing' : 'altered' };
  if (link.previous !== head.hash || link.hash !== hashOf(link, digest)) return { atSeq, why: 'altered' };
  // All that follows was made anew and fits: only what is known from outside tells.
  if (link.seq === remembered?.seq && link.hash !== remembered.hash) return { atSeq, why: 'cut-off' };
  return undefined;
};

/** Reads on, a page of entries in the order they stand in. Stops at the first that does not hold. */
export const readOn = (
  reading: ChainReading,
  page: readonly ChainedEntry[],
  remembered: ChainHead | undefined,
  digest: Digest,
): ChainReading => {
  let at = reading;
  for (const link of page) {
    if (at.broken !== undefined) return at;
    const broken = breakAt(at, link, remembered, digest);
    at = broken === undefined ? { head: { seq: link.seq, hash: link.hash } } : { ...at, broken };
  }
  return at;
};

/**
 * What is to be said of a chain that was read to its end. `remembered` has to be known from before the first page was
 * read: entries that are added meanwhile lie behind it.
 */
export const verificationOf = (
  { head, broken }: ChainReading,
  remembered: ChainHead | undefined,
): AuditVerification => {
  const entries = head.seq;
  if (broken !== undefined) return { kind: 'broken', ...broken, entries };
  if (remembered !== undefined && head.seq < remembered.seq) {
    return { kind: 'broken', atSeq: head.seq + 1, why: 'cut-off', entries };
  }
  return { kind: 'sound', entries, head: entries === 0 ? undefined : head };
};
