import { describe, expect, it } from 'vitest';
import type { AuditEntry, ChainedEntry } from '../../bot/domain/audit/audit-entry.ts';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { type AuditRequest, type Content, Throttled } from '../../bot/ports.ts';
import { entry } from '../domain/audit/sample-audit.ts';
import { memoryAudit } from '../fakes/memory-audit.ts';
import { PLACE, world } from './check-setup.ts';
import { killsOf } from './kills.ts';

const DAY_MS = 24 * 60 * 60_000;

const request = (about: AuditRequest['about'], since?: AuditRequest['since']): AuditRequest => ({
  operation: 'audit',
  about,
  asked: `audit ${about.kind}`,
  place: PLACE,
  ...(since === undefined ? {} : { since }),
});
const EVERYTHING = request({ kind: 'everything' });
const VERIFY = request({ kind: 'verify' });

/** A world with an audit of these entries, each an hour after the one before, the last one just now. */
const withAudit = async (entries: readonly Partial<AuditEntry>[]) => {
  const w = world([]);
  const audit = memoryAudit();
  Object.assign(w.deps, { audit });
  for (const [n, each] of entries.entries()) {
    const atMs = w.time.now() - (entries.length - 1 - n) * 60 * 60_000;
    await audit.append(entry({ id: `e${n + 1}`, atMs, ...each }));
  }
  return { ...w, audit };
};
const many = (count: number): Partial<AuditEntry>[] => Array.from({ length: count }, () => ({}));

const idsIn = (content: Content | undefined): string[] => {
  if (content?.kind !== 'audit') throw new Error(`no audit: ${JSON.stringify(content)}`);
  return content.audit.entries.map((link) => link.entry.id);
};

describe('an audit that is asked for', () => {
  it('is what happened within a week, newest first, in one message', async () => {
    const w = await withAudit([{ atMs: 0 }, {}, {}]);
    const sinceMs = w.time.now() - 7 * DAY_MS;

    const { result } = await w.ask(EVERYTHING);

    expect(result).toEqual({ ended: 'answered', machines: 0 });
    expect(idsIn(w.last())).toEqual(['e3', 'e2']);
    expect(w.last()).toMatchObject({ asked: 'audit everything', audit: { sinceMs, more: 0 } });
    expect(w.conversation.messages.map(({ contents, files }) => [contents.length, files.length])).toEqual([[1, 0]]);
  });

  it('goes back as far as was asked', async () => {
    const w = await withAudit(many(5));

    await w.ask(request({ kind: 'everything' }, { kind: 'ago', minutes: 90 }));

    expect(idsIn(w.last())).toEqual(['e5', 'e4']);
  });

  it('shows ten entries, and has all of them in a file', async () => {
    const w = await withAudit(many(13));

    await w.ask(EVERYTHING);

    expect(idsIn(w.last())).toEqual(['e13', 'e12', 'e11', 'e10', 'e9', 'e8', 'e7', 'e6', 'e5', 'e4']);
    expect(w.last()).toMatchObject({ audit: { more: 3 } });
    const [file, ...others] = w.conversation.messages[0]?.files ?? [];
    expect(file).toMatchObject({ name: 'kms-audit-2026-11-06.csv', title: 'audit everything' });
    expect(file?.text.split('\n')).toHaveLength(13);
    expect(others).toEqual([]);
  });

  it('is of one person, or of one machine with all that was done in the same changes', async () => {
    const w = await withAudit([
      { change: 'c1', userId: 'U1' },
      { change: 'c1', event: 'sent', nodes: [{ id: 'i-1', name: 'WEB-1' }] },
      { change: 'c2', userId: 'U2' },
    ]);

    await w.ask(request({ kind: 'person', userId: 'U2' }));
    expect(idsIn(w.last())).toEqual(['e3']);
    expect(w.last()).toMatchObject({ audit: { about: { userId: 'U2' } } });

    await w.ask(request({ kind: 'node', word: 'web-1' }), undefined, 'op-2');
    expect(idsIn(w.last())).toEqual(['e2', 'e1']);
    expect(w.last()).toMatchObject({ audit: { about: { node: 'web-1' } } });
  });

  it('says when there is more than one answer reads', async () => {
    const w = await withAudit([]);
    const link: ChainedEntry = { seq: 1, previous: '', hash: '', entry: entry() };
    Object.assign(w.audit, { read: async (_: number, most: number) => Array.from({ length: most }, () => link) });

    await w.ask(EVERYTHING);

    expect(w.last()).toMatchObject({ audit: { more: 4990, cut: true } });
  });

  it('says that there is none where changes are not deployed', async () => {
    const w = world([]);

    await w.ask(EVERYTHING);
    await w.ask(VERIFY, undefined, 'op-2');

    expect(w.conversation.messages.map(({ contents }) => contents)).toEqual([
      [{ kind: 'no-audit', asked: 'audit everything' }],
      [{ kind: 'no-audit', asked: 'audit verify' }],
    ]);
  });

  it('names the right that is missing', async () => {
    const w = await withAudit(many(2));
    const failure = { kind: 'missing-right', action: 'dynamodb:Query', function: 'observe' } as const;
    Object.assign(w.audit, { read: () => Promise.reject(new OperationFailed(failure)) });

    const { result } = await w.ask(EVERYTHING);

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    expect(w.last()).toMatchObject({ kind: 'failure', failure });
  });

  it('stands though its file cannot be attached', async () => {
    const w = await withAudit(many(13));
    Object.assign(w.conversation, { attach: () => Promise.reject(new Error('no files here')) });

    const { result } = await w.ask(EVERYTHING);

    expect(result).toEqual({ ended: 'answered', machines: 0 });
    expect(w.logged).toContain('rows not attached');
  });
});

describe('an audit that is verified', () => {
  it('is read whole, also when that takes more than one look', async () => {
    const w = await withAudit(many(2300));
    const { page } = w.audit;
    const froms: number[] = [];
    Object.assign(w.audit, {
      page: (from: number) => {
        froms.push(from);
        return page(from);
      },
    });

    const { largestBytes, seconds } = await w.ask(VERIFY);

    const head = await w.audit.rememberedHead();
    expect(w.last()).toEqual({
      kind: 'audit-verified',
      asked: 'audit verify',
      verification: { kind: 'sound', entries: 2300, head },
    });
    expect(froms).toEqual([...new Set(froms)]);
    expect(largestBytes).toBeLessThan(500);
    expect(seconds).toBeLessThan(10);
  });

  it('is sound when it is empty', async () => {
    const w = await withAudit([]);

    await w.ask(VERIFY);

    expect(w.last()).toMatchObject({ verification: { kind: 'sound', entries: 0 } });
  });

  it('is sound though entries are added while it is read', async () => {
    const w = await withAudit(many(150));
    const { page } = w.audit;
    Object.assign(w.audit, {
      page: async (from: number) => {
        if (w.audit.links.length < 155) await w.audit.append(entry({ id: `added ${from}` }));
        return page(from);
      },
    });

    await w.ask(VERIFY);

    expect(w.last()).toMatchObject({ verification: { kind: 'sound' } });
  });

  it.each([
    ['altered', 1205, (links: ChainedEntry[]) => Object.assign(links[1204] ?? {}, { entry: entry({ id: 'forged' }) })],
    ['missing', 7, (links: ChainedEntry[]) => links.splice(6, 1)],
    ['cut-off', 2300, (links: ChainedEntry[]) => links.pop()],
  ] as const)('tells that it is %s, and where', async (why, atSeq, tamper) => {
    const w = await withAudit(many(2300));
    tamper(w.audit.links);

    await w.ask(VERIFY);

    expect(w.last()).toMatchObject({ verification: { kind: 'broken', why, atSeq, entries: atSeq - 1 } });
  });

  it('waits as long as its table asks for', async () => {
    const w = await withAudit(many(3));
    const { page } = w.audit;
    const troubles: Error[] = [new Throttled('dynamodb', 20), new Transient('dynamodb', 'timeout')];
    Object.assign(w.audit, {
      page: async (from: number) => {
        const trouble = troubles.shift();
        if (trouble !== undefined) throw trouble;
        return page(from);
      },
    });

    const { seconds } = await w.ask(VERIFY);

    expect(seconds).toBeGreaterThanOrEqual(20);
    expect(w.last()).toMatchObject({ verification: { kind: 'sound', entries: 3 } });
  });

  it('fails with a reference when its table fails for good', async () => {
    const w = await withAudit(many(3));
    Object.assign(w.audit, { page: () => Promise.reject(new Error('entry 2 of the audit is gone')) });

    await expect(w.ask(VERIFY)).rejects.toThrow('failed');

    expect(w.last()).toMatchObject({ kind: 'failure', failure: { kind: 'internal' } });
  });
});

describe.each([
  ['list', EVERYTHING],
  ['verification', VERIFY],
])('a %s that is killed', async (_, asked) => {
  const calm = await (await withAudit(many(2300))).ask(asked);

  it.each(killsOf(calm.writes))('$when write $atWrite ends the same, with its file attached once', async (kill) => {
    const w = await withAudit(many(2300));

    const { result, replays } = await w.ask(asked, kill);

    expect(replays).toBe(1);
    expect(result).toEqual(calm.result);
    expect(w.conversation.messages.at(-1)?.files).toHaveLength(asked === VERIFY ? 0 : 1);
  });
});
