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

const MEMBERS = ['effect', 'right', 'who', 'sites', 'tags'];

const isRule = (value: unknown): value is RightsRule =>
  isObject(value) &&
  Object.keys(value).every((name) => MEMBERS.includes(name)) &&
  (value.effect === 'allow' || value.effect === 'deny') &&
  RIGHTS.some((right) => right === value.right) &&
  (value.who === 'everyone' || (isObject(value.who) && isTexts(value.who.groups) && isTexts(value.who.users))) &&
  (value.sites === undefined || isTexts(value.sites)) &&
  (value.tags === undefined || (Array.isArray(value.tags) && value.tags.every(isTag)));

const isTag = (value: unknown): boolean =>
  isObject(value) && typeof value.key === 'string' && typeof value.value === 'string';

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
