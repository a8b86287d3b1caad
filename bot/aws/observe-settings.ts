/** The observe function's settings, from the environment that the infrastructure gives it. */
import { z } from 'zod';
import type { Tag } from '../domain/node-selection.ts';
import type { Site } from '../domain/nodes.ts';
import { comparable } from '../domain/records/dns-name.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
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
  /** Of every site. */
  readonly zones: readonly ConfiguredZone[];
  /** What this deployment's marks beside record sets are told by. */
  readonly owner: string;
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

/** Names are compared with those of Route 53 as they stand: in the one form that both have. */
const zones = z.array(
  z.strictObject({
    id: z.string().regex(/^Z[A-Z0-9]{1,31}$/),
    name: z.string().refine((name) => comparable(name) === name),
    siteId: z.string(),
    write: z.boolean(),
  }),
);

/** Stands in every mark: with none, marks of all deployments without one would be each other's. */
const OWNER = /^[0-9a-f]{12}$/;

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

const ownerIn = (env: Env): string => {
  const owner = required(env, ENVIRONMENT.owner);
  if (!OWNER.test(owner)) throw new Error(`${ENVIRONMENT.owner} is not twelve hexadecimal digits`);
  return owner;
};

/** Each of a site that is there: whose account would be asked otherwise? */
const zonesIn = (env: Env, known: readonly Site[]): readonly ConfiguredZone[] =>
  json(
    env,
    ENVIRONMENT.zones,
    zones.refine((all) => all.every(({ siteId }) => known.some(({ id }) => id === siteId))),
    '[]',
  );

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
  const known = json(env, ENVIRONMENT.sites, sites, '[]').map(siteOf);
  return {
    sites: known,
    fleetTag: fleetTag(env[ENVIRONMENT.fleetTag]),
    ledgerTable: required(env, ENVIRONMENT.ledgerTable),
    document: {
      name: required(env, ENVIRONMENT.inspectDocument),
      version: env[ENVIRONMENT.inspectDocumentVersion] || '$DEFAULT',
    },
    knownHosts: json(env, ENVIRONMENT.knownHosts, knownHosts, '[]'),
    zones: zonesIn(env, known),
    owner: ownerIn(env),
    slackSecret: required(env, ENVIRONMENT.slackSecret),
    ...(auditTable ? { auditTable } : {}),
    ...(slackApiUrl ? { slackApiUrl } : {}),
  };
};
