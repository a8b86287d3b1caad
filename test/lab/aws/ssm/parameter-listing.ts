/** `DescribeParameters`: what parameters there are, without their values. */
import { refusal, validationException } from '../refusal.ts';
import type { AwsAnswer, AwsCall } from '../types.ts';
import { epochSeconds, jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { pagePosition, pageToken } from '../wire/paging.ts';
import { parameterArn } from './parameter-names.ts';
import type { StoredParameter } from './parameter-store.ts';
import { DescribeParametersInput, type ParameterFilter } from './shapes.ts';

const DEFAULT_PAGE = 50;

/** Options of a filter's key, the one it has unless told first. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Path: ['OneLevel', 'Recursive'],
  Type: ['Equals'],
  Tier: ['Equals'],
};

/** One page of those that pass every filter, by name. */
export function describeParameters(call: AwsCall, stored: readonly StoredParameter[]): AwsAnswer {
  const {
    Filters,
    ParameterFilters = [],
    MaxResults = DEFAULT_PAGE,
    NextToken,
  } = readInput(call, DescribeParametersInput);
  if (Filters !== undefined && Filters.length > 0) throw validationException('The lab reads ParameterFilters only.');
  for (const filter of ParameterFilters) checkFilter(filter);
  const [at = 0] = NextToken === undefined ? [] : positionOf(NextToken, ParameterFilters);
  const found = stored
    .filter((parameter) => ParameterFilters.every((filter) => passes(parameter, filter)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const next = at + MaxResults;
  return jsonAnswer({
    Parameters: found.slice(at, next).map((parameter) => description(call, parameter)),
    ...(found.length > next ? { NextToken: pageToken([next], ParameterFilters) } : {}),
  });
}

function positionOf(token: string, question: unknown): readonly number[] {
  const position = pagePosition(token, question);
  if (position === undefined) throw refusal('InvalidNextToken', 'The specified token is not valid.');
  return position;
}

function checkFilter({ Key, Option, Values = [] }: ParameterFilter): void {
  const options = Key.startsWith('tag:') ? ['Equals'] : OPTIONS[Key];
  if (options === undefined) throw refusal('InvalidFilterKey', `The lab does not filter parameters by ${Key}.`);
  if (Option !== undefined && !options.includes(Option)) {
    throw refusal(
      'InvalidFilterOption',
      `The following filter option is not valid: ${Option}. Valid options include: [${options.join(', ')}].`,
    );
  }
  if (Values.length === 0 && !Key.startsWith('tag:'))
    throw refusal('InvalidFilterValue', `The following filter values are missing : null for filter key ${Key}`);
}

function passes(parameter: StoredParameter, { Key, Option, Values = [] }: ParameterFilter): boolean {
  if (Key === 'Name') return Values.some((value) => nameMatches(parameter.name, value, Option ?? 'Equals'));
  if (Key === 'Path') return Values.some((path) => liesUnder(parameter.name, path, Option === 'Recursive'));
  if (Key === 'Type') return Values.includes(parameter.type);
  if (Key === 'Tier') return Values.includes(parameter.tier);
  const held = parameter.tags[Key.slice('tag:'.length)];
  return held !== undefined && (Values.length === 0 || Values.includes(held));
}

function nameMatches(name: string, value: string, option: string): boolean {
  if (option === 'BeginsWith') return name.startsWith(value);
  return option === 'Contains' ? name.includes(value) : name === value;
}

function liesUnder(name: string, path: string, recursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
}

function description(call: AwsCall, parameter: StoredParameter): object {
  return {
    Name: parameter.name,
    ARN: parameterArn(call, parameter.name),
    Type: parameter.type,
    ...(parameter.type === 'SecureString' ? { KeyId: parameter.keyId ?? 'alias/aws/ssm' } : {}),
    LastModifiedDate: epochSeconds(parameter.changedAtMs),
    LastModifiedUser: parameter.changedBy,
    ...(parameter.description === undefined ? {} : { Description: parameter.description }),
    Version: parameter.version,
    Tier: parameter.tier,
    Policies: parameter.policies.map((policy) => ({
      PolicyText: JSON.stringify(policy),
      PolicyType: policy.Type,
      PolicyStatus: 'Pending',
    })),
    DataType: 'text',
  };
}
