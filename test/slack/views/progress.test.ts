import { describe, expect, it } from 'vitest';
import type { CheckProgress } from '../../../bot/domain/check-report.ts';
import type { Content } from '../../../bot/ports.ts';
import { NOW_MS, TOTALS } from '../support/content.ts';
import { shown } from '../support/shown.ts';

describe('progress', () => {
  const progress = (parts: Partial<CheckProgress>): Content => ({
    kind: 'check-progress',
    asked: 'check tag:Env=prod',
    progress: { phase: 'waiting', total: 412, done: 287, startedAtMs: NOW_MS, ...parts },
  });

  it('says how much is done, what is known and what is waited for', () => {
    const soFar = { ...TOTALS, machines: 287, activated: 271, inGrace: 9, notActivated: 7 };

    expect(shown(progress({ soFar }))).toBe(
      'Checking `/kms check tag:Env=prod` ▓▓▓▓▓▓░░░░ 287 of 412\n' +
        '271 activated · 9 in grace · 7 not activated · waiting for 125 · started 10:00 UTC',
    );
  });

  it('says in Japanese what it does in English', () => {
    expect(shown(progress({}), 'ja')).toBe(
      '`/kms check tag:Env=prod` を実行しています ▓▓▓▓▓▓░░░░ 412 台中 287 台\n残り 125 台 · 10:00 UTC に開始',
    );
  });

  it('says that AWS slows it down, and when it goes on', () => {
    expect(shown(progress({ phase: 'slowed-down', total: 10_000, done: 3_100, waitingSeconds: 20 }))).toBe(
      'Checking `/kms check tag:Env=prod`; AWS is slowing me down ▓▓▓░░░░░░░ 3,100 of 10,000\n' +
        'waiting for 6,900 · going on in 20 s · started 10:00 UTC',
    );
  });

  it('shows no bar before it knows how many there are', () => {
    expect(shown(progress({ phase: 'looking-up', total: 0, done: 0 }))).not.toMatch(/[▓░]/);
  });

  it('is full only when everything is done', () => {
    expect(shown(progress({ total: 1_000, done: 999 }))).toContain('▓▓▓▓▓▓▓▓▓░');
    expect(shown(progress({ total: 1_000, done: 1_000 }))).toContain('▓▓▓▓▓▓▓▓▓▓');
  });
});
