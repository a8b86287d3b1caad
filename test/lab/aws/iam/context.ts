/** What is known about a request when its policies are evaluated. */
import { PolicyError } from './policy-error.ts';

/** The value of a condition key; a list only for keys that are multivalued. */
export type ContextValue = string | readonly string[];

/** Condition keys with their values; keys are looked up whatever the case of their letters. */
export interface RequestContext {
  /** Undefined when the key is known but has no value here. Throws for a key the lab does not know. */
  get(key: string): ContextValue | undefined;
}

/** Keys that some requests have and others lack. Absent there, they are no mistake in a policy. */
const SOMETIMES_PRESENT = [
  /^aws:(resourcetag|principaltag|requesttag)\/.+$/,
  /^(ssm|ec2|secretsmanager):resourcetag\/.+$/,
  /^dynamodb:leadingkeys$/,
  /^route53:changeresourcerecordsets(normalizedrecordnames|recordtypes|actions)$/,
];

/** Later entries win over earlier ones of the same key. */
export function requestContext(...sources: readonly Readonly<Record<string, ContextValue>>[]): RequestContext {
  const values = new Map<string, ContextValue>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source)) values.set(key.toLowerCase(), value);
  }
  return {
    get: (key) => {
      const lower = key.toLowerCase();
      const value = values.get(lower);
      if (value === undefined && !SOMETIMES_PRESENT.some((known) => known.test(lower))) {
        throw new PolicyError(`the condition key "${key}" is not known here`);
      }
      return value;
    },
  };
}

const VARIABLE = /\$\{([^}]*)\}/g;
const LITERALS: Readonly<Record<string, string>> = { '*': '*', '?': '?', $: '$' };

/**
 * Puts values in the place of policy variables, which only policies of version 2012-10-17 have. Undefined when a
 * variable is known but has no value: then nothing can match. Throws for a variable the lab does not know.
 *
 * `${*}`, `${?}` and `${$}` stand for the characters themselves; a literal wildcard cannot be told from a real one
 * once it is put in, so those two are refused.
 */
export function substitute(text: string, context: RequestContext): string | undefined {
  let missing = false;
  const result = text.replace(VARIABLE, (whole, name: string) => {
    if (name === '*' || name === '?') throw new PolicyError(`the policy variable "${whole}" is not supported`);
    const value = LITERALS[name] ?? context.get(name);
    if (typeof value === 'object') throw new PolicyError(`the policy variable "${whole}" has several values`);
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? undefined : result;
}
