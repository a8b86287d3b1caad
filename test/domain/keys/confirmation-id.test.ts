import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfirmationReading, readConfirmationId } from '../../../bot/domain/keys/confirmation-id.ts';

const GROUPS = ['000001', '000002', '000003', '000004', '000005', '000006', '000007', '000008'];
const ALL = GROUPS.join('');
const only = (first: string): string[] => [first, '', '', '', '', '', '', ''];

const digit = fc.constantFrom(...'0123456789');
const group = fc.array(digit, { minLength: 6, maxLength: 6 }).map((digits) => digits.join(''));
const wide = (text: string): string =>
  text.replace(/[0-9]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

const withGroup = (at: number, value: string): string[] => GROUPS.map((each, place) => (place === at ? value : each));

describe('readConfirmationId', () => {
  it.each<[string, string[]]>([
    ['eight groups in eight fields', GROUPS],
    ['blanks around and within groups', GROUPS.map((each) => ` ${each.slice(0, 3)} ${each.slice(3)} `)],
    ['everything in the first field', only(ALL)],
    ['a paste with hyphens', only(GROUPS.join('-'))],
    ['a paste with blanks and line ends', only(GROUPS.join(' \r\n'))],
    ['a paste with dashes and blanks of full width', only(GROUPS.join('\u3000\u2013\u3000'))],
    ['a paste with the long vowel mark that a Japanese keyboard gives for a hyphen', only(GROUPS.join('\u30fc'))],
    ['digits of full width', GROUPS.map(wide)],
    ['a paste of full width', only(wide(GROUPS.join('-')))],
  ])('reads %s', (_, fields) => {
    expect(readConfirmationId(fields)).toEqual({ ok: true, digits: ALL });
  });

  it.each<[string, string[], ConfirmationReading]>([
    ['an empty group', withGroup(2, ' '), { ok: false, problems: [{ group: 2, why: 'empty' }] }],
    ['a group that is too short', withGroup(7, '12345'), { ok: false, problems: [{ group: 7, why: 'too-short' }] }],
    ['a group that is too long', withGroup(1, '1234567'), { ok: false, problems: [{ group: 1, why: 'too-long' }] }],
    ['a letter O for a nought', withGroup(0, '00O001'), { ok: false, problems: [{ group: 0, why: 'not-digits' }] }],
    [
      'a paste into the first field beside other groups',
      [ALL, ...GROUPS.slice(1)],
      { ok: false, problems: [{ group: 0, why: 'too-long' }] },
    ],
    [
      'a paste that lacks a digit',
      only(ALL.slice(1)),
      {
        ok: false,
        problems: [
          { group: 0, why: 'too-long' },
          ...[1, 2, 3, 4, 5, 6, 7].map((at) => ({ group: at, why: 'empty' as const })),
        ],
      },
    ],
    [
      'every group that is wrong',
      ['1', 'x', ...GROUPS.slice(2)],
      {
        ok: false,
        problems: [
          { group: 0, why: 'too-short' },
          { group: 1, why: 'not-digits' },
        ],
      },
    ],
  ])('refuses %s, group by group', (_, fields, problems) => {
    expect(readConfirmationId(fields)).toEqual(problems);
  });

  it('takes fields that are missing for empty ones', () => {
    expect(readConfirmationId(GROUPS.slice(0, 7))).toEqual({ ok: false, problems: [{ group: 7, why: 'empty' }] });
  });

  it('gives the digits as they were typed, pasted or grouped, whatever stands between them', () => {
    const between = fc.constantFrom('', ' ', '-', ' - ', '\u2010', '\u3000', '\t', '\u200b');
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), between, fc.boolean(), (groups, mark, isWide) => {
        const shaped = isWide ? groups.map(wide) : groups;
        const digits = groups.join('');
        expect(readConfirmationId(shaped)).toEqual({ ok: true, digits });
        expect(readConfirmationId(only(shaped.join(mark)))).toEqual({ ok: true, digits });
      }),
    );
  });

  it('either gives 48 digits or says which groups are wrong, and never repeats what was typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 10 }), (fields) => {
        const read = readConfirmationId(fields);
        if (read.ok) expect(read.digits).toMatch(/^[0-9]{48}$/);
        else {
          expect(read.problems.length).toBeGreaterThan(0);
          for (const problem of read.problems) expect(Object.keys(problem).sort()).toEqual(['group', 'why']);
        }
      }),
    );
  });
});
