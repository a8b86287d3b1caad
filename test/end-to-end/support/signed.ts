/** Requests signed by hand, as Slack signs them. */
import { createHmac } from 'node:crypto';
import { type PlainAnswer, plainHttp } from './plain-http.ts';

export const FORM = 'application/x-www-form-urlencoded';

export interface SignedRequest {
  readonly secret: string;
  readonly body: string | Buffer;
  readonly contentType?: string;
  /** Seconds from now that the timestamp lies. */
  readonly offsetSeconds?: number;
}

/** The headers of a signed request. */
export const signedHeaders = ({ secret, body, contentType = FORM, offsetSeconds = 0 }: SignedRequest) => {
  const timestamp = String(Math.floor(Date.now() / 1000) + offsetSeconds);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return { 'content-type': contentType, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
};

/** Signs a body and posts it where Slack would. */
export const postSigned = (base: string, request: SignedRequest): Promise<PlainAnswer> =>
  plainHttp(base, '/slack/events', { method: 'POST', headers: signedHeaders(request), body: request.body });

let triggers = 0;

/** The form of a slash command; every one has a trigger of its own unless told otherwise. */
export const slashForm = (fields: Readonly<Record<string, string>>): string => {
  triggers += 1;
  return new URLSearchParams({
    command: '/kms',
    text: 'help',
    trigger_id: `4711.${triggers}.by-hand`,
    response_url: 'http://127.0.0.1:9/response/never-called',
    ...fields,
  }).toString();
};
