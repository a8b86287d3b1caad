import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWords } from '../../bot/domain/nearest.ts';

const COMMANDS = ['check', 'diagnose', 'hosts', 'host', 'error', 'activate', 'audit', 'help', 'whoami'];

describe('nearestWords', () => {
  it.each([
    ['chekc', ['check']],
    ['CHEK', ['check']],
    ['diagnos', ['diagnose']],
    ['dignose', ['diagnose']],
    ['hots', ['host', 'hosts']],
    ['host', ['host', 'hosts']],
    ['act', ['activate']],
    ['xyz', []],
    ['', []],
  ])('suggests for %j', (word, expected) => {
    expect(nearestWords(word, COMMANDS)).toEqual(expected);
  });

  it('returns no more than asked for', () => {
    expect(nearestWords('web', ['web-01', 'web-02', 'web-03', 'web-04'], 2)).toEqual(['web-01', 'web-02']);
  });

  it('suggests every candidate for itself, first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,12}$/), { minLength: 1 }), (candidates) => {
        for (const candidate of candidates) expect(nearestWords(candidate, candidates)[0]).toBe(candidate);
      }),
    );
  });

  it('forgives one slip in any word of three letters or more', () => {
    const word = fc.stringMatching(/^[a-z]{3,10}$/);
    fc.assert(
      fc.property(word, fc.nat(), (written, at) => {
        const place = at % written.length;
        const missing = written.slice(0, place) + written.slice(place + 1);
        expect(nearestWords(missing, [written])).toEqual([written]);
      }),
    );
  });
});
