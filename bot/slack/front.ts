/** Slack's requests, from the function's URL to the app and back. */
import {
  emptyAnswer,
  type HttpAnswer,
  type HttpEvent,
  isSignedWith,
  open,
  receive,
  type SignedRequest,
} from './guard.ts';
import type { Log } from './log.ts';
import { catalogue } from './messages/catalogue.ts';
import type { Language } from './messages/language.ts';
import type { SecretKeeper, SlackSecret } from './secret-keeper.ts';

/** Answers a request whose signature fits. */
export type SignedHandler = (event: HttpEvent) => Promise<HttpAnswer>;

export interface FrontDeps {
  readonly secrets: SecretKeeper;
  /** Makes the app for a secret; called again when the secret was rotated. */
  readonly createHandler: (secret: SlackSecret) => Promise<SignedHandler>;
  readonly language: Language;
  readonly log: Log;
  /** Slack signs with wall time. */
  readonly wallClock: () => number;
}

/** The handler of the Slack function. Resolves for every request; what it cannot read, it refuses. */
export function createFront(deps: FrontDeps): (event: HttpEvent) => Promise<HttpAnswer> {
  const handlerFor = latest(deps.createHandler);
  deps.secrets
    .current()
    .then((answer) => (answer.ok ? handlerFor(answer.secret) : undefined))
    .catch(ignoreUntilAsked);
  return async (event) => {
    const received = receive(event, deps.wallClock());
    if (received.kind === 'answered') return received.answer;
    const { request } = received;
    const secret = await secretOf(request, deps);
    if (secret === 'forged') return emptyAnswer(401);
    if ('ok' in secret) return withoutSecret(secret, request, deps);
    const opened = open(request);
    if (!opened.ok) return emptyAnswer(400);
    const handle = await handlerFor(secret);
    return handle({ ...plainEvent(event), ...asReceived(opened, request) });
  };
}

/** The first request meets the same failure, and answers it. */
const ignoreUntilAsked = (): void => undefined;

type NoSecret = Extract<Awaited<ReturnType<SecretKeeper['current']>>, { ok: false }>;

/** The secret that the request was signed with; after a rotation the new one is fetched. */
async function secretOf(request: SignedRequest, { secrets }: FrontDeps): Promise<SlackSecret | 'forged' | NoSecret> {
  const known = await secrets.current();
  if (!known.ok) return known;
  if (isSignedWith(known.secret.signingSecret, request)) return known.secret;
  const fresh = await secrets.refreshed();
  return fresh.ok && isSignedWith(fresh.secret.signingSecret, request) ? fresh.secret : 'forged';
}

/**
 * Nobody can be believed now, so nothing is done. A slash command is told which right is missing, since Slack shows no
 * body of any other status; everything else gets 503.
 */
async function withoutSecret(
  { action, detail }: NoSecret,
  request: SignedRequest,
  deps: FrontDeps,
): Promise<HttpAnswer> {
  deps.log.error('The Slack secret cannot be read', { detail });
  const isCommand = request.contentType === 'application/x-www-form-urlencoded' && !request.raw.includes('payload=');
  if (action === undefined || !isCommand) return emptyAnswer(503);
  const { answers } = await catalogue(deps.language);
  const body = JSON.stringify({ response_type: 'ephemeral', text: answers.secretUnreadable(action) });
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}

const plainEvent = ({ rawPath = '/', requestContext = {} }: HttpEvent): HttpEvent => ({ rawPath, requestContext });

const asReceived = (
  { contentType, body }: { readonly contentType: string; readonly body: string },
  { signature, timestamp }: SignedRequest,
): HttpEvent => ({
  headers: { 'content-type': contentType, 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
  body,
  isBase64Encoded: false,
});

/** Keeps the handler of the newest secret; one that could not be made is tried again. */
function latest(
  create: (secret: SlackSecret) => Promise<SignedHandler>,
): (secret: SlackSecret) => Promise<SignedHandler> {
  let kept: { readonly secret: SlackSecret; readonly handler: Promise<SignedHandler> } | undefined;
  return (secret) => {
    if (kept?.secret.signingSecret !== secret.signingSecret || kept.secret.botToken !== secret.botToken) {
      const made = { secret, handler: create(secret) };
      kept = made;
      made.handler.catch(() => {
        if (kept === made) kept = undefined;
      });
    }
    return kept.handler;
  };
}
