/** `chat.*`: posting, editing and deleting messages. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import { isRefusal, readContent } from '../content.ts';
import { deleteMessage, findMessage, messageJson, postMessage, replaceMessage } from '../messages.ts';
import type { Channel, Message } from '../types.ts';
import { type Answer, type ApiCall, badArguments, fail, flagArg, type Method, succeed, textArg } from './answer.ts';
import { channelOfBot, channelToWrite } from './channels.ts';

type Refusal = Answer & { readonly ok: false };

function post(call: ApiCall): Answer {
  const { state } = call;
  const channel = channelToWrite(call);
  if (isRefusal(channel)) return channel;
  const content = readContent(state, call.args);
  if (isRefusal(content)) return content;
  const thread = readThread(call, channel);
  if (isRefusal(thread)) return thread;
  const message = postMessage(state, {
    channelId: channel.id,
    userId: state.app.botUserId,
    text: content.text,
    blocks: content.blocks,
    ...thread,
    ...(thread.threadTs !== undefined && flagArg(call.args, 'reply_broadcast') ? { broadcast: true } : {}),
    ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
  });
  const warning = content.truncated ? { warning: 'message_truncated' } : {};
  return succeed({ channel: channel.id, ts: message.ts, message: messageJson(state, message), ...warning });
}

/** The parent a reply goes to: an existing message that is no reply itself. */
function readThread(call: ApiCall, channel: Channel): { readonly threadTs?: string } | Refusal {
  const ts = textArg(call.args, 'thread_ts');
  if (ts === undefined) return {};
  const parent = findMessage(call.state, channel.id, ts);
  if (parent === undefined || parent.viewerId !== undefined) return fail('thread_not_found');
  return parent.threadTs === undefined ? { threadTs: ts } : fail('cannot_reply_to_message');
}

function update(call: ApiCall): Answer {
  const { state, args } = call;
  const found = ownMessage(call, 'cant_update_message');
  if (isRefusal(found)) return found;
  const content = readContent(state, args);
  if (isRefusal(content)) return content;
  if (content.text.length > BLOCK_LIMITS.message.updateText) return fail('msg_too_long');
  const message = replaceMessage(state, found, {
    text: content.text,
    blocks: content.blocks,
    ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
  });
  const { channelId: channel, ts, text } = message;
  return succeed({ channel, ts, text, message: messageJson(state, message) });
}

/** The bot's own message that `channel` and `ts` name; ephemeral ones cannot be found. */
function ownMessage(call: ApiCall, notOwn: string): Message | Refusal {
  const { state, args } = call;
  const word = textArg(args, 'channel');
  const channel = channelOfBot(state, word);
  if (channel === undefined || channel.id !== word) return fail('channel_not_found');
  const message = findMessage(state, channel.id, textArg(args, 'ts') ?? '');
  if (message === undefined || message.viewerId !== undefined) return fail('message_not_found');
  if (channel.archived) return fail('is_archived');
  return message.userId === state.app.botUserId && message.bySlack !== true ? message : fail(notOwn);
}

function remove(call: ApiCall): Answer {
  const message = ownMessage(call, 'cant_delete_message');
  if (isRefusal(message)) return message;
  deleteMessage(call.state, message);
  return succeed({ channel: message.channelId, ts: message.ts });
}

function postEphemeral(call: ApiCall): Answer {
  const { state, args } = call;
  const channel = channelToWrite(call);
  if (isRefusal(channel)) return channel;
  const user = textArg(args, 'user');
  if (user === undefined) return badArguments('missing required field: user');
  if (!channel.members.has(user)) return fail('user_not_in_channel');
  const content = readContent(state, args);
  if (isRefusal(content)) return content;
  const thread = readThread(call, channel);
  if (isRefusal(thread)) return thread;
  const message = postMessage(state, {
    channelId: channel.id,
    userId: state.app.botUserId,
    viewerId: user,
    text: content.text,
    blocks: content.blocks,
    ...thread,
  });
  return succeed({ message_ts: message.ts });
}

function getPermalink(call: ApiCall): Answer {
  const { state, args } = call;
  const channel = channelOfBot(state, textArg(args, 'channel'));
  if (channel === undefined) return fail('channel_not_found');
  const message = findMessage(state, channel.id, textArg(args, 'message_ts') ?? '');
  if (message === undefined || message.viewerId !== undefined) return fail('message_not_found');
  const permalink = `${state.deps.baseUrl()}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return succeed({ channel: channel.id, permalink });
}

/** `chat.*` by method name. */
export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': { tier: 'special', scope: 'chat:write', run: post },
  'chat.update': { tier: 3, scope: 'chat:write', run: update },
  'chat.delete': { tier: 3, scope: 'chat:write', run: remove },
  'chat.postEphemeral': { tier: 4, scope: 'chat:write', run: postEphemeral },
  'chat.getPermalink': { tier: 'special', run: getPermalink },
};
