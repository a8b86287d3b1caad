/** Typing a slash command. */
import { isObject } from '../block-kit.ts';
import { isRefusal, readContent } from '../content.ts';
import { postMessage } from '../messages.ts';
import { issueResponseUrl, postResponse } from '../response-url.ts';
import type { WorkspaceState } from '../state.ts';
import { issueTrigger } from '../triggers.ts';
import type { Channel, Person } from '../types.ts';
import { deliver } from './delivery.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { channelToType, LabRefusal, personCalled } from './refusal.ts';
import { encodeTyped } from './typed-text.ts';

export interface SlashRequest {
  readonly user: string;
  readonly channel: string;
  /** With or without the command itself: `check all` is `/kms check all`. */
  readonly text: string;
  /** Slack has no commands in threads; given only to be refused. */
  readonly thread_ts?: string | undefined;
}

/** Types a command and shows its answer. @throws LabRefusal when Slack would not send it. */
export async function slash(state: WorkspaceState, request: SlashRequest): Promise<Outcome> {
  const person = personCalled(state, request.user);
  const channel = channelToType(state, person, request.channel);
  const { command, text, shouldEscape } = readCommand(state, person, channel, request);
  const fields = {
    token: state.app.verificationToken,
    team_id: person.teamId,
    team_domain: person.teamId === state.team.id ? state.team.domain : 'example-partner',
    channel_id: channel.id,
    channel_name: { public: channel.name, private: 'privategroup', im: 'directmessage' }[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text: shouldEscape ? encodeTyped(state, person, text, 'with-name') : text,
    api_app_id: state.app.id,
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(state, { personId: person.id, channelId: channel.id }),
    trigger_id: issueTrigger(state, person.id),
  };
  const body = new URLSearchParams(fields).toString();
  const contentType = 'application/x-www-form-urlencoded';
  const outcome = outcomeOf(await deliver(state, { kind: 'slash_command', contentType, body }));
  return showAnswer(state, { person, channel, typed: `${command} ${text}`.trimEnd(), command }, outcome);
}

function readCommand(
  state: WorkspaceState,
  person: Person,
  channel: Channel,
  request: SlashRequest,
): { readonly command: string; readonly text: string; readonly shouldEscape: boolean } {
  const [first] = state.manifest.commands;
  const [, typed, rest] = /^(\/\S+)(?:\s([\s\S]*))?$/.exec(request.text) ?? [];
  const command = typed ?? first?.command ?? '';
  if (request.thread_ts !== undefined)
    throw tell(state, person, channel, `${command} is not supported in threads. Sorry!`);
  const known = state.manifest.commands.find((entry) => entry.command === command);
  if (known === undefined) throw tell(state, person, channel, `${command} is not a valid command.`);
  return { ...known, text: typed === undefined ? request.text : (rest ?? '') };
}

/** Slack itself tells the person why nothing was sent. */
function tell(state: WorkspaceState, person: Person, channel: Channel, text: string): LabRefusal {
  showError(state, person, channel, text);
  return new LabRefusal(400, 'refused_by_slack', text);
}

function showError(state: WorkspaceState, person: Person, channel: Channel, text: string): void {
  postMessage(state, {
    channelId: channel.id,
    userId: state.app.botUserId,
    viewerId: person.id,
    text,
    bySlack: true,
  });
}

interface Typed {
  readonly person: Person;
  readonly channel: Channel;
  readonly typed: string;
  readonly command: string;
}

/** Shows what the bot answered, or Slack's own words when it did not. */
function showAnswer(state: WorkspaceState, typed: Typed, outcome: Outcome): Outcome {
  const { person, channel, command } = typed;
  const failed = (error: string): Outcome => {
    showError(state, person, channel, `${command} failed with the error "${error}"`);
    return { ...outcome, error };
  };
  if (outcome.error !== undefined) return failed(outcome.error);
  const answer = isObject(outcome.body) ? outcome.body : { text: String(outcome.body).trim() };
  if (Object.keys(answer).length === 0 || answer.text === '') return outcome;
  const content = readContent(state, answer);
  if (isRefusal(content)) return failed(content.error);
  if (answer.response_type === 'in_channel') {
    postMessage(state, { channelId: channel.id, userId: person.id, text: typed.typed });
  }
  postResponse(state, { personId: person.id, channelId: channel.id }, answer, content);
  return outcome;
}
