import { describe, expect, it } from 'vitest';
import { applyChanges, changesOf, sameState } from '../../../bot/domain/records/batch.ts';
import { lines, state } from './zone-file.ts';

const A = '300 SRV 0 0 1688 a.x.';
const B = '300 SRV 0 0 1688 b.x.';
const SPF = '300 TXT "v=spf1 -all"';

const said = (before: readonly string[], after: readonly string[]): readonly string[] =>
  changesOf(state(...before), state(...after)).map(
    ({ action, type, set }) => `${action} ${type} ${set.ttlSeconds} ${set.values.join(', ')}`,
  );

describe('changesOf', () => {
  it('replaces a set by deleting it exactly as it was read, then making the new one', () => {
    expect(said([A, SPF], [A, B, SPF])).toEqual([
      'DELETE SRV 300 0 0 1688 a.x.',
      'CREATE SRV 300 0 0 1688 a.x., 0 0 1688 b.x.',
    ]);
  });

  it('changes SRV before TXT, so that a refusal names the set that matters', () => {
    expect(said([A, SPF], [`${B} ; ours`]).map((each) => each.slice(0, 10))).toEqual([
      'DELETE SRV',
      'CREATE SRV',
      'DELETE TXT',
      'CREATE TXT',
    ]);
  });

  it('replaces the SRV set by itself where a mark alone changes, so that a change of it meanwhile is noticed', () => {
    const adopting = changesOf(state(A), state(`${A} ; ours`));

    expect(adopting.map(({ action, type }) => `${action} ${type}`)).toEqual(['DELETE SRV', 'CREATE SRV', 'CREATE TXT']);
    expect(applyChanges(state(A), adopting)).toBeDefined();
    expect(applyChanges(state(A, B), adopting)).toBeUndefined();
  });

  it.each([
    ['a first value', [], [A], ['CREATE SRV 300 0 0 1688 a.x.']],
    ['the last value', [A], [], ['DELETE SRV 300 0 0 1688 a.x.']],
    ['another TTL', [A], [A.replace('300', '60')], ['DELETE SRV 300 0 0 1688 a.x.', 'CREATE SRV 60 0 0 1688 a.x.']],
    ['nothing', [A, B, SPF], [A, B, SPF], []],
    ['another order only', [A, B], [B, A], []],
  ])('of %s is exactly that', (_, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });
});

describe('applyChanges', () => {
  const changes = changesOf(state(A, SPF), state(A, `${B} ; ours`, SPF));

  it('gives the sets as they shall be', () => {
    expect(lines(applyChanges(state(A, SPF), changes) ?? {})).toEqual([A, `${B} ; ours`, SPF]);
  });

  it('takes values in any order', () => {
    const both = changesOf(state(A, B), state(A));
    expect(lines(applyChanges(state(B, A), both) ?? {})).toEqual([A]);
  });

  it.each([
    ['a value has joined', [A, B, SPF]],
    ['a value has gone', [SPF]],
    ['a value is spelled in another way', ['300 SRV 0 0 1688 A.x.', SPF]],
    ['the TTL is another', [A.replace('300', '60'), SPF]],
    ['a TXT value has joined', [A, SPF, '300 TXT "x"']],
    ['the TXT set has gone', [A]],
    ['it was applied before', [A, `${B} ; ours`, SPF]],
  ])('changes nothing when %s', (_, now) => {
    expect(applyChanges(state(...now), changes)).toBeUndefined();
  });

  it('makes no set where one is', () => {
    expect(applyChanges(state(B), changesOf({}, state(A)))).toBeUndefined();
  });

  it('leaves sets alone that are not in it', () => {
    const onlySrv = changesOf(state(A), state(A, B));
    expect(lines(applyChanges(state(A, SPF), onlySrv) ?? {})).toEqual([A, B, SPF]);
  });
});

describe('sameState', () => {
  it.each([
    ['values in another order', [A, B], [B, A], true],
    ['another TTL', [A], [A.replace('300', '60')], false],
    ['another spelling', [A], ['300 SRV 0 0 1688 A.x.'], false],
    ['a value more', [A], [A, B], false],
    ['a TXT set more', [A], [A, SPF], false],
    ['no sets at all', [], [], true],
  ])('with %s is %s', (_, one, other, expected) => {
    expect(sameState(state(...one), state(...other))).toBe(expected);
  });

  it('tells an alias from a name without sets', () => {
    expect(sameState({}, { untouchable: 'alias' })).toBe(false);
  });
});
