/** Handing an operation on, and telling the person so. */

import type { NodeSelection } from '../../domain/nodes.ts';
import { isForEveryone } from '../../domain/rights/rights.ts';
import type { AuditRequest, ObserveRequest, Place } from '../../ports.ts';
import type { AuditRequest as AuditQuery, LookCommand, OneNode } from '../command/command.ts';
import { formatCommand } from '../command/format.ts';
import { executionName } from '../execution-name.ts';
import { type Acknowledgements, acknowledgements, type HandOnFailure } from '../messages/acknowledgement.ts';
import { mention, words } from '../mrkdwn.ts';
import { selectionWords } from '../selection-words.ts';
import type { Asker, ListenerDeps } from './context.ts';

/**
 * Hands an operation on and answers what was understood and where the result will appear. `source` is the command or
 * the button, `about` the name of the machine when the command has its id only. Everything that Slack is asked for
 * meanwhile runs beside the hand-off; where not everyone may look, who asks is looked up first.
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
  const inside = INSIDE.includes(command.name);
  if (inside || !isForEveryone(deps.rules, 'viewer')) {
    const { refuseLook } = await import('./barred.ts');
    const refused = await refuseLook(payload.asked, source, asker, deps, inside);
    if (refused !== undefined) return refused;
  }
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

/** Who did what is nothing for people of other companies who read along. */
const INSIDE: readonly LookCommand['name'][] = ['jobs', 'audit'];

/** The command as the observe function is asked for it. */
function requestOf(command: LookCommand, place: Place): ObserveRequest {
  const asked = formatCommand(command);
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
    case 'dns': {
      const { zone } = command.request;
      return { operation: 'dns', ...(zone === undefined ? {} : { zone }), asked, place };
    }
    case 'jobs':
      return { operation: 'jobs', asked, place };
    case 'audit':
      return { operation: 'audit', ...auditOf(command.request), asked, place };
  }
}

const auditOf = ({ about, since }: AuditQuery): Pick<AuditRequest, 'about' | 'since'> => ({
  about: about.kind === 'node' ? { kind: 'node', word: wordOf(about.node) } : about,
  ...(since === undefined ? {} : { since }),
});

const wordOf = (node: OneNode['node']): string => (node.kind === 'id' ? node.id : node.name);

function begun(request: ObserveRequest, about: string | undefined, say: Acknowledgements): string {
  switch (request.operation) {
    case 'check':
      return say.checking(machineWords(request.selection, about, say));
    case 'diagnose':
      return say.diagnosing(machineWords(request.selection, about, say));
    case 'hosts':
      return say.lookingAtHosts(request.site === undefined ? undefined : words(request.site, 20));
    case 'dns':
      return say.lookingAtRecords(request.zone === undefined ? undefined : words(request.zone, 80));
    case 'jobs':
      return say.listingJobs;
    case 'audit':
      return request.about.kind === 'verify' ? say.verifyingAudit : say.readingAudit;
  }
}

export const machineWords = (selection: NodeSelection, about: string | undefined, say: Acknowledgements): string =>
  about === undefined || about === '' ? selectionWords(selection, say) : words(about, 60);

/** What is said when work was not handed on. */
export const notStarted = (
  failure: HandOnFailure,
  operation: keyof Acknowledgements['operations'],
  { notStarted: say, operations }: Acknowledgements,
): string =>
  failure.kind === 'missing-right'
    ? say['missing-right'](operations[operation], failure.action)
    : say[failure.kind](operations[operation]);
