import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reader, renderBlocks, renderMessage } from './plain-text.ts';
import { formatSlackDate } from './text/dates.ts';
import { plainMrkdwn } from './text/inline.ts';
import { parseMrkdwn } from './text/mrkdwn.ts';
import { displayWidth, padTo, stripControls } from './text/width.ts';

const NOON = Date.UTC(2026, 10, 22, 3, 30);
const reader: Reader = {
  timeZone: 'Asia/Tokyo',
  locale: 'ja-JP',
  nowMs: NOON,
  userName: (id) => ({ U1: 'Aiko Tanaka' })[id] ?? id,
  channelName: (id) => ({ C1: 'kms-ops' })[id] ?? id,
  groupName: (id) => ({ S1: 'kms-approvers' })[id] ?? id,
};
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });

describe('mrkdwn as plain text', () => {
  it.each([
    ['*bold* _it_ ~no~ `code`', 'bold it no code'],
    ['2 * 3 * 4 and a_b_c', '2 * 3 * 4 and a_b_c'],
    ['&lt;!channel&gt; &amp;lt; A &amp; B', '<!channel> &lt; A & B'],
    ['<!channel> <!here|here>', '@channel @here'],
    ['<@U1> in <#C1> for <!subteam^S1>', '@Aiko Tanaka in #kms-ops for @kms-approvers'],
    ['<@U9|ken>', '@ken'],
    ['<https://a.example/x|docs> <https://a.example/>', 'docs (https://a.example/x) https://a.example/'],
    ['```\nslmgr /dlv\n*x*\n```', 'slmgr /dlv\n*x*'],
    [':warning: done :unknown_thing:', '⚠ done :unknown_thing:'],
    ['at 12:30:45', 'at 12:30:45'],
    [':constructor: <!date^0^{constructor}|x>', ':constructor: {constructor}'],
    ['*<https://a.example|bold link>*', 'bold link (https://a.example)'],
    ['red \u001b[31malert\u001b[0m \u202egnp.exe', 'red [31malert[0m gnp.exe'],
  ])('%j reads %j', (text, expected) => {
    expect(plainMrkdwn(text, reader)).toBe(expected);
  });

  it('loses no letter of a text without marks', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N} .,()-]*$/u), (text) => {
        expect(plainMrkdwn(text, reader)).toBe(text);
      }),
    );
  });

  it('shows escaped text as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const marks = /[*_~`:\n]/;
        fc.pre(!marks.test(text));
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(plainMrkdwn(escaped, reader)).toBe(stripControls(text));
      }),
    );
  });

  it('ends for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '_', '`', '<', '>', '|', '^', '!', 'a', ' ') }), (text) => {
        expect(Array.isArray(parseMrkdwn(text))).toBe(true);
      }),
    );
  });
});

describe('dates', () => {
  const at = (format: string, seconds = NOON / 1_000) => ({ timestamp: seconds, format, fallback: 'fallback' });

  it.each([
    ['{date_num} {time}', '2026-11-22 12:30', '2026-11-22 3:30 AM'],
    ['{date_short}', '2026年11月22日', 'Nov 22, 2026'],
    ['{date_long}', '2026年11月22日日曜日', 'Sunday, November 22, 2026'],
    ['{date_pretty}', '今日', 'today'],
    ['{ago}', '今', 'now'],
    ['{unknown}', '{unknown}', '{unknown}'],
  ])('%s is shown in the reader’s language and zone', (format, japanese, english) => {
    const normal = (text: string) => text.replaceAll('\u202f', ' ');

    expect(normal(formatSlackDate(at(format), reader))).toBe(japanese);
    expect(normal(formatSlackDate(at(format), { timeZone: 'UTC', locale: 'en-US', nowMs: NOON }))).toBe(english);
  });

  it.each([
    [-3_600 * 5, '5 hours ago'],
    [-86_400 * 2, '2 days ago'],
    [90, 'in 1 minute'],
  ])('%i seconds away are %j', (seconds, text) => {
    const tag = at('{ago}', NOON / 1_000 + seconds);

    expect(formatSlackDate(tag, { timeZone: 'UTC', locale: 'en-US', nowMs: NOON })).toBe(text);
  });

  it('fall back where the time is none', () => {
    expect(plainMrkdwn('<!date^never^{date}|never>', reader)).toBe('never');
  });
});

describe('width', () => {
  it.each([
    ['abc', 3],
    ['認証', 4],
    ['ｶﾅ', 2],
    ['カナ', 4],
    ['e\u0301', 1],
    ['🔴', 2],
    ['⚠️', 1],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('pads to the width asked for, whatever the letters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '認', '🔴', 'é') }),
        fc.constantFrom('left', 'center', 'right'),
        (text, align) => {
          expect(displayWidth(padTo(text, 60, align as 'left'))).toBe(Math.max(60, displayWidth(text)));
        },
      ),
    );
  });
});

describe('blocks as plain text', () => {
  it.each<[string, object, string]>([
    ['header', { type: 'header', text: plain('Machines') }, 'Machines'],
    ['divider', { type: 'divider' }, '─'.repeat(40)],
    [
      'section',
      { type: 'section', text: mrkdwn('*2* cases\nmore'), accessory: { type: 'button', text: plain('Show') } },
      '2 cases  [Show]\nmore',
    ],
    [
      'context',
      { type: 'context', elements: [mrkdwn('slmgr /dlv'), { type: 'image', alt_text: 'ok' }] },
      'slmgr /dlv [ok]',
    ],
    [
      'actions',
      {
        type: 'actions',
        elements: [
          { type: 'button', text: plain('Fix') },
          { type: 'overflow', options: [{ text: plain('Mute') }] },
          { type: 'static_select', placeholder: plain('For') },
        ],
      },
      '[Fix] [⋯ Mute] [For ▾]',
    ],
    ['image', { type: 'image', alt_text: 'down 2', title: plain('Count') }, 'Count\n[image: down 2]'],
    ['inherited name', { type: 'constructor' }, '[constructor block, not shown]'],
    ['unknown', { type: 'hologram' }, '[hologram block, not shown]'],
    ['markdown', { type: 'markdown', text: '# A' }, '# A'],
    [
      'input',
      { type: 'input', label: plain('Machine'), element: { type: 'plain_text_input' } },
      'Machine\n[plain text input ▾]',
    ],
  ])('%s', (_type, block, expected) => {
    expect(renderBlocks([block], reader)).toBe(expected);
  });

  it('puts fields side by side', () => {
    const fields = ['状態\n認証済み', 'Host\nkms1', 'DNS\nok'].map(mrkdwn);

    expect(renderBlocks([{ type: 'section', fields }], reader)).toBe(
      ['状態       Host', '認証済み   kms1', 'DNS', 'ok'].join('\n'),
    );
  });

  it('aligns a table by what letters take', () => {
    const cell = (text: string) => ({ type: 'raw_text', text });
    const rows = [
      [cell('名前'), cell('n')],
      [cell('web-03'), cell('12')],
    ];

    const text = renderBlocks([{ type: 'table', rows, column_settings: [{}, { align: 'right' }] }], reader);

    expect(text).toBe(['名前     n', '──────  ──', 'web-03  12'].join('\n'));
  });

  it('writes rich text with its lists, quotes and code', () => {
    const rich = (type: string, text: string, extra: object = {}) => ({
      type,
      elements: [{ type: 'text', text }],
      ...extra,
    });
    const item = (text: string) => rich('rich_text_section', text);
    const block = {
      type: 'rich_text',
      elements: [
        rich('rich_text_section', 'Why'),
        { type: 'rich_text_list', style: 'ordered', elements: [item('a'), item('b')] },
        { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [item('c')] },
        rich('rich_text_quote', 'said'),
        rich('rich_text_preformatted', 'x\ny'),
      ],
    };

    expect(renderBlocks([block], reader)).toBe(['Why', '1. a', '2. b', '  ◦ c', '> said', '    x', '    y'].join('\n'));
  });

  it('writes a chart as its numbers', () => {
    const data = [
      { label: 'Mon', value: 61 },
      { label: 'Tue', value: 58 },
    ];
    const chart = { type: 'line', series: [{ name: 'kms1', data }], axis_config: { categories: ['Mon', 'Tue'] } };

    expect(renderBlocks([{ type: 'data_visualization', title: 'Counts', chart }], reader)).toBe(
      ['Counts', '     kms1', '───  ────', 'Mon    61', 'Tue    58'].join('\n'),
    );
  });

  it('names the files of a message, and shows its text where it has no blocks', () => {
    const files = [{ name: 'check.csv', size: 12 }];

    expect(renderMessage({ text: '*Done*', blocks: [], files }, reader)).toBe('Done\n[file: check.csv, 12 bytes]');
  });
});
