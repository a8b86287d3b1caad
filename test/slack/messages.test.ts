import { describe, expect, it } from 'vitest';
import { KNOWN_HRESULTS } from '../../bot/domain/hresult-table.ts';
import { helpAnswer } from '../../bot/slack/answers/help-answer.ts';
import { answerToCommand } from '../../bot/slack/answers/quick-answers.ts';
import { refusalAnswer } from '../../bot/slack/answers/refusal-answer.ts';
import { COMMAND_NAMES, isBuilt, TOPIC_NAMES } from '../../bot/slack/command/table.ts';
import { parseCommand } from '../../bot/slack/command-text.ts';
import { helpCatalogue } from '../../bot/slack/messages/catalogue.ts';
import { LANGUAGES, languageOf } from '../../bot/slack/messages/language.ts';

/** What no sentence may hold: gaps, raw markup, dangling values. */
const SLIPS = /undefined|\[object|NaN|<(?!@U)|\(\)|（）| {3,}|[^.]\.\.$/;
const LATIN_NEXT_TO_JAPANESE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][A-Za-z]|[A-Za-z][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const WRONG_TERMS = /アクティベーション|KMS サーバー|ライセンスキー|閾値|！/;

const everyAnswer = async (language: 'en' | 'ja'): Promise<readonly string[]> => {
  const catalogue = await helpCatalogue(language);
  const helps = [undefined, ...COMMAND_NAMES, ...TOPIC_NAMES].map((about) => helpAnswer(about, catalogue));
  const refusals = [
    'chekc',
    'xyz',
    'check',
    'check tag:x',
    'hosts now',
    'help discvery',
    '"',
    'error F0',
    'set a typ b',
  ].map((text) => {
    const parsed = parseCommand(text);
    return parsed.ok ? '' : refusalAnswer(parsed.refusal, catalogue.answers);
  });
  const notBuilt = COMMAND_NAMES.filter((name) => !isBuilt(name)).map((name) => {
    const parsed = parseCommand(`${name} web-03 kms1 x`);
    const command = parsed.ok ? parsed.command : ({ name: 'doctor' } as const);
    return answerToCommand(command, 'U1', language);
  });
  const codes = KNOWN_HRESULTS.map(({ code }) => answerToCommand({ name: 'error', hresult: code }, 'U1', language));
  return [...helps, ...refusals, ...(await Promise.all([...notBuilt, ...codes]))];
};

describe.each(LANGUAGES)('answers in %s', (language) => {
  it('fit a message and have no slips', async () => {
    for (const text of await everyAnswer(language)) {
      expect(text.length).toBeLessThanOrEqual(3_900);
      expect(text).not.toMatch(SLIPS);
    }
  });

  it('explain every known code with what it means, who acts and what to do', async () => {
    for (const { code, actor } of KNOWN_HRESULTS) {
      const text = await answerToCommand({ name: 'error', hresult: code }, 'U1', language);
      expect(text).toContain(code);
      if (actor !== 'nobody') expect(text.split('\n').length).toBeGreaterThanOrEqual(4);
    }
  });
});

it('Japanese keeps half a space to Latin words, the terms of Microsoft’s pages, and its voice', async () => {
  for (const text of await everyAnswer('ja')) {
    const prose = text.replace(/`[^`]*`/g, '');
    expect(prose).not.toMatch(LATIN_NEXT_TO_JAPANESE);
    expect(prose).not.toMatch(WRONG_TERMS);
  }
});

it.each([
  ['ja-JP', 'ja'],
  ['ja', 'ja'],
  ['en-GB', 'en'],
  ['de-DE', 'en'],
  ['', undefined],
  [undefined, undefined],
])('takes the locale %s for %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
