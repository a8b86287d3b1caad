/** Handing a change on, once the person may ask for one. Loaded when the first is asked for. */
import { ALWAYS_APPROVED, type ChangeSpec, isRecordSpec, type PublishDomain } from '../../domain/change/change-spec.ts';
import { changeSpecOf, selectionOf } from '../change-spec.ts';
import type { ChangeCommand, RestartCommand } from '../command/command.ts';
import { formatCommand, formatDomain } from '../command/format.ts';
import { executionName } from '../execution-name.ts';
import { acknowledgements } from '../messages/acknowledgement.ts';
import { changeCatalogue } from '../messages/catalogue.ts';
import type { ChangeAnswers } from '../messages/change-answers-en.ts';
import { code, join, mention, type Safe, words } from '../mrkdwn.ts';
import { refuseChange } from './barred.ts';
import { type Asker, type ListenerDeps, languageFor } from './context.ts';
import { machineWords, notStarted } from './start-operation.ts';

/**
 * Hands a change on and answers what was understood and where the answer will appear. Rights are judged here as far as
 * they can be before machines are known, and again by the function that plans.
 */
export async function startChange(
  command: ChangeCommand | RestartCommand,
  source: string,
  asker: Asker,
  deps: ListenerDeps,
  about?: string,
): Promise<string> {
  const { teamId, channelId, userId, triggerId } = asker;
  const asked = formatCommand(command);
  const [language, place, refused] = await Promise.all([
    languageFor(userId, deps),
    deps.lookups.place(channelId),
    deps.changes === undefined ? undefined : refuseChange(asked, source, asker, deps),
  ]);
  const answers = await changeCatalogue(language);
  if (deps.changes === undefined) return answers.switchedOff;
  if (refused !== undefined) return refused;
  const spec = changeSpecOf(command);
  const selection = selectionOf(command);
  const payload = { operation: 'change', spec, selection, asked, place: { teamId, channelId, userId } } as const;
  const name = executionName('change', [teamId, userId, source, triggerId]);
  const outcome = await deps.changes.handOn({ name, payload });
  const say = acknowledgements[language];
  if (outcome.kind !== 'started') {
    deps.log.error('An operation was not handed on', {
      operation: 'change',
      outcome: outcome.kind,
      detail: outcome.detail,
    });
    return notStarted(outcome, 'change', say);
  }
  const what = isRecordSpec(spec) ? code(spec.zone) : machineWords(selection, about, say);
  const planning = answers.planning[spec.kind](what, valueWords(spec, answers));
  return [planning, answers[firstStep(spec)], say.place[place](mention(deps.botUserId))].join(answers.gap);
}

/** What happens before anything is changed. What is undone may be a record. */
const firstStep = (spec: ChangeSpec) => {
  if (isRecordSpec(spec)) return 'recordIsReadFirst';
  if (spec.kind === 'undo') return 'whatStandsIsReadFirst';
  return ALWAYS_APPROVED.includes(spec.kind) ? 'approverIsAlwaysAsked' : 'approvalMayBeAsked';
};

const NOTHING = code('');

/** The value that is set, as it would be typed. */
function valueWords(spec: ChangeSpec, say: ChangeAnswers): Safe {
  switch (spec.kind) {
    case 'point':
      return hostWords(spec.to);
    case 'test':
    case 'dns-add':
    case 'dns-remove':
    case 'dns-adopt':
      return hostWords(spec.host);
    case 'activation-type':
      return code(spec.to);
    case 'lookup':
      return code(spec.domain ?? '');
    case 'stored-key':
    case 'host-setup':
      return code(spec.key);
    case 'rearm':
      return spec.restart ? code('restart') : NOTHING;
    case 'host-domains':
      return join(spec.domains.map(domainWords), ' ');
    case 'host-port':
      return code(String(spec.port));
    case 'host-intervals':
      return code(`${spec.activationMinutes} / ${spec.renewalMinutes}`);
    case 'host-priority':
      return code(spec.low ? 'low' : 'normal');
    case 'host-publish':
    case 'caching':
      return words(spec.on ? say.value.on : say.value.off);
    case 'undo':
      return code(spec.change);
    default:
      return NOTHING;
  }
}

const domainWords = (domain: PublishDomain): Safe => code(formatDomain(domain), 300);

const hostWords = ({ host, port }: { readonly host: string; readonly port: number }): Safe =>
  code(port === 0 ? host : `${host}:${port}`);
