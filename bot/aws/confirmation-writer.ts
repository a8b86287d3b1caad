/** Keeps a Confirmation ID, encrypted, for the machine that fetches it. Without a client: the Slack function writes it. */
import type { Clock } from '../ports.ts';
import { confirmationEndsAtMs, confirmationParameter } from './confirmation-parameter.ts';
import { type AwsCall, type AwsResponse, NoAwsAnswer } from './signed-fetch.ts';

/** Slack waits three seconds for the whole answer to a submission, of which the callback needs some. */
const PATIENCE_MS = 1_000;

/** What became of writing a Confirmation ID; never the digits. */
export type ConfirmationOutcome =
  | { readonly kind: 'written' }
  /**
   * One is there already. Whoever wrote it may have died before answering the callback: answering it again is right,
   * since a callback takes one answer only, and says `gone` where it has one.
   */
  | { readonly kind: 'taken-before' }
  | { readonly kind: 'missing-right'; readonly action: string }
  /** No answer in time: it may have been written. Submitted again it is either written or `taken-before`. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed'; readonly detail: string };

/** Writes the digits under a name of `confirmationName`, for a day; the first write is the only one. */
export const confirmationWriter =
  (call: AwsCall, clock: Clock) =>
  async (name: string, digits: string): Promise<ConfirmationOutcome> => {
    try {
      const response = await call({
        service: 'ssm',
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.PutParameter' },
        body: JSON.stringify(confirmationParameter(name, digits, confirmationEndsAtMs(clock()))),
        timeoutMs: PATIENCE_MS,
      });
      return outcomeOf(response);
    } catch (error) {
      if (error instanceof NoAwsAnswer) return { kind: 'unsure' };
      throw error;
    }
  };

/** By the error's name alone: what a service says in words could quote what it was sent. */
function outcomeOf({ status, errorType = 'without a type', repeated }: AwsResponse): ConfirmationOutcome {
  if (status >= 200 && status < 300) return { kind: 'written' };
  switch (errorType) {
    case 'ParameterAlreadyExists':
      // A repeat nearly always meets what its own first request wrote. Were it somebody else's, their callback decides.
      return repeated ? { kind: 'written' } : { kind: 'taken-before' };
    case 'AccessDeniedException':
    case 'AccessDenied':
      return { kind: 'missing-right', action: 'ssm:PutParameter' };
    default:
      return { kind: 'failed', detail: `${status} ${errorType}` };
  }
}
