/** `PutParameter`: what it refuses, and what it keeps. */
import { refusal, validationException } from '../refusal.ts';
import { demand } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall } from '../types.ts';
import { jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { checkParameterName, parameterArn } from './parameter-names.ts';
import { readPolicies } from './parameter-policies.ts';
import type { Shelf, StoredParameter } from './parameter-store.ts';
import { PutParameterInput } from './shapes.ts';

/** Characters of a value, by tier. */
const LONGEST = { Standard: 4096, Advanced: 8192 } as const;

/** Writes a parameter, or the next version of one. */
export function putParameter(call: AwsCall, shelf: Shelf, nowMs: number, authorize: Authorize): AwsAnswer {
  const input = readInput(call, PutParameterInput);
  demand(authorize, call, 'ssm:PutParameter', parameterArn(call, input.Name), contextOf(input));
  checkParameterName(input.Name);
  const before = shelf.find(call, input.Name);
  checkAgainst(input, before);
  const tier = tierOf(input, before);
  checkValue(input.Value, tier);
  const policies = input.Policies === undefined ? (before?.policies ?? []) : readPolicies(input.Policies, nowMs);
  if (tier === 'Standard' && policies.length > 0)
    throw validationException('Parameter policies are available for parameters of the advanced tier only.');
  const version = (before?.version ?? 0) + 1;
  shelf.keep({
    account: call.account,
    region: call.region,
    name: input.Name,
    value: input.Value,
    type: input.Type ?? before?.type ?? 'String',
    tags: { ...before?.tags, ...tagsOf(input) },
    tier,
    policies,
    version,
    changedAtMs: nowMs,
    changedBy: call.principal.arn,
    ...kept('description', input.Description ?? before?.description),
    ...kept('keyId', input.KeyId ?? before?.keyId),
  });
  return jsonAnswer({ Version: version, Tier: tier });
}

/** Condition keys of the call. Source: AWS, *Preventing access to Parameter Store API operations*. */
function contextOf({ Overwrite, Policies, Tags }: PutParameterInput): Readonly<Record<string, string | string[]>> {
  return {
    'ssm:Overwrite': String(Overwrite === true),
    'ssm:Policies': String(Policies !== undefined),
    ...(Tags === undefined ? {} : { 'aws:TagKeys': Tags.map(({ Key }) => Key) }),
  };
}

function checkAgainst(input: PutParameterInput, before: StoredParameter | undefined): void {
  if (input.Overwrite === true && (input.Tags?.length ?? 0) > 0) {
    throw validationException(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (before === undefined) {
    if (input.Type === undefined)
      throw validationException('A parameter type is required when you create a parameter.');
    return;
  }
  if (input.Overwrite !== true) {
    throw refusal(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  if (input.Type !== undefined && input.Type !== before.type)
    throw refusal('HierarchyTypeMismatchException', "Parameter Store doesn't support changing a parameter type.");
}

function tierOf({ Tier, Value, Policies }: PutParameterInput, before: StoredParameter | undefined) {
  if (Tier === 'Standard' && before?.tier === 'Advanced') {
    throw validationException(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  }
  if (Tier === 'Intelligent-Tiering') {
    return Value.length > LONGEST.Standard || Policies !== undefined || before?.tier === 'Advanced'
      ? 'Advanced'
      : 'Standard';
  }
  return Tier ?? before?.tier ?? 'Standard';
}

function checkValue(value: string, tier: keyof typeof LONGEST): void {
  if (value === '') {
    throw validationException(
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (value.length <= LONGEST[tier]) return;
  const more =
    tier === 'Standard'
      ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.'
      : '';
  throw validationException(
    `${tier} tier parameters support a maximum parameter value of ${LONGEST[tier]} characters.${more}`,
  );
}

const tagsOf = ({ Tags = [] }: PutParameterInput): Record<string, string> =>
  Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));

const kept = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);
