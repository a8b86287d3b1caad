/** How a service of the simulated account says no. */

/** Refusals every service knows; the code, status and shape on the wire depend on the service's protocol. */
export type CommonRefusal =
  | 'missing-authentication'
  | 'incomplete-signature'
  | 'unknown-key'
  | 'bad-signature'
  | 'date-out-of-range'
  | 'expired-token'
  | 'denied'
  | 'throttled'
  | 'internal'
  | 'unavailable'
  | 'unknown-operation'
  | 'too-large';

/** A refusal in the service's own words. */
export interface OwnRefusal {
  readonly code: string;
  /** HTTP status; 400 for nearly everything. */
  readonly status: number;
}

/**
 * A request that is answered with an error. Thrown by services, turned into the protocol's form by the endpoint.
 * The message may be absent: AWS sends `InvocationDoesNotExist` without one.
 */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly reason: CommonRefusal | OwnRefusal;
  readonly text: string | undefined;

  constructor(reason: CommonRefusal | OwnRefusal, text?: string, options?: ErrorOptions) {
    super(text ?? (typeof reason === 'string' ? reason : reason.code), options);
    this.reason = reason;
    this.text = text;
  }
}

/** A refusal with a code of the service's own, HTTP 400 unless said otherwise. */
export function refusal(code: string, text?: string, status = 400): AwsRefusal {
  return new AwsRefusal({ code, status }, text);
}

/** A request whose form breaks the service's model. */
export function validationException(text: string): AwsRefusal {
  return refusal('ValidationException', text);
}
