/** What the Slack function needs of a change that waits: where it stands, and how to answer it. Both without a client. */
import type { ChangeStatus, Decision } from '../domain/change/change-status.ts';
import { OperationFailed, Transient } from '../errors.ts';
import { Throttled } from '../ports.ts';
import { type AwsCall, type AwsResponse, NoAwsAnswer } from './signed-fetch.ts';

/** Slack waits three seconds for the whole answer to a click. */
const PATIENCE_MS = 1_000;

/** The partition of the ledger that holds every change's status. */
const STATUSES = 'CHANGES';

const DENIED = ['AccessDeniedException', 'AccessDenied'];

const isDenied = ({ errorType = '' }: AwsResponse): boolean => DENIED.includes(errorType);

const missingRight = (action: string): OperationFailed =>
  new OperationFailed({ kind: 'missing-right', action, function: 'slack' });

const isThrottling = ({ status, errorType = '' }: AwsResponse): boolean =>
  status === 429 || /Throttl|TooManyRequests|ProvisionedThroughput|RequestLimit/.test(errorType);

/**
 * Reads where a change stands, as it was last written; undefined where nothing is known of it.
 *
 * @throws Throttled, Transient, OperationFailed where the right to read is missing.
 */
export const changeStatusReader =
  (call: AwsCall, table: string) =>
  async (changeId: string): Promise<ChangeStatus | undefined> => {
    const response = await answered(call, {
      service: 'dynamodb',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      body: JSON.stringify({
        TableName: table,
        Key: { pk: { S: STATUSES }, sk: { S: changeId } },
        ConsistentRead: true,
      }),
      timeoutMs: PATIENCE_MS,
    });
    if (response.status === 200) return statusIn(response.body);
    if (isDenied(response)) throw missingRight('dynamodb:GetItem');
    throw failure('DynamoDB', response);
  };

const answered = async (call: AwsCall, request: Parameters<AwsCall>[0]): Promise<AwsResponse> => {
  try {
    return await call(request);
  } catch (error) {
    if (error instanceof NoAwsAnswer) throw new Transient(request.service, 'no answer', { cause: error });
    throw error;
  }
};

const SLOW_DOWN_SECONDS = 1;

const failure = (service: string, response: AwsResponse): Error => {
  if (isThrottling(response)) return new Throttled(service, SLOW_DOWN_SECONDS);
  const why = `${response.status} ${response.errorType ?? 'without a type'}`;
  return response.status >= 500 ? new Transient(service, why) : new Error(`${service} answered ${why}`);
};

/** The status kept in an answered item: ours, but another version may have written it. */
function statusIn(body: string): ChangeStatus | undefined {
  const { Item } = JSON.parse(body) as { readonly Item?: { readonly status?: { readonly S?: unknown } } };
  const text = Item?.status?.S;
  if (typeof text !== 'string') return undefined;
  const status = JSON.parse(text) as Partial<ChangeStatus>;
  const isStatus = [status.id, status.phase, status.requesterId, status.asked].every(
    (each) => typeof each === 'string',
  );
  return isStatus ? (status as ChangeStatus) : undefined;
}

/** What became of a decision. */
export type DecisionOutcome =
  | { readonly kind: 'taken' }
  /** Somebody else was first, or the time is over: nothing waits for an answer any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'missing-right'; readonly action: string }
  /** No answer in time: it may have been taken. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed'; readonly detail: string };

/** Answers the callback that a change waits for. The first answer is the only one. */
export const decisionSender =
  (call: AwsCall) =>
  async (callbackId: string, decision: Decision): Promise<DecisionOutcome> => {
    try {
      const response = await call({
        service: 'lambda',
        path: `/2025-12-01/durable-execution-callbacks/${pathSegment(callbackId)}/succeed`,
        headers: { 'content-type': 'application/octet-stream' },
        body: JSON.stringify(decision),
        timeoutMs: PATIENCE_MS,
      });
      return outcomeOf(response);
    } catch (error) {
      if (error instanceof NoAwsAnswer) return { kind: 'unsure' };
      throw error;
    }
  };

/** As RFC 3986 has it: AWS signs these characters encoded. */
const pathSegment = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** An execution that is over is not found any more. */
const GONE = ['CallbackTimeoutException', 'ResourceNotFoundException'];

function outcomeOf(response: AwsResponse): DecisionOutcome {
  const { status, errorType = 'without a type' } = response;
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (GONE.includes(errorType)) return { kind: 'gone' };
  if (isDenied(response)) return { kind: 'missing-right', action: 'lambda:SendDurableExecutionCallbackSuccess' };
  return { kind: 'failed', detail: `${status} ${errorType}` };
}
