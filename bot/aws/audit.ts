/**
 * The audit in a DynamoDB table of its own, where nothing is ever changed or removed: the role may get, query and put
 * single items, and every put is on condition that nothing is there.
 */
import { createHash } from 'node:crypto';
import type { ChainedEntry } from '../domain/audit/audit-entry.ts';
import type { Digest } from '../domain/digest.ts';
import type { Audit } from '../ports.ts';
import { appendOnce } from './audit-append.ts';
import { readHead, rememberHead } from './audit-head.ts';
import { isReadable, LAST_SEQ, readLinks } from './audit-items.ts';
import type { LedgerDeps } from './ledger-table.ts';

export interface AuditDeps {
  /** The audit's own table. */
  readonly table: LedgerDeps;
  /** Where the end of the chain is remembered. */
  readonly ledger: LedgerDeps;
  /** Where the end of the chain is written down beyond the reach of both tables. */
  readonly log: (level: 'info' | 'error', event: string, facts: Readonly<Record<string, string | number>>) => void;
}

export const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** Entries read at once: each holds some hundred bytes, or a few thousand where it names many machines. */
const PAGE = 200;

/** An entry may be late: a step is tried again for hours while a service asks for time. */
const LATEST_MS = 24 * 60 * 60_000;

/** Readable entries since a time, newest first. */
const readSince = async ({ table, log }: AuditDeps, sinceMs: number, most: number): Promise<ChainedEntry[]> => {
  const found: ChainedEntry[] = [];
  let to = LAST_SEQ;
  while (found.length < most) {
    const links = await readLinks(table, { from: 1, to, most: PAGE, lastFirst: true });
    for (const link of links) {
      if (!isReadable(link)) log('error', 'audit entry unreadable', { seq: link.seq });
      else if (link.entry.atMs >= sinceMs) found.push(link);
    }
    const oldest = links.at(-1);
    if (oldest === undefined || oldest.entry.atMs < sinceMs - LATEST_MS) break;
    to = oldest.seq - 1;
  }
  return found.slice(0, most);
};

/** The audit over DynamoDB. */
export const dynamoAudit = (deps: AuditDeps): Audit => ({
  append: async (entry) => {
    const { link, holds } = await appendOnce({ ...deps, digest: sha256 }, entry);
    const head = { seq: link.seq, hash: link.hash };
    // A head that the chain does not lead through is kept: it is what shows that somebody was at the table.
    if (holds) await rememberHead(deps.ledger, head);
    else deps.log('error', 'audit does not hold', head);
    deps.log('info', 'audit head', head);
    return head;
  },
  read: (sinceMs, most) => readSince(deps, sinceMs, most),
  page: (fromSeq) => readLinks(deps.table, { from: fromSeq, to: LAST_SEQ, most: PAGE, lastFirst: false }),
  rememberedHead: () => readHead(deps.ledger),
});
