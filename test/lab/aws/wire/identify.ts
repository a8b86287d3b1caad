/** Which operation a request asks for. The service is known from the credential scope it is signed for. */
import { protocolOf, SERVICE_PROTOCOLS } from './protocols.ts';

/** What identifying looks at. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as sent, prefix included: what the client signed. */
  readonly url: string;
  /** Path behind the endpoint's prefix, still encoded, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

type Route = readonly [method: string, path: RegExp, operation: string];

const LAMBDA_ROUTES: readonly Route[] = [
  ['POST', /^\/2015-03-31\/functions\/.+\/invocations$/, 'Invoke'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['POST', /^\/2025-12-01\/durable-executions\/.+\/checkpoint$/, 'CheckpointDurableExecution'],
  ['GET', /^\/2025-12-01\/durable-executions\/.+\/state$/, 'GetDurableExecutionState'],
  ['GET', /^\/2025-12-01\/durable-executions\/.+\/history$/, 'GetDurableExecutionHistory'],
  ['POST', /^\/2025-12-01\/durable-executions\/.+\/stop$/, 'StopDurableExecution'],
  ['GET', /^\/2025-12-01\/durable-executions\/.+$/, 'GetDurableExecution'],
  ['GET', /^\/2025-12-01\/functions\/.+\/durable-executions$/, 'ListDurableExecutionsByFunction'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/.+\/succeed$/, 'SendDurableExecutionCallbackSuccess'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/.+\/fail$/, 'SendDurableExecutionCallbackFailure'],
  ['POST', /^\/2025-12-01\/durable-execution-callbacks\/.+\/heartbeat$/, 'SendDurableExecutionCallbackHeartbeat'],
];

const ROUTE53_ROUTES: readonly Route[] = [
  ['GET', /^\/2013-04-01\/hostedzone\/?$/, 'ListHostedZones'],
  ['GET', /^\/2013-04-01\/hostedzonesbyname\/?$/, 'ListHostedZonesByName'],
  ['GET', /^\/2013-04-01\/hostedzonesbyvpc\/?$/, 'ListHostedZonesByVPC'],
  ['GET', /^\/2013-04-01\/hostedzone\/[^/]+$/, 'GetHostedZone'],
  ['GET', /^\/2013-04-01\/hostedzone\/[^/]+\/rrset\/?$/, 'ListResourceRecordSets'],
  ['POST', /^\/2013-04-01\/hostedzone\/[^/]+\/rrset\/?$/, 'ChangeResourceRecordSets'],
  ['GET', /^\/2013-04-01\/change\/[^/]+$/, 'GetChange'],
];

const SCHEDULER_ROUTES: readonly Route[] = [
  ['GET', /^\/schedules\/?$/, 'ListSchedules'],
  ['POST', /^\/schedules\/[^/]+$/, 'CreateSchedule'],
  ['PUT', /^\/schedules\/[^/]+$/, 'UpdateSchedule'],
  ['GET', /^\/schedules\/[^/]+$/, 'GetSchedule'],
  ['DELETE', /^\/schedules\/[^/]+$/, 'DeleteSchedule'],
];

const REST_ROUTES: Readonly<Record<string, readonly Route[]>> = {
  lambda: LAMBDA_ROUTES,
  route53: ROUTE53_ROUTES,
  scheduler: SCHEDULER_ROUTES,
};

/** The operation's name, or undefined where the request names none that this service could have. */
export function operationOf(service: string, request: WireRequest): string | undefined {
  const { protocol, target } = protocolOf(service);
  switch (protocol) {
    case 'json-1.0':
    case 'json-1.1':
      return targetOperation(request.headers['x-amz-target'], target);
    case 'query':
    case 'ec2':
      return formOf(request).get('Action') ?? undefined;
    case 'rest-json':
    case 'rest-xml':
      return routed(REST_ROUTES[service] ?? [], request);
  }
}

/** API versions of the query services. */
const QUERY_VERSIONS: Readonly<Record<string, string>> = { '2011-06-15': 'sts', '2016-11-15': 'ec2' };

/**
 * The service that a request without a readable signature was meant for, so that it is refused in the right words;
 * `unsigned` where nothing tells.
 */
export function guessService(request: WireRequest): string {
  const target = request.headers['x-amz-target']?.split('.')[0];
  const byTarget = Object.entries(SERVICE_PROTOCOLS).find(([, known]) => known.target === target);
  if (target !== undefined && byTarget !== undefined) return byTarget[0];
  const byPath = Object.entries(REST_ROUTES).find(([, routes]) => routed(routes, request) !== undefined);
  return byPath?.[0] ?? QUERY_VERSIONS[formOf(request).get('Version') ?? ''] ?? 'unsigned';
}

/** Parameters of a query request: the form body, or the query of a GET. */
export function formOf(request: Pick<WireRequest, 'method' | 'query' | 'body'>): URLSearchParams {
  return request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString('utf8'));
}

function targetOperation(header: string | undefined, target: string | undefined): string | undefined {
  const [prefix, operation, ...rest] = (header ?? '').split('.');
  return prefix === target && operation && rest.length === 0 ? operation : undefined;
}

function routed(routes: readonly Route[], request: WireRequest): string | undefined {
  return routes.find(([method, path]) => method === request.method && path.test(request.path))?.[2];
}
