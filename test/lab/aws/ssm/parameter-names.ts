/** What a parameter may be called, and what policies name it by. */
import { type Place, placeKey } from '../place.ts';
import { refusal, validationException } from '../refusal.ts';

/** Levels of a name with slashes. */
const MOST_LEVELS = 15;

const SHAPE = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

/** Throws for a name that Parameter Store does not take. Source: AWS, `PutParameter`, and what others saw it answer. */
export function checkParameterName(name: string): void {
  const [first = ''] = name.replace(/^\//, '').toLowerCase().split('/');
  const isPath = name.includes('/');
  if (isPath && first.startsWith('aws'))
    throw refusal('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (isPath && !name.startsWith('/')) throw validationException('Parameter name must be a fully qualified name.');
  if (first.startsWith('aws') || first.startsWith('ssm') || !SHAPE.test(name)) {
    throw validationException(
      `Parameter name: can't be prefixed with ${isPath ? '"ssm"' : '"aws" or "ssm"'} (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
    );
  }
  if (name.split('/').filter((level) => level !== '').length > MOST_LEVELS) {
    throw refusal('HierarchyLevelLimitExceededException', `A parameter hierarchy has at most ${MOST_LEVELS} levels.`);
  }
}

/** Of a name with a leading slash the ARN has one slash only. */
export function parameterArn({ account, region }: Place, name: string): string {
  if (name.startsWith('arn:')) return name;
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

/** What a name or ARN is stored under: an ARN does not tell a leading slash from none. */
export function storedName(place: Place, name: string): string {
  const bare = name.startsWith('arn:') ? name.slice(parameterArn(place, '').length) : name;
  return `${placeKey(place)}/${bare.replace(/^\//, '')}`;
}
