import { describe, expect, it } from 'vitest';
import { formatMark } from '../../../bot/domain/records/marks.ts';
import { ownedIn } from '../../../bot/domain/records/owned-in.ts';

const OWNER = '0123456789ab';
const ours = { priority: 0, weight: 0, port: 1688, target: 'kms-01.corp.example' };
const theirs = { ...ours, target: 'kms-02.corp.example' };
const gone = { ...ours, target: 'kms-03.corp.example' };

const state = {
  srv: { ttlSeconds: 300, values: ['0 0 1688 KMS-01.corp.example.', '0 0 1688 kms-02.corp.example.', 'no answer'] },
  txt: {
    ttlSeconds: 300,
    values: [
      formatMark({ owner: OWNER, change: 'cfirst', answer: ours }),
      formatMark({ owner: 'ba9876543210', change: 'cother', answer: theirs }),
      formatMark({ owner: OWNER, change: 'cgone', answer: gone }),
      '"somebody\'s text"',
    ],
  },
};
const given = { owner: OWNER, domain: 'corp.example', atMs: 2, known: [] };

describe('what the ledger remembers of a name', () => {
  it('are the values that bear our mark, however they are spelt', () => {
    expect(ownedIn(state, given)).toEqual([{ domain: 'corp.example', answer: ours, change: 'cfirst', atMs: 2 }]);
  });

  it('is ours since the change that made it so', () => {
    const known = [{ domain: 'corp.example', answer: ours, change: 'cfirst', atMs: 1 }];

    expect(ownedIn(state, { ...given, known })).toEqual(known);
    expect(ownedIn(state, { ...given, known: known.map((each) => ({ ...each, change: 'cbefore' })) })).toEqual([
      { domain: 'corp.example', answer: ours, change: 'cfirst', atMs: 2 },
    ]);
  });

  it('is nothing where there is no set', () => {
    expect(ownedIn({}, given)).toEqual([]);
  });
});
