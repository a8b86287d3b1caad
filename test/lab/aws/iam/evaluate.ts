/** Deciding by identity-based policies: an explicit deny wins, then any allow, else no. */
import type { PolicyDocument, PolicyStatement } from '../types.ts';
import { conditionHolds } from './conditions.ts';
import { type RequestContext, substitute } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { matchesAction, matchesArn } from './wildcard.ts';

/** What the policies say together. */
export type Verdict = 'allowed' | 'explicitly-denied' | 'not-allowed';

/** What is to be decided. */
export interface PolicyRequest {
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** The verdict of all policies together. Throws {@link PolicyError} for what the evaluator does not know. */
export function evaluate(policies: readonly PolicyDocument[], request: PolicyRequest): Verdict {
  let verdict: Verdict = 'not-allowed';
  for (const policy of policies) {
    for (const statement of [policy.Statement].flat() as readonly PolicyStatement[]) {
      if (!applies(statement, request, policy.Version === '2012-10-17')) continue;
      if (effectOf(statement) === 'Deny') return 'explicitly-denied';
      verdict = 'allowed';
    }
  }
  return verdict;
}

function effectOf(statement: PolicyStatement): 'Allow' | 'Deny' {
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyError(`the effect "${String(statement.Effect)}" is neither Allow nor Deny`);
  }
  return statement.Effect;
}

function applies(statement: PolicyStatement, request: PolicyRequest, substitutes: boolean): boolean {
  return (
    coversAction(statement, request.action) &&
    coversResource(statement, request, substitutes) &&
    conditionHolds(statement.Condition, request.context, substitutes)
  );
}

function coversAction(statement: PolicyStatement, action: string): boolean {
  const covers = (pattern: string): boolean => matchesAction(checkedAction(pattern), action);
  if (statement.Action !== undefined) return listOf(statement.Action).some(covers);
  if (statement.NotAction !== undefined) return !listOf(statement.NotAction).some(covers);
  throw new PolicyError('a statement has neither Action nor NotAction');
}

function coversResource(statement: PolicyStatement, request: PolicyRequest, substitutes: boolean): boolean {
  const covers = (pattern: string): boolean => {
    const text = substitutes ? substitute(pattern, request.context) : pattern;
    return text !== undefined && matchesResource(text, request.resource);
  };
  if (statement.Resource !== undefined) return listOf(statement.Resource).some(covers);
  if (statement.NotResource !== undefined) return !listOf(statement.NotResource).some(covers);
  throw new PolicyError('a statement has neither Resource nor NotResource');
}

function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.startsWith('arn:')) throw new PolicyError(`the resource "${pattern}" is neither * nor an ARN`);
  return matchesArn(pattern, resource);
}

function checkedAction(pattern: string): string {
  if (pattern !== '*' && !/^[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?]+$/.test(pattern)) {
    throw new PolicyError(`the action "${pattern}" is not of the form service:Action`);
  }
  return pattern;
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
