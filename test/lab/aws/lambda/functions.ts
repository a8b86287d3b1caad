/** The functions of the account, and the many ways to name one. */
import type { LabFunction } from '../types.ts';
import { invalid, LambdaError } from './errors.ts';

/** The one published version that a lab function has; its alias points to it. */
export const VERSION = '1';

/** A function as a caller named it. */
export interface FunctionName {
  /** ARN without qualifier. */
  readonly arn: string;
  readonly qualifier?: string;
}

/** A function found, with the ARN that permissions are checked on. */
export interface ResolvedFunction {
  readonly fn: LabFunction;
  readonly qualifier?: string;
  /** With the qualifier, where one was given. */
  readonly arn: string;
}

export interface Functions {
  register(fn: LabFunction): void;
  byKey(key: string): LabFunction | undefined;
  find(name: FunctionName): ResolvedFunction;
}

const NAME =
  /^(?:(?:arn:(?<partition>aws[a-z-]*):lambda:)?(?:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):)?(?:(?<account>\d{12}):)?function:)?(?<name>[a-zA-Z0-9_-]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9_-]{1,128}))?$/;

/**
 * Reads a function name, partial ARN or full ARN, with or without qualifier.
 * Throws a ValidationException for anything else, and for two qualifiers that differ.
 */
export function parseFunctionName(
  text: string,
  here: { region: string; account: string },
  query?: string,
): FunctionName {
  const parts = NAME.exec(text)?.groups;
  if (parts?.name === undefined) {
    throw new LambdaError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint`,
    );
  }
  const qualifier = parts.qualifier ?? query;
  if (query !== undefined && qualifier !== query) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  }
  const region = parts.region ?? here.region;
  if (region !== here.region) {
    throw new LambdaError(
      'ResourceNotFoundException',
      `Functions from '${region}' are not reachable from ${here.region}`,
    );
  }
  const arn = `arn:${parts.partition ?? 'aws'}:lambda:${region}:${parts.account ?? here.account}:function:${parts.name}`;
  return { arn, ...(qualifier !== undefined && { qualifier }) };
}

/** The ARN with its qualifier, as permissions see it. */
export function qualifiedArn(name: FunctionName): string {
  return name.qualifier === undefined ? name.arn : `${name.arn}:${name.qualifier}`;
}

/** No functions yet. */
export function createFunctions(): Functions {
  const functions = new Map<string, LabFunction>();
  return {
    register: (fn) => {
      if (functions.has(fn.key)) throw new Error(`function ${fn.key} is registered twice`);
      functions.set(fn.key, fn);
    },
    byKey: (key) => functions.get(key),
    find: (name) => {
      const arn = qualifiedArn(name);
      const fn = [...functions.values()].find((candidate) => candidate.arn === name.arn);
      const exists = fn !== undefined && [undefined, '$LATEST', VERSION, fn.alias].includes(name.qualifier);
      if (!exists) throw new LambdaError('ResourceNotFoundException', `Function not found: ${arn}`);
      return { fn, arn, ...(name.qualifier !== undefined && { qualifier: name.qualifier }) };
    },
  };
}
