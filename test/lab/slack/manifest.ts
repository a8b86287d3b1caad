/** The Slack app as it is installed in the workspace: its scopes, events, commands and shortcuts. */
import { z } from 'zod';

export interface AppManifest {
  /** Name of the bot user, as typed after `@`. */
  readonly botName: string;
  readonly scopes: readonly string[];
  /** Events the bot is told of. */
  readonly events: readonly string[];
  readonly commands: readonly { readonly command: string; readonly shouldEscape: boolean }[];
  /** Callback ids of shortcuts. */
  readonly shortcuts: readonly string[];
  readonly homeTab: boolean;
}

/** An app with everything this bot has asked for so far; the lab installs the project's own manifest instead. */
export const DEFAULT_MANIFEST: AppManifest = {
  botName: 'kms-ops',
  scopes: [
    'commands',
    'chat:write',
    'files:write',
    'files:read',
    'users:read',
    'usergroups:read',
    'app_mentions:read',
    'im:write',
  ],
  events: ['app_home_opened', 'app_mention', 'message.im'],
  commands: [{ command: '/kms', shouldEscape: true }],
  shortcuts: ['kms_diagnose'],
  homeTab: true,
};

/** Scopes with which the workspace is looked at from outside, beyond the bot's own. */
export const INSPECTOR_SCOPES = [
  'channels:read',
  'groups:read',
  'im:read',
  'channels:history',
  'groups:history',
  'im:history',
  'im:write',
  'files:read',
  'users:read',
  'usergroups:read',
  'chat:write',
] as const;

const MANIFEST = z.looseObject({
  features: z.looseObject({
    app_home: z.looseObject({ home_tab_enabled: z.boolean().optional() }).optional(),
    bot_user: z.looseObject({ display_name: z.string() }),
    slash_commands: z.array(z.looseObject({ command: z.string(), should_escape: z.boolean().optional() })).optional(),
    shortcuts: z.array(z.looseObject({ callback_id: z.string() })).optional(),
  }),
  oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()) }) }),
  settings: z
    .looseObject({ event_subscriptions: z.looseObject({ bot_events: z.array(z.string()).optional() }).optional() })
    .optional(),
});

/** Reads a Slack manifest (JSON, already parsed). @throws ZodError naming the field that is missing. */
export function readManifest(json: unknown): AppManifest {
  const { features, oauth_config, settings } = MANIFEST.parse(json);
  return {
    botName: features.bot_user.display_name,
    scopes: oauth_config.scopes.bot,
    events: settings?.event_subscriptions?.bot_events ?? [],
    commands: (features.slash_commands ?? []).map((entry) => ({
      command: entry.command,
      shouldEscape: entry.should_escape ?? false,
    })),
    shortcuts: (features.shortcuts ?? []).map((entry) => entry.callback_id),
    homeTab: features.app_home?.home_tab_enabled ?? false,
  };
}
