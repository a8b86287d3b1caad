/** The Web API: `POST /api/<method>`, answered with HTTP 200 even for errors, as Slack does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type ApiCall, type Arguments, fail, type Method, textArg } from './api/answer.ts';
import { readArguments, tokenOf } from './api/arguments.ts';
import { channelOfBot } from './api/channels.ts';
import { CHAT } from './api/chat.ts';
import { CONVERSATIONS } from './api/conversations.ts';
import { FILES } from './api/files.ts';
import { PEOPLE } from './api/people.ts';
import { createRateLimits, type RateLimits } from './api/rate-limits.ts';
import { VALIDATE } from './api/validate.ts';
import { VIEWS } from './api/views.ts';
import type { SlackFaults } from './slack-faults.ts';
import type { WorkspaceState } from './state.ts';
import type { ApiToken } from './types.ts';

/** Every method this workspace knows. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...PEOPLE, ...CHAT, ...CONVERSATIONS, ...FILES, ...VIEWS, ...VALIDATE }),
);

export type WebApi = (request: IncomingMessage, response: ServerResponse, method: string) => Promise<void>;

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly from: string;
}

/** Answers Web API calls on this workspace. */
export function createWebApi(state: WorkspaceState, faults: SlackFaults): WebApi {
  const limits = createRateLimits(state.deps.clock);
  return async (request, response, method) => {
    const startedMs = performance.now();
    const reply = await answerCall({ state, faults, limits }, request, method);
    const slowMs = faults.slowMs(method);
    if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
    response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
    response.end(reply.body);
    state.deps.record({
      at: state.deps.clock.now(),
      from: reply.from,
      to: 'slack',
      operation: `slack:${method}`,
      status: reply.status,
      ms: performance.now() - startedMs,
    });
  };
}

interface Parts {
  readonly state: WorkspaceState;
  readonly faults: SlackFaults;
  readonly limits: RateLimits;
}

async function answerCall(parts: Parts, request: IncomingMessage, name: string): Promise<Reply> {
  const { state, faults, limits } = parts;
  const args = await readArguments(request);
  if ('unreadable' in args) return json('unknown', fail(String(args.unreadable)));
  const token = findToken(state, tokenOf(request, args));
  const from = token?.holder ?? 'unknown';
  if (faults.down(name)) return { status: 503, body: 'service unavailable', from };
  const method = METHODS.get(name);
  if (method === undefined) return json(from, fail('unknown_method', { req_method: name }));
  const waitSeconds =
    faults.retryAfter(name) ||
    limits.take({ holder: from, method: name, tier: method.tier, channel: channelKey(state, args) });
  if (waitSeconds > 0) return tooMany(from, waitSeconds);
  if (token === undefined && method.open !== true) {
    return json(from, fail(tokenOf(request, args) === undefined ? 'not_authed' : 'invalid_auth'));
  }
  const call = { state, args, token: token ?? state.tokens.bot };
  const answer = missingScope(method, call) ?? method.run(call);
  return { ...json(from, answer), headers: { 'x-oauth-scopes': call.token.scopes.join(',') } };
}

function findToken(state: WorkspaceState, given: string | undefined): ApiToken | undefined {
  return Object.values(state.tokens).find((known) => known.token === given);
}

/** Name and id of a channel count as one. */
function channelKey(state: WorkspaceState, args: Arguments): string {
  const word = textArg(args, 'channel') ?? '';
  return channelOfBot(state, word)?.id ?? word;
}

function missingScope(method: Method, call: ApiCall): Answer | undefined {
  const needed = typeof method.scope === 'function' ? method.scope(call) : method.scope;
  if (needed === undefined || call.token.scopes.includes(needed)) return undefined;
  return fail('missing_scope', { needed, provided: call.token.scopes.join(',') });
}

function tooMany(from: string, seconds: number): Reply {
  const headers = { 'retry-after': String(seconds) };
  return { status: 429, headers, body: JSON.stringify({ ok: false, error: 'ratelimited' }), from };
}

function json(from: string, answer: Answer): Reply {
  return { status: 200, body: JSON.stringify(answerJson(answer)), from };
}

/** An answer as it goes over the wire. */
export function answerJson(answer: Answer): object {
  return answer.ok ? { ok: true, ...answer.fields } : { ok: false, error: answer.error, ...answer.detail };
}
