import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrap } from './wrap.ts';

describe('wrapping for a terminal', () => {
  it('leaves short lines as they are', () => {
    expect(wrap('one\n  two', 10)).toBe('one\n  two');
  });

  it('breaks at blanks and hangs what follows under the first word', () => {
    expect(wrap('• 9  machines point to kms-old', 18)).toBe('• 9  machines\n  point to kms-old');
  });

  it('keeps a word that is longer than the line whole', () => {
    expect(wrap('  abcdefghij kl', 6)).toBe('  abcdefghij\n  kl');
  });

  it('loses no word', () => {
    const text = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 }).map((words) => words.join(' '));
    const words = (written: string) => written.split(/\s+/).filter((word) => word !== '');
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 40 }), (given, width) => {
        expect(words(wrap(given, width))).toEqual(words(given));
      }),
    );
  });
});
