/** The slash command. */
import { parseCommand } from '../command-text.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import { isLook, startOperation } from './start-operation.ts';

/** The fields of a slash command that are read. */
export interface SlashCommand {
  readonly command?: unknown;
  readonly text?: unknown;
  readonly team_id?: unknown;
  readonly user_id?: unknown;
  readonly channel_id?: unknown;
  readonly trigger_id?: unknown;
}

/** The text that the person reads at once. */
export async function answerCommand(slash: SlashCommand, deps: ListenerDeps): Promise<string> {
  const asker = askerOf(slash);
  const parsed = parseCommand(field(slash.text));
  if (parsed.ok && isLook(parsed.command)) return startOperation(parsed.command, field(slash.command), asker, deps);
  const [language, { answerToCommand, answerToRefusal }] = await Promise.all([
    languageFor(asker.userId, deps),
    import('../answers/quick-answers.ts'),
  ]);
  return parsed.ok
    ? answerToCommand(parsed.command, asker.userId, language)
    : answerToRefusal(parsed.refusal, language);
}

const askerOf = (slash: SlashCommand): Asker => ({
  teamId: field(slash.team_id),
  userId: field(slash.user_id),
  channelId: field(slash.channel_id),
  triggerId: field(slash.trigger_id),
});
