/** Saying something in a channel or to the bot, and opening App Home. */
import { findMessage, postMessage } from '../messages.ts';
import type { SlackFaults } from '../slack-faults.ts';
import { directMessages, type WorkspaceState } from '../state.ts';
import type { Channel, Message, Person } from '../types.ts';
import { viewJson } from '../view-stack.ts';
import { type EventOptions, isSubscribed, sendEvent } from './events.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { channelToType, LabRefusal, personCalled } from './refusal.ts';
import { slash } from './slash.ts';
import { encodeTyped } from './typed-text.ts';

export interface SayRequest {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string | undefined;
}

const NOTHING_SENT: Outcome = { status: 0, ackMs: 0, body: '' };

/**
 * Says something; the bot is told when it is mentioned or spoken to. What starts with a slash is a command, as in
 * Slack. @throws LabRefusal when the person cannot write there.
 */
export async function say(state: WorkspaceState, faults: SlackFaults, request: SayRequest): Promise<Outcome> {
  if (/^\/\w/.test(request.text)) return slash(state, request);
  const person = personCalled(state, request.user);
  const channel = channelToType(state, person, request.channel);
  if (request.text.trim() === '') throw new LabRefusal(400, 'no_text', 'there is nothing to say');
  const message = postMessage(state, {
    channelId: channel.id,
    userId: person.id,
    text: encodeTyped(state, person, request.text, 'id-only'),
    ...threadOf(state, channel, request.thread_ts),
  });
  const event = eventFor(state, channel, person, message);
  if (event === undefined) return { ...NOTHING_SENT, ts: message.ts };
  const options = { externallyShared: channel.externallyShared, duplicate: faults.duplicateEvents() };
  return { ...outcomeOf(await sendEvent(state, event, options)), ts: message.ts };
}

function threadOf(state: WorkspaceState, channel: Channel, ts: string | undefined): { readonly threadTs?: string } {
  if (ts === undefined) return {};
  const parent = findMessage(state, channel.id, ts);
  if (parent === undefined) throw new LabRefusal(404, 'unknown_message', `there is no message ${ts}`);
  return { threadTs: parent.threadTs ?? parent.ts };
}

/** The event a message makes, if the bot is to hear of it. */
function eventFor(
  state: WorkspaceState,
  channel: Channel,
  person: Person,
  message: Message,
): Readonly<Record<string, unknown>> | undefined {
  const { botUserId } = state.app;
  const direct = channel.kind === 'im';
  const heard = direct || (channel.members.has(botUserId) && message.text.includes(`<@${botUserId}>`));
  if (!heard || !isSubscribed(state, direct ? 'message.im' : 'app_mention')) return undefined;
  return {
    type: direct ? 'message' : 'app_mention',
    user: person.id,
    text: message.text,
    ts: message.ts,
    team: person.teamId,
    ...(person.teamId === state.team.id ? {} : { user_team: person.teamId, source_team: person.teamId }),
    channel: channel.id,
    event_ts: message.ts,
    ...(direct ? { channel_type: 'im' } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  };
}

/** Opens App Home, of which the bot is told at every visit. */
export async function openHome(state: WorkspaceState, faults: SlackFaults, user: string): Promise<Outcome> {
  const person = personCalled(state, user);
  if (!state.manifest.homeTab || !isSubscribed(state, 'app_home_opened')) return NOTHING_SENT;
  const home = state.homes.get(person.id);
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel: directMessages(state, person.id).id,
    tab: 'home',
    event_ts: state.newTs(),
    ...(home === undefined ? {} : { view: viewJson(state, home) }),
  };
  const options: EventOptions = { externallyShared: false, duplicate: faults.duplicateEvents() };
  return outcomeOf(await sendEvent(state, event, options));
}
