/** What Slack asks of an app manifest, and what this bot asks of its own. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { COMMAND } from '../../bot/slack/ids.ts';

/** Every scope the app may ask for, and what would not work without it. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: 'the slash command',
  'chat:write': 'posting and editing answers',
  'files:write': 'attaching the rows of a report',
  'users:read': 'the language of whoever asks, and whether they are a guest or have left (users.info)',
  'usergroups:read': 'who is in the groups that rights rules name (usergroups.users.list)',
  'channels:read': 'whether the bot is a member of a public channel (conversations.info)',
  'groups:read': 'the same of a private channel',
  'im:read': 'the same of direct messages',
  'im:write': 'answering in direct messages where the bot is no member (conversations.open)',
};

const url = z.string().regex(/^https:\/\/[^/]+\/slack\/events$/, 'is not https://<host>/slack/events');

/** Slack, "App manifest reference": lengths and counts. Unknown entries are refused: Slack would ignore them. */
const MANIFEST = z.strictObject({
  _metadata: z.strictObject({ major_version: z.union([z.literal(1), z.literal(2)]), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          url,
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().max(1_000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: url }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});

/** What is wrong with a manifest, a sentence each; empty when nothing is. */
export function manifestProblems(json: unknown): readonly string[] {
  const parsed = MANIFEST.safeParse(json);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { features, oauth_config, settings } = parsed.data;
  const { bot: scopes } = oauth_config.scopes;
  const [command, ...others] = features.slash_commands;
  return [
    ...Object.entries(SCOPES).flatMap(([scope, what]) =>
      scopes.includes(scope) ? [] : [`${scope} is missing: ${what}`],
    ),
    ...scopes.flatMap((scope) => (scope in SCOPES ? [] : [`${scope} is asked for, and nothing needs it`])),
    ...(command?.command === COMMAND && others.length === 0 ? [] : [`${COMMAND} is not the only command`]),
    ...(command?.should_escape ? [] : ['should_escape is off: mentions could not be told from text']),
    ...(settings.interactivity.is_enabled ? [] : ['interactivity is off: buttons would do nothing']),
    ...(features.app_home.messages_tab_enabled ? [] : ['the messages tab is off: direct messages would fail']),
  ];
}

/** The manifest in the repository. */
export const readManifestFile = (): unknown =>
  JSON.parse(readFileSync(new URL('../../infra/slack-manifest.json', import.meta.url), 'utf8'));
