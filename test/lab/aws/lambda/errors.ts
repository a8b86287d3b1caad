/** Errors of the Lambda API, with the status and shape the clients expect. */
import type { AwsAnswer } from '../types.ts';

const STATUS = {
  AccessDeniedException: 403,
  CallbackTimeoutException: 400,
  DurableExecutionAlreadyStartedException: 409,
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
  ServiceException: 500,
  UnknownOperationException: 404,
  ValidationException: 400,
} as const;

export type LambdaErrorType = keyof typeof STATUS;

/** A request that Lambda refuses. */
export class LambdaError extends Error {
  override readonly name = 'LambdaError';
  readonly type: LambdaErrorType;
  constructor(type: LambdaErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** Shorthand for the most frequent refusal. */
export function invalid(message: string): LambdaError {
  return new LambdaError('InvalidParameterValueException', message);
}

/** The error as it goes over the wire. */
export function errorAnswer(error: LambdaError, requestId: string): AwsAnswer {
  const status = STATUS[error.type];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error.type,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ Type: status >= 500 ? 'Service' : 'User', message: error.message, Message: error.message }),
  };
}
