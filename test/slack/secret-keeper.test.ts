import { describe, expect, it } from 'vitest';
import { type SecretAnswer, secretKeeper } from '../../bot/slack/secret-keeper.ts';

const GOOD: SecretAnswer = { ok: true, secret: { signingSecret: 's', botToken: 'xoxb-1' } };
const BAD: SecretAnswer = { ok: false, detail: 'no answer' };

/** A keeper whose fetches answer one after the other as told. */
const keeperOf = (...answers: readonly (() => Promise<SecretAnswer>)[]) => {
  let fetches = 0;
  const next = () => {
    const answer = answers[fetches];
    fetches += 1;
    return answer === undefined ? Promise.reject(new Error('fetched too often')) : answer();
  };
  return { keeper: secretKeeper(next, () => 0), fetches: () => fetches };
};

describe('the secret', () => {
  it.each<[string, () => Promise<SecretAnswer>]>([
    ['failed', () => Promise.resolve(BAD)],
    ['broke off', () => Promise.reject(new Error('socket hang up'))],
  ])('is fetched again for the first request when the fetch begun at the start %s', async (_, first) => {
    const { keeper, fetches } = keeperOf(first, () => Promise.resolve(GOOD));
    const begun = keeper.current().catch(() => BAD);

    expect(await keeper.current()).toEqual(GOOD);
    expect(await begun).toEqual(BAD);
    expect(fetches()).toBe(2);
  });

  it('is fetched once for requests that come at the same time', async () => {
    const { keeper, fetches } = keeperOf(() => Promise.resolve(GOOD));

    expect(await Promise.all([keeper.current(), keeper.current(), keeper.current()])).toEqual([GOOD, GOOD, GOOD]);
    expect(fetches()).toBe(1);
  });

  it('is said to be unreadable when it cannot be fetched twice', async () => {
    const { keeper, fetches } = keeperOf(
      () => Promise.resolve(BAD),
      () => Promise.resolve(BAD),
    );
    void keeper.current();

    expect(await keeper.current()).toEqual(BAD);
    expect(fetches()).toBe(2);
  });
});
