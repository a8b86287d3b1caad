import { describe, expect, it } from 'vitest';
import { auditContent, ENTRIES, entry, VERIFICATIONS } from '../support/audits.ts';
import { AIKO, CHANGE_ID, KEN } from '../support/changes.ts';
import { shown, shownLines } from '../support/shown.ts';

const day = '2026-11-22';

describe('the audit', () => {
  it('says who did what, on which machines, with what outcome, newest first', () => {
    const rows = [ENTRIES[13], ENTRIES[11], ENTRIES[3], ENTRIES[0]].flatMap((each) => each ?? []);

    expect(shownLines(auditContent(rows, { more: 6 }))).toEqual([
      '10 entries since 2026-11-15 10:00 UTC',
      `*#14*  ${day} 09:46 UTC · ended · partly done: 2 done, 1 not · \`${CHANGE_ID}\``,
      `*#12*  ${day} 09:48 UTC · results · 3 machines (web-01 done, web-02 done, web-03 failed) · \`${CHANGE_ID}\``,
      `*#4*  ${day} 09:56 UTC · <@${KEN}> approved · \`${CHANGE_ID}\``,
      `*#1*  ${day} 09:59 UTC · <@${AIKO}> asked for \`/kms discover tag:Env=prod\` · \`${CHANGE_ID}\``,
      '6 more entries: the CSV in the thread has all of them.',
      'newest first · `/kms audit verify` proves that none is missing or altered',
    ]);
  });

  it('gives the reason of whoever broke the glass, and why somebody was refused', () => {
    const text = shown(auditContent(ENTRIES.slice(1, 6)));

    expect(text).toContain('broke the glass · reason: kms-old dies tonight');
    expect(text).toContain('was refused `/kms discover tag:Env=prod` · no rule allows it');
  });

  it('shows a detail it has no word for as it was kept', () => {
    expect(shown(auditContent([entry(1, { event: 'denied', detail: 'of-tomorrow' })]))).toContain(' · of-tomorrow · ');
  });

  it('says that there is more than one answer can hold, and that nothing was recorded', () => {
    expect(shown(auditContent(ENTRIES.slice(0, 1), { cut: true }))).toContain(
      '⚠ There is more than one answer can read',
    );
    expect(shownLines(auditContent([], { about: { node: 'web-01' } }))[0]).toBe(
      'Nothing was recorded about web-01 since 2026-11-15 10:00 UTC.',
    );
  });
});

describe('the verification of the audit', () => {
  it('that holds gives its number and its end, to be compared with the log', () => {
    const [sound] = VERIFICATIONS.map((content) => shown(content));

    expect(sound).toContain('4,120 entries, ending with #4120 `0123456789ab`.');
    expect(sound).toContain('the newest line “audit head” in the log');
  });

  it('that holds shows no part of an end that is no hash', () => {
    const end = { seq: 1, hash: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' };
    const told = shown({
      ...{ kind: 'audit-verified', asked: 'audit verify' },
      verification: { kind: 'sound', entries: 1, head: end },
    });

    expect(told).toContain('#1');
    expect(told).not.toContain('AAAAA');
  });

  it('that does not says at which entry, how, what still holds, and who acts', () => {
    const broken = VERIFICATIONS.slice(2, 5).map((content) => shown(content));

    expect(broken[0]).toMatch(/entry 17 is missing.* — the security owner acts\nThe 16 entries before hold/);
    expect(broken[1]).toMatch(/entry 17 is not what was written/);
    expect(broken[2]).toMatch(/from entry 17 on its end is cut off or replaced/);
  });
});
