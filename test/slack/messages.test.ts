import { describe, expect, it } from 'vitest';
import { KNOWN_HRESULTS } from '../../bot/domain/hresult-table.ts';
import { helpAnswer } from '../../bot/slack/answers/help-answer.ts';
import { answerToCommand, answerToRefusal } from '../../bot/slack/answers/quick-answers.ts';
import { refusalAnswer } from '../../bot/slack/answers/refusal-answer.ts';
import { SLMGR_OPTIONS } from '../../bot/slack/answers/slmgr-options.ts';
import { COMMAND_NAMES, COMMANDS, isBuilt, TOPIC_NAMES } from '../../bot/slack/command/table.ts';
import { parseCommand } from '../../bot/slack/command-text.ts';
import { acknowledgements } from '../../bot/slack/messages/acknowledgement.ts';
import { helpCatalogue } from '../../bot/slack/messages/catalogue.ts';
import { LANGUAGES, languageOf } from '../../bot/slack/messages/language.ts';
import { escapeMarkup, words } from '../../bot/slack/mrkdwn.ts';

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
    'dns add corp.example a,b',
  ].map((text) => {
    const parsed = parseCommand(text);
    return parsed.ok ? '' : refusalAnswer(parsed.refusal, catalogue.answers);
  });
  const notBuilt = COMMAND_NAMES.filter((name) => !isBuilt(name)).map((name) => {
    const parsed = parseCommand(`${name} web-03 kms1 x`);
    const command = parsed.ok ? parsed.command : ({ name: 'doctor' } as const);
    return answerToCommand(command, language);
  });
  const codes = KNOWN_HRESULTS.map(({ code }) => answerToCommand({ name: 'error', hresult: code }, language));
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
      const text = await answerToCommand({ name: 'error', hresult: code }, language);
      expect(text).toContain(code);
      if (actor !== 'nobody') expect(text.split('\n').length).toBeGreaterThanOrEqual(4);
    }
  });
});

describe('the answer about several hosts for a record', () => {
  const answered = (text: string, language: 'en' | 'ja'): Promise<string> => {
    const parsed = parseCommand(text);
    return parsed.ok ? answerToCommand(parsed.command, language) : answerToRefusal(parsed.refusal, language);
  };

  it.each([
    'dns add corp.example kms-01.corp.example,kms-02.corp.example',
    'dns remove corp.example a b',
    'dns adopt corp.example a:1688、10.0.0.4',
  ])('says that one is taken at a time: %s', async (text) => {
    expect(await answered(text, 'en')).toContain('One host at a time: ask for each of the others');
    expect(await answered(text, 'ja')).toContain('一度に指定できるホストは 1 つです。');
  });

  it('says nothing of hosts about a number that is too large', async () => {
    const text = await answered('dns add corp.example kms-01.corp.example 99999', 'en');
    expect(text).toContain('cannot read `99999` as a priority or weight');
    expect(text).not.toContain('One host');
  });
});

describe('the answer about a code', () => {
  const answered = async (text: string, language: 'en' | 'ja' = 'en'): Promise<string> => {
    const parsed = parseCommand(`error ${text}`);
    return parsed.ok ? answerToCommand(parsed.command, language) : answerToRefusal(parsed.refusal, language);
  };

  it.each([
    ['0x5', /cannot read `0x5`.*Did you mean `0x80070005`\?/],
    ['0xF074', /cannot read `0xF074`.*Did you mean `0xC004F074`\?/],
    ['0xC004F07', /cannot read `0xC004F07`.*Did you mean .*`0xC004F07/],
    ['0x0', /^Success \(0x00000000\)/],
    ['SL_E_VL_BINDING_SERVICE_UNAVAILABLE', /\(0xC004F074, SL_E_VL/],
    ['sl_e_vl_not_enough_count', /\(0xC004F038, SL_E_VL/],
    ['0xC004F074', /`slui 0x2a 0xC004F074` on a machine/],
    ['0x00000005', /^Access was denied \(0x00000005.*Also written `0x80070005` · `5`\. /s],
    ['9003', /\(0x8007232B, DNS_ERROR_RCODE_NAME_ERROR\)/],
    ['1723', /\(0x800706BB, RPC_S_SERVER_TOO_BUSY\)/],
    ['1331', /do not know the code `0x80070533`.*Windows error 1331/s],
    ['328', /Did you mean /],
    ['error: 0xC004F074', /\(0xC004F074, SL_E_VL/],
    ['Error code: 0xC004F074, the service is unavailable', /\(0xC004F074, SL_E_VL/],
    ['failed with -1073418124 on web-03', /\(0xC004F074, SL_E_VL/],
    ['0xC004F074 or 0xC004F038', /cannot read/],
    ['0xC0020017', /\(0xC0020017, RPC_NT_SERVER_UNAVAILABLE\)/],
    ['0xD0020017', /RPC_NT_SERVER_UNAVAILABLE.*Also written `0xC0020017`/s],
    ['0xC0000272', /Also written `0xD0000272`/],
    ['0xC007232B', /DNS_ERROR_RCODE_NAME_ERROR.*Also written `0x8007232B`/s],
  ])('%s is right', async (text, expected) => {
    expect(await answered(text)).toMatch(expected);
  });

  it('is the same in Japanese', async () => {
    expect(await answered('0x0', 'ja')).toMatch(/^成功を示すコードです/);
    expect(await answered('SL_E_VL_NOT_ENOUGH_COUNT', 'ja')).toContain('`slui 0x2a 0xC004F038`');
  });
});

describe('help about a command', () => {
  it('has every tool in a span of its own, and no italics that its underscores would break', async () => {
    const text = helpAnswer('diagnose', await helpCatalogue('en'));

    expect(text).toMatch(/by hand: `[^`·]+` · `[^`·]+`/);
    expect(text.replace(/`[^`]*`/g, '')).not.toContain('_');
  });

  it('shows every form of a command, and an example of each', async () => {
    for (const language of LANGUAGES) {
      const text = helpAnswer('host', await helpCatalogue(language));
      const forms = COMMANDS.host.usage.map((form) => form.split(' ')[2] ?? '');

      for (const form of forms) expect(text.match(new RegExp(`host kms\\S* ${form}`))).not.toBeNull();
    }
  });

  it.each(COMMAND_NAMES)('has examples that are understood: %s', async (name) => {
    for (const language of LANGUAGES) {
      const { example, more = [] } = (await helpCatalogue(language)).help.commands[name];
      for (const text of [example, ...more]) expect(parseCommand(escapeMarkup(text)), text).toMatchObject({ ok: true });
    }
  });

  it('names a command for every option of slmgr that has one, in its usage', () => {
    for (const row of SLMGR_OPTIONS) {
      if (!('command' in row)) continue;
      const usage: readonly string[] = COMMANDS[row.command].usage;
      const words = row.usage.replace(/<[^>]*>|\[[^\]]*\]/g, '').split(' ');
      expect(
        usage.some((form) => words.every((word) => form.includes(word.split('|')[0] ?? ''))),
        row.usage,
      ).toBe(true);
    }
  });
});

describe('the acknowledgement in Japanese', () => {
  const { ja } = acknowledgements;

  it.each([
    ['erp-01', 'erp-01 を確認しています。'],
    [ja.all, 'すべてのマシンを確認しています。'],
    [ja.site('erp-01', words('tokyo')), 'tokyo の erp-01 を確認しています。'],
    [ja.site(ja.all, words('tokyo')), 'tokyo のすべてのマシンを確認しています。'],
  ])('keeps half a space between Latin words and Japanese: %s', (what, expected) => {
    expect(ja.checking(what)).toBe(expected);
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
