/** The endpoint of every AWS service: identifies, authenticates, throttles, breaks on purpose, records and answers. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, claimOf } from './authenticate.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { type AwsFault, createFaultCheck, type FaultCheck } from './faults.ts';
import { PolicyError } from './iam/policy-error.ts';
import { AwsRefusal } from './refusal.ts';
import { unknownOperation } from './service.ts';
import { createSts } from './sts.ts';
import { createThrottle, type Throttle, type ThrottleSettings } from './throttle.ts';
import type { AwsAnswer, AwsCall, AwsService, LabContext, LabRole, Principal } from './types.ts';
import { guessService, operationOf, type WireRequest } from './wire/identify.ts';
import { refusalAnswer } from './wire/protocols.ts';
import { readBody, readTarget } from './wire/read-request.ts';
import { readClaim } from './wire/sigv4.ts';

/** What the endpoint needs of the lab. */
export interface AwsEndpointOptions extends LabContext {
  readonly principals: readonly Principal[];
  /** Roles of every account that `AssumeRole` can give. */
  readonly roles: readonly LabRole[];
  /** By signing name. `sts` is built in. */
  readonly services: Readonly<Record<string, AwsService>>;
  readonly throttle?: ThrottleSettings;
  /** Real time, ms; `Date.now` by default. */
  readonly wall?: () => number;
  /**
   * Whether the invocation behind a request's `x-amzn-trace-id` has died: its connection ends, and nothing it asks for
   * happens. Lambda answers the dead itself.
   */
  readonly isDead?: (traceId: string | undefined) => boolean;
  /** Name of the function behind a trace, for the record; the principal's ARN where there is none. */
  readonly callerOf?: (traceId: string | undefined) => string | undefined;
  /** Told of a fault in the lab itself, which the caller sees as an internal error. */
  readonly onError?: (error: unknown, operation: string) => void;
}

/** Answers one HTTP request; `pathBehindPrefix` is what follows the prefix under which the lab serves AWS. */
export type AwsEndpoint = (req: IncomingMessage, res: ServerResponse, pathBehindPrefix: string) => Promise<void>;

interface Parts {
  readonly options: AwsEndpointOptions;
  readonly credentials: Credentials;
  readonly throttle: Throttle;
  readonly faults: FaultCheck;
  readonly services: Readonly<Record<string, AwsService>>;
}

/** What came of a request: an answer, or a connection that just ends. */
interface Outcome {
  readonly answer: AwsAnswer | 'dropped';
  readonly from: string;
  readonly service: string;
  readonly operation: string;
}

/**
 * Makes the endpoint. The account is the signer's, the region the one it signed for. Nothing here holds the clock:
 * a request that waits for simulated time must not keep it from moving.
 */
export function createAwsEndpoint(options: AwsEndpointOptions): AwsEndpoint {
  const credentials = createCredentials(options.principals);
  const parts: Parts = {
    options,
    credentials,
    throttle: createThrottle(() => options.clock.now(), options.throttle),
    faults: createFaultCheck(options.faults, options.random),
    services: { sts: createSts(options, options.roles, credentials), ...options.services },
  };
  return async (req, res, pathBehindPrefix) => {
    const startedMs = performance.now();
    const request = readTarget(req, pathBehindPrefix);
    const outcome = await outcomeOf(parts, request, req);
    record(options, outcome, performance.now() - startedMs);
    send(res, outcome.answer);
  };
}

async function outcomeOf(parts: Parts, target: Omit<WireRequest, 'body'>, req: IncomingMessage): Promise<Outcome> {
  const claim = readClaim(target.headers.authorization);
  let service = typeof claim === 'object' ? claim.service : 'unsigned';
  let from = 'anonymous';
  let operation = '';
  try {
    const request = { ...target, body: await readBody(req) };
    if (typeof claim !== 'object') service = guessService(request);
    operation = operationOf(service, request) ?? '';
    const principal = authenticate(claimOf(request), request, parts.credentials, {
      wallMs: (parts.options.wall ?? Date.now)(),
      labMs: parts.options.clock.now(),
    });
    const traceId = request.headers['x-amzn-trace-id'];
    from = parts.options.callerOf?.(traceId) ?? principal.arn;
    const region = typeof claim === 'object' ? claim.region : '';
    const call: AwsCall = { service, operation, region, account: principal.account, principal, ...request };
    return { answer: await answerCall(parts, call), from, service, operation };
  } catch (error) {
    // Whoever hung up in the middle of a request hears no answer; that is nothing wrong with the lab.
    if (req.errored !== null) return { answer: 'dropped', from, service, operation };
    return {
      answer: refusalAnswer(service, refusalOf(parts, error, `${service}:${operation}`), randomUUID()),
      from,
      service,
      operation,
    };
  }
}

async function answerCall(parts: Parts, call: AwsCall): Promise<AwsAnswer | 'dropped'> {
  const service = Object.hasOwn(parts.services, call.service) ? parts.services[call.service] : undefined;
  if (service === undefined) throw unknownService(call.service);
  if (call.operation === '') throw unknownOperation('');
  if (call.service !== 'lambda' && parts.options.isDead?.(call.headers['x-amzn-trace-id'])) return 'dropped';
  const fault = parts.faults.hit(call);
  if (fault === 'aws-dropped') return 'dropped';
  if (fault !== undefined && fault !== 'aws-answer-lost') throw faultRefusal(fault, call);
  if (!parts.throttle.admit(call)) throw new AwsRefusal('throttled');
  if (fault === undefined) return service(call);
  await service(call);
  return 'dropped';
}

const FAULT_REASONS = {
  'aws-throttled': 'throttled',
  'aws-denied': 'denied',
  'aws-error': 'internal',
  'aws-unavailable': 'unavailable',
} as const;

function faultRefusal(fault: Exclude<AwsFault, 'aws-dropped' | 'aws-answer-lost'>, call: AwsCall): AwsRefusal {
  const reason = FAULT_REASONS[fault];
  if (reason !== 'denied') return new AwsRefusal(reason);
  const action = `${call.service}:${call.operation}`;
  return new AwsRefusal(
    'denied',
    `User: ${call.principal.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
  );
}

function unknownService(service: string): AwsRefusal {
  return new AwsRefusal('unknown-operation', `The lab has no service "${service}".`);
}

function refusalOf(parts: Parts, error: unknown, operation: string): AwsRefusal {
  if (error instanceof AwsRefusal) return error;
  (parts.options.onError ?? reportError)(error, operation);
  const text = error instanceof PolicyError ? `The lab cannot evaluate a policy: ${error.message}` : undefined;
  return new AwsRefusal('internal', text, { cause: error });
}

function reportError(error: unknown, operation: string): void {
  console.error(`lab: ${operation} failed`, error);
}

function record(options: AwsEndpointOptions, outcome: Outcome, ms: number): void {
  const { answer, from, service, operation } = outcome;
  options.record({
    at: options.clock.now(),
    from,
    to: service,
    operation: `${service}:${operation === '' ? 'unknown' : operation}`,
    status: answer === 'dropped' ? 0 : answer.status,
    ms,
  });
}

function send(res: ServerResponse, answer: AwsAnswer | 'dropped'): void {
  if (answer === 'dropped') {
    res.destroy();
    return;
  }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  const id = answer.headers['x-amzn-requestid'] ?? randomUUID();
  res.writeHead(answer.status, { ...answer.headers, 'x-amzn-requestid': id, 'content-length': String(body.length) });
  res.end(body);
}
