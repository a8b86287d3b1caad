/**
 * What stands between the internet and the app: the function's URL is public, and most of what arrives there is not
 * Slack. Everything is answered, nothing is an error, and nothing of a request is read before its signature fits,
 * but for the certificate probe that Slack sends unsigned.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as a function URL or an HTTP API delivers it (payload format 2.0). */
export interface HttpEvent {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly rawPath?: string;
  readonly requestContext?: { readonly requestId?: string; readonly http?: { readonly method?: string } };
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Slack sends nothing near this: a view is at most 250 kB. */
export const MAX_BODY_BYTES = 1_000_000;

/** Slack: reject what is older than five minutes; what is that far ahead is no more credible. */
const WINDOW_SECONDS = 300;

export const emptyAnswer = (statusCode: number): HttpAnswer => ({ statusCode, body: '' });

/** What is known of a request without the secret. */
export type Received =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'signed'; readonly request: SignedRequest };

export interface SignedRequest {
  readonly raw: Buffer;
  readonly signature: string;
  readonly timestamp: string;
  readonly contentType: string;
}

/** Sorts out what needs no secret: wrong methods, sizes, certificate probes, absent and stale signatures. */
export function receive(event: HttpEvent, nowMs: number): Received {
  const answered = (statusCode: number): Received => ({ kind: 'answered', answer: emptyAnswer(statusCode) });
  const method = event.requestContext?.http?.method ?? 'POST';
  if (method !== 'POST') return answered(405);
  const encoding = event.isBase64Encoded === true ? 'base64' : 'utf8';
  const body = event.body ?? '';
  if (Buffer.byteLength(body, encoding) > MAX_BODY_BYTES) return answered(413);
  const raw = Buffer.from(body, encoding);
  const contentType = (header(event, 'content-type').split(';')[0] ?? '').trim().toLowerCase();
  if (isCertificateProbe(raw, contentType)) return answered(200);
  const signature = header(event, 'x-slack-signature');
  const timestamp = header(event, 'x-slack-request-timestamp');
  const wellFormed = /^v0=[0-9a-f]{64}$/.test(signature) && /^\d{1,12}$/.test(timestamp);
  if (!wellFormed || Math.abs(nowMs / 1000 - Number(timestamp)) > WINDOW_SECONDS) return answered(401);
  return { kind: 'signed', request: { raw, signature, timestamp, contentType } };
}

/** Whether the request was signed with this secret. */
export function isSignedWith(secret: string, { raw, signature, timestamp }: SignedRequest): boolean {
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(raw).digest('hex')}`;
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/** The body of a request that can be read, in the one spelling that the receiver understands. */
export type Opened =
  | { readonly ok: true; readonly contentType: string; readonly body: string }
  | { readonly ok: false };

/** Reads what a genuine request carries; `ok: false` when it is neither a form nor a JSON object. */
export function open({ raw, contentType }: SignedRequest): Opened {
  try {
    const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    const json = jsonOf(contentType, body);
    if (json === undefined)
      return contentType === FORM && body !== '' ? { ok: true, contentType, body } : { ok: false };
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ok: true, contentType, body }
      : { ok: false };
  } catch {
    return { ok: false };
  }
}

const FORM = 'application/x-www-form-urlencoded';

const jsonOf = (contentType: string, body: string): string | undefined =>
  contentType === 'application/json'
    ? body
    : contentType === FORM
      ? (new URLSearchParams(body).get('payload') ?? undefined)
      : undefined;

const isCertificateProbe = (raw: Buffer, contentType: string): boolean =>
  contentType === FORM && raw.length < 4_096 && new URLSearchParams(raw.toString('latin1')).get('ssl_check') === '1';

const header = ({ headers = {} }: HttpEvent, name: string): string => {
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return (key === undefined ? undefined : headers[key])?.trim() ?? '';
};
