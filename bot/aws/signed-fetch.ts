/**
 * Calls AWS with `fetch` and a signature, without an SDK client: for the function that has to answer Slack, where one
 * client more would double the start. Reads the same environment variables as the SDK.
 */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface AwsRequest {
  readonly service: 'lambda' | 'secretsmanager' | 'route53resolver' | 'dynamodb' | 'ssm';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** An answer, its body read. */
export interface AwsResponse {
  readonly status: number;
  /** E.g. `AccessDeniedException`; absent on success. */
  readonly errorType?: string;
  readonly body: string;
  /** The request was sent a second time, because the first got no answer: that one may have had its effect. */
  readonly repeated?: true;
}

/** Thrown when no answer came in time or at all. */
export class NoAwsAnswer extends Error {
  override readonly name = 'NoAwsAnswer';
}

export type AwsCall = (request: AwsRequest) => Promise<AwsResponse>;

/** Signs with the environment's credentials and sends. Signatures use wall time, as AWS compares them with its own. */
export const signedFetch =
  (env: Environment, fetch: typeof globalThis.fetch): AwsCall =>
  async (request) => {
    const url = new URL(endpointOf(request.service, env) + request.path);
    const headers = await sign(request, url, env);
    const signal = AbortSignal.timeout(request.timeoutMs);
    const send = async () =>
      read(await fetch(url, { method: 'POST', headers, body: request.body, signal, redirect: 'error' }));
    try {
      return await againUnless(signal, send);
    } catch (cause) {
      throw new NoAwsAnswer(`${request.service} did not answer`, { cause });
    }
  };

/**
 * Once more when there was no answer and there is still time: connections kept from the last request are often dead
 * after the environment was frozen. Only for requests that may be repeated, which all of {@link AwsRequest} are: secrets,
 * rules and items are read, work is handed on under a name, a callback takes one answer only, and a parameter is written
 * only where there is none, by whoever knows that a repeat may meet what it wrote itself.
 */
const againUnless = async (signal: AbortSignal, send: () => Promise<AwsResponse>): Promise<AwsResponse> => {
  try {
    return await send();
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...(await send()), repeated: true };
  }
};

async function sign({ service, headers, body }: AwsRequest, url: URL, env: Environment) {
  const signer = new SignatureV4({
    service,
    region: regionOf(env),
    credentials: credentialsOf(env),
    sha256: NodeSha256,
    applyChecksum: false,
  });
  const { protocol, hostname, port, pathname: path } = url;
  const signed = await signer.sign({
    method: 'POST',
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path,
    query: {},
    headers: { ...headers, host: url.host },
    body,
  });
  // `fetch` sets this one itself, to the same value.
  const { host: _, ...sent } = signed.headers;
  return sent;
}

async function read(response: Response): Promise<AwsResponse> {
  const body = await response.text();
  if (response.ok) return { status: response.status, body };
  const named = response.headers.get('x-amzn-errortype') ?? /"__type"\s*:\s*"([^"]+)"/.exec(body)?.[1];
  const errorType = named?.split(':')[0]?.split('#').pop();
  return { status: response.status, body, ...(errorType === undefined ? {} : { errorType }) };
}

const SERVICE_VARIABLE = {
  lambda: 'LAMBDA',
  secretsmanager: 'SECRETS_MANAGER',
  route53resolver: 'ROUTE53RESOLVER',
  dynamodb: 'DYNAMODB',
  ssm: 'SSM',
} as const;

function endpointOf(service: AwsRequest['service'], env: Environment): string {
  const configured = env[`AWS_ENDPOINT_URL_${SERVICE_VARIABLE[service]}`] ?? env.AWS_ENDPOINT_URL;
  if (configured !== undefined && configured !== '') return configured.replace(/\/+$/, '');
  const region = regionOf(env);
  return `https://${service}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
}

const needed = (env: Environment, name: string): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
};

const regionOf = (env: Environment): string => needed(env, 'AWS_REGION');

const credentialsOf = (env: Environment) => ({
  accessKeyId: needed(env, 'AWS_ACCESS_KEY_ID'),
  secretAccessKey: needed(env, 'AWS_SECRET_ACCESS_KEY'),
  ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
});

/** SHA-256 in the form the signer asks for; a class because it calls `new`. */
class NodeSha256 {
  private readonly hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
  reset(): void {
    throw new Error('A digest is taken once');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
