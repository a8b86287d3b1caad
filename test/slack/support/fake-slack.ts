/** As much of Slack's Web API as a conversation needs, with its memory, on 127.0.0.1. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PostedMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: unknown[];
}

export interface FakeSlack {
  readonly apiUrl: string;
  readonly messages: PostedMessage[];
  readonly files: {
    readonly channel: string;
    readonly threadTs: string;
    readonly name: string;
    readonly text: string;
  }[];
  /** Channels the bot is in; posting elsewhere fails with the error given, `not_in_channel` by default. */
  readonly channels: Map<string, 'member' | string>;
  /** Answers to the next calls of a method instead of its own. */
  readonly next: Map<
    string,
    { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }[]
  >;
  readonly calls: { readonly method: string; readonly fields: Record<string, string> }[];
  close(): Promise<void>;
}

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown };

const failure = (error: string, more: object = {}): Answer => ({ body: { ok: false, error, ...more } });

/** Starts a workspace with one channel, `C1`, that the bot is in. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const state: Omit<FakeSlack, 'apiUrl' | 'close'> = {
    messages: [],
    files: [],
    channels: new Map([['C1', 'member']]),
    next: new Map(),
    calls: [],
  };
  const uploads = new Map<string, { name: string; text: string }>();
  let serial = 0;
  let base = '';

  const post = ({ channel = '', text = '', blocks }: Record<string, string>): Answer => {
    const standing = state.channels.get(channel) ?? (channel.startsWith('D') ? 'member' : 'not_in_channel');
    if (standing !== 'member') return failure(standing);
    serial += 1;
    const message = { channel, ts: `1700000000.00000${serial}`, text, blocks: blocks ? JSON.parse(blocks) : [] };
    state.messages.push(message);
    return { body: { ok: true, channel, ts: message.ts } };
  };

  const update = ({ channel, ts, text = '', blocks }: Record<string, string>): Answer => {
    const message = state.messages.find((each) => each.channel === channel && each.ts === ts);
    if (message === undefined) return failure('message_not_found');
    message.text = text;
    message.blocks = blocks ? JSON.parse(blocks) : [];
    return { body: { ok: true, channel, ts } };
  };

  const upload = ({ filename = '' }: Record<string, string>): Answer => {
    serial += 1;
    uploads.set(`F${serial}`, { name: filename, text: '' });
    return { body: { ok: true, upload_url: `${base}/upload/F${serial}`, file_id: `F${serial}` } };
  };

  const complete = ({ files = '[]', channel_id = '', thread_ts = '' }: Record<string, string>): Answer => {
    for (const { id } of JSON.parse(files) as { id: string }[]) {
      const file = uploads.get(id);
      if (file !== undefined) state.files.push({ channel: channel_id, threadTs: thread_ts, ...file });
    }
    return { body: { ok: true, files: JSON.parse(files) } };
  };

  const METHODS: Readonly<Record<string, (fields: Record<string, string>) => Answer>> = {
    'chat.postMessage': post,
    'chat.update': update,
    'conversations.open': ({ users }) => ({ body: { ok: true, channel: { id: `D-${users}` } } }),
    'files.getUploadURLExternal': upload,
    'files.completeUploadExternal': complete,
  };

  const server = createServer(async (request, response) => {
    const body = await bytes(request);
    const path = (request.url ?? '').slice(1);
    let answer: Answer;
    if (path.startsWith('upload/')) {
      const file = uploads.get(path.slice('upload/'.length));
      if (file !== undefined) file.text = partOf(body);
      answer = { body: 'OK' };
    } else {
      const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
      state.calls.push({ method: path, fields });
      answer = state.next.get(path)?.shift() ?? METHODS[path]?.(fields) ?? failure('unknown_method');
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...state,
    apiUrl: base,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The content of the one part of a multipart body. */
const partOf = (body: Buffer): string => {
  const text = body.toString('utf8');
  const start = text.indexOf('\r\n\r\n') + 4;
  return text.slice(start, text.lastIndexOf('\r\n--'));
};

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
