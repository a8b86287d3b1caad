/**
 * Adding to the audit's chain: one entry once, however often and by how many it is handed in, with nothing but
 * conditional puts of single items.
 *
 * A place behind the end is noted for the entry first, and then the entry is put there. Whoever comes with the same
 * entry later, or at once, finds the note and tries that place and no other. Only when another entry is seen to stand
 * there, which stays so for ever, is a next place noted. So of all places noted for an entry, at most the last can ever
 * hold it.
 */
import type { AuditEntry, ChainedEntry, ChainHead } from '../domain/audit/audit-entry.ts';
import { CHAIN_START, chained } from '../domain/audit/chain.ts';
import type { Digest } from '../domain/digest.ts';
import { Throttled } from '../ports.ts';
import { readHead } from './audit-head.ts';
import { lastMark, type Mark, putLink, putMark, readLast, readLink } from './audit-items.ts';
import type { LedgerDeps } from './ledger-table.ts';

export interface AppendDeps {
  /** The audit's own table. */
  readonly table: LedgerDeps;
  readonly ledger: LedgerDeps;
  readonly digest: Digest;
}

export interface Appended {
  readonly link: ChainedEntry;
  /** Whether the chain still leads through the head that was remembered outside it. */
  readonly holds: boolean;
}

/** Every place that is lost is another entry's gain; after so many the next attempt comes later. */
const MOST_ATTEMPTS = 12;

const headOf = ({ seq, hash }: ChainHead): ChainHead => ({ seq, hash });

interface End {
  readonly after: ChainHead;
  readonly holds: boolean;
}

/**
 * What the next entry follows. The remembered head is read before the table, which is therefore never behind it: where
 * it is, its end was cut off. Then the chain goes on behind what is remembered, so that the gap stays for all to see.
 */
const endOfChain = async ({ table, ledger }: AppendDeps): Promise<End> => {
  const known = await readHead(ledger);
  const last = await readLast(table);
  const after = headOf(last ?? CHAIN_START);
  if (known === undefined) return { after, holds: true };
  if (after.seq < known.seq) return { after: known, holds: false };
  const there = after.seq === known.seq ? last : await readLink(table, known.seq);
  return { after, holds: there?.hash === known.hash };
};

/** The place to try for this entry: the one given, or the one that was noted before. */
const placeFor = async ({ table }: AppendDeps, id: string, wanted: Mark): Promise<Mark> => {
  if (await putMark(table, id, wanted)) return wanted;
  const noted = await lastMark(table, id);
  if (noted === undefined) throw new Error('a mark of the audit is gone');
  return noted;
};

/** What stands before a place that was noted at another time. */
const before = async (deps: AppendDeps, seq: number): Promise<ChainHead> => {
  if (seq === CHAIN_START.seq + 1) return CHAIN_START;
  const known = await readHead(deps.ledger);
  const link = (await readLink(deps.table, seq - 1)) ?? (known?.seq === seq - 1 ? known : undefined);
  if (link === undefined) throw new Error(`entry ${seq - 1} of the audit is gone`);
  return headOf(link);
};

/** Puts the entry in its place, and gives what stands there then. */
const settle = async (deps: AppendDeps, entry: AuditEntry, after: ChainHead): Promise<ChainedEntry> => {
  const link = chained(entry, after, deps.digest);
  if (await putLink(deps.table, link)) return link;
  const there = await readLink(deps.table, link.seq);
  if (there === undefined) throw new Error(`entry ${link.seq} of the audit is gone`);
  return there;
};

/**
 * Adds the entry, or finds it.
 *
 * @throws Throttled when others were faster every time, and what the table throws.
 */
export const appendOnce = async (deps: AppendDeps, entry: AuditEntry): Promise<Appended> => {
  let attempt = 1;
  for (let tries = 0; tries < MOST_ATTEMPTS; tries += 1) {
    const { after, holds } = await endOfChain(deps);
    const wanted = { attempt, seq: after.seq + 1 };
    const place = await placeFor(deps, entry.id, wanted);
    const link = await settle(deps, entry, place === wanted ? after : await before(deps, place.seq));
    if (link.entry.id === entry.id) return { link, holds };
    attempt = place.attempt + 1;
  }
  throw new Throttled('dynamodb', 1);
};
