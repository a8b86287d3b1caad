/** Handing an operation on, and telling the person so. */
import type { NodeSelection } from '../../domain/nodes.ts';
import type { ObserveRequest, Place } from '../../ports.ts';
import type { Command, LookCommand } from '../command/command.ts';
import { formatLook } from '../command-text.ts';
import { executionName } from '../execution-name.ts';
import { type Acknowledgements, acknowledgements, type HandOnFailure } from '../messages/acknowledgement.ts';
import { mention, words } from '../mrkdwn.ts';
import { selectionWords } from '../selection-words.ts';
import type { Asker, ListenerDeps } from './context.ts';

/** Whether the command starts an operation; all others are answered at once. */
export const isLook = (command: Command): command is LookCommand =>
  command.name === 'check' || command.name === 'diagnose' || command.name === 'hosts';

/**
 * Hands an operation on and answers what was understood and where the result will appear. `source` is the command or
 * the button, `about` the name of the machine when the command has its id only. Everything that Slack is asked for
 * meanwhile runs beside the hand-off.
 */
export async function startOperation(
  command: LookCommand,
  source: string,
  asker: Asker,
  deps: ListenerDeps,
  about?: string,
): Promise<string> {
  const { teamId, userId, channelId, triggerId } = asker;
  const payload = requestOf(command, { teamId, channelId, userId });
  const [outcome, place, language] = await Promise.all([
    deps.handOn({ name: executionName(payload.operation, [teamId, userId, source, triggerId]), payload }),
    deps.lookups.place(channelId),
    deps.lookups.language(userId),
  ]);
  const say = acknowledgements[language ?? deps.language];
  if (outcome.kind !== 'started') {
    const { kind, detail } = outcome;
    deps.log.error('An operation was not handed on', { operation: payload.operation, outcome: kind, detail });
    return notStarted(outcome, payload.operation, say);
  }
  return [begun(payload, about, say), say.place[place](mention(deps.botUserId))].join(say.gap);
}

/** The command as the observe function is asked for it. */
function requestOf(command: LookCommand, place: Place): ObserveRequest {
  const asked = formatLook(command);
  switch (command.name) {
    case 'check':
      return { operation: 'check', selection: command.nodes, asked, place };
    case 'diagnose': {
      const { node, ...where } = command.target;
      return { operation: 'diagnose', selection: { selectors: [node], ...where }, asked, place };
    }
    case 'hosts': {
      const { name: operation, ...where } = command;
      return { operation, ...where, asked, place };
    }
  }
}

function begun(request: ObserveRequest, about: string | undefined, say: Acknowledgements): string {
  switch (request.operation) {
    case 'check':
      return say.checking(machineWords(request.selection, about, say));
    case 'diagnose':
      return say.diagnosing(machineWords(request.selection, about, say));
    case 'hosts':
      return say.lookingAtHosts(request.site === undefined ? undefined : words(request.site, 20));
  }
}

const machineWords = (selection: NodeSelection, about: string | undefined, say: Acknowledgements): string =>
  about === undefined || about === '' ? selectionWords(selection, say) : words(about, 60);

const notStarted = (
  failure: HandOnFailure,
  operation: ObserveRequest['operation'],
  { notStarted: say, operations }: Acknowledgements,
): string =>
  failure.kind === 'missing-right'
    ? say['missing-right'](operations[operation], failure.action)
    : say[failure.kind](operations[operation]);
