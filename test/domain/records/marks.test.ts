import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMark, marksIn, ownershipOf, readMark } from '../../../bot/domain/records/marks.ts';
import { answer as answers } from './sample-records.ts';
import { mark, OTHER, OURS, state } from './zone-file.ts';

const ANSWER = { priority: 0, weight: 100, port: 1688, target: 'kms-01.corp.example' };
const TEXT = `kms-bot owner=${OURS} change=c4k7m2q9xd srv=0 100 1688 kms-01.corp.example.`;
const MARK = { owner: OURS, change: 'c4k7m2q9xd', answer: ANSWER };

describe('formatMark', () => {
  it('says in one quoted string whose a value is, since which change, and which', () => {
    expect(formatMark(MARK)).toBe(`"${TEXT}"`);
  });

  it('parts a long one into strings of at most 255 characters', () => {
    const target = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    const value = formatMark({ ...MARK, answer: { ...ANSWER, target } });
    expect(target).toHaveLength(253);
    expect(value.split('" "').map((string) => string.replaceAll('"', '').length)).toEqual([255, 59]);
    expect(readMark(value)?.answer.target).toBe(target);
  });
});

describe('readMark', () => {
  it('reads back every mark', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{12}$/);
    const change = fc.stringMatching(/^c[a-z2-9]{9}$/);
    fc.assert(
      fc.property(hex, change, answers, (owner, id, answer) => {
        expect(readMark(formatMark({ owner, change: id, answer }))).toEqual({ owner, change: id, answer });
      }),
    );
  });

  it.each([
    ['in two strings', `"${TEXT.slice(0, 20)}" "${TEXT.slice(20)}"`],
    ['in two strings without a blank between', `"${TEXT.slice(0, 20)}""${TEXT.slice(20)}"`],
    ['with letters in octal', `"${TEXT.replace('kms', '\\153ms')}"`],
    ['with needless backslashes', `"${TEXT.replace('=', '\\=')}"`],
  ])('reads a mark %s', (_, value) => {
    expect(readMark(value)).toEqual(MARK);
  });

  it.each([
    ['text without quotes', TEXT],
    ['text in front', `"x${TEXT}"`],
    ['text behind', `"${TEXT} x"`],
    ['a string in front', `"v=spf1" "${TEXT}"`],
    ['text outside the quotes', `"${TEXT}" x`],
    ['a quote inside that ends nothing', `"${TEXT}\\"`],
    ['a mark within quotes within a text', `"\\"${TEXT}\\""`],
    ['a line break in it', `"${TEXT.replace(' srv', '\nsrv')}"`],
    ['two blanks', `"${TEXT.replace(' srv', '  srv')}"`],
    ['capitals', `"${TEXT.toUpperCase()}"`],
    ['an owner too long', `"${TEXT.replace('owner=', 'owner=0')}"`],
    ['no change', `"${TEXT.replace('c4k7m2q9xd', '')}"`],
    ['two values', `"${TEXT} srv=0 0 1688 b.x."`],
    ['a value that is none', `"${TEXT.replace('1688', '0')}"`],
    ['a value that we would write in another way', `"${TEXT.replace('kms-01.corp', 'KMS-01.corp')}"`],
    ['no value', `"${TEXT.replace(/srv=.*/, 'srv=')}"`],
    ['nothing', ''],
    ['an empty string', '""'],
  ])('takes no %s for a mark', (_, value) => {
    expect(readMark(value)).toBeUndefined();
  });

  it('takes no text for a mark that is not letter by letter one', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'kms-bot ',
        `owner=${OURS} `,
        'change=c1 ',
        'srv=',
        '0 0 1688 a.b.',
        '"',
        '\\',
        '" "',
        '\\"',
        ' ',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const read = readMark(`"${pieces.join('')}"`);
        const said = pieces.join('').replace(/" *"/g, '');
        expect(read === undefined || formatMark(read) === `"${said.replace(/\\(.)/gs, '$1')}"`).toBe(true);
      }),
    );
  });
});

describe('marksIn', () => {
  it('gives marks of every owner, and no other text', () => {
    const given = state(
      '300 SRV 0 0 1688 a.x. ; ours, other bot',
      '300 TXT "v=spf1 -all"',
      '300 TXT 0 0 1688 b.x. ; ours',
    );
    expect(marksIn(given).map(({ owner, answer }) => [owner, answer.target])).toEqual([
      [OURS, 'b.x'],
      [OURS, 'a.x'],
      [OTHER, 'a.x'],
    ]);
  });
});

describe('ownershipOf', () => {
  const A = '0 0 1688 a.x.';
  it.each([
    ['a value without a mark', 'foreign', A, state(`300 SRV ${A}`)],
    ['a value with our mark', 'ours', A, state(`300 SRV ${A} ; ours`)],
    ['a value with the mark of another deployment', 'other-bot', A, state(`300 SRV ${A} ; other bot`)],
    ['a value that both claim', 'other-bot', A, state(`300 SRV ${A} ; ours, other bot`)],
    ['a value whose mark has other numbers', 'foreign', A, state(`300 SRV ${A}`, '300 TXT 1 0 1688 a.x. ; ours, gone')],
    ['a value in other spelling than its mark', 'ours', '0  0 1688 A.X', state('300 SRV 0  0 1688 A.X ; ours')],
    ['a value that stands there twice', 'foreign', A, state(`300 SRV ${A} ; ours`, '300 SRV 0 0 1688 A.x.')],
    ['a value that is no answer', 'foreign', '0 0 0 .', state('300 SRV 0 0 0 .', `300 TXT ${A} ; ours, gone`)],
  ])('of %s is %s', (_, expected, text, given) => {
    expect(ownershipOf(text, given, OURS)).toBe(expected);
  });

  it('counts two marks of ours for one value as one', () => {
    const given = state(`300 SRV ${A} ; ours`, `300 TXT ${mark(A, OURS, 'clater')}`);
    expect(ownershipOf(A, given, OURS)).toBe('ours');
  });
});
