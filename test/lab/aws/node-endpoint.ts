/**
 * AWS as the machines of the fleet see it: instance metadata, and the regional endpoints of the two services that keep
 * secrets. A machine's program waits for its answer, so that everything here answers at once; signatures are checked and
 * policies evaluated as for every other caller.
 */
import { isInstance } from '../world/law-context.ts';
import { nodeKeys } from '../world/node-role.ts';
import type { ChangeSurface, HttpAnswer, HttpQuestion } from '../world/surface.ts';
import type { LabNode, World } from '../world/types.ts';
import { authenticate, claimOf } from './authenticate.ts';
import type { Credentials } from './credentials.ts';
import { AwsRefusal } from './refusal.ts';
import type { AwsAnswer, AwsCall, LabContext, PolicyDocument, Principal } from './types.ts';
import { operationOf, type WireRequest } from './wire/identify.ts';
import { refusalAnswer } from './wire/protocols.ts';

export type NodeHttp = (node: LabNode, request: HttpQuestion) => ReturnType<ChangeSurface['http']>;

/** What the endpoint needs of the lab. */
export interface NodeEndpointOptions {
  readonly world: Pick<World, 'state'>;
  readonly clock: { now(): number };
  readonly record: LabContext['record'];
  readonly secrets: { getSecretValue(call: AwsCall): AwsAnswer };
  readonly parameters: { getParameter(call: AwsCall): AwsAnswer };
  /** What the deployment lets the machines of a site read. */
  readonly policyOf: (siteId: string) => PolicyDocument;
}

const MS = { metadata: 2, aws: 120, noRoute: 21_000 } as const;
const METADATA = '169.254.169.254';
const TOKEN = 'a token';
const ROLES = '/latest/meta-data/iam/security-credentials/';
/** WSAEHOSTUNREACH and WSAHOST_NOT_FOUND as HRESULTs. */
const UNREACHABLE = { error: { hresult: '80072751', afterMs: MS.noRoute } } as const;
const NO_SUCH_HOST = { error: { hresult: '80072AF9' } } as const;

/** Answers the machines' own requests. */
export function createNodeEndpoint(options: NodeEndpointOptions): NodeHttp {
  return (node, request) => {
    const { hostname } = new URL(request.url);
    if (hostname === METADATA) return metadata(options, node, request);
    const [, service = '', region = ''] = /^(secretsmanager|ssm)\.([a-z0-9-]+)\.amazonaws\.com$/.exec(hostname) ?? [];
    if (service === '') return NO_SUCH_HOST;
    if (node.windows?.egressBlocked.includes(443) === true) return UNREACHABLE;
    return { ok: answered(options, node, service, region, request) };
  };
}

function metadata(options: NodeEndpointOptions, node: LabNode, { method, url, headers }: HttpQuestion) {
  if (!isInstance(node) || node.windows?.egressBlocked.includes(80) === true) return UNREACHABLE;
  const { pathname } = new URL(url);
  if (method === 'PUT' && pathname === '/latest/api/token') {
    const hasLifetime = headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined;
    return hasLifetime ? ok(200, TOKEN) : ok(400, '');
  }
  if (headers['x-aws-ec2-metadata-token'] !== TOKEN) return ok(401, '');
  const role = node.role?.from === 'instance' ? node.role : undefined;
  if (role === undefined) return ok(404, '');
  if (pathname === ROLES) return ok(200, role.name);
  if (pathname !== `${ROLES}${role.name}`) return ok(404, '');
  const { id, secret, token } = nodeKeys(node);
  const Expiration = new Date(options.clock.now() + 6 * 3_600_000).toISOString();
  const found = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: id,
    SecretAccessKey: secret,
    Token: token,
    Expiration,
  };
  return ok(200, JSON.stringify(found));
}

function ok(status: number, body: string): { readonly ok: HttpAnswer } {
  return { ok: { status, body, ms: MS.metadata } };
}

function answered(
  options: NodeEndpointOptions,
  node: LabNode,
  service: string,
  region: string,
  question: HttpQuestion,
): HttpAnswer {
  const request = wireRequest(question);
  const operation = operationOf(service, request) ?? '';
  const answer = answerOf(options, node, service, region, operation, request);
  const at = options.clock.now();
  options.record({ at, from: 'node', to: service, operation: `${service}:${operation}`, status: answer.status, ms: 0 });
  return { status: answer.status, body: String(answer.body), ms: MS.aws };
}

function answerOf(
  options: NodeEndpointOptions,
  node: LabNode,
  service: string,
  region: string,
  operation: string,
  request: WireRequest,
): AwsAnswer {
  try {
    const claim = claimOf(request);
    const nowMs = options.clock.now();
    const principal = authenticate(claim, request, keysOf(options, node), { wallMs: nowMs, labMs: nowMs });
    if (claim.service !== service || claim.region !== region) {
      throw new AwsRefusal('bad-signature', 'Credential should be scoped to a valid region.');
    }
    const call: AwsCall = { service, operation, region, account: principal.account, principal, ...request };
    if (`${service}:${operation}` === 'secretsmanager:GetSecretValue') return options.secrets.getSecretValue(call);
    if (`${service}:${operation}` === 'ssm:GetParameter') return options.parameters.getParameter(call);
    throw new AwsRefusal('unknown-operation');
  } catch (error) {
    if (error instanceof AwsRefusal) return refusalAnswer(service, error, 'node');
    throw error;
  }
}

/** A machine has one access key: that of its role's session, which IAM names by the machine's id. */
function keysOf({ world, policyOf }: NodeEndpointOptions, node: LabNode): Pick<Credentials, 'find'> {
  return {
    find: (accessKeyId) => {
      const { id, secret, token } = nodeKeys(node);
      const site = world.state.sites.find((each) => each.id === node.site);
      if (node.role === undefined || site === undefined || accessKeyId !== id) return undefined;
      const { account } = site;
      const principal: Principal = {
        accessKeyId,
        secretAccessKey: secret,
        sessionToken: token,
        arn: `arn:aws:sts::${account}:assumed-role/${node.role.name}/${node.id}`,
        account,
        policies: node.role.readsSecrets ? [policyOf(node.site)] : [],
      };
      return { principal };
    },
  };
}

/** As it arrives: the client has written the header `host`. */
function wireRequest({ method, url, headers, body }: HttpQuestion): WireRequest {
  const { host, pathname, search, searchParams } = new URL(url);
  const sent = { ...headers, host };
  return {
    method,
    url: pathname + search,
    path: pathname,
    query: searchParams,
    headers: sent,
    body: Buffer.from(body),
  };
}
