/** A Lambda service behind a small HTTP server, for tests that drive it with the real SDKs. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { LabClock } from '../../clock.ts';
import { createLabClock } from '../../lab-clock.ts';
import { random } from '../../random.ts';
import type { ActiveFault, Authorize, AwsCall, LabFunction, Principal } from '../types.ts';
import { createLambda, type Lambda } from './lambda.ts';
import { lambdaRoute } from './routes.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'ap-northeast-1';

export interface Harness {
  readonly clock: LabClock;
  readonly lambda: Lambda;
  /** Talks to the service without retries. */
  readonly client: LambdaClient;
  readonly faults: ActiveFault[];
  /** Every request that arrived: operation and trace. */
  readonly requests: { readonly operation: string; readonly trace: string | undefined; readonly status: number }[];
  /** Actions refused, with the resource they were asked for. */
  readonly denied: { action: string; resource: string }[];
  add(key: string, fn: Partial<LabFunction> & Pick<LabFunction, 'handler'>): LabFunction;
  /** Drops the connection of the next answer of this operation, after the service has done its work. */
  loseAnswer(operation: string): void;
  close(): Promise<void>;
}

const principal: Principal = {
  accessKeyId: 'AKIALAB',
  secretAccessKey: 'secret',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/observe/lab`,
  account: ACCOUNT,
  policies: 'administrator',
};

/** Starts service, clock and endpoint. `deny` refuses an action on a resource. */
export async function startHarness(
  deny: (action: string, resource: string) => boolean = () => false,
): Promise<Harness> {
  const clock = createLabClock();
  const faults: ActiveFault[] = [];
  const denied: Harness['denied'] = [];
  const requests: Harness['requests'][number][] = [];
  const lost: string[] = [];
  const authorize: Authorize = (_call, action, resource) => {
    if (!deny(action, resource)) return { allowed: true };
    denied.push({ action, resource });
    return { allowed: false, message: `User is not authorized to perform: ${action} on resource: ${resource}` };
  };
  const lambda = createLambda({ clock, random: random(1), authorize, faults: () => faults });
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    const operation = lambdaRoute(call.method, call.path)?.operation ?? 'unknown';
    const trace = call.headers['x-amzn-trace-id'];
    const answer = lambda.isDead(trace) ? undefined : await lambda.service(call);
    requests.push({ operation, trace, status: answer?.status ?? 0 });
    const losing = lost.indexOf(operation);
    if (losing >= 0) lost.splice(losing, 1);
    if (answer === undefined || losing >= 0) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const client = await connect(server);
  return {
    clock,
    lambda,
    client,
    faults,
    requests,
    denied,
    add: (key, fn) => {
      const added = functionOf(key, fn);
      lambda.register(added);
      return added;
    },
    loseAnswer: (operation) => lost.push(operation),
    close: async () => {
      clock.stop();
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function functionOf(key: string, fn: Partial<LabFunction> & Pick<LabFunction, 'handler'>): LabFunction {
  return {
    key,
    name: `kms-bot-${key}`,
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:kms-bot-${key}`,
    alias: 'live',
    principal,
    timeoutSeconds: 60,
    memoryMb: 256,
    ...fn,
  };
}

async function connect(server: Server): Promise<LambdaClient> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    credentials: { accessKeyId: principal.accessKeyId, secretAccessKey: principal.secretAccessKey },
    // The durable SDK repeats a checkpoint whose answer was lost.
    maxAttempts: 2,
  });
}

async function readCall(request: IncomingMessage): Promise<AwsCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://lab');
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const operation = lambdaRoute(request.method ?? '', path)?.operation ?? '';
  return {
    service: 'lambda',
    operation,
    region: REGION,
    account: ACCOUNT,
    principal,
    method: request.method ?? '',
    path,
    query: url.searchParams,
    headers: request.headers as AwsCall['headers'],
    body: Buffer.concat(chunks),
  };
}
