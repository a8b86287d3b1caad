/** The observe function's settings, from the environment that the infrastructure gives it. */
import { z } from 'zod';
import type { Tag } from '../domain/node-selection.ts';
import type { Site } from '../domain/nodes.ts';
import { ENVIRONMENT } from '../environment.ts';
import type { Env } from './client-config.ts';

export interface ObserveSettings {
  /** The first is the default. */
  readonly sites: readonly Site[];
  readonly fleetTag: Tag;
  readonly ledgerTable: string;
  /** Absent where changes are not deployed. */
  readonly auditTable?: string;
  readonly document: { readonly name: string; readonly version: string };
  readonly knownHosts: readonly string[];
  readonly slackSecret: string;
  /** Base of Slack's Web API; absent for Slack itself. */
  readonly slackApiUrl?: string;
}

/** A site's id is part of ledger keys and of a command's comment, which holds 100 characters. */
const sites = z
  .array(
    z.object({
      id: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
      account: z.string().regex(/^\d{12}$/),
      region: z.string().min(1),
      roleArn: z.string().min(1).optional(),
    }),
  )
  .min(1);

const knownHosts = z.array(z.string().min(1));

const DEFAULT_FLEET_TAG: Tag = { key: 'KmsManaged', value: 'true' };

const required = (env: Env, name: string): string => {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const json = <T>(env: Env, name: string, schema: z.ZodType<T>, absent: string): T => {
  try {
    return schema.parse(JSON.parse(env[name] || absent));
  } catch (cause) {
    throw new Error(`${name} is not what it should be`, { cause });
  }
};

const fleetTag = (text: string | undefined): Tag => {
  if (!text) return DEFAULT_FLEET_TAG;
  const at = text.indexOf('=');
  if (at <= 0) throw new Error(`${ENVIRONMENT.fleetTag} is not Key=Value`);
  return { key: text.slice(0, at), value: text.slice(at + 1) };
};

const siteOf = ({ roleArn, ...site }: z.infer<typeof sites>[number]): Site =>
  roleArn === undefined ? site : { ...site, roleArn };

/**
 * Reads the settings.
 *
 * @throws with the name of the variable that is missing or wrong.
 */
export const observeSettings = (env: Env): ObserveSettings => {
  const slackApiUrl = env[ENVIRONMENT.slackApiUrl];
  const auditTable = env[ENVIRONMENT.auditTable];
  return {
    sites: json(env, ENVIRONMENT.sites, sites, '[]').map(siteOf),
    fleetTag: fleetTag(env[ENVIRONMENT.fleetTag]),
    ledgerTable: required(env, ENVIRONMENT.ledgerTable),
    document: {
      name: required(env, ENVIRONMENT.inspectDocument),
      version: env[ENVIRONMENT.inspectDocumentVersion] || '$DEFAULT',
    },
    knownHosts: json(env, ENVIRONMENT.knownHosts, knownHosts, '[]'),
    slackSecret: required(env, ENVIRONMENT.slackSecret),
    ...(auditTable ? { auditTable } : {}),
    ...(slackApiUrl ? { slackApiUrl } : {}),
  };
};
