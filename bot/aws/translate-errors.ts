/** AWS's errors in the operations' words, by name and status, never by message; without secrets that it may quote. */
import { DEFAULT_SLOW_DOWN_SECONDS, OperationFailed, Transient, withoutSecrets } from '../errors.ts';
import { type OperationFailure, Throttled } from '../ports.ts';

/** Which call it was, so that a failure can say what it needed. */
export interface CallFacts {
  /** The right the call needs, e.g. `ssm:SendCommand`. */
  readonly action: string;
  /** The function whose role made the call, e.g. `observe`. */
  readonly functionName: string;
  readonly siteId?: string;
  /** The document the call named. */
  readonly document?: string;
}

/** The SDK's list of throttling errors (`@smithy/core`, retry classification), and what else passes by itself. */
const THROTTLING = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  // Parameter Store: another update of the same parameter is under way.
  'TooManyUpdates',
]);

/** Each service has a name of its own for a right that is missing: Systems Manager and most others, EC2, STS. */
const DENIED = new Set(['AccessDeniedException', 'UnauthorizedOperation', 'AccessDenied']);

const NO_DOCUMENT = new Set(['InvalidDocument', 'InvalidDocumentVersion']);

/** A region that the account has not enabled, or an account that may not use the service there: nothing a wait would mend. */
const CLOSED = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'RegionDisabledException',
  'SubscriptionRequiredException',
  'UnrecognizedClientException',
]);

/** Node's codes and the SDK's names for a request that got no answer. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** Temporary credentials that ran out between two calls: new ones are fetched for the next attempt. */
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);

interface AwsError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const serviceOf = (action: string): string => action.split(':')[0] ?? action;

/** Services that say how fast they may be called: Route 53 gives an account five requests every second. */
const SLOW_DOWN_SECONDS: Readonly<Record<string, number>> = { route53: 1 };

const retryAfter = (error: AwsError, service: string): number => {
  const seconds = Number(error.$response?.headers?.['retry-after']);
  if (Number.isFinite(seconds) && seconds > 0) return Math.ceil(seconds);
  return SLOW_DOWN_SECONDS[service] ?? DEFAULT_SLOW_DOWN_SECONDS;
};

const isThrottling = (error: AwsError): boolean =>
  THROTTLING.has(error.name) || error.$metadata?.httpStatusCode === 429;

const isPassing = (error: AwsError): boolean =>
  NO_CONNECTION.has(error.code ?? '') ||
  NO_CONNECTION.has(error.name) ||
  EXPIRED.has(error.name) ||
  (error.$metadata?.httpStatusCode ?? 0) >= 500;

const missingRight = (call: CallFacts): OperationFailure => ({
  kind: 'missing-right',
  action: call.action,
  function: call.functionName,
  ...(call.siteId === undefined ? {} : { siteId: call.siteId }),
});

const failureBehind = (error: AwsError, call: CallFacts): OperationFailure | undefined => {
  if (DENIED.has(error.name)) return missingRight(call);
  if (NO_DOCUMENT.has(error.name) && call.document !== undefined && call.siteId !== undefined) {
    return { kind: 'document-missing', document: call.document, siteId: call.siteId };
  }
  if (CLOSED.has(error.name) && call.siteId !== undefined) return { kind: 'site-unreachable', siteId: call.siteId };
  return undefined;
};

/** The error an operation understands, or the error itself when it says nothing that an operation could use. */
export const translateError = (error: unknown, call: CallFacts): unknown => {
  if (!(error instanceof Error)) return error;
  const aws: AwsError = error;
  const service = serviceOf(call.action);
  if (isThrottling(aws)) return new Throttled(service, retryAfter(aws, service), { cause: error });
  const failure = failureBehind(aws, call);
  if (failure !== undefined) return new OperationFailed(failure, { cause: error });
  if (isPassing(aws)) return new Transient(service, aws.code ?? aws.name, { cause: error });
  return error;
};

/**
 * Makes a call and translates its error.
 *
 * @throws Throttled, Transient, OperationFailed, or what the SDK threw.
 */
export const translated = async <T>(call: CallFacts, send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (error) {
    throw translateError(withoutSecrets(error), call);
  }
};
