import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { changes } from './changes-config.ts';
import { tooLong, unknownSites, unknownZones, unwritable } from './config-problems.ts';
import { rights } from './rights-config.ts';
import { zones } from './zones-config.ts';

/** Their ARNs do not begin with `arn:aws:`. */
const OTHER_PARTITION = /^(?:cn|us-gov|[a-z]{2}-iso[a-z]?)-/;

/** What Systems Manager takes for a tag in a target, but for the sign between key and value. */
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/@-]+$/u;

/** All known hosts travel in the one parameter of a command, encoded, beside what else the run is told. */
const KNOWN_HOSTS_BYTES = 2000;

const site = z.strictObject({
  /** A short name, used in answers and in ledger keys. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'a site id is lower-case letters, digits and hyphens, at most 20'),
  account: z.string().regex(/^\d{12}$/, 'an account id has 12 digits'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region looks like ap-northeast-1')
    .refine((region) => !OTHER_PARTITION.test(region), 'regions of China, GovCloud and the like are not supported'),
});

const config = z
  .strictObject({
    /** The only Slack workspace that is answered. */
    teamId: z.string().regex(/^T[A-Z0-9]+$/, 'a Slack team id starts with T'),
    /** The Slack app's bot, from `auth.test`, so that nothing has to ask at start. */
    botId: z.string().regex(/^B[A-Z0-9]+$/, 'a Slack bot id starts with B'),
    botUserId: z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack user id starts with U or W'),
    /** Language of what a whole channel reads. */
    language: z.enum(['en', 'ja']).default('en'),
    /** The tag that marks the machines the bot may ask. */
    fleetTag: z
      .strictObject({ key: z.string().max(128).regex(TAG_KEY, 'not a tag key'), value: z.string().min(1).max(256) })
      .default({ key: 'KmsManaged', value: 'true' }),
    /**
     * KMS hosts that are no managed nodes, on-premises for example: names (`kms.example.com`), addresses or networks
     * (`203.0.113.0/24`). Machines may probe them though their addresses are public, `/kms hosts` tells of them by what
     * clients see, and a client that uses one is not taken for a client of somebody else's host.
     */
    knownHosts: z
      .array(z.string().min(1))
      .max(50)
      .refine((hosts) => Buffer.byteLength(JSON.stringify(hosts)) <= KNOWN_HOSTS_BYTES, 'too long together')
      .default([]),
    /** The first site is the one the bot itself lives in. */
    sites: z
      .array(site)
      .min(1)
      .refine((sites) => new Set(sites.map((s) => s.id)).size === sites.length, 'site ids must differ')
      .refine(
        (sites) => new Set(sites.map((s) => `${s.account} ${s.region}`)).size === sites.length,
        'two sites are the same account and region',
      ),
    /**
     * Zones whose KMS records are told of, `[{ "id": "Z0…", "name": "corp.example", "site": "tokyo", "write": true }]`;
     * only in those with `write` may records be changed, and only where changes are switched on.
     */
    zones: zones.default([]),
    /**
     * Who may do what: `[{ "allow": "operator", "to": ["S0…", "U0…"], "sites": ["tokyo"], "tags": ["Env=prod"] }]`; with
     * `"zones": ["corp.example"]` on records there. A line that denies wins over all that allow. Nobody may change
     * anything unless a line here says so.
     */
    rights: rights.default([{ effect: 'allow', right: 'viewer', who: 'everyone' }]),
    /** Switches changes on. Absent: the bot only reads, and has no right to do more. */
    changes: changes.optional(),
    /** Days that logs are kept. */
    logRetentionDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)]).default(90),
    /** Upper bound on concurrent Slack requests; absent means the account's own limit. */
    slackConcurrency: z.int().min(1).max(1000).optional(),
  })
  .superRefine((read, context) => {
    const problems = [...unknownSites(read), ...unknownZones(read), ...unwritable(read), ...tooLong(read)];
    for (const problem of problems) context.addIssue({ code: 'custom', ...problem });
  })
  .readonly();

/** What a deployment is configured by. */
export type BotConfig = z.infer<typeof config>;
export type SiteConfig = BotConfig['sites'][number];

/** The configuration, or an error that names every entry at fault at once. */
export const parseConfig = (value: unknown, source: string): BotConfig => {
  const parsed = config.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(top level)'}: ${issue.message}`);
  throw new Error(`${source} is not a valid configuration:\n${problems.join('\n')}`);
};

/** Reads the configuration from a JSON file. */
export const readConfig = (file: string): BotConfig => parseConfig(JSON.parse(readFileSync(file, 'utf8')), file);
