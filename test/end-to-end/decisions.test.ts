/** What people press on the card of a change, in a lab: windows, refusals, and one effect for many clicks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { APPROVALS, auditOf, cardWith, newest, OPS, press, pressOnly, type, whispered } from './support/changes.ts';
import { startSmallLab } from './support/small-lab.ts';

const REASON = 'renewals are due today and kms-old is gone';

let lab: Lab;
beforeAll(async () => {
  lab = await startSmallLab();
});
afterAll(() => lab.close());

/** Every change of all machines needs an approver. */
const ask = async (domain: string) => {
  const { acknowledged } = await type(lab, 'aiko', `set all lookup ${domain}`);
  expect(acknowledged).toContain('計画に承認が必要な場合は承認者に依頼します');
};

const submit = (user: string, reason: string) =>
  remoteLab(lab.url).call<{ body: unknown }>('POST', '/lab/submit', { user, values: { reason: { reason } } });

const events = async () => (await auditOf(lab)).map(({ event }) => event);

describe('the card of a waiting change', () => {
  it('lets who may break the glass do so with a reason, which everybody reads', async () => {
    await ask('corp.example');
    await pressOnly(lab, 'ken', 'break-glass', cardWith(lab, 'break-glass'));

    const keyed = await submit('ken', 'VK7JG-NPHTM-C97JM-9MPGT-3V66T is our key');
    expect(JSON.stringify(keyed)).toContain('キー、認証用の ID');

    const taken = await submit('ken', REASON);
    expect(JSON.stringify(taken)).toContain('承認なしで開始しました');
    await remoteLab(lab.url).settle();

    expect(newest(lab, APPROVALS, 'ken')).toContain(REASON);
    const entry = (await auditOf(lab)).find(({ event }) => event === 'broke-glass');
    expect(entry).toMatchObject({ reason: REASON });
    expect(JSON.stringify(await auditOf(lab))).not.toContain('NPHTM');
  });

  it('takes one of a hundred approvals, and answers each click', async () => {
    await ask('lab.example');
    const before = (await events()).filter((event) => event === 'approved').length;
    const card = cardWith(lab, 'approve');
    lab.wire.clear();
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => pressOnly(lab, n % 2 === 0 ? 'ken' : 'daniel', 'approve', card)),
    );
    const { counts } = lab.wire.read();
    await remoteLab(lab.url).settle();

    expect(counts['slack:response_url']).toBe(100);
    expect((await events()).filter((event) => event === 'approved')).toHaveLength(before + 1);
  }, 60_000);

  it('is rejected by an approver, and cancelled by whoever asked', async () => {
    await ask('corp.example');
    await press(lab, 'daniel', 'reject');
    expect(whispered(lab, 'daniel')).toContain('Rejected. Nothing is changed.');
    expect((await events()).at(-1)).toBe('ended');

    await ask('corp.example');
    await press(lab, 'aiko', 'cancel-change', OPS);
    expect(whispered(lab, 'aiko', OPS)).toContain('中止しました');
    expect(await events()).toContain('cancelled');
  });

  it('opens no window for somebody who may not break the glass, and it is kept', async () => {
    await ask('other.example');
    await press(lab, 'aiko', 'break-glass');

    expect(whispered(lab, 'aiko')).toContain('緊急実行');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'denied', detail: 'no-right' });
  });
});

describe('whoami', () => {
  it.each([
    ['ken', /承認者.*あり/],
    ['emma', /\*viewer\* .*: yes, through .*\n.*\*operator\* .*: no; ask/],
    ['nora', /Guests of this workspace may look at most/],
  ])('tells %s what they may', async (user, expected) => {
    expect((await type(lab, user, 'whoami')).acknowledged).toMatch(expected);
  });
});
