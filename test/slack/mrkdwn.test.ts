import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../bot/domain/mask-secrets.ts';
import {
  code,
  cut,
  cutMrkdwn,
  mention,
  mentionGroup,
  moment,
  plain,
  preformatted,
  words,
} from '../../bot/slack/mrkdwn.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
const KEY = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';

describe('words', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['R&D', 'R&amp;D'],
    ['web_03', 'web_03'],
    ['_sly_', '_\u2060sly_\u2060'],
    ['a\u202Eb\u200Bc\u0007', 'abc'],
    ['two\r\nlines', 'two lines'],
    [KEY, '•••••-3V66T'],
    [KEY.toLowerCase(), '•••••-3v66t'],
  ])('makes %j inert', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('never lets markup, invisible characters or keys through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const safe = words(`${text}${KEY}`, 10_000);
        expect(safe).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|[\u202A-\u202E\u2066-\u2069\n]|NPHTM|\p{Surrogate}/u);
      }),
    );
  });
});

describe('code', () => {
  it('keeps what it shows in one span', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(code(text)).toMatch(/^(?:`[^`\n]+`)?$/);
      }),
    );
  });
});

describe('preformatted', () => {
  it('keeps every line in one block, in which nothing acts', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (lines) => {
        const block = preformatted([...lines, KEY]);
        expect(block).toMatch(/^```\n[^`]*\n```$/);
        expect(block.split('\n')).toHaveLength(lines.length + 3);
        expect(block).not.toMatch(/[<>]|[\u202A-\u202E\u2066-\u2069]|NPHTM/u);
      }),
    );
  });

  it('is nothing without lines', () => {
    expect(preformatted([])).toBe('');
  });
});

describe('cut', () => {
  it('never cuts through a character and never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const short = cut(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Surrogate}/u);
        if (text.length > limit) expect(short.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('cutMrkdwn', () => {
  it.each([
    ['an entity', `${'a'.repeat(7)}&amp;b`],
    ['a date', `${'a'.repeat(7)}<!date^1^{time}|x>b`],
    ['a code span', `${'a'.repeat(7)}\`code\`b`],
  ])('never cuts through %s', (_, text) => {
    expect(cutMrkdwn(text, 10)).toBe(`${'a'.repeat(7)}…`);
  });
});

describe('moment', () => {
  it('shows each reader their own zone, and says UTC where Slack cannot', () => {
    expect(moment(Date.parse('2026-11-22T10:00:59Z'))).toBe(
      '<!date^1795341659^{date_short_pretty} {time}|2026-11-22 10:00 UTC>',
    );
  });

  it.each([Number.NaN, -1, 1e300])('takes any number, %d too', (atMs) => {
    expect(moment(atMs, 'date')).toMatch(/^<!date\^\d+\^/);
  });
});

it('masks keys wherever they stand, and nothing else', () => {
  expect(maskSecrets(`x ${KEY}, y`)).toBe('x •••••-3V66T, y');
  expect(maskSecrets('3f2504e0-4f89-11d3-9a0c-0305e82c3301')).toBe('3f2504e0-4f89-11d3-9a0c-0305e82c3301');
  expect(plain(`a\n${KEY}`)).toBe('a •••••-3V66T');
});

it('mentions people by Slack’s own ids only', () => {
  expect(mention('U0AIKO0001')).toBe('<@U0AIKO0001>');
  expect(mention('!channel')).toBe('');
});

describe('the mention of a user group', () => {
  it('is made of an id of Slack’s own, and of nothing else', () => {
    expect(mentionGroup('S0APPROVERS')).toBe('<!subteam^S0APPROVERS>');
    for (const text of ['', 'approvers', 'S', 's0approvers', 'U0AIKO0001', 'S0A> <!channel', 'S0A|@here'])
      expect(mentionGroup(text)).toBe('');
  });
});
