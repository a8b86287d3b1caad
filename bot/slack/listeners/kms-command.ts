/** The slash command. */
import { isChange, isLook } from '../built-command.ts';
import { parseCommand } from '../command-text.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import { startOperation } from './start-operation.ts';

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
  if (parsed.ok && isChange(parsed.command)) {
    const { startChange } = await import('./start-change.ts');
    return startChange(parsed.command, field(slash.command), asker, deps);
  }
  if (parsed.ok && parsed.command.name === 'whoami') {
    const { answerWhoami } = await import('./whoami.ts');
    return answerWhoami(asker, deps);
  }
  const [language, { answerToCommand, answerToRefusal }] = await Promise.all([
    languageFor(asker.userId, deps),
    import('../answers/quick-answers.ts'),
  ]);
  return parsed.ok ? answerToCommand(parsed.command, language) : answerToRefusal(parsed.refusal, language);
}

const askerOf = (slash: SlashCommand): Asker => ({
  teamId: field(slash.team_id),
  userId: field(slash.user_id),
  channelId: field(slash.channel_id),
  triggerId: field(slash.trigger_id),
});
