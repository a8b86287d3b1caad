import { readFileSync } from 'node:fs';
import { z } from 'zod';

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

/** Who may do what; `break-glass` has a change applied without its approver, for a reason that everybody reads. */
const RIGHTS = ['viewer', 'operator', 'approver', 'break-glass'] as const;

/** Slack user groups begin with S, people with U or W. */
const GROUP = /^S[A-Z0-9]+$/;
const PERSON_OR_GROUP = /^[SUW][A-Z0-9]+$/;

const tag = z
  .string()
  .regex(/^[^=]{1,128}=.{1,256}$/s, 'a tag is Key=Value')
  .transform((pair) => {
    const at = pair.indexOf('=');
    return { key: pair.slice(0, at), value: pair.slice(at + 1) };
  });

/** One line of who may do what. A line that denies wins over all that allow. */
const right = z
  .strictObject({
    allow: z.enum(RIGHTS).optional(),
    deny: z.enum(RIGHTS).optional(),
    /** Everyone of the workspace, or ids of Slack user groups (`S…`) and people (`U…`, `W…`). */
    to: z.union([
      z.literal('everyone'),
      z
        .array(z.string().regex(PERSON_OR_GROUP, 'ids of user groups begin with S, of people with U or W'))
        .min(1, 'name somebody, or say "everyone"'),
    ]),
    /** Only at these sites; absent: at all. */
    sites: z.array(z.string()).min(1).optional(),
    /** Only machines carrying one of these tags; absent: all. */
    tags: z.array(tag).min(1).optional(),
  })
  .refine(({ allow, deny }) => (allow === undefined) !== (deny === undefined), 'say either allow or deny')
  .transform(({ allow, deny, to, sites, tags }) => ({
    effect: deny === undefined ? ('allow' as const) : ('deny' as const),
    right: allow ?? deny ?? 'viewer',
    who:
      to === 'everyone' ? to : { groups: to.filter((id) => GROUP.test(id)), users: to.filter((id) => !GROUP.test(id)) },
    ...(sites === undefined ? {} : { sites }),
    ...(tags === undefined ? {} : { tags }),
  }));

/** Rules travel in a function's environment, which holds 4 KB in all. */
const RIGHTS_BYTES = 2000;

/** What the deployment allows of changes. Without this entry nothing in the account can change a machine. */
const changes = z.strictObject({
  /** Channel in which approvals are asked; absent: where the change was asked for. The bot has to be in it. */
  approvalChannel: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, 'a channel id begins with C')
    .optional(),
  /** User group that is mentioned there, once a card. */
  approverGroup: z.string().regex(GROUP, 'a user group id begins with S').optional(),
  /** Machines one change may go to. */
  maxNodes: z.int().min(1).max(2000).default(500),
  /** A change of more machines than this needs an approver, as does one of `all`. */
  approvalAbove: z.int().min(0).max(2000).default(10),
  /** Hours that an approval is waited for; executions are pinned to the version that started them, so a day at most. */
  approvalHours: z.int().min(1).max(24).default(8),
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
    /** Who may do what. Nobody may change anything unless a line here says so. */
    rights: z
      .array(right)
      .max(50)
      .refine((rules) => Buffer.byteLength(JSON.stringify(rules)) <= RIGHTS_BYTES, 'too long together')
      .default([{ effect: 'allow', right: 'viewer', who: 'everyone' }]),
    /** Switches changes on. Absent: the bot only reads, and has no right to do more. */
    changes: changes.optional(),
    /** Days that logs are kept. */
    logRetentionDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)]).default(90),
    /** Upper bound on concurrent Slack requests; absent means the account's own limit. */
    slackConcurrency: z.int().min(1).max(1000).optional(),
  })
  .superRefine(({ rights, sites }, context) => {
    const known = new Set(sites.map(({ id }) => id));
    for (const [index, rule] of rights.entries()) {
      const strange = rule.sites?.find((id) => !known.has(id));
      if (strange !== undefined) {
        context.addIssue({ code: 'custom', path: ['rights', index, 'sites'], message: `there is no site ${strange}` });
      }
    }
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
