/** What the Slack function talks to, on 127.0.0.1: Secrets Manager, Lambda and Slack's Web API, with their state. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENVIRONMENT } from '../../../bot/environment.ts';

export const TEAM = 'T0KMSLAB1';
export const AIKO = 'U0AIKO0001';
export const BOT = 'U0KMSBOT01';
export const CHANNEL = 'C0OPS00001';

export interface Outside {
  readonly env: Record<string, string>;
  readonly url: string;
  /** What was called, in order: `secretsmanager:GetSecretValue`, `lambda:Invoke`, `users.info`, `response`, … */
  readonly calls: string[];
  /** Executions by name. */
  readonly executions: Map<string, string>;
  /** Posted to response URLs. */
  readonly responses: unknown[];
  /** What is true outside; change it and the answers change. */
  state: {
    signingSecret: string;
    locale: string | undefined;
    channel: Readonly<Record<string, unknown>> | 'channel_not_found';
    /** Answers of a service instead of its own: an HTTP status with an error type. */
    refusals: Partial<Record<'secret' | 'invoke', { readonly status: number; readonly type: string }>>;
    /** Services that never answer. */
    silent: readonly ('slack' | 'invoke')[];
  };
  close(): Promise<void>;
}

/** Starts the outside world. */
export async function startOutside(): Promise<Outside> {
  const calls: string[] = [];
  const executions = new Map<string, string>();
  const responses: unknown[] = [];
  const state: Outside['state'] = {
    signingSecret: 'a-signing-secret',
    locale: 'en-US',
    channel: { id: CHANNEL, is_member: true },
    refusals: {},
    silent: [],
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = respond(request, body);
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });

  const respond = (request: IncomingMessage, body: string): Answer | undefined => {
    const url = request.url ?? '';
    if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') return secret();
    if (url.includes('/invocations')) return invoke(request, body);
    if (url.startsWith('/response/')) {
      calls.push('response');
      responses.push(JSON.parse(body));
      return { status: 200, body: {} };
    }
    return slack(url.replace('/slack/api/', ''));
  };

  const secret = (): Answer => {
    calls.push('secretsmanager:GetSecretValue');
    const refusal = state.refusals.secret;
    if (refusal !== undefined) return { status: refusal.status, body: { __type: refusal.type } };
    const value = { signingSecret: state.signingSecret, botToken: 'xoxb-lab-token' };
    return { status: 200, body: { SecretString: JSON.stringify(value) } };
  };

  const invoke = (request: IncomingMessage, body: string): Answer | undefined => {
    calls.push('lambda:Invoke');
    if (state.silent.includes('invoke')) return undefined;
    const refusal = state.refusals.invoke;
    if (refusal !== undefined)
      return { status: refusal.status, headers: { 'x-amzn-errortype': refusal.type }, body: {} };
    const name = String(request.headers['x-amz-durable-execution-name']);
    const before = executions.get(name);
    if (before !== undefined && before !== body)
      return { status: 409, headers: { 'x-amzn-errortype': 'DurableExecutionAlreadyStartedException' }, body: {} };
    executions.set(name, body);
    return { status: 202, body: {} };
  };

  const slack = (method: string): Answer | undefined => {
    calls.push(method);
    if (state.silent.includes('slack')) return undefined;
    if (method === 'users.info') return ok({ user: { id: AIKO, locale: state.locale } });
    if (method === 'conversations.info')
      return state.channel === 'channel_not_found'
        ? { status: 200, body: { ok: false, error: 'channel_not_found' } }
        : ok({ channel: state.channel });
    return { status: 200, body: { ok: false, error: 'unknown_method' } };
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    calls,
    executions,
    responses,
    state,
    env: environment(url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const ok = (fields: object): Answer => ({ status: 200, body: { ok: true, ...fields } });

const environment = (url: string): Record<string, string> => ({
  AWS_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_ENDPOINT_URL: `${url}/aws`,
  [ENVIRONMENT.slackSecret]: 'kms-bot/slack',
  [ENVIRONMENT.teamId]: TEAM,
  [ENVIRONMENT.botId]: 'B0KMSBOT01',
  [ENVIRONMENT.botUserId]: BOT,
  [ENVIRONMENT.slackApiUrl]: `${url}/slack/api`,
  [ENVIRONMENT.language]: 'en',
  [ENVIRONMENT.observeFunction]: 'arn:aws:lambda:ap-northeast-1:111122223333:function:observe:live',
});

const text = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};
