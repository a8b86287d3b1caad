import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installationGroups } from '../../../bot/domain/keys/installation-id.ts';

describe('installationGroups', () => {
  it('parts the 63 digits of newer Windows into nine groups of seven', () => {
    expect(installationGroups('0000001'.repeat(9))).toEqual(Array.from({ length: 9 }, () => '0000001'));
  });

  it('parts the 54 digits of older Windows into nine groups of six', () => {
    expect(installationGroups('000001'.repeat(9))).toEqual(Array.from({ length: 9 }, () => '000001'));
  });

  it.each([
    ['nothing', ''],
    ['a number of digits that is no multiple of nine', '0'.repeat(50)],
    ['letters', 'A'.repeat(63)],
    ['blanks between digits', '0000001 '.repeat(9)],
    ['digits of full width', '\uff10'.repeat(63)],
  ])('has no groups of %s', (_, digits) => {
    expect(installationGroups(digits)).toBeUndefined();
  });

  it('loses no digit, and makes nine groups of one length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.constantFrom(...'0123456789'), (size, digit) => {
        const digits = digit.repeat(size * 9);
        const groups = installationGroups(digits) ?? [];
        expect(groups.join('')).toBe(digits);
        expect(groups.map(({ length }) => length)).toEqual(Array.from({ length: 9 }, () => size));
      }),
    );
  });
});
