/** The lab's own paths that concern Slack: acting as a person, and looking at what a person sees. */
import { z } from 'zod';
import { isObject, type JsonObject } from './block-kit.ts';
import { channelSeen, LabRefusal, personCalled } from './client/refusal.ts';
import type { SlackClient } from './client.ts';
import { messagesFor } from './messages.ts';
import type { WorkspaceState } from './state.ts';
import type { Message, SlackFile } from './types.ts';
import { viewJson, visibleModal } from './view-stack.ts';

export type LabAnswer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly bytes: Buffer; readonly mimetype: string; readonly name: string };

/** Answers one request of the lab's; `body` is parsed JSON. */
export type LabHandler = (url: URL, body: unknown) => Promise<LabAnswer>;

/** A message as `GET /lab/messages` gives it. */
export interface SeenMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  /** The author's id. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly ephemeral: boolean;
  readonly edited: boolean;
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[];
}

const word = z.string().min(1);
const place = { user: word, channel: word };
const target = { user: word, action_id: word, block_id: word.optional(), value: z.unknown().optional() };
const SCHEMAS = {
  slash: z.strictObject({ ...place, text: z.string(), thread_ts: word.optional() }),
  say: z.strictObject({ ...place, text: z.string(), thread_ts: word.optional() }),
  clickMessage: z.strictObject({ ...target, channel: word, ts: word }),
  clickView: z.strictObject({ ...target, view_id: word }),
  submit: z.strictObject({ user: word, values: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  close: z.strictObject({ user: word, all: z.boolean().optional() }),
  suggest: z.strictObject({ user: word, action_id: word, value: z.string() }),
  shortcut: z.strictObject({ user: word, callback_id: word }),
};

/** The handlers by method and path; `GET /lab/files/` takes the id after it. */
export function createLabApi(state: WorkspaceState, client: SlackClient): ReadonlyMap<string, LabHandler> {
  const act = <S extends z.ZodType>(schema: S, run: (request: z.output<S>) => Promise<unknown>): LabHandler =>
    guarded(async (_url, body) => ({ status: 200, json: await run(parse(schema, body)) }));
  return new Map<string, LabHandler>([
    ['POST /lab/slash', act(SCHEMAS.slash, client.slash)],
    ['POST /lab/say', act(SCHEMAS.say, client.say)],
    ['POST /lab/click', guarded(async (_url, body) => ({ status: 200, json: await client.click(parseClick(body)) }))],
    ['POST /lab/submit', act(SCHEMAS.submit, client.submit)],
    ['POST /lab/close', act(SCHEMAS.close, client.close)],
    ['POST /lab/suggest', act(SCHEMAS.suggest, client.suggest)],
    ['POST /lab/shortcut', act(SCHEMAS.shortcut, client.shortcut)],
    ['GET /lab/messages', guarded(async (url) => ({ status: 200, json: seenMessages(state, url) }))],
    ['GET /lab/files/', guarded(async (url) => fileAnswer(state, url))],
    ['GET /lab/view', guarded((url) => viewAnswer(state, client, url))],
  ]);
}

/** Turns a refusal into its answer. */
function guarded(handler: LabHandler): LabHandler {
  return async (url, body) => {
    try {
      return await handler(url, body);
    } catch (error) {
      if (!(error instanceof LabRefusal)) throw error;
      return { status: error.status, json: { error: error.code, message: error.message } };
    }
  };
}

function parseClick(body: unknown): z.output<typeof SCHEMAS.clickMessage> | z.output<typeof SCHEMAS.clickView> {
  const inView = isObject(body) && body.view_id !== undefined;
  return inView ? parse(SCHEMAS.clickView, body) : parse(SCHEMAS.clickMessage, body);
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new LabRefusal(400, 'unknown_field', `unknown field: ${issue.keys.join(', ')}`);
  }
  throw new LabRefusal(400, 'invalid_field', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
}

/** Query parameters, once all are known and the needed ones are there. */
function query(url: URL, needed: readonly string[], optional: readonly string[] = []): Record<string, string> {
  const given = Object.fromEntries(url.searchParams);
  const unknown = Object.keys(given).find((name) => !needed.includes(name) && !optional.includes(name));
  if (unknown !== undefined) throw new LabRefusal(400, 'unknown_field', `unknown field: ${unknown}`);
  const missing = needed.find((name) => (given[name] ?? '') === '');
  if (missing !== undefined) throw new LabRefusal(400, 'invalid_field', `${missing}: is needed`);
  return given;
}

/** What a person sees in a channel, oldest first. @throws LabRefusal when they see no such channel. */
export function seenBy(state: WorkspaceState, user: string, channel: string): SeenMessage[] {
  const person = personCalled(state, user);
  const { id } = channelSeen(state, person, channel);
  return messagesFor(state, id, person).map((message) => seenMessage(state, message));
}

function seenMessages(state: WorkspaceState, url: URL): SeenMessage[] {
  const { user = '', channel = '' } = query(url, ['user', 'channel']);
  return seenBy(state, user, channel);
}

function seenMessage(state: WorkspaceState, message: Message): SeenMessage {
  return {
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    user: message.userId,
    text: message.text,
    blocks: message.blocks,
    ephemeral: message.viewerId !== undefined,
    edited: message.edited !== undefined,
    files: message.fileIds.flatMap((id) => seenFile(state.files.get(id))),
  };
}

function seenFile(file: SlackFile | undefined): { id: string; name: string; size: number }[] {
  return file === undefined ? [] : [{ id: file.id, name: file.name, size: file.length }];
}

function fileAnswer(state: WorkspaceState, url: URL): LabAnswer {
  const id = url.pathname.replace('/lab/files/', '');
  const file = state.files.get(id);
  if (file?.bytes === undefined) throw new LabRefusal(404, 'unknown_file', `there is no file ${id}`);
  return { status: 200, bytes: file.bytes, mimetype: file.mimetype || 'application/octet-stream', name: file.name };
}

/** The modal open for a person; with `home=1` their App Home, after the visit that the bot is told of. */
async function viewAnswer(state: WorkspaceState, client: SlackClient, url: URL): Promise<LabAnswer> {
  const { user = '', home } = query(url, ['user'], ['home']);
  const person = personCalled(state, user);
  if (home === '1') await client.openHome(user);
  const view = home === '1' ? state.homes.get(person.id) : visibleModal(state, person.id);
  if (view === undefined) throw new LabRefusal(404, 'no_view', `nothing is open for ${person.name}`);
  return { status: 200, json: { ...viewJson(state, view), errors: view.errors } };
}
