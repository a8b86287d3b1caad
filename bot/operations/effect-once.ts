/**
 * Effects that have no token against repetition: a command sent, a message posted, a file uploaded.
 *
 * Before the effect an intent is claimed, after it what it gave is remembered. Whoever finds the intent taken but
 * nothing remembered follows one that died in between: it waits until listings have caught up, then looks whether the
 * effect happened, and only then makes it.
 */
import { slowDownSeconds } from '../errors.ts';
import type { Clock, Ledger, Workflow } from '../ports.ts';

/** Where an effect stands; goes through checkpoints. */
export interface Attempt {
  /** Refused attempts so far: each certainly had no effect, so the next has an intent of its own. */
  readonly refused: number;
  /** The wait for listings to catch up is over. */
  readonly waited: boolean;
}

export const FIRST_ATTEMPT: Attempt = { refused: 0, waited: false };

export type Outcome =
  | { readonly done: true; readonly value: string }
  | { readonly done: false; readonly attempt: Attempt; readonly againInSeconds: number; readonly slowedDown: boolean };

export interface Effect {
  /** Unique to the effect. */
  readonly key: string;
  /** Makes the effect, or finds the one that was made when `mayHaveHappened`. Gives a short text to be remembered. */
  readonly act: (mayHaveHappened: boolean) => Promise<string>;
}

/** Listings of commands are eventually consistent; within this they have caught up. */
const CATCH_UP_SECONDS = 15;
/** Longer than any operation and its replays. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * Tries once. Not done: try again after the pause, with the attempt given.
 *
 * @throws what `act` throws, unless it was a request to slow down.
 */
export const attemptEffect = async (
  deps: { readonly ledger: Ledger; readonly clock: Clock },
  effect: Effect,
  attempt: Attempt,
): Promise<Outcome> => {
  const known = await deps.ledger.recall(effect.key);
  if (known !== undefined) return { done: true, value: known };
  const expiresAtMs = deps.clock() + KEPT_MS;
  const isFirst = await deps.ledger.claim(`${effect.key}/${attempt.refused}`, expiresAtMs);
  if (!isFirst && !attempt.waited) {
    return { done: false, attempt: { ...attempt, waited: true }, againInSeconds: CATCH_UP_SECONDS, slowedDown: false };
  }
  try {
    const value = await effect.act(!isFirst);
    await deps.ledger.remember(effect.key, value, expiresAtMs);
    return { done: true, value };
  } catch (error) {
    return refusedOr(error, attempt, isFirst);
  }
};

/** A request to slow down is a refusal: nothing happened. Anything else leaves it open. */
const refusedOr = (error: unknown, attempt: Attempt, isFirst: boolean): Outcome => {
  const seconds = slowDownSeconds(error);
  if (seconds === undefined) throw error;
  const againInSeconds = Math.min(LONGEST_PAUSE_SECONDS, seconds * 2 ** Math.min(attempt.refused, 6));
  const next = isFirst ? { refused: attempt.refused + 1, waited: false } : { ...attempt, waited: true };
  return { done: false, attempt: next, againInSeconds, slowedDown: true };
};

/** Makes an effect once and gives what it gave, waiting durably as long as the service asks for. */
export const once = async (
  deps: { readonly workflow: Workflow; readonly ledger: Ledger; readonly clock: Clock },
  name: string,
  effect: Effect,
): Promise<string> => {
  const last = await deps.workflow.poll(name, { attempt: FIRST_ATTEMPT, value: '' }, async (state) => {
    const outcome = await attemptEffect(deps, effect, state.attempt);
    return outcome.done
      ? { state: { ...state, value: outcome.value } }
      : { state: { ...state, attempt: outcome.attempt }, againInSeconds: outcome.againInSeconds };
  });
  return last.value;
};
