/** `conversations.*`: channels, their members and their history. */
import type { JsonObject } from '../block-kit.ts';
import { isRefusal } from '../content.ts';
import { lookup } from '../lookup.ts';
import { findMessage, lastingMessages, messageJson, repliesTo } from '../messages.ts';
import { directMessages, type WorkspaceState } from '../state.ts';
import type { Channel, Message } from '../types.ts';
import { type Answer, type ApiCall, fail, flagArg, type Method, pageOf, succeed, textArg } from './answer.ts';
import { channelOfBot, channelToRead, isMember, readScope } from './channels.ts';

function channelJson(state: WorkspaceState, channel: Channel): JsonObject {
  const other = [...channel.members].find((id) => id !== state.app.botUserId);
  return {
    id: channel.id,
    ...(channel.kind === 'im' ? { user: other } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: channel.kind === 'im',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: isMember(state, channel),
    is_ext_shared: channel.externallyShared,
    is_shared: channel.externallyShared,
    is_org_shared: false,
    num_members: channel.members.size,
  };
}

function info(call: ApiCall): Answer {
  const channel = channelOfBot(call.state, textArg(call.args, 'channel'));
  return channel === undefined ? fail('channel_not_found') : succeed({ channel: channelJson(call.state, channel) });
}

const KINDS: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

function listChannels(call: ApiCall): Answer {
  const { state, args } = call;
  const types = (textArg(args, 'types') ?? 'public_channel').split(',').map((word) => word.trim());
  if (types.some((word) => lookup(KINDS, word) === undefined && word !== 'mpim')) return fail('invalid_types');
  const known = state.channels.filter(
    (channel) =>
      types.some((word) => lookup(KINDS, word) === channel.kind) &&
      channelOfBot(state, channel.id) !== undefined &&
      !(channel.archived && flagArg(args, 'exclude_archived')),
  );
  const page = pageOf(args, known, 1_000);
  if (page === 'invalid_cursor') return fail('invalid_cursor');
  const channels = page.items.map((channel) => channelJson(state, channel));
  return succeed({ channels, response_metadata: { next_cursor: page.nextCursor } });
}

function listScope(call: ApiCall): string {
  const types = textArg(call.args, 'types') ?? 'public_channel';
  if (types.includes('private_channel')) return 'groups:read';
  return types === 'im' ? 'im:read' : 'channels:read';
}

function members(call: ApiCall): Answer {
  const channel = channelOfBot(call.state, textArg(call.args, 'channel'));
  if (channel === undefined) return fail('channel_not_found');
  const page = pageOf(call.args, [...channel.members], 1_000);
  if (page === 'invalid_cursor') return fail('invalid_cursor');
  return succeed({ members: page.items, response_metadata: { next_cursor: page.nextCursor } });
}

function history(call: ApiCall): Answer {
  const channel = channelToRead(call);
  if (isRefusal(channel)) return channel;
  const roots = lastingMessages(call.state, channel.id).filter(
    (message) => message.threadTs === undefined || message.broadcast === true,
  );
  return pageOfMessages(call, roots.filter(withinAsked(call)).reverse());
}

function withinAsked(call: ApiCall): (message: Message) => boolean {
  const oldest = Number(textArg(call.args, 'oldest') ?? 0);
  const latest = Number(textArg(call.args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = flagArg(call.args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function pageOfMessages(call: ApiCall, found: readonly Message[]): Answer {
  const page = pageOf(call.args, found, 999);
  if (page === 'invalid_cursor') return fail('invalid_cursor');
  const withMetadata = flagArg(call.args, 'include_all_metadata');
  const messages = page.items.map((message) => {
    const { metadata, ...json } = messageJson(call.state, message);
    return withMetadata && metadata !== undefined ? { ...json, metadata } : json;
  });
  const more = page.nextCursor !== '';
  return succeed({
    messages,
    has_more: more,
    ...(more ? { response_metadata: { next_cursor: page.nextCursor } } : {}),
  });
}

function replies(call: ApiCall): Answer {
  const channel = channelToRead(call);
  if (isRefusal(channel)) return channel;
  const asked = findMessage(call.state, channel.id, textArg(call.args, 'ts') ?? '');
  const parent = asked?.threadTs === undefined ? asked : findMessage(call.state, channel.id, asked.threadTs);
  if (parent === undefined || parent.viewerId !== undefined) return fail('thread_not_found');
  return pageOfMessages(call, [parent, ...repliesTo(call.state, parent).filter(withinAsked(call))]);
}

function open(call: ApiCall): Answer {
  const { state, args } = call;
  const word = textArg(args, 'channel');
  const channel = word === undefined ? undefined : state.channels.find((one) => one.id === word && one.kind === 'im');
  if (word !== undefined && channel === undefined) return fail('channel_not_found');
  const users = (textArg(args, 'users') ?? '').split(',').filter((id) => id !== '');
  if (channel === undefined && users.length === 0) return fail('users_list_not_supplied');
  if (users.length > 1) return fail('lab_does_not_model_group_messages');
  if (channel !== undefined) return succeed({ channel: { id: channel.id } });
  const person = state.people.find((one) => one.id === users[0]);
  if (person === undefined) return fail('user_not_found');
  const opened = directMessages(state, person.id);
  return succeed({ channel: flagArg(args, 'return_im') ? channelJson(state, opened) : { id: opened.id } });
}

/** `conversations.*` by method name. */
export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.info': { tier: 3, scope: readScope('read'), run: info },
  'conversations.list': { tier: 2, scope: listScope, run: listChannels },
  'conversations.members': { tier: 4, scope: readScope('read'), run: members },
  'conversations.history': { tier: 3, scope: readScope('history'), run: history },
  'conversations.replies': { tier: 3, scope: readScope('history'), run: replies },
  'conversations.open': { tier: 3, scope: 'im:write', run: open },
};
