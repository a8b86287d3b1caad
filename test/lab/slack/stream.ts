/** `GET /lab/stream`: what one person sees in one channel, sent anew after every change (server-sent events). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LabRefusal, personCalled } from './client/refusal.ts';
import { seenBy } from './lab-api.ts';
import type { WorkspaceState } from './state.ts';
import { viewJson, visibleModal } from './view-stack.ts';

/** Streams until the reader goes away. Changes of one moment are sent together. */
export function streamChannel(
  state: WorkspaceState,
  request: IncomingMessage,
  response: ServerResponse,
  place: { readonly user: string; readonly channel: string },
): void {
  const first = snapshotOr(state, place);
  if (first instanceof LabRefusal) {
    response.writeHead(first.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: first.code, message: first.message }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`data: ${first}\n\n`);
  let waiting = false;
  const send = (): void => {
    waiting = false;
    const next = snapshotOr(state, place);
    if (!(next instanceof LabRefusal) && !response.writableEnded) response.write(`data: ${next}\n\n`);
  };
  const leave = state.watch(() => {
    if (waiting) return;
    waiting = true;
    setImmediate(send);
  });
  request.on('close', leave);
  response.on('close', leave);
}

function snapshotOr(
  state: WorkspaceState,
  { user, channel }: { readonly user: string; readonly channel: string },
): string | LabRefusal {
  try {
    const messages = seenBy(state, user, channel);
    const modal = visibleModal(state, personCalled(state, user).id);
    const view = modal === undefined ? null : { ...viewJson(state, modal), errors: modal.errors };
    return JSON.stringify({ now: state.deps.clock.now(), messages, modal: view });
  } catch (error) {
    if (error instanceof LabRefusal) return error;
    throw error;
  }
}
