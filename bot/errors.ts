/**
 * Failures that cross the boundary between adapters and operations.
 *
 * A checkpoint keeps nothing of an error but its name and message: an operation that is replayed meets a plain `Error`
 * as the cause of the engine's own. So the name tells the kind, and what else has to survive stands in the message.
 */
import { maskSecrets } from './domain/mask-secrets.ts';
import type { OperationFailure } from './ports.ts';

/** An operation had to stop for a reason that the person who asked can be told. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  constructor(failure: OperationFailure, options?: ErrorOptions) {
    super(JSON.stringify(failure), options);
  }
}

/** A service or the network failed in a way that often passes: no connection, no answer in time, an internal error. */
export class Transient extends Error {
  override readonly name = 'Transient';
  constructor(service: string, why: string, options?: ErrorOptions) {
    super(`${service} could not be reached or failed: ${why}`, options);
  }
}

/** Causes are followed this deep; a ring of causes must not hang a handler. */
const DEEPEST_CAUSE = 10;

const withCauses = (error: unknown): Error[] => {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < DEEPEST_CAUSE; at = at.cause) chain.push(at);
  return chain;
};

/**
 * The same error, with whatever is secret masked in what it and its causes say: a service may quote what it was sent, and
 * messages of errors are logged and kept in checkpoints.
 */
export const withoutSecrets = <T>(error: T): T => {
  for (const each of withCauses(error)) {
    const message = maskSecrets(each.message);
    if (message === each.message) continue;
    const stack = each.stack?.replaceAll(each.message, message);
    for (const [name, value] of Object.entries({ message, stack }))
      Object.defineProperty(each, name, { value, configurable: true, writable: true });
  }
  return error;
};

/** The error or the nearest of its causes that bears this name. */
export const causeNamed = (error: unknown, name: string): Error | undefined =>
  withCauses(error).find((cause) => cause.name === name);

/** True when the error, or what caused it, is {@link Transient}; also after a replay. */
export const isTransient = (error: unknown): boolean => causeNamed(error, 'Transient') !== undefined;

/** Seconds to wait when the error, or what caused it, is a request to slow down. */
export const slowDownSeconds = (error: unknown): number | undefined => {
  const throttled = causeNamed(error, 'Throttled');
  if (throttled === undefined) return undefined;
  return 'retryAfterSeconds' in throttled && typeof throttled.retryAfterSeconds === 'number'
    ? throttled.retryAfterSeconds
    : DEFAULT_SLOW_DOWN_SECONDS;
};

/** How long to wait when a service asks to slow down without saying for how long. */
export const DEFAULT_SLOW_DOWN_SECONDS = 3;

const KINDS: readonly OperationFailure['kind'][] = [
  'missing-right',
  'document-missing',
  'site-unreachable',
  'internal',
];

/** The failure the person can be told, when the error or one of its causes carries one; also after a replay. */
export const failureOf = (error: unknown): OperationFailure | undefined => {
  const carrier = causeNamed(error, 'OperationFailed');
  if (carrier === undefined) return undefined;
  try {
    const failure = JSON.parse(carrier.message) as OperationFailure;
    return KINDS.includes(failure.kind) ? failure : undefined;
  } catch {
    return undefined;
  }
};
