/** Requests as Slack makes them, for the handler of the Slack function. */
import { createHmac } from 'node:crypto';
import type { HttpEvent } from '../../../bot/slack/guard.ts';
import { AIKO, CHANNEL, TEAM } from './outside.ts';

export interface RequestOptions {
  readonly secret?: string;
  /** Seconds from now. */
  readonly offsetSeconds?: number;
  readonly contentType?: string;
  readonly base64?: boolean;
}

const FORM = 'application/x-www-form-urlencoded';

/** A signed request with any body. */
export function signedRequest(
  body: string,
  { secret = 'a-signing-secret', offsetSeconds = 0, contentType = FORM, base64 = true }: RequestOptions = {},
): HttpEvent {
  const timestamp = String(Math.floor(Date.now() / 1000) + offsetSeconds);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
    rawPath: '/slack/events',
    requestContext: { requestId: 'request-1', http: { method: 'POST' } },
  };
}

/** A slash command. */
export const slash = (text: string, fields: Record<string, string> = {}, options?: RequestOptions): HttpEvent =>
  signedRequest(
    new URLSearchParams({
      command: '/kms',
      text,
      team_id: TEAM,
      user_id: AIKO,
      channel_id: CHANNEL,
      trigger_id: '1234.5678.abc',
      response_url: 'https://hooks.slack.com/commands/T/1/secret',
      ...fields,
    }).toString(),
    options,
  );

/** A click on a button of a message. */
export const click = (actionId: string, value: string, responseUrl: string, fields: object = {}): HttpEvent =>
  interaction({
    type: 'block_actions',
    team: { id: TEAM },
    user: { id: AIKO, team_id: TEAM },
    channel: { id: CHANNEL },
    container: { type: 'message', message_ts: '1.2', channel_id: CHANNEL },
    trigger_id: '99.88.cd',
    response_url: responseUrl,
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '3.4' }],
    ...fields,
  });

/** Any interaction payload. */
export const interaction = (payload: object): HttpEvent =>
  signedRequest(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());

/** An Events API request. */
export const jsonEvent = (body: unknown, options: RequestOptions = {}): HttpEvent =>
  signedRequest(JSON.stringify(body), { contentType: 'application/json', base64: false, ...options });
