/** The rights rules of the configuration, read without a library: the function that answers Slack starts for every click. */
import { DEFAULT_RULES, RIGHTS, type RightsRule } from '../domain/rights/rights.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules; undefined when they cannot be read. A rule that is not understood is no rule to be left out: it may be the
 * one that denies.
 */
export function readRightsRules(json: string | undefined): readonly RightsRule[] | undefined {
  if (json === undefined || json === '') return DEFAULT_RULES;
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every(isRule) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRule = (value: unknown): value is RightsRule =>
  isObject(value) &&
  hasOnly(value, ['effect', 'right', 'who', 'sites', 'tags', 'zones']) &&
  (value.effect === 'allow' || value.effect === 'deny') &&
  RIGHTS.some((right) => right === value.right) &&
  (value.who === 'everyone' || isWho(value.who)) &&
  (value.sites === undefined || isTexts(value.sites)) &&
  (value.zones === undefined || isTexts(value.zones)) &&
  (value.tags === undefined || (Array.isArray(value.tags) && value.tags.every(isTag)));

const isWho = (value: unknown): boolean =>
  isObject(value) && hasOnly(value, ['groups', 'users']) && isTexts(value.groups) && isTexts(value.users);

const isTag = (value: unknown): boolean =>
  isObject(value) &&
  hasOnly(value, ['key', 'value']) &&
  typeof value.key === 'string' &&
  typeof value.value === 'string';

const hasOnly = (value: Fields, members: readonly string[]): boolean =>
  Object.keys(value).every((name) => members.includes(name));

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
