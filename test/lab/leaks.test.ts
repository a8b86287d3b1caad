import { describe, expect, it } from 'vitest';
import { leaksIn } from './leaks.ts';

const KEY = 'BCDFG-HJKMN-PQRTV-WXY23-46789';
const CONFIRMATION = '123456'.repeat(8);
const secret = { what: 'a key', value: KEY };

describe('a search for secrets', () => {
  it.each([
    ['as it is', `before ${KEY} after`],
    ['without its hyphens', `x${KEY.replaceAll('-', '')}y`],
    ['encoded from its beginning', Buffer.from(`${KEY} is it`).toString('base64')],
    ['encoded behind one character', Buffer.from(`a${KEY} is it`).toString('base64')],
    ['encoded behind two', Buffer.from(`ab${KEY} is it`).toString('base64')],
  ])('finds one %s, and tells what it is without telling it', (_, text) => {
    const found = leaksIn([{ place: 'tables', text }], [secret]);

    expect(found).toEqual(['tables: a key']);
    expect(found.join()).not.toContain(KEY);
  });

  it('finds digits whatever stands between their groups', () => {
    const digits = { what: 'a Confirmation ID', value: CONFIRMATION };
    const written = ['123456-'.repeat(8), '123456 '.repeat(8), CONFIRMATION];

    expect(written.map((text) => leaksIn([{ place: 'messages', text }], [digits]).length)).toEqual([1, 1, 1]);
  });

  it('finds nothing where nothing is, nor where it belongs', () => {
    expect(leaksIn([{ place: 'tables', text: 'BCDFG-HJKMN' }], [secret])).toEqual([]);
    expect(leaksIn([{ place: 'tables', text: KEY }], [{ ...secret, except: ['tables'] }])).toEqual([]);
  });

  it('refuses to look for what is found everywhere', () => {
    expect(() => leaksIn([], [{ what: 'a word', value: 'word' }])).toThrow('a word is too short');
  });
});
