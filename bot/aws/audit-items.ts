/**
 * Items of the audit's table. The chain lies in one partition in the order of its numbers. Beside it, each entry has a
 * partition of marks: which place in the chain was tried for it, attempt by attempt.
 */
import { z } from 'zod';
import type { AuditEntry, AuditEvent, ChainedEntry } from '../domain/audit/audit-entry.ts';
import { CHAIN_START } from '../domain/audit/chain.ts';
import { canonicalJson } from '../domain/digest.ts';
import {
  getItem,
  type Item,
  itemsBetween,
  type LedgerDeps,
  number,
  putItemIf,
  text,
  UNLESS_THERE,
} from './ledger-table.ts';

const CHAIN = 'CHAIN';
const DIGITS = 12;
/** The largest number a key can hold. */
export const LAST_SEQ = 10 ** DIGITS - 1;
const numbered = (n: number): string => String(n).padStart(DIGITS, '0');
const entryPartition = (id: string): string => `ENTRY#${id}`;

const EVENTS: Readonly<Record<AuditEvent, true>> = {
  requested: true,
  denied: true,
  planned: true,
  approved: true,
  rejected: true,
  'broke-glass': true,
  expired: true,
  void: true,
  cancelled: true,
  resumed: true,
  sent: true,
  result: true,
  ended: true,
};

const words = z.string().optional();

/** Members that are not known stay: the hash covers them. */
const auditEntry = z.looseObject({
  id: z.string().min(1),
  atMs: z.number(),
  event: z.enum(Object.keys(EVENTS) as [AuditEvent, ...AuditEvent[]]),
  userId: words,
  change: words,
  asked: words,
  nodes: z.array(z.looseObject({ id: z.string(), name: z.string(), result: words })).optional(),
  more: z.number().optional(),
  detail: words,
  reason: words,
  digest: words,
});

/** Whether it can be shown to people. What cannot is still part of the chain, and judged by its hash. */
export const isReadable = ({ entry }: ChainedEntry): boolean => auditEntry.safeParse(entry).success;

/** Stands for text that is no JSON object: no hash fits it. */
const UNREADABLE = { id: '', unreadable: true } as unknown as AuditEntry;

const entryOf = (json: string): AuditEntry => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as AuditEntry) : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
};

const linkOf = (item: Item): ChainedEntry => ({
  seq: Number.parseInt(item.sk?.S ?? '', 10),
  previous: item.previous?.S ?? '',
  hash: item.hash?.S ?? '',
  entry: entryOf(item.entry?.S ?? ''),
});

/** The entry of this number. */
export const readLink = async (table: LedgerDeps, seq: number): Promise<ChainedEntry | undefined> => {
  const item = await getItem(table, CHAIN, numbered(seq));
  return item === undefined ? undefined : linkOf(item);
};

/** Some entries of a part of the chain, ends included; none only where there are none. */
export const readLinks = async (
  table: LedgerDeps,
  part: { readonly from: number; readonly to: number; readonly most: number; readonly lastFirst: boolean },
): Promise<readonly ChainedEntry[]> => {
  if (part.from > part.to) return [];
  const keys = { from: numbered(part.from), to: numbered(part.to) };
  return (await itemsBetween(table, CHAIN, { ...part, ...keys })).map(linkOf);
};

/** The last entry of the chain. */
export const readLast = async (table: LedgerDeps): Promise<ChainedEntry | undefined> =>
  (await readLinks(table, { from: CHAIN_START.seq + 1, to: LAST_SEQ, most: 1, lastFirst: true }))[0];

/** Puts an entry in its place; false where another stands there. */
export const putLink = (table: LedgerDeps, { seq, previous, hash, entry }: ChainedEntry): Promise<boolean> => {
  const key = { pk: text(CHAIN), sk: text(numbered(seq)) };
  const link = { previous: text(previous), hash: text(hash), entry: text(canonicalJson(entry)) };
  return putItemIf(table, { ...key, ...link }, UNLESS_THERE);
};

/** The place that an attempt tries; attempts count from 1. */
export interface Mark {
  readonly attempt: number;
  readonly seq: number;
}

/** The last attempt for this entry. */
export const lastMark = async (table: LedgerDeps, id: string): Promise<Mark | undefined> => {
  const part = { from: numbered(1), to: numbered(LAST_SEQ), most: 1, lastFirst: true };
  const [item] = await itemsBetween(table, entryPartition(id), part);
  return item === undefined ? undefined : { attempt: Number(item.sk?.S), seq: Number(item.seq?.N) };
};

/** Notes the place of an attempt; false where somebody else has noted one. */
export const putMark = (table: LedgerDeps, id: string, { attempt, seq }: Mark): Promise<boolean> =>
  putItemIf(table, { pk: text(entryPartition(id)), sk: text(numbered(attempt)), seq: number(seq) }, UNLESS_THERE);
