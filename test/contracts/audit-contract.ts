/** What every audit keeps, whatever it is made of. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, ChainedEntry, ChainHead } from '../../bot/domain/audit/audit-entry.ts';
import type { AuditVerification } from '../../bot/domain/audit/audit-report.ts';
import { readOn, UNREAD, verificationOf } from '../../bot/domain/audit/chain.ts';
import { slowDownSeconds } from '../../bot/errors.ts';
import type { Audit } from '../../bot/ports.ts';
import { entry, someEntries } from '../domain/audit/sample-audit.ts';

/** Where an append can die: before its place is noted, between that and the entry, between that and the head. */
export type DeathOfAppend = 'at-once' | 'before-entry' | 'before-head';

export interface AuditUnderTest {
  readonly audit: Audit;
  /** The next append dies there, once. */
  die(where: DeathOfAppend): void;
  close(): Promise<void>;
}

/** Hands the entry in until it is taken, as a step of a workflow does. */
const handIn = async (audit: Audit, each: AuditEntry): Promise<ChainHead> => {
  for (;;) {
    try {
      return await audit.append(each);
    } catch (error) {
      if (slowDownSeconds(error) === undefined) throw error;
    }
  }
};

const allOf = async (audit: Audit): Promise<readonly ChainedEntry[]> => {
  const links: ChainedEntry[] = [];
  for (;;) {
    const page = await audit.page(links.length + 1);
    if (page.length === 0) return links;
    links.push(...page);
  }
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Verifies the whole chain against the remembered head. */
export const verified = async (audit: Audit): Promise<AuditVerification> => {
  const remembered = await audit.rememberedHead();
  return verificationOf(readOn(UNREAD, await allOf(audit), remembered, sha256), remembered);
};

const idsIn = (links: readonly ChainedEntry[]): string[] => links.map((link) => link.entry.id);

export const auditContract = (kind: string, start: () => Promise<AuditUnderTest>): void => {
  describe(`an audit ${kind}`, () => {
    let at: AuditUnderTest;
    beforeEach(async () => {
      at = await start();
    });
    afterEach(() => at.close());

    it('is empty and sound at first', async () => {
      expect(await at.audit.page(1)).toEqual([]);
      expect(await at.audit.read(0, 10)).toEqual([]);
      expect(await at.audit.rememberedHead()).toBeUndefined();
      expect(await verified(at.audit)).toEqual({ kind: 'sound', entries: 0, head: undefined });
    });

    it('keeps entries as they were handed in, each chained to the one before', async () => {
      const full = entry({
        id: 'full',
        change: 'c4k7m2q9xd',
        asked: 'activate "日本 1"',
        nodes: [{ id: 'i-1', name: '=\u202Eevil\n', result: 'done' }],
        more: 450,
        detail: 'done 11, failed 1',
        reason: 'a "reason" \u{1F525} \uD800',
        digest: 'abc',
      });
      await at.audit.append(entry({ id: 'first' }));
      const head = await at.audit.append(full);

      const [first, second] = await at.audit.page(1);
      expect(second).toEqual({ seq: 2, previous: first?.hash, hash: head.hash, entry: full });
      expect(await at.audit.rememberedHead()).toEqual({ seq: 2, hash: head.hash });
      expect(await verified(at.audit)).toEqual({ kind: 'sound', entries: 2, head });
    });

    it('keeps no product key, whoever wrote one for a reason or called a machine so', async () => {
      const key = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';
      await at.audit.append(entry({ reason: `use ${key}`, nodes: [{ id: 'i-1', name: key }] }));

      const [link] = await at.audit.page(1);
      expect(link?.entry).toMatchObject({ reason: 'use •••••-EEEEE', nodes: [{ id: 'i-1', name: '•••••-EEEEE' }] });
      expect(await verified(at.audit)).toMatchObject({ kind: 'sound', entries: 1 });
    });

    it('keeps an entry once that is handed in again, later or with another time', async () => {
      const [one, two] = someEntries(2) as [AuditEntry, AuditEntry];
      const head = await at.audit.append(one);
      const end = await at.audit.append(two);

      expect(await at.audit.append(one)).toEqual(head);
      expect(await at.audit.append({ ...one, atMs: one.atMs + 1 })).toEqual(head);
      expect((await at.audit.page(1)).map((link) => link.entry)).toEqual([one, two]);
      expect(await at.audit.rememberedHead()).toEqual(end);
    });

    it('takes thirty entries at once without a gap, and the head ends at the last', async () => {
      const entries = someEntries(30);

      const heads = await Promise.all(entries.map((each) => handIn(at.audit, each)));

      const links = await allOf(at.audit);
      expect(idsIn(links).sort()).toEqual(entries.map(({ id }) => id).sort());
      for (const [n, head] of heads.entries()) expect(links[head.seq - 1]?.entry).toEqual(entries[n]);
      expect(await verified(at.audit)).toMatchObject({ kind: 'sound', entries: 30 });
      expect((await at.audit.rememberedHead())?.seq).toBe(30);
    });

    it('keeps each entry once when the same ones are handed in by several at once', async () => {
      const entries = someEntries(5);

      const heads = await Promise.all([...entries, ...entries, ...entries].map((each) => handIn(at.audit, each)));

      expect(idsIn(await allOf(at.audit)).sort()).toEqual(entries.map(({ id }) => id));
      expect(heads.slice(0, 5)).toEqual(heads.slice(5, 10));
      expect(heads.slice(0, 5)).toEqual(heads.slice(10));
      expect(await verified(at.audit)).toMatchObject({ kind: 'sound', entries: 5 });
    });

    it.each(['at-once', 'before-entry', 'before-head'] as const)(
      'keeps an entry once whose first append died %s',
      async (where) => {
        const [one, two, three] = someEntries(3) as [AuditEntry, AuditEntry, AuditEntry];
        await at.audit.append(one);
        at.die(where);
        await expect(at.audit.append(two)).rejects.toThrow('died');

        const head = await at.audit.append(two);

        expect(await at.audit.rememberedHead()).toEqual(head);
        await at.audit.append(three);
        expect(idsIn(await allOf(at.audit))).toEqual(['e1', 'e2', 'e3']);
        expect(await verified(at.audit)).toMatchObject({ kind: 'sound', entries: 3 });
      },
    );

    it.each(['at-once', 'before-entry', 'before-head'] as const)(
      'keeps an entry once whose first append died %s, though others were added meanwhile',
      async (where) => {
        const [one, two, three, four] = someEntries(4) as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
        await at.audit.append(one);
        at.die(where);
        await expect(at.audit.append(two)).rejects.toThrow('died');
        await at.audit.append(three);
        await at.audit.append(four);

        await Promise.all([handIn(at.audit, two), handIn(at.audit, two)]);

        expect(idsIn(await allOf(at.audit)).sort()).toEqual(['e1', 'e2', 'e3', 'e4']);
        expect(await verified(at.audit)).toMatchObject({ kind: 'sound', entries: 4 });
        expect((await at.audit.rememberedHead())?.seq).toBe(4);
      },
    );

    it('reads what was added since a time, newest first, no more than asked for', async () => {
      const entries = someEntries(5);
      for (const each of entries) await at.audit.append(each);
      const sinceMs = entries[2]?.atMs ?? 0;

      expect(idsIn(await at.audit.read(sinceMs, 10))).toEqual(['e5', 'e4', 'e3']);
      expect(idsIn(await at.audit.read(sinceMs, 2))).toEqual(['e5', 'e4']);
      expect(await at.audit.read(Number.MAX_SAFE_INTEGER, 2)).toEqual([]);
    });

    it('reads an entry that came late, behind younger ones', async () => {
      const [early, late, last] = someEntries(3) as [AuditEntry, AuditEntry, AuditEntry];
      for (const each of [late, early, last]) await at.audit.append(each);

      expect(idsIn(await at.audit.read(late.atMs, 10))).toEqual(['e3', 'e2']);
    });

    it('gives pages from any entry on', async () => {
      for (const each of someEntries(4)) await at.audit.append(each);

      expect(idsIn(await at.audit.page(3))).toEqual(['e3', 'e4']);
      expect(await at.audit.page(5)).toEqual([]);
    });
  });
};
