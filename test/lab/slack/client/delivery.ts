/** Sends a signed request to the bot and waits for its answer as long as Slack does. */
import { createHmac } from 'node:crypto';
import type { WorkspaceState } from '../state.ts';

/** How long Slack waits for an answer, real ms. */
export const DEADLINE_MS = 3_000;

/** A request as Slack sends it. */
export interface Outgoing {
  /** For the wire log: `slash_command`, `block_actions`, … */
  readonly kind: string;
  readonly contentType: 'application/x-www-form-urlencoded' | 'application/json';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why there is no good answer: what Slack shows, and what it says in a retry's header. */
export interface Failure {
  readonly error: 'operation_timeout' | 'dispatch_failed';
  readonly retryReason: 'http_timeout' | 'http_error' | 'connection_failed' | 'too_many_redirects';
}

export interface Delivered {
  /** HTTP status; 0 when none came in time. */
  readonly status: number;
  /** Real milliseconds until the answer, or until Slack gave up. */
  readonly ackMs: number;
  readonly text: string;
  readonly noRetry: boolean;
  readonly failure?: Failure;
}

/** Signature headers of a request: HMAC-SHA256 over version, timestamp and the raw body. */
export function signRequest(signingSecret: string, body: string, wallMs: number): Record<string, string> {
  const timestamp = String(Math.floor(wallMs / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

/** Sends one request. Simulated time stands still until it is answered or given up. */
export async function deliver(state: WorkspaceState, outgoing: Outgoing): Promise<Delivered> {
  const { clock, record } = state.deps;
  const release = clock.hold();
  const startedMs = performance.now();
  try {
    const delivered = await send(state, outgoing, startedMs);
    const { status, ackMs } = delivered;
    record({ at: clock.now(), from: 'slack', to: 'bot', operation: `bot:${outgoing.kind}`, status, ms: ackMs });
    return delivered;
  } finally {
    release();
  }
}

async function send(state: WorkspaceState, outgoing: Outgoing, startedMs: number): Promise<Delivered> {
  const elapsed = (): number => Math.round(performance.now() - startedMs);
  const wallMs = (state.deps.wall ?? Date.now)();
  try {
    const response = await fetch(state.deps.botUrl(), {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: {
        'content-type': outgoing.contentType,
        accept: 'application/json,*/*',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signRequest(state.app.signingSecret, outgoing.body, wallMs),
        ...outgoing.headers,
      },
      body: outgoing.body,
    });
    const text = await response.text();
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    const answered = { status: response.status, ackMs: elapsed(), text, noRetry };
    return response.ok ? answered : { ...answered, failure: failureOf(response.status) };
  } catch (error) {
    return { status: 0, ackMs: elapsed(), text: '', noRetry: false, failure: failureWithout(error) };
  }
}

function failureOf(status: number): Failure {
  const redirected = status >= 300 && status < 400;
  return { error: 'dispatch_failed', retryReason: redirected ? 'too_many_redirects' : 'http_error' };
}

function failureWithout(error: unknown): Failure {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return timedOut
    ? { error: 'operation_timeout', retryReason: 'http_timeout' }
    : { error: 'dispatch_failed', retryReason: 'connection_failed' };
}
