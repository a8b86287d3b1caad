/**
 * The workflow on Lambda durable functions.
 *
 * The engine keeps of a thrown error only name and message, so `Throttled`, `Transient` and `OperationFailed` are told
 * apart by name. Its own retries are random and its step default tries six times whatever went wrong; here every delay
 * is fixed, and only what passes by itself is tried again.
 */
import type { DurableContext, RetryDecision } from '@aws/durable-execution-sdk-js';
import { causeNamed, isTransient, slowDownSeconds, withoutSecrets } from '../errors.ts';
import type { Workflow } from '../ports.ts';

/** Attempts for failures that often pass, with pauses of 2, 4 and 8 seconds between them. */
const TRANSIENT_ATTEMPTS = 4;
/** A service that asks for time gets more each time, at most this. */
const LONGEST_SLOW_DOWN_SECONDS = 60;
/** Throttled this often in a row, an operation is given up: hours of a service saying no. */
const THROTTLED_ATTEMPTS = 200;
/** The engine's shortest wait. */
const SHORTEST_WAIT_SECONDS = 1;

/** How long to wait before this error's next attempt; `undefined` when there must be none. Attempts count from 1. */
export const pauseAfter = (error: unknown, attempt: number): number | undefined => {
  const asked = slowDownSeconds(error);
  if (asked !== undefined) {
    if (attempt >= THROTTLED_ATTEMPTS) return undefined;
    return Math.max(asked, Math.min(LONGEST_SLOW_DOWN_SECONDS, asked * 2 ** Math.min(attempt - 1, 10)));
  }
  return isTransient(error) && attempt < TRANSIENT_ATTEMPTS ? 2 ** attempt : undefined;
};

const retryStrategy = (error: Error, attempt: number): RetryDecision => {
  const seconds = pauseAfter(error, attempt);
  return seconds === undefined ? { shouldRetry: false } : { shouldRetry: true, delay: { seconds: whole(seconds) } };
};

const whole = (seconds: number): number => Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(seconds));

/** The engine keeps what an error says: nothing secret may be in it. */
const speakingSafely =
  <A extends readonly unknown[], T>(act: (...given: A) => Promise<T>) =>
  async (...given: A): Promise<T> => {
    try {
      return await act(...given);
    } catch (error) {
      throw withoutSecrets(error);
    }
  };

/** What a poll keeps between two looks. */
interface Look<S> {
  readonly state: S;
  /** Absent once it is over. */
  readonly againInSeconds?: number;
  /** Looks in a row that failed in a way that passes. */
  readonly failures: number;
}

type LookAt<S> = (state: S) => Promise<{ readonly state: S; readonly againInSeconds?: number }>;

/** One look; the engine does not retry a condition that throws, so what passes by itself becomes a later look. */
const lookOnce = async <S>(kept: Look<S>, look: LookAt<S>): Promise<Look<S>> => {
  try {
    return { ...(await look(kept.state)), failures: 0 };
  } catch (error) {
    const failures = kept.failures + 1;
    const againInSeconds = pauseAfter(error, failures);
    if (againInSeconds === undefined) throw error;
    return { state: kept.state, againInSeconds, failures };
  }
};

/** Characters the engine refuses in a name. */
const NOT_PRINTABLE_ASCII = /[^ -~]/g;
const LONGEST_NAME = 256;

/** The name in the engine's alphabet and length. */
export const engineName = (name: string): string => name.replace(NOT_PRINTABLE_ASCII, '?').slice(0, LONGEST_NAME);

/** The engine's names for a callback that nobody answered in time; after a replay the cause bears it. */
const EXPIRED = ['CallbackTimeoutError', 'Callback.Timeout'];

const hasExpired = (error: unknown): boolean => EXPIRED.some((name) => causeNamed(error, name) !== undefined);

/** A workflow over one durable execution. */
export const durableWorkflow = (context: DurableContext): Workflow => ({
  step: async (name, act) => context.step(engineName(name), speakingSafely(act), { retryStrategy }),
  poll: async <S>(name: string, initial: S, look: LookAt<S>) => {
    const last = await context.waitForCondition<Look<S>>(
      engineName(name),
      (kept) => lookOnce(kept, speakingSafely(look)),
      {
        initialState: { state: initial, failures: 0 },
        waitStrategy: ({ againInSeconds }) =>
          againInSeconds === undefined
            ? { shouldContinue: false }
            : { shouldContinue: true, delay: { seconds: whole(againInSeconds) } },
      },
    );
    return last.state;
  },
  wait: async (name, seconds) => {
    await context.wait(engineName(name), { seconds: whole(seconds) });
  },
  decision: async (name, ask, withinSeconds) => {
    try {
      const timeout = { seconds: whole(withinSeconds) };
      const text = await context.waitForCallback<string>(engineName(name), (id) => speakingSafely(ask)(id), {
        timeout,
        retryStrategy,
      });
      return { kind: 'answered', text };
    } catch (error) {
      if (hasExpired(error)) return { kind: 'expired' };
      throw error;
    }
  },
});
