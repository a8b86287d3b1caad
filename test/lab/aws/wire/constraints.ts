/** Checking a JSON request against the service's model, with the service's wording for what breaks it. */
import type { z } from 'zod';
import { refusal, validationException } from '../refusal.ts';
import { jsonBody } from '../service.ts';
import type { AwsCall } from '../types.ts';

/**
 * The body of a call in the shape of its operation. Throws `SerializationException` for a value of the wrong type and
 * `ValidationException` for one that breaks a constraint. Fields that the model does not know are dropped, as AWS does.
 */
export function readInput<T>(call: AwsCall, shape: z.ZodType<T>): T {
  const body = jsonBody(call);
  const parsed = shape.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const broken = parsed.error.issues.map((issue) => describe(issue, body));
  const wrongType = broken.find((one) => one.kind === 'wrong-type');
  if (wrongType !== undefined) throw refusal('SerializationException', wrongType.text);
  const texts = [...new Set(broken.map(({ text }) => text))];
  const count = texts.length === 1 ? '1 validation error' : `${texts.length} validation errors`;
  throw validationException(`${count} detected: ${texts.join('; ')}`);
}

interface Broken {
  readonly kind: 'wrong-type' | 'constraint';
  readonly text: string;
}

function describe(issue: z.core.$ZodIssue, body: unknown): Broken {
  const constraint = constraintOf(issue);
  if (constraint === undefined) {
    return { kind: 'wrong-type', text: `${issue.path.map(String).join('.') || 'Request body'} has the wrong type` };
  }
  const last = issue.path.at(-1);
  const inList = typeof last === 'number';
  const path = inList ? issue.path.slice(0, -1) : issue.path;
  const must = inList ? `Member must satisfy constraint: [${constraint}]` : constraint;
  return {
    kind: 'constraint',
    text: `Value ${shown(valueAt(body, path))} at '${wirePath(path)}' failed to satisfy constraint: ${must}`,
  };
}

/** Undefined for a value of another type than the model's. */
function constraintOf(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'Member must not be null' : undefined;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `Member must have value less than or equal to ${issue.maximum}`
        : `Member must have length less than or equal to ${issue.maximum}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `Member must have value greater than or equal to ${issue.minimum}`
        : `Member must have length greater than or equal to ${issue.minimum}`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${sourceOf(issue.pattern)}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    default:
      return undefined;
  }
}

function sourceOf(pattern: string | undefined): string {
  return (pattern ?? '').replace(/^\/(.*)\/[a-z]*$/, '$1').replaceAll('\\/', '/');
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `'[${value.map(String).join(', ')}]'`;
  return `'${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`;
}

/** `Filters[0].Key` is `filters.1.member.key` on AWS. */
function wirePath(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : lowerFirst(String(part)))).join('.');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
