/** One message in Slack, edited in place, its files in its thread: the port over Slack's Web API. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { type Conversation, type MessageRef, type Place, Throttled } from '../ports.ts';
import type { Language } from './messages/language.ts';
import { cut, plain } from './mrkdwn.ts';
import { cannotSpeakThere, refusesBlocks, slackCode, translated } from './slack-errors.ts';
import type { Rendered } from './views/blocks.ts';
import { render } from './views/render.ts';

export interface SlackConversationOptions {
  readonly token: string;
  /** Base of Slack's Web API; Slack itself when absent. */
  readonly apiUrl?: string;
  /** What a whole channel reads. */
  readonly language: Language;
  /** The function that speaks. */
  readonly functionName: string;
  /** Told when Slack refused a message's blocks and got the text alone. */
  readonly log?: (message: string, fields: Readonly<Record<string, string>>) => void;
}

const PATIENCE_MS = 10_000;

/** Waiting is the caller's, durably: nothing is retried here, and a request to slow down is passed on at once. */
export function slackConversation(options: SlackConversationOptions): Conversation {
  const { token, apiUrl, language, functionName, log = () => {} } = options;
  const client = new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: PATIENCE_MS,
    logger: silent,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  });
  return {
    open: async (place, content) => {
      const rendered = render(content, language);
      try {
        return await post(client, place.channelId, rendered, log);
      } catch (error) {
        if (!cannotSpeakThere(error)) throw translated(error, 'chat.postMessage', functionName);
        return postDirectly(client, place, rendered, options);
      }
    },
    update: async (message, content) => {
      try {
        await edit(client, message, render(content, language), log);
        return { edited: true };
      } catch (error) {
        const failure = translated(error, 'chat.update', functionName);
        if (failure instanceof Throttled) return { edited: false, retryAfterSeconds: failure.retryAfterSeconds };
        throw failure;
      }
    },
    attach: async ({ channelId, ts }, { name, title, text }) => {
      const file = Buffer.from(text, 'utf8');
      const shown = cut(plain(title), 200);
      try {
        await client.filesUploadV2({ channel_id: channelId, thread_ts: ts, filename: name, title: shown, file });
      } catch (error) {
        throw translated(error, 'files.uploadV2', functionName);
      }
    },
  };
}

type Log = NonNullable<SlackConversationOptions['log']>;

async function post(client: WebClient, channel: string, { text, blocks }: Rendered, log: Log): Promise<MessageRef> {
  const quiet = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;
  const answer = await withBlocksIfPossible(
    () => client.chat.postMessage({ channel, text, blocks: [...blocks], ...quiet }),
    () => client.chat.postMessage({ channel, text, ...quiet }),
    log,
  );
  if (answer.channel === undefined || answer.ts === undefined)
    throw new Error('Slack posted a message without its place');
  return { channelId: answer.channel, ts: answer.ts };
}

/** Opening the conversation needs `im:write`; without that right Slack may still take a person's id for a channel. */
async function postDirectly(
  client: WebClient,
  { userId }: Place,
  rendered: Rendered,
  { functionName, log = () => {} }: SlackConversationOptions,
): Promise<MessageRef> {
  try {
    return await post(client, await directChannel(client, userId), rendered, log);
  } catch (error) {
    throw translated(error, 'chat.postMessage', functionName);
  }
}

async function directChannel(client: WebClient, userId: string): Promise<string> {
  try {
    const { channel } = await client.conversations.open({ users: userId });
    return channel?.id ?? userId;
  } catch (error) {
    if (slackCode(error) === 'missing_scope') return userId;
    throw error;
  }
}

const edit = ({ chat }: WebClient, { channelId: channel, ts }: MessageRef, { text, blocks }: Rendered, log: Log) =>
  withBlocksIfPossible(
    () => chat.update({ channel, ts, text, blocks: [...blocks], parse: 'none', link_names: false }),
    // An edit without blocks removes those that are there.
    () => chat.update({ channel, ts, text, parse: 'none', link_names: false }),
    log,
  );

/** A message that Slack finds fault with still reaches people, as text. */
async function withBlocksIfPossible<T>(withBlocks: () => Promise<T>, withText: () => Promise<T>, log: Log): Promise<T> {
  try {
    return await withBlocks();
  } catch (error) {
    if (!refusesBlocks(error)) throw error;
    log('Slack refused the blocks of a message', { code: slackCode(error) ?? '' });
    return withText();
  }
}

/** Every failure is thrown; below that the client would log message texts. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
