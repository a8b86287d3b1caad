/** What every service of the simulated account is made of: operations by name. */
import { AwsRefusal } from './refusal.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService } from './types.ts';

/** Answers one operation; refuses by throwing an `AwsRefusal`. */
export type Operation = (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>;

/** A service that answers these operations and refuses every other as AWS does. */
export function serviceOf(operations: Readonly<Record<string, Operation>>): AwsService {
  return async (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) throw unknownOperation(call.operation);
    return operation(call);
  };
}

/** The refusal of an operation that the service does not have, or that the lab has not built. */
export function unknownOperation(operation: string): AwsRefusal {
  const text = operation === '' ? undefined : `The action ${operation} is not valid for this web service.`;
  return new AwsRefusal('unknown-operation', text);
}

/** Throws the denial unless the caller may do `action` on `resource`. */
export function demand(
  authorize: Authorize,
  call: AwsCall,
  action: string,
  resource: string,
  context?: Readonly<Record<string, string | readonly string[]>>,
): void {
  const decision = authorize(call, action, resource, context);
  if (!decision.allowed) throw new AwsRefusal('denied', decision.message);
}

/** The body of a JSON request as an object. */
export function jsonBody(call: AwsCall): unknown {
  if (call.body.length === 0) return {};
  try {
    return JSON.parse(call.body.toString('utf8'));
  } catch (cause) {
    throw new AwsRefusal({ code: 'SerializationException', status: 400 }, undefined, { cause });
  }
}
