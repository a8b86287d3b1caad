/** Policies of advanced parameters: when one is gone by itself. */
import { z } from 'zod';
import { refusal } from '../refusal.ts';

const MOST_POLICIES = 10;

const policies = z.array(
  z.object({ Type: z.string(), Version: z.string(), Attributes: z.record(z.string(), z.string()) }),
);

/** One policy as it was written. */
export type ParameterPolicy = z.infer<typeof policies>[number];

const TYPES = ['Expiration', 'ExpirationNotification', 'NoChangeNotification'];

/** The policies of a text, checked; none for an absent one or `[{}]`, which takes all away. */
export function readPolicies(text: string | undefined, nowMs: number): readonly ParameterPolicy[] {
  if (text === undefined || /^\[\s*\{\s*\}\s*\]$/.test(text)) return [];
  const parsed = policies.safeParse(jsonOf(text));
  if (!parsed.success)
    throw refusal('InvalidPolicyAttributeException', 'The policies are not a list of Type, Version and Attributes.');
  if (parsed.data.length > MOST_POLICIES)
    throw refusal('PoliciesLimitExceededException', `A parameter has at most ${MOST_POLICIES} policies.`);
  for (const policy of parsed.data) check(policy, nowMs);
  return parsed.data;
}

function check({ Type, Version, Attributes }: ParameterPolicy, nowMs: number): void {
  if (!TYPES.includes(Type)) throw refusal('InvalidPolicyTypeException', `The policy type ${Type} is not supported.`);
  if (Version !== '1.0') throw refusal('InvalidPolicyAttributeException', `There is no version ${Version} of ${Type}.`);
  if (Type !== 'Expiration') return;
  const at = Date.parse(Attributes.Timestamp ?? '');
  if (Number.isNaN(at))
    throw refusal('InvalidPolicyAttributeException', 'Expiration needs a Timestamp in ISO 8601 with its offset.');
  if (at <= nowMs) throw refusal('InvalidPolicyAttributeException', 'The Timestamp of Expiration lies in the past.');
}

/** When the parameter is gone, milliseconds since 1970; infinite without such a policy. */
export function endsAtMs(held: readonly ParameterPolicy[]): number {
  const timestamp = held.find(({ Type }) => Type === 'Expiration')?.Attributes.Timestamp;
  return timestamp === undefined ? Number.POSITIVE_INFINITY : Date.parse(timestamp);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
