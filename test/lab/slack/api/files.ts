/** `files.*`: the upload in three steps, and what became of it. */
import { isObject, type JsonObject } from '../block-kit.ts';
import { type Content, isRefusal, readContent } from '../content.ts';
import { fileJson, mimeTypeOf } from '../file-json.ts';
import { findMessage, postMessage } from '../messages.ts';
import type { WorkspaceState } from '../state.ts';
import type { SlackFile } from '../types.ts';
import { type Answer, type ApiCall, badArguments, fail, jsonArg, type Method, succeed, textArg } from './answer.ts';
import { channelToWrite } from './channels.ts';

/** How long Slack looks at a file before its type is known and its message appears, ms. */
const SCAN_MS = 1_000;

function getUploadUrl({ state, args }: ApiCall): Answer {
  const name = textArg(args, 'filename');
  const length = Number(textArg(args, 'length'));
  if (name === undefined) return badArguments('missing required field: filename');
  if (!Number.isInteger(length) || length <= 0) return badArguments('must be greater than 0 [json-pointer:/length]');
  const altText = textArg(args, 'alt_txt');
  const file: SlackFile = {
    id: state.ids.next('F'),
    name,
    title: name,
    length,
    ownerId: state.app.botUserId,
    mimetype: '',
    createdMs: state.deps.clock.now(),
    completed: false,
    shares: [],
    ...(altText === undefined ? {} : { altText }),
  };
  state.files.set(file.id, file);
  const secret = state.ids.secret(32);
  state.uploads.set(secret, file.id);
  return succeed({ upload_url: `${state.deps.baseUrl()}/upload/v1/${secret}`, file_id: file.id });
}

/** Takes the bytes sent to an upload address. Answers the HTTP status and text Slack's file server gives. */
export function receiveUpload(
  state: WorkspaceState,
  secret: string,
  bytes: Buffer,
): { readonly status: number; readonly text: string } {
  const file = state.files.get(state.uploads.get(secret) ?? '');
  if (file === undefined) return { status: 404, text: 'not_found' };
  if (file.completed) return { status: 400, text: 'already_completed' };
  if (bytes.length !== file.length) return { status: 400, text: `expected ${file.length} bytes, got ${bytes.length}` };
  state.files.set(file.id, { ...file, bytes });
  return { status: 200, text: `OK - ${bytes.length}` };
}

interface Completion {
  readonly id: string;
  readonly title?: string;
}

function completeUpload(call: ApiCall): Answer {
  const { state, args } = call;
  const wanted = readCompletions(args.files);
  if (wanted === undefined) return badArguments('missing required field: files');
  const files = wanted.flatMap(({ id, title }) => uploaded(state, id, title));
  if (files.length !== wanted.length) return fail('file_not_found');
  const share = readShare(call);
  if (isRefusal(share)) return share;
  for (const file of files) state.files.set(file.id, file);
  const { clock } = state.deps;
  clock.at(clock.now() + SCAN_MS, 'world', () => finishScan(state, files, share));
  return succeed({ files: files.map((file) => fileJson(state, file)) });
}

function readCompletions(value: unknown): Completion[] | undefined {
  const parsed = jsonArg({ files: value }, 'files');
  const list = parsed === 'garbled' ? undefined : parsed.value;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const valid = list.filter((entry) => isObject(entry) && typeof entry.id === 'string');
  return valid.length === list.length ? (valid as Completion[]) : undefined;
}

function uploaded(state: WorkspaceState, id: string, title: string | undefined): SlackFile[] {
  const file = state.files.get(id);
  if (file?.bytes === undefined || file.completed) return [];
  return [{ ...file, title: title ?? file.name, completed: true }];
}

type Share = { readonly channelId?: string; readonly threadTs?: string; readonly content?: Content };

function readShare(call: ApiCall): Share | (Answer & { readonly ok: false }) {
  const { state, args } = call;
  if (textArg(args, 'channel_id') === undefined) return {};
  const channel = channelToWrite(call, 'channel_id');
  if (isRefusal(channel)) return channel;
  const threadTs = textArg(args, 'thread_ts');
  if (threadTs !== undefined && findMessage(state, channel.id, threadTs) === undefined) return fail('thread_not_found');
  const said = readComment(call);
  if (isRefusal(said)) return said;
  return { channelId: channel.id, ...said, ...(threadTs === undefined ? {} : { threadTs }) };
}

/** What is said with the files; blocks are not looked at when there is a comment. */
function readComment({ state, args }: ApiCall): { readonly content?: Content } | (Answer & { readonly ok: false }) {
  const comment = textArg(args, 'initial_comment');
  if (comment === undefined && args.blocks === undefined) return {};
  const content = readContent(state, comment === undefined ? { blocks: args.blocks } : { text: comment });
  return isRefusal(content) ? content : { content };
}

function finishScan(state: WorkspaceState, files: readonly SlackFile[], share: Share): void {
  const { channelId } = share;
  const message =
    channelId === undefined
      ? undefined
      : postMessage(state, {
          channelId,
          userId: state.app.botUserId,
          text: share.content?.text ?? '',
          blocks: share.content?.blocks ?? [],
          fileIds: files.map((file) => file.id),
          ...(share.threadTs === undefined ? {} : { threadTs: share.threadTs }),
        });
  const shares = message === undefined ? [] : [{ channelId: message.channelId, ts: message.ts }];
  for (const file of files) state.files.set(file.id, { ...file, mimetype: mimeTypeOf(file.name), shares });
  state.changed(channelId);
}

function info({ state, args }: ApiCall): Answer {
  const file = state.files.get(textArg(args, 'file') ?? '');
  if (file === undefined || !file.completed) return fail('file_not_found');
  return succeed({ file: fileJson(state, file) as JsonObject, comments: [], response_metadata: { next_cursor: '' } });
}

function remove({ state, args }: ApiCall): Answer {
  const file = state.files.get(textArg(args, 'file') ?? '');
  if (file === undefined || !file.completed) return fail('file_not_found');
  state.files.delete(file.id);
  state.changed();
  return succeed();
}

/** `files.*` by method name. */
export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': { tier: 4, scope: 'files:write', run: getUploadUrl },
  'files.completeUploadExternal': { tier: 4, scope: 'files:write', run: completeUpload },
  'files.info': { tier: 4, scope: 'files:read', run: info },
  'files.delete': { tier: 3, scope: 'files:write', run: remove },
};
