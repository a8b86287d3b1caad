/** `response_url`: five answers within thirty minutes to what a person did. */
import type { Arguments } from './api/answer.ts';
import { fail, flagArg, textArg } from './api/answer.ts';
import { type Content, isRefusal, readContent } from './content.ts';
import { deleteMessage, findMessage, postMessage, replaceMessage } from './messages.ts';
import type { WorkspaceState } from './state.ts';
import type { ResponseUrl } from './tickets.ts';
import { answerJson } from './web-api.ts';

const LIFE_MS = 30 * 60_000;
const USES = 5;

/** A fresh address for what a person did in a channel. */
export function issueResponseUrl(
  state: WorkspaceState,
  place: Pick<ResponseUrl, 'personId' | 'channelId' | 'messageTs' | 'threadTs'>,
): string {
  const secret = state.ids.secret(40);
  state.responseUrls.set(secret, { ...place, issuedMs: state.deps.clock.now(), uses: 0 });
  return `${state.deps.baseUrl()}/response/${secret}`;
}

/** Takes what the bot posts to a `response_url`. */
export function receiveResponse(
  state: WorkspaceState,
  secret: string,
  args: Arguments,
): { readonly status: number; readonly body: string } {
  const url = state.responseUrls.get(secret);
  if (url === undefined) return refuse(404, 'no_service');
  if (state.deps.clock.now() - url.issuedMs > LIFE_MS) return refuse(404, 'expired_url');
  if (url.uses >= USES) return refuse(404, 'used_url');
  url.uses += 1;
  return respond(state, url, args);
}

function respond(state: WorkspaceState, url: ResponseUrl, args: Arguments): { status: number; body: string } {
  const original = url.messageTs === undefined ? undefined : findMessage(state, url.channelId, url.messageTs);
  if (flagArg(args, 'delete_original') && original !== undefined) {
    deleteMessage(state, original);
    return accepted();
  }
  const content = readContent(state, args);
  if (isRefusal(content)) return { status: 404, body: JSON.stringify(answerJson(content)) };
  const replacing = flagArg(args, 'replace_original') && original !== undefined;
  if (replacing) replaceMessage(state, original, { text: content.text, blocks: content.blocks });
  else postResponse(state, url, args, content);
  return accepted();
}

/** Says something as the bot, to one person or to the channel, whether or not the bot is in it. */
export function postResponse(
  state: WorkspaceState,
  place: Pick<ResponseUrl, 'personId' | 'channelId' | 'threadTs'>,
  args: Arguments,
  content: Content,
): void {
  const threadTs = textArg(args, 'thread_ts') ?? place.threadTs;
  postMessage(state, {
    channelId: place.channelId,
    userId: state.app.botUserId,
    text: content.text,
    blocks: content.blocks,
    ...(args.response_type === 'in_channel' ? {} : { viewerId: place.personId }),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
}

function accepted(): { status: number; body: string } {
  return { status: 200, body: JSON.stringify({ ok: true }) };
}

function refuse(status: number, error: string): { status: number; body: string } {
  return { status, body: JSON.stringify(answerJson(fail(error))) };
}
