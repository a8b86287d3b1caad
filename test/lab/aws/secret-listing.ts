/** `ListSecrets`: names and tags, never values. */
import { refusal } from './refusal.ts';
import { ListSecretsInput, type SecretFilter } from './secret-shapes.ts';
import { type StoredSecret, secretEntry } from './secret-shelf.ts';
import type { AwsAnswer, AwsCall } from './types.ts';
import { jsonAnswer } from './wire/answers.ts';
import { readInput } from './wire/constraints.ts';
import { pagePosition, pageToken } from './wire/paging.ts';

const DEFAULT_PAGE = 100;

/** One page of the secrets that pass every filter, the newest first unless asked otherwise. */
export function listSecrets(call: AwsCall, stored: readonly StoredSecret[]): AwsAnswer {
  const { Filters = [], SortOrder = 'desc', MaxResults = DEFAULT_PAGE, NextToken } = readInput(call, ListSecretsInput);
  const [at = 0] = NextToken === undefined ? [] : positionOf(NextToken, Filters);
  const newestFirst = stored
    .filter((secret) => Filters.every((filter) => passes(secret, filter)))
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  const found = SortOrder === 'asc' ? newestFirst.toReversed() : newestFirst;
  const next = at + MaxResults;
  return jsonAnswer({
    SecretList: found.slice(at, next).map((secret) => secretEntry(secret, 'SecretVersionsToStages')),
    ...(found.length > next ? { NextToken: pageToken([next], Filters) } : {}),
  });
}

function positionOf(token: string, question: unknown): readonly number[] {
  const position = pagePosition(token, question);
  if (position === undefined) throw refusal('InvalidNextTokenException', 'The NextToken value is invalid.');
  return position;
}

/** `!` before a value turns it round. Names and keys are matched from their beginning. Source: AWS, `ListSecrets`. */
function passes(secret: StoredSecret, { Key, Values }: SecretFilter): boolean {
  return Values.some((value) =>
    value.startsWith('!') ? !holds(secret, Key, value.slice(1)) : holds(secret, Key, value),
  );
}

function holds({ name, tags }: StoredSecret, key: SecretFilter['Key'], prefix: string): boolean {
  switch (key) {
    case 'name':
      return name.startsWith(prefix);
    case 'tag-key':
      return Object.keys(tags).some((each) => each.startsWith(prefix));
    case 'tag-value':
      return Object.values(tags).some((each) => each.startsWith(prefix));
    default:
      throw refusal('InvalidParameterException', `The lab does not filter secrets by ${key}.`);
  }
}
