/** Functions that are not durable. */

import type { ResolvedFunction } from './functions.ts';
import type { Outcome } from './runtime.ts';
import type { LambdaParts } from './service.ts';

/** Waits before the retries of an asynchronous invocation. */
const RETRIES_AFTER_MS = [60_000, 120_000] as const;

/** Invokes once and waits for the end. */
export async function callOnce(parts: LambdaParts, callee: ResolvedFunction, payload: string): Promise<Outcome> {
  const release = parts.clock.hold();
  try {
    return await parts.runtime.run({ fn: callee.fn, event: JSON.parse(payload), invokedArn: callee.arn });
  } finally {
    release();
  }
}

/** Invokes in the background; a handler that throws is called again, with the same request id. */
export function callLater(parts: LambdaParts, callee: ResolvedFunction, payload: string, requestId: string): void {
  const request = { fn: callee.fn, invokedArn: callee.arn, requestId };
  const attempt = async (retries: readonly number[]): Promise<void> => {
    const release = parts.clock.hold();
    const outcome = await parts.runtime.run({ ...request, event: JSON.parse(payload) });
    const [wait, ...rest] = retries;
    if ('thrown' in outcome && wait !== undefined) {
      parts.clock.at(parts.clock.now() + wait, 'engine', () => void attempt(rest));
    }
    release();
  };
  void attempt(RETRIES_AFTER_MS);
}
