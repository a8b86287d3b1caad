/** Which channel a call means, and whether the bot may write or read there. */
import { directMessages, findChannel, type WorkspaceState } from '../state.ts';
import type { Channel } from '../types.ts';
import { type Answer, type ApiCall, fail, textArg } from './answer.ts';

type Refusal = Answer & { readonly ok: false };

/** A channel as the bot knows it; a private one that it is not in does not exist for it. */
export function channelOfBot(state: WorkspaceState, word: string | undefined): Channel | undefined {
  if (word === undefined) return undefined;
  const channel = findChannel(state, word);
  if (channel === undefined || isMember(state, channel) || channel.kind === 'public') return channel;
  return undefined;
}

/** Whether the bot is in the channel. */
export function isMember(state: WorkspaceState, channel: Channel): boolean {
  return channel.members.has(state.app.botUserId);
}

/** The channel to write to: by id or name, or by a person's id for their direct messages. */
export function channelToWrite(call: ApiCall, argument = 'channel'): Channel | Refusal {
  const word = textArg(call.args, argument);
  const person = call.state.people.find((one) => one.id === word);
  const channel = person === undefined ? channelOfBot(call.state, word) : directMessages(call.state, person.id);
  if (channel === undefined) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');
  const everywhere = channel.kind === 'public' && call.token.scopes.includes('chat:write.public');
  return isMember(call.state, channel) || everywhere ? channel : fail('not_in_channel');
}

/** The channel to read from, by id. */
export function channelToRead(call: ApiCall): Channel | Refusal {
  const word = textArg(call.args, 'channel');
  const channel = call.state.channels.find((one) => one.id === word);
  if (channel === undefined || channelOfBot(call.state, word) === undefined) return fail('channel_not_found');
  return isMember(call.state, channel) ? channel : fail('not_in_channel');
}

/** The scope that reading a channel needs, by its kind. */
export function readScope(what: 'read' | 'history'): (call: ApiCall) => string {
  return (call) => {
    const kind = channelOfBot(call.state, textArg(call.args, 'channel'))?.kind ?? 'public';
    return `${{ public: 'channels', private: 'groups', im: 'im' }[kind]}:${what}`;
  };
}
