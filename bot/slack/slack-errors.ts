/** Slack's refusals in the words that operations understand. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { DEFAULT_SLOW_DOWN_SECONDS, OperationFailed, Transient } from '../errors.ts';
import { Throttled } from '../ports.ts';

/** The message is there no more, or may not be edited any more. */
export class MessageGone extends Error {
  override readonly name = 'MessageGone';
}

/** Slack's error code of a refusal such as `not_in_channel`; undefined for every other failure. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** Where the bot cannot speak, though it may elsewhere. */
const ELSEWHERE: readonly string[] = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'messages_tab_disabled',
];

/** Whether a message has to go to the person's direct messages instead. */
export const cannotSpeakThere = (error: unknown): boolean => ELSEWHERE.includes(slackCode(error) ?? '');

/** Whether the blocks were refused, so that the text alone has to do. */
export const refusesBlocks = (error: unknown): boolean =>
  ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'].includes(slackCode(error) ?? '');

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

/**
 * The error an operation can work with. What is none of Slack's refusals failed on the way, and may pass.
 * `functionName` is the function that made the call, for a sentence that names whose right is missing.
 */
export function translated(error: unknown, method: string, functionName: string): Error {
  if (error instanceof WebAPIRateLimitedError) return new Throttled('Slack', error.retryAfter, { cause: error });
  const code = slackCode(error);
  if (code === undefined) {
    const why = error instanceof WebAPIHTTPError ? `status ${error.statusCode}` : 'no answer';
    return new Transient('Slack', `${method}: ${why}`, { cause: error });
  }
  if (SLOW_DOWN.includes(code)) return new Throttled('Slack', DEFAULT_SLOW_DOWN_SECONDS, { cause: error });
  if (GONE.includes(code)) return new MessageGone(`${method}: ${code}`, { cause: error });
  if (NOT_ALLOWED.includes(code)) {
    const action = `slack:${neededScope(error) ?? code}`;
    return new OperationFailed({ kind: 'missing-right', action, function: functionName }, { cause: error });
  }
  if (/^(?:internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/.test(code))
    return new Transient('Slack', `${method}: ${code}`, { cause: error });
  return new Error(`Slack refused ${method}: ${code}`, { cause: error });
}

const neededScope = (error: unknown): string | undefined => {
  const data: Readonly<Record<string, unknown>> = error instanceof WebAPIPlatformError ? { ...error.data } : {};
  const { needed } = data;
  return typeof needed === 'string' && needed !== '' ? needed : undefined;
};
