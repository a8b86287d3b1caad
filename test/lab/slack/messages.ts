/** Posting, changing and reading messages. */
import type { JsonObject } from './block-kit.ts';
import { isObject } from './block-kit.ts';
import { fileJson } from './file-json.ts';
import type { WorkspaceState } from './state.ts';
import type { Message, Person } from './types.ts';

/** A message not yet posted. */
export type Draft = Omit<Message, 'ts' | 'blocks' | 'fileIds'> & {
  readonly blocks?: readonly unknown[];
  readonly fileIds?: readonly string[];
};

/** Posts, giving the message its `ts` and its blocks the ids nobody chose. */
export function postMessage(state: WorkspaceState, draft: Draft): Message {
  const message: Message = {
    ...draft,
    ts: state.newTs(),
    blocks: withIds(state, draft.blocks ?? []),
    fileIds: draft.fileIds ?? [],
  };
  put(state, message);
  return message;
}

/** Replaces a message; its place and `ts` stay. */
export function replaceMessage(
  state: WorkspaceState,
  old: Message,
  change: { readonly text: string; readonly blocks: readonly unknown[]; readonly metadata?: JsonObject },
): Message {
  const message: Message = {
    ...old,
    ...change,
    blocks: withIds(state, change.blocks),
    edited: { user: old.userId, ts: state.newTs() },
  };
  put(state, message);
  return message;
}

function put(state: WorkspaceState, message: Message): void {
  const known = state.messages.get(message.channelId) ?? new Map<string, Message>();
  known.set(message.ts, message);
  state.messages.set(message.channelId, known);
  state.changed(message.channelId);
}

/** Takes a message away. */
export function deleteMessage(state: WorkspaceState, message: Message): void {
  state.messages.get(message.channelId)?.delete(message.ts);
  state.changed(message.channelId);
}

/** One message of a channel, ephemeral ones included. */
export function findMessage(state: WorkspaceState, channelId: string, ts: string): Message | undefined {
  return state.messages.get(channelId)?.get(ts);
}

/** All messages of a channel that everybody in it sees, oldest first. */
export function lastingMessages(state: WorkspaceState, channelId: string): Message[] {
  return [...(state.messages.get(channelId)?.values() ?? [])].filter((message) => message.viewerId === undefined);
}

/** All messages of a channel that this person sees, oldest first. */
export function messagesFor(state: WorkspaceState, channelId: string, person: Person): Message[] {
  return [...(state.messages.get(channelId)?.values() ?? [])].filter(
    (message) => message.viewerId === undefined || message.viewerId === person.id,
  );
}

/** Blocks as Slack keeps them: every block has an id, every interactive element an action id. */
export function withIds(state: WorkspaceState, blocks: readonly unknown[]): JsonObject[] {
  return blocks.filter(isObject).map((block) => ({
    ...block,
    block_id: typeof block.block_id === 'string' && block.block_id !== '' ? block.block_id : state.ids.short(),
    ...(isObject(block.accessory) ? { accessory: withActionId(state, block.accessory) } : {}),
    ...(isObject(block.element) ? { element: withActionId(state, block.element) } : {}),
    ...(block.type === 'actions' && Array.isArray(block.elements)
      ? { elements: block.elements.filter(isObject).map((element) => withActionId(state, element)) }
      : {}),
  }));
}

function withActionId(state: WorkspaceState, element: JsonObject): JsonObject {
  if (element.type === 'image' || typeof element.action_id === 'string') return element;
  return { ...element, action_id: state.ids.short() };
}

/** A message in the form of Slack's Web API. */
export function messageJson(state: WorkspaceState, message: Message): JsonObject {
  const { app, team } = state;
  const byBot = message.userId === app.botUserId;
  return {
    type: 'message',
    user: message.userId,
    ...(byBot ? { bot_id: app.botId, app_id: app.id, bot_profile: botProfile(state) } : {}),
    text: message.text,
    ts: message.ts,
    team: team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs === undefined ? threadSummary(state, message) : { thread_ts: message.threadTs }),
    ...(message.broadcast === true ? { subtype: 'thread_broadcast' } : {}),
    ...(message.edited === undefined ? {} : { edited: message.edited }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.fileIds.length > 0 ? { files: message.fileIds.flatMap((id) => fileJsonOf(state, id)) } : {}),
  };
}

function botProfile(state: WorkspaceState): JsonObject {
  const { app, team } = state;
  return { id: app.botId, app_id: app.id, name: app.botName, team_id: team.id, deleted: false };
}

function fileJsonOf(state: WorkspaceState, id: string): JsonObject[] {
  const file = state.files.get(id);
  return file === undefined ? [] : [fileJson(state, file)];
}

function threadSummary(state: WorkspaceState, parent: Message): JsonObject {
  const replies = repliesTo(state, parent);
  const last = replies.at(-1);
  if (last === undefined) return {};
  return {
    thread_ts: parent.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.userId))],
    latest_reply: last.ts,
  };
}

/** Replies in a message's thread, oldest first. */
export function repliesTo(state: WorkspaceState, parent: Message): Message[] {
  return lastingMessages(state, parent.channelId).filter((message) => message.threadTs === parent.ts);
}
