/** Every row of Microsoft's troubleshooting has a rule, a verdict, a fix or an explanation that really exists. */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../bot/domain/diagnosis/rules.ts';
import { hresultOf, parseHresult, signedOf, unsignedOf } from '../../bot/domain/hresult.ts';
import { knownHresult, sameInOtherWrapping } from '../../bot/domain/hresult-table.ts';
import { answerToCommand } from '../../bot/slack/answers/quick-answers.ts';
import { COMMANDS, isBuilt } from '../../bot/slack/command/table.ts';
import { codes as codesEn } from '../../bot/slack/messages/codes-en.ts';
import { codes as codesJa } from '../../bot/slack/messages/codes-ja.ts';
import { DNS_ARTICLE } from './article-dns.ts';
import { KMS_ARTICLE } from './article-kms.ts';
import { CODES, NOTHING_TO_DO } from './codes.ts';
import type { CoverageRow } from './reference.ts';
import { problemWith } from './resolve.ts';
import { TREE } from './tree.ts';

const EVERY_ROW: readonly CoverageRow[] = [...TREE, ...DNS_ARTICLE, ...KMS_ARTICLE];

describe('the tables', () => {
  it('hold every row and paragraph, each once', () => {
    expect(TREE.map(({ number }) => number)).toEqual(Array.from({ length: 32 }, (_none, at) => at + 1));
    expect(DNS_ARTICLE.map(({ id }) => id).join(' ')).toBe(
      'A1 A2 A3 A4 A5 A6 A7 A8 A9a A9b A9c A9d A9e A10a A10b A10c A11a A11b A11c A11d A12a A12b A12c A12d A12e A12f',
    );
    expect(KMS_ARTICLE.map(({ id }) => id).join(' ')).toBe(
      'B1 B2 B3a B3b B4 B5 B6a B6b B6c B6d B7 B8 B9 B10a B10b B10c B11 B12',
    );
    const codes = Object.values(CODES).flat();
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe.each(EVERY_ROW.map((row) => [row.id, row.about, row] as const))('%s, %s,', (_id, _about, row) => {
  it('is covered by something that exists', () => {
    expect(row.by.length).toBeGreaterThan(0);
    expect(row.by.map(problemWith).filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('leads to a verdict, a repair or a command: to explain is not enough', () => {
    const says = row.by.filter((each) => !('topic' in each || 'slmgr' in each || 'code' in each));

    expect(says).not.toEqual([]);
  });

  it('counts no command as planned that is built already, or that nobody knows', () => {
    for (const { command } of row.planned ?? []) {
      expect(Object.hasOwn(COMMANDS, command)).toBe(true);
      expect(isBuilt(command), `${command} is built: let it cover the row`).toBe(false);
    }
  });
});

describe('the rules of the diagnosis', () => {
  it.each(TREE.filter(({ withoutRule }) => withoutRule === undefined).map(({ number, about }) => [number, about]))(
    'have one for row %i: %s',
    (number) => {
      expect(RULES.filter(({ rows }) => rows.some((row) => row === number)).map(({ id }) => id)).not.toEqual([]);
    },
  );

  it('name rows of the tree alone, and each rule once', () => {
    expect(RULES.flatMap(({ rows }) => rows).filter((row) => !TREE.some(({ number }) => number === row))).toEqual([]);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});

describe.each(Object.entries(CODES))('codes of the family %s', (family, digits) => {
  it.each(digits)('%s is explained in both languages: meaning, who acts, what to check', async (code) => {
    const known = knownHresult(`0x${code}`);

    expect(known?.family).toBe(family);
    for (const texts of [codesEn, codesJa]) {
      if (known === undefined) continue;
      expect(texts.means[known.cause]).not.toBe('');
      expect(texts.actor[known.actor]).not.toBe('');
      if (!NOTHING_TO_DO.includes(code)) expect(texts.act[known.cause]).not.toBe('');
    }
    for (const language of ['en', 'ja'] as const) {
      expect(await answerToCommand({ name: 'error', hresult: `0x${code}` }, language)).toContain(`0x${code}`);
    }
  });

  it.each(digits)('%s is recognised in every spelling', (code) => {
    const hresult = `0x${code}` as const;
    const spellings = [
      hresult,
      hresult.toLowerCase(),
      code,
      code.toLowerCase(),
      String(unsignedOf(hresult)),
      String(signedOf(hresult)),
    ];
    for (const spelling of spellings) expect(parseHresult(spelling)).toEqual({ ok: true, hresult });
  });

  it.each(digits.filter((code) => /^[CD]/.test(code)))('%s is recognised with and without the N bit', (code) => {
    const twin = hresultOf((unsignedOf(`0x${code}`) ^ 0x1000_0000) >>> 0) ?? '0x';

    expect(sameInOtherWrapping(twin)?.code).toBe(`0x${code}`);
  });

  it.each(digits.filter((code) => /^8007/.test(code)))('%s is recognised as the Win32 error in it', (code) => {
    const bare = hresultOf(unsignedOf(`0x${code}`) & 0xffff) ?? '0x';

    expect(sameInOtherWrapping(bare)?.code).toBe(`0x${code}`);
    expect(sameInOtherWrapping(`0xC007${code.slice(4)}`)?.code).toBe(`0x${code}`);
  });
});

describe('resolving', () => {
  it.each([
    { cause: 'a-cause-of-nobody' },
    { evidence: 'tea-leaves' },
    { concern: 'boredom' },
    { unseen: 'the-future' },
    { fix: 'prayer', says: 'amen' },
    { fix: 'create-record', says: 'allow-update { any; }' },
    { topic: 'weather', says: 'rain' },
    { topic: 'mak', says: 'words that stand nowhere' },
    { code: '0xC004FFFF' },
    { slmgr: '/none' },
    { command: 'report' },
    { command: 'host', form: 'host <node> dance' },
  ])('finds that %j does not exist', (reference) => {
    expect(problemWith(reference as never)).toBeDefined();
  });
});
