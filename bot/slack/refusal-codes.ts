/** What Slack's error codes mean to operations. Without Slack's client, which the Slack function does not have. */
import { DEFAULT_SLOW_DOWN_SECONDS, OperationFailed, Transient } from '../errors.ts';
import { Throttled } from '../ports.ts';

/** The message is there no more, or may not be edited any more. */
export class MessageGone extends Error {
  override readonly name = 'MessageGone';
}

const SLOW_DOWN: readonly string[] = ['ratelimited', 'rate_limited', 'message_limit_exceeded'];
const GONE: readonly string[] = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'];
const NOT_ALLOWED: readonly string[] = [
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
];
const PASSING: readonly string[] = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
];

/** One refusal of Slack's. */
export interface SlackRefusal {
  readonly method: string;
  /** Slack's word for it, e.g. `missing_scope`. */
  readonly code: string;
  /** The scope that is missing, where Slack named it. */
  readonly needed?: unknown;
  /** The function that asked, e.g. `observe`. */
  readonly functionName: string;
}

/** The error an operation can work with. */
export function errorOf({ method, code, needed, functionName }: SlackRefusal, options?: ErrorOptions): Error {
  if (SLOW_DOWN.includes(code)) return new Throttled('Slack', DEFAULT_SLOW_DOWN_SECONDS, options);
  if (GONE.includes(code)) return new MessageGone(`${method}: ${code}`, options);
  if (NOT_ALLOWED.includes(code)) {
    const action = `slack:${typeof needed === 'string' && needed !== '' ? needed : code}`;
    return new OperationFailed({ kind: 'missing-right', action, function: functionName }, options);
  }
  if (PASSING.includes(code)) return new Transient('Slack', `${method}: ${code}`, options);
  return new Error(`Slack refused ${method}: ${code}`, options);
}
