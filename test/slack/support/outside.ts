/**
 * What the Slack function talks to, on 127.0.0.1: Secrets Manager, Lambda, DynamoDB and Slack's Web API,
 * with their state.
 */
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
  /** Executions by name, of both functions. */
  readonly executions: Map<string, string>;
  /** Texts of the changes' statuses, by id, as the ledger has them. */
  readonly statuses: Map<string, string>;
  /** What waits for an answer, by callback id; the first answer is kept, and no other is taken. */
  readonly callbacks: Map<string, string | undefined>;
  /** Windows that were opened, in order. */
  readonly views: Record<string, unknown>[];
  /** What opened windows were replaced with, in order. */
  readonly updates: { readonly viewId: string; readonly view: Record<string, unknown> }[];
  /** Parameters of Parameter Store as they were put, by name; the first put is the only one. */
  readonly parameters: Map<string, Readonly<Record<string, unknown>>>;
  /** Members by user group. */
  readonly members: Map<string, readonly string[]>;
  /** Posted to response URLs. */
  readonly responses: unknown[];
  /** What is true outside; change it and the answers change. */
  state: {
    signingSecret: string;
    locale: string | undefined;
    channel: Readonly<Record<string, unknown>> | 'channel_not_found';
    /** What is told of everybody beyond their id. */
    person: Readonly<Record<string, unknown>>;
    /** Answers of a service instead of its own: an HTTP status with an error type. */
    refusals: Partial<
      Record<
        'secret' | 'invoke' | 'status' | 'callback' | 'parameter',
        { readonly status: number; readonly type: string }
      >
    >;
    /** Answers of Slack's methods instead of their own. */
    slackRefusals: Record<string, { readonly error: string; readonly needed?: string }>;
    /** Services that never answer. */
    silent: readonly ('slack' | 'invoke' | 'callback' | 'parameter')[];
  };
  close(): Promise<void>;
}

/** Starts the outside world. */
export async function startOutside(): Promise<Outside> {
  const calls: string[] = [];
  const executions = new Map<string, string>();
  const responses: unknown[] = [];
  const statuses = new Map<string, string>();
  const callbacks = new Map<string, string | undefined>();
  const views: Outside['views'] = [];
  const updates: Outside['updates'] = [];
  const parameters: Outside['parameters'] = new Map();
  const members = new Map<string, readonly string[]>();
  const state: Outside['state'] = {
    signingSecret: 'a-signing-secret',
    locale: 'en-US',
    channel: { id: CHANNEL, is_member: true },
    person: { team_id: TEAM },
    refusals: {},
    slackRefusals: {},
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
    if (request.headers['x-amz-target'] === 'DynamoDB_20120810.GetItem') return status(body);
    if (request.headers['x-amz-target'] === 'AmazonSSM.PutParameter') return put(body);
    if (url.includes('/durable-execution-callbacks/')) return callback(url, body);
    if (url.includes('/invocations')) return invoke(request, body);
    if (url.startsWith('/response/')) {
      calls.push('response');
      responses.push(JSON.parse(body));
      return { status: 200, body: {} };
    }
    return slack(url.replace('/slack/api/', ''), new URLSearchParams(body));
  };

  const status = (body: string): Answer => {
    calls.push('dynamodb:GetItem');
    const refusal = state.refusals.status;
    if (refusal !== undefined) return { status: refusal.status, body: { __type: refusal.type } };
    const { TableName, Key } = JSON.parse(body) as { TableName: string; Key: Record<string, { S: string }> };
    if (TableName !== 'ledger' || Key.pk?.S !== 'CHANGES')
      return { status: 400, body: { __type: 'ValidationException' } };
    const kept = statuses.get(Key.sk?.S ?? '');
    return { status: 200, body: kept === undefined ? {} : { Item: { ...Key, status: { S: kept } } } };
  };

  const callback = (url: string, body: string): Answer | undefined => {
    calls.push('lambda:SendDurableExecutionCallbackSuccess');
    if (state.silent.includes('callback')) return undefined;
    const refused = (refusal: { readonly status: number; readonly type: string }): Answer => ({
      status: refusal.status,
      headers: { 'x-amzn-errortype': refusal.type },
      body: {},
    });
    if (state.refusals.callback !== undefined) return refused(state.refusals.callback);
    const id = decodeURIComponent(/callbacks\/([^/]+)\/succeed$/.exec(url)?.[1] ?? '');
    const waits = callbacks.has(id) && callbacks.get(id) === undefined;
    if (!waits) return refused({ status: 400, type: 'CallbackTimeoutException' });
    callbacks.set(id, body);
    return { status: 200, body: {} };
  };

  const put = (body: string): Answer | undefined => {
    calls.push('ssm:PutParameter');
    if (state.silent.includes('parameter')) return undefined;
    const refusal = state.refusals.parameter;
    if (refusal !== undefined) return { status: refusal.status, body: { __type: refusal.type } };
    const input = JSON.parse(body) as Readonly<Record<string, unknown>>;
    const name = String(input.Name);
    if (parameters.has(name)) return { status: 400, body: { __type: 'ParameterAlreadyExists' } };
    parameters.set(name, input);
    return { status: 200, body: { Version: 1, Tier: 'Advanced' } };
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

  const slack = (method: string, fields: URLSearchParams): Answer | undefined => {
    calls.push(method);
    if (state.silent.includes('slack')) return undefined;
    const refusal = state.slackRefusals[method];
    if (refusal !== undefined) return { status: 200, body: { ok: false, ...refusal } };
    if (method === 'users.info') return ok({ user: { id: fields.get('user'), locale: state.locale, ...state.person } });
    if (method === 'usergroups.users.list') return ok({ users: members.get(fields.get('usergroup') ?? '') ?? [] });
    if (method === 'views.open') {
      views.push(JSON.parse(fields.get('view') ?? ''));
      return ok({ view: { id: 'V0KMSLAB01' } });
    }
    if (method === 'views.update') {
      updates.push({ viewId: fields.get('view_id') ?? '', view: JSON.parse(fields.get('view') ?? '') });
      return ok({ view: { id: fields.get('view_id') } });
    }
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
    statuses,
    callbacks,
    views,
    updates,
    parameters,
    members,
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

/** What a deployment with changes has beyond one that only looks. */
export const CHANGES_ENVIRONMENT: Readonly<Record<string, string>> = {
  [ENVIRONMENT.changeFunction]: 'arn:aws:lambda:ap-northeast-1:111122223333:function:change:live',
  [ENVIRONMENT.ledgerTable]: 'ledger',
};

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
