/** Jobs and audits as operations tell them. */
import type { ChainedEntry } from '../../../bot/domain/audit/audit-entry.ts';
import type { ChangeStatus } from '../../../bot/domain/change/change-status.ts';
import type { NodeOutcome } from '../../../bot/domain/change/plan.ts';
import type { Content } from '../../../bot/ports.ts';
import { AIKO, ASKED, CHANGE_ID, DIGEST, KEN } from './changes.ts';
import { DAY_MS, NODE_ID, NOW_MS } from './content.ts';

export const status = (parts: Partial<ChangeStatus> = {}): ChangeStatus => ({
  id: CHANGE_ID,
  kind: 'discover',
  asked: ASKED.discover,
  requesterId: AIKO,
  channelId: 'C0OPS00001',
  siteIds: ['tokyo'],
  startedAtMs: NOW_MS - 600_000,
  updatedAtMs: NOW_MS,
  phase: 'applying',
  machines: 12,
  done: 1,
  failed: 0,
  ...parts,
});

export const awaits = (what: NonNullable<ChangeStatus['awaits']>['what']): NonNullable<ChangeStatus['awaits']> => ({
  what,
  attempt: 1,
  callbackId: 'callback-that-nobody-sees',
  digest: DIGEST,
  sinceMs: NOW_MS,
  expiresAtMs: NOW_MS + 14_400_000,
  scopes: [],
});

export const jobsContent = (jobs: readonly ChangeStatus[]): Content => ({
  kind: 'jobs',
  asked: 'jobs',
  jobs,
  nowMs: NOW_MS,
});

export const entry = (seq: number, parts: Partial<ChainedEntry['entry']> = {}): ChainedEntry => ({
  seq,
  previous: 'a'.repeat(64),
  hash: 'b'.repeat(64),
  entry: {
    id: `${CHANGE_ID}/${seq}`,
    atMs: NOW_MS - seq * 60_000,
    event: 'requested',
    userId: AIKO,
    change: CHANGE_ID,
    asked: ASKED.discover,
    ...parts,
  },
});

const web = (at: number, result?: NodeOutcome['result']) => ({
  id: NODE_ID,
  name: `web-0${at}`,
  ...(result === undefined ? {} : { result }),
});

/** An entry of every event. */
export const ENTRIES: readonly ChainedEntry[] = [
  entry(1),
  entry(2, { event: 'denied', detail: 'no-rule' }),
  entry(3, { event: 'planned', nodes: [web(1), web(2), web(3), web(4), web(5)], more: 7 }),
  entry(4, { event: 'approved', userId: KEN, detail: 'approve' }),
  entry(5, { event: 'rejected', userId: KEN, detail: 'reject' }),
  entry(6, { event: 'broke-glass', userId: KEN, detail: 'break-glass', reason: 'kms-old dies tonight' }),
  entry(7, { event: 'expired' }),
  entry(8, { event: 'void' }),
  entry(9, { event: 'cancelled', userId: KEN }),
  entry(10, { event: 'resumed', userId: KEN, detail: 'go-on' }),
  entry(11, { event: 'sent', nodes: [web(1)] }),
  entry(12, { event: 'result', nodes: [web(1, 'done'), web(2, 'done'), web(3, 'failed')] }),
  entry(13, { event: 'result', nodes: [web(1, 'done'), web(2, 'done')] }),
  entry(14, { event: 'ended', detail: 'partly: done 2, not done 1' }),
  entry(15, { event: 'ended', detail: 'refused too-many' }),
  entry(16, { event: 'ended', detail: 'error' }),
].map(({ entry: each, ...rest }) => {
  const { userId: _, ...without } = each;
  const byBot = ['planned', 'expired', 'void', 'sent', 'result', 'ended'].includes(each.event);
  return { ...rest, entry: byBot ? without : each };
});

export const auditContent = (entries: readonly ChainedEntry[], parts: object = {}): Content => ({
  kind: 'audit',
  asked: 'audit',
  audit: { entries, sinceMs: NOW_MS - 7 * DAY_MS, more: 0, ...parts },
});

export const VERIFICATIONS: readonly Content[] = [
  { kind: 'sound', entries: 4_120, head: { seq: 4_120, hash: `0123456789abcdef${'0'.repeat(48)}` } } as const,
  { kind: 'sound', entries: 0, head: undefined } as const,
  ...(['missing', 'altered', 'cut-off'] as const).map(
    (why) => ({ kind: 'broken', atSeq: 17, why, entries: 16 }) as const,
  ),
  { kind: 'broken', atSeq: 1, why: 'altered', entries: 0 } as const,
].map((verification) => ({ kind: 'audit-verified', asked: 'audit verify', verification }));
