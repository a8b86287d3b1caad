/** A workspace on a real port with a bot to talk to, for the workspace's own tests. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import type { ActiveFault, WireExchange } from '../aws/types.ts';
import type { LabClock } from '../clock.ts';
import { createLabClock } from '../lab-clock.ts';
import { readBody } from './api/arguments.ts';
import { seededRandom } from './ids.ts';
import type { AppManifest } from './manifest.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A request that reached the bot. */
export interface BotRequest {
  readonly headers: IncomingMessage['headers'];
  readonly raw: string;
  /** The form's fields, with `payload` parsed; or the JSON body. */
  readonly body: Record<string, unknown>;
}

export interface BotAnswer {
  readonly status?: number;
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP answer with its JSON. */
export interface LabReply {
  readonly status: number;
  /** Seconds; NaN when the answer names none. */
  readonly retryAfter: number;
  readonly json: Record<string, unknown>;
}

/** Everything a test needs of a running workspace. */
export interface Fixture {
  readonly clock: LabClock;
  readonly workspace: Workspace;
  readonly url: string;
  readonly requests: BotRequest[];
  readonly wire: WireExchange[];
  readonly faults: ActiveFault[];
  /** What the bot answers from now on; never answering is a promise that never ends. */
  answer: (request: BotRequest) => BotAnswer | Promise<BotAnswer>;
  /** The bot's real Web API client: it neither retries nor waits. */
  readonly bot: WebClient;
  person(name: string): string;
  channel(name: string): string;
  get(path: string): Promise<LabReply>;
  post(path: string, body: unknown): Promise<LabReply>;
  /** Calls a Web API method without the SDK, as the bot unless another token is given. */
  call(method: string, form: Readonly<Record<string, string>>, token?: string): Promise<LabReply>;
  stop(): Promise<void>;
}

/** Starts a workspace and its bot on free ports. Its ids follow from a fixed seed. */
export async function startFixture(options: { readonly manifest?: AppManifest } = {}): Promise<Fixture> {
  const clock = createLabClock();
  const requests: BotRequest[] = [];
  const wire: WireExchange[] = [];
  const faults: ActiveFault[] = [];
  const addresses = { bot: '', lab: '' };
  const workspace = createWorkspace({
    clock,
    random: seededRandom(7),
    record: (exchange) => wire.push(exchange),
    faults: () => faults,
    botUrl: () => `${addresses.bot}/slack/events`,
    baseUrl: () => addresses.lab,
    ...(options.manifest === undefined ? {} : { manifest: options.manifest }),
  });
  const fixture: Pick<Fixture, 'answer'> = { answer: () => ({}) };
  const botServer = createServer(async (request, response) => {
    const raw = (await readBody(request)).toString('utf8');
    const received = { headers: request.headers, raw, body: readBotBody(request, raw) };
    requests.push(received);
    const { status = 200, body = '', headers = {} } = await fixture.answer(received);
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const labServer = createServer(async (request, response) => {
    if (!(await workspace.handle(request, response))) response.writeHead(404).end();
  });
  addresses.bot = await listen(botServer);
  addresses.lab = await listen(labServer);
  return Object.assign(fixture, {
    clock,
    workspace,
    url: addresses.lab,
    requests,
    wire,
    faults,
    bot: webClient(addresses.lab, workspace.botToken),
    person: (name: string) => idOf(workspace.people, name),
    channel: (name: string) => idOf(workspace.channels, name),
    get: async (path: string) => answerOf(await fetch(addresses.lab + path)),
    post: async (path: string, body: unknown) =>
      answerOf(await fetch(addresses.lab + path, { method: 'POST', body: JSON.stringify(body) })),
    call: async (method: string, form: Readonly<Record<string, string>>, token = workspace.botToken) =>
      answerOf(
        await fetch(`${addresses.lab}/api/${method}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: new URLSearchParams(form),
        }),
      ),
    stop: async () => {
      clock.stop();
      await Promise.all([botServer, labServer].map(close));
    },
  });
}

/** A client of this workspace with any token. */
export function webClient(url: string, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

async function answerOf(response: Response): Promise<LabReply> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { status: response.status, retryAfter, json: text === '' ? {} : JSON.parse(text) };
}

function idOf(all: readonly { readonly id: string; readonly name: string }[], name: string): string {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.id;
}

function readBotBody(request: IncomingMessage, raw: string): Record<string, unknown> {
  if (request.headers['content-type'] === 'application/json') return JSON.parse(raw);
  const form = Object.fromEntries(new URLSearchParams(raw));
  return form.payload === undefined ? form : { payload: JSON.parse(form.payload) };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
