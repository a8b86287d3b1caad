/** Slack's refusals in the words that operations understand. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { Transient, withoutSecrets } from '../errors.ts';
import { Throttled } from '../ports.ts';
import { errorOf } from './refusal-codes.ts';

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

/**
 * The error an operation can work with. What is none of Slack's refusals failed on the way, and may pass.
 * `functionName` is the function that made the call, for a sentence that names whose right is missing.
 */
export function translated(refused: unknown, method: string, functionName: string): Error {
  const error = withoutSecrets(refused);
  if (error instanceof WebAPIRateLimitedError) return new Throttled('Slack', error.retryAfter, { cause: error });
  const code = slackCode(error);
  if (code === undefined) {
    const why = error instanceof WebAPIHTTPError ? `status ${error.statusCode}` : 'no answer';
    return new Transient('Slack', `${method}: ${why}`, { cause: error });
  }
  return errorOf({ method, code, needed: neededScope(error), functionName }, { cause: error });
}

const neededScope = (error: unknown): unknown => {
  const data: Readonly<Record<string, unknown>> = error instanceof WebAPIPlatformError ? { ...error.data } : {};
  return data.needed;
};
