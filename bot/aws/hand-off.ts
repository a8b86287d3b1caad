/** Handing work on to a durable function: asynchronous, and only once for a name. */
import { type AwsCall, type AwsResponse, NoAwsAnswer } from './signed-fetch.ts';

/** What became of handing work on. `started` also when the same name had been started before. */
export type HandOffOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'missing-right'; readonly action: string }
  | { readonly kind: 'function-missing' }
  | { readonly kind: 'busy' }
  /** No answer in time: it may have been started. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed'; readonly detail: string };

export type HandOff = (work: { readonly name: string; readonly payload: unknown }) => Promise<HandOffOutcome>;

/** Slack waits three seconds for the whole answer. */
const PATIENCE_MS = 2_000;

/** `functionArn` is qualified: durable executions belong to a version. */
export const handOff =
  (call: AwsCall, functionArn: string): HandOff =>
  async ({ name, payload }) => {
    try {
      const response = await call({
        service: 'lambda',
        path: `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`,
        headers: {
          'content-type': 'application/json',
          'x-amz-invocation-type': 'Event',
          'x-amz-durable-execution-name': name,
        },
        body: JSON.stringify(payload),
        timeoutMs: PATIENCE_MS,
      });
      return outcomeOf(response);
    } catch (error) {
      if (error instanceof NoAwsAnswer) return { kind: 'unsure' };
      throw error;
    }
  };

function outcomeOf({ status, errorType }: AwsResponse): HandOffOutcome {
  if (status >= 200 && status < 300) return { kind: 'started' };
  switch (errorType) {
    case 'DurableExecutionAlreadyStartedException':
      return { kind: 'started' };
    case 'AccessDeniedException':
    case 'AccessDenied':
      return { kind: 'missing-right', action: 'lambda:InvokeFunction' };
    case 'ResourceNotFoundException':
      return { kind: 'function-missing' };
    default:
      return status === 429
        ? { kind: 'busy' }
        : { kind: 'failed', detail: `${status} ${errorType ?? 'without a type'}` };
  }
}
