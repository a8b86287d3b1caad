/** The workspace's paths on the lab's one port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, parseMultipart, readArguments, readBody } from './api/arguments.ts';
import { receiveUpload } from './api/files.ts';
import type { LabAnswer, LabHandler } from './lab-api.ts';
import type { Page } from './page.ts';
import { receiveResponse } from './response-url.ts';
import { sameMachine } from './same-machine.ts';
import type { WorkspaceState } from './state.ts';
import { streamChannel } from './stream.ts';
import type { WebApi } from './web-api.ts';

/** Answers a request if its path is the workspace's; false when it is somebody else's. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

interface Parts {
  readonly state: WorkspaceState;
  readonly webApi: WebApi;
  readonly labApi: ReadonlyMap<string, LabHandler>;
  readonly page: () => Page;
}

type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/** Serves the page, the Web API, uploads, response addresses and the lab's paths. */
export function createHttpHandler(parts: Parts): HttpHandler {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://lab');
    const route = findRoute(parts, request.method ?? 'GET', url);
    if (route === undefined) return false;
    if (sameMachine(request)) await answer(route, request, response, url);
    else
      sendJson(response, 403, { error: 'foreign_origin', message: 'only this machine, by its own name, is answered' });
    return true;
  };
}

async function answer(route: Route, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  try {
    await route(request, response, url);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    sendJson(response, 413, { ok: false, error: 'request_too_large', message: error.message });
  }
}

function findRoute(parts: Parts, method: string, url: URL): Route | undefined {
  const { state, webApi, page } = parts;
  const [, first = '', second = '', third = ''] = url.pathname.split('/');
  if (method === 'GET' && (url.pathname === '/' || first === 'archives'))
    return (_, response) => sendPage(response, page());
  if (first === 'api' && second !== '') return (request, response) => webApi(request, response, second);
  if (method === 'POST' && first === 'upload') return (request, response) => upload(state, third, request, response);
  if (method === 'POST' && first === 'response')
    return (request, response) => respond(state, second, request, response);
  if (method === 'GET' && url.pathname === '/lab/stream')
    return (request, response) => stream(state, request, response, url);
  const handler = parts.labApi.get(
    `${method} ${url.pathname.startsWith('/lab/files/') ? '/lab/files/' : url.pathname}`,
  );
  return handler === undefined ? undefined : (request, response) => lab(handler, request, response, url);
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(json));
}

function sendPage(response: ServerResponse, { html, policy }: Page): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(html);
}

async function upload(
  state: WorkspaceState,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const bytes = type.startsWith('multipart/form-data') ? await firstFile(type, body) : body;
  const { status, text } = receiveUpload(state, secret, bytes);
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(text);
  log(state, 'slack:upload', status);
}

async function firstFile(type: string, body: Buffer): Promise<Buffer> {
  const form = await parseMultipart(type, body);
  const part = [...(form?.values() ?? [])].find((value) => typeof value !== 'string');
  return part === undefined ? Buffer.alloc(0) : Buffer.from(await part.arrayBuffer());
}

async function respond(
  state: WorkspaceState,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const args = await readArguments(request);
  const unreadable = 'unreadable' in args ? String(args.unreadable) : undefined;
  const answer =
    unreadable === undefined
      ? receiveResponse(state, secret, args)
      : { status: 400, body: JSON.stringify({ ok: false, error: unreadable }) };
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(answer.body);
  log(state, 'slack:response_url', answer.status);
}

/** One line of the wire log for what the bot sends beside the Web API. */
function log(state: WorkspaceState, operation: string, status: number): void {
  const { clock, record } = state.deps;
  record({ at: clock.now(), from: 'bot', to: 'slack', operation, status, ms: 0 });
}

function stream(state: WorkspaceState, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const user = url.searchParams.get('user') ?? '';
  const channel = url.searchParams.get('channel') ?? '';
  streamChannel(state, request, response, { user, channel });
}

async function lab(handler: LabHandler, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const body = await readBody(request);
  const parsed = parseJson(body.toString('utf8'));
  if (parsed === 'garbled') sendJson(response, 400, { error: 'invalid_json', message: 'the body is not JSON' });
  else sendAnswer(response, await handler(url, parsed.value));
}

function parseJson(text: string): { readonly value: unknown } | 'garbled' {
  if (text === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'garbled';
  }
}

/** Files are downloads: nothing somebody uploaded runs as a page of this server. */
function sendAnswer(response: ServerResponse, answer: LabAnswer): void {
  if ('json' in answer) {
    sendJson(response, answer.status, answer.json);
    return;
  }
  const name = encodeURIComponent(answer.name);
  response.writeHead(answer.status, {
    'content-type': answer.mimetype,
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  response.end(answer.bytes);
}
