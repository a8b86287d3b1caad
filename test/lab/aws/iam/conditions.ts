/** The `Condition` block of a statement. */
import type { PolicyStatement } from '../types.ts';
import { type RequestContext, substitute } from './context.ts';
import { OPERATORS, type Operator } from './operators.ts';
import { PolicyError } from './policy-error.ts';

type Condition = NonNullable<PolicyStatement['Condition']>;
type Quantifier = 'one' | 'all' | 'any';

interface ParsedOperator {
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
  readonly name: string;
}

/**
 * Whether every operator and key of the block is satisfied. `substitutes` says whether policy variables count.
 * Throws for an operator, key or variable that is not known.
 */
export function conditionHolds(
  condition: Condition | undefined,
  context: RequestContext,
  substitutes: boolean,
): boolean {
  // Every entry is evaluated, so that a mistake is found even where an earlier entry already fails.
  const results = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      entryHolds(parseOperator(operator), key, listOf(values), context, substitutes),
    ),
  );
  return results.every(Boolean);
}

function entryHolds(
  operator: ParsedOperator,
  key: string,
  policyValues: readonly string[],
  context: RequestContext,
  substitutes: boolean,
): boolean {
  const found = context.get(key);
  if (operator.name === 'Null') return nullHolds(policyValues, found === undefined, key);
  const known = OPERATORS.get(operator.name);
  if (known === undefined) throw new PolicyError(`the condition operator "${operator.name}" is not known`);
  if (found === undefined) return absentHolds(operator, known);
  if (typeof found === 'object' && operator.quantifier === 'one') {
    throw new PolicyError(`the condition key "${key}" has several values: it needs ForAllValues: or ForAnyValue:`);
  }
  const wanted = policyValues.map((value) => (substitutes ? substitute(value, context) : value));
  const satisfied = (value: string): boolean =>
    wanted.some((text) => text !== undefined && known.matches(value, text)) !== known.negated;
  return operator.quantifier === 'any' ? listOf(found).some(satisfied) : listOf(found).every(satisfied);
}

function absentHolds(operator: ParsedOperator, known: Operator): boolean {
  if (operator.quantifier === 'all') return true;
  if (operator.quantifier === 'any') return operator.ifExists;
  return operator.ifExists || known.negated;
}

function nullHolds(policyValues: readonly string[], isAbsent: boolean, key: string): boolean {
  return policyValues.some((value) => {
    if (value !== 'true' && value !== 'false') throw new PolicyError(`Null of "${key}" must be true or false`);
    return (value === 'true') === isAbsent;
  });
}

function parseOperator(text: string): ParsedOperator {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(text);
  const [, set, name = text, ifExists] = match ?? [];
  const quantifier = set === undefined ? 'one' : set === 'ForAllValues' ? 'all' : 'any';
  return { quantifier, name, ifExists: ifExists !== undefined };
}

function listOf(values: string | boolean | readonly string[]): readonly string[] {
  return typeof values === 'object' ? values.map(String) : [String(values)];
}
