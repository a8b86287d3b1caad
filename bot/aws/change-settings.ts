/** What the change function is told beyond what observe is: whom it may listen to, and how far it may go. */
import { z } from 'zod';
import type { RightsRule } from '../domain/rights/rights.ts';
import { DEFAULT_RULES, RIGHTS } from '../domain/rights/rights.ts';
import { ENVIRONMENT } from '../environment.ts';
import type { ChangeSettings } from '../ports.ts';
import type { Env } from './client-config.ts';
import { withoutUndefined } from './event-parts.ts';

const rule = z.strictObject({
  effect: z.enum(['allow', 'deny']),
  right: z.enum(RIGHTS),
  who: z.union([z.literal('everyone'), z.strictObject({ groups: z.array(z.string()), users: z.array(z.string()) })]),
  sites: z.array(z.string()).optional(),
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
  zones: z.array(z.string()).optional(),
});

const changes = z.strictObject({
  approvalChannelId: z.string().optional(),
  approverGroupId: z.string().optional(),
  maxNodes: z.int().min(1),
  approvalAbove: z.int().min(0),
  // Executions are pinned to the version that started them: a day at most.
  approvalHours: z.number().min(0.01).max(24),
  // Absent in what an earlier deployment wrote down.
  keys: z.boolean().default(false),
  whereToCall: z.string().max(500).default(''),
});

const read = <T>(env: Env, name: string, schema: z.ZodType<T>): T => {
  try {
    return schema.parse(JSON.parse(env[name] ?? ''));
  } catch (cause) {
    throw new Error(`${name} is not what it should be`, { cause });
  }
};

/**
 * The rights rules.
 *
 * @throws with the variable's name when they cannot be read: no rule is better guessed than obeyed.
 */
export const rightsRules = (env: Env): readonly RightsRule[] =>
  env[ENVIRONMENT.rights] ? read(env, ENVIRONMENT.rights, z.array(rule)).map(withoutUndefined) : DEFAULT_RULES;

/** What the deployment allows of changes. @throws with the name of the variable that is missing or wrong. */
export const changeSettings = (env: Env): ChangeSettings => ({
  rules: rightsRules(env),
  ...withoutUndefined(read(env, ENVIRONMENT.changes, changes)),
});
