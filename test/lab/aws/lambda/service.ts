/** What the parts of the simulated Lambda service share. */
import type { LabClock } from '../../clock.ts';
import type { ActiveFault, Authorize, AwsAnswer, AwsCall } from '../types.ts';
import type { Engine } from './engine.ts';
import { LambdaError } from './errors.ts';
import type { Functions } from './functions.ts';
import type { Ids } from './ids.ts';
import type { Execution } from './model.ts';
import type { Runtime } from './runtime.ts';

export interface LambdaParts {
  readonly clock: LabClock;
  readonly ids: Ids;
  readonly functions: Functions;
  readonly runtime: Runtime;
  readonly engine: Engine;
  readonly authorize: Authorize;
  readonly faults: () => readonly ActiveFault[];
  /** Where each callback belongs. */
  readonly callbacks: Map<string, { readonly execution: Execution; readonly operationId: string }>;
}

/** Throws the refusal unless the caller may do this. */
export function demand(parts: LambdaParts, call: AwsCall, action: string, resource: string): void {
  const decision = parts.authorize(call, `lambda:${action}`, resource);
  if (!decision.allowed) throw new LambdaError('AccessDeniedException', decision.message);
}

/** A JSON answer. */
export function json(body: unknown, status = 200): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A whole number out of the query string, 0 and absence meaning `fallback`. Throws for anything else or above `max`. */
export function countOf(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const text = query.get(name) ?? '0';
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value > max) {
    throw new LambdaError('InvalidParameterValueException', `${name} must be a number from 0 to ${max}.`);
  }
  return value === 0 ? fallback : value;
}

/** The text itself, when it is JSON. Throws the refusal otherwise. */
export function checkedJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new LambdaError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
