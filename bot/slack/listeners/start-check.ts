/** Handing a check on, and telling the person so. */
import type { Command } from '../command/command.ts';
import { formatCheck } from '../command-text.ts';
import { executionName } from '../execution-name.ts';
import { type Acknowledgements, acknowledgements, type HandOnFailure } from '../messages/acknowledgement.ts';
import { mention, words } from '../mrkdwn.ts';
import { selectionWords } from '../selection-words.ts';
import type { Asker, ListenerDeps } from './context.ts';

type CheckCommand = Extract<Command, { name: 'check' | 'activate' | 'discover' }>;

/**
 * Hands a check on and answers what was understood and where the result will appear. `source` is the command or the
 * button, `about` the name of the machine when the command has its id only. Everything that Slack is asked for meanwhile runs beside the hand-off.
 */
export async function startCheck(
  command: CheckCommand,
  source: string,
  asker: Asker,
  deps: ListenerDeps,
  about?: string,
) {
  const { teamId, userId, channelId, triggerId } = asker;
  const [outcome, place, language] = await Promise.all([
    deps.handOn({
      name: executionName('check', [teamId, userId, source, triggerId]),
      payload: {
        operation: 'check',
        selection: command.nodes,
        asked: formatCheck(command),
        place: { teamId, channelId, userId },
      },
    }),
    deps.lookups.place(channelId),
    deps.lookups.language(userId),
  ]);
  const say = acknowledgements[language ?? deps.language];
  if (outcome.kind !== 'started') {
    deps.log.error('A check was not handed on', { outcome: outcome.kind, detail: outcome.detail });
    return notStarted(outcome, say);
  }
  const what = about === undefined || about === '' ? selectionWords(command.nodes, say) : words(about, 60);
  return [say.checking(what), say.place[place](mention(deps.botUserId))].join(say.gap);
}

const notStarted = (failure: HandOnFailure, { notStarted: say }: Acknowledgements): string =>
  failure.kind === 'missing-right' ? say['missing-right'](failure.action) : say[failure.kind]();
