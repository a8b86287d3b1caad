/** The one message of an operation: opened once, edited sparingly, always brought to an end. */
import { isTransient, slowDownSeconds } from '../errors.ts';
import type { Content, MessageRef, Place } from '../ports.ts';
import { once } from './effect-once.ts';
import type { OperationDeps, Progress, Talk } from './operation-deps.ts';

/** What the message shows, and when it may be edited next; goes through checkpoints. */
export interface Shown {
  readonly digest: string;
  readonly notBeforeMs: number;
}

/** Slack allows one edit in three seconds for a message without slowing the workspace down. */
const BETWEEN_EDITS_MS = 3_000;

/** What a message shows that was posted or edited just now. */
export const justShown = (atMs: number): Shown => ({ digest: '', notBeforeMs: atMs + BETWEEN_EDITS_MS });

/** After Slack failed for progress, it is left alone for a while: the operation matters more. */
const AFTER_FAILURE_MS = 30_000;

/** Posts a message, once. */
export const openMessage = async (
  deps: OperationDeps,
  name: string,
  place: Place,
  make: () => Promise<Content>,
): Promise<MessageRef> => {
  const act = async () => JSON.stringify(await deps.conversation.open(place, await make()));
  return JSON.parse(await once(deps, name, { key: `${deps.operationId}/${name}`, act })) as MessageRef;
};

/** Edits the message when there is something new to see and it is time; a failure of Slack's never reaches the operation. */
export const showProgress = (deps: OperationDeps, talk: Talk, shown: Shown, progress: Progress): Promise<Shown> =>
  showContent(deps, talk, shown, JSON.stringify(progress), async () => talk.progress(progress));

/** The same for any content; `digest` tells whether it is new. */
export const showContent = async (
  deps: OperationDeps,
  talk: Pick<Talk, 'message'>,
  shown: Shown,
  digest: string,
  make: () => Promise<Content>,
): Promise<Shown> => {
  const nowMs = deps.clock();
  if (digest === shown.digest || nowMs < shown.notBeforeMs) return shown;
  try {
    const { edited, retryAfterSeconds } = await deps.conversation.update(talk.message, await make());
    if (edited) return { digest, notBeforeMs: nowMs + BETWEEN_EDITS_MS };
    return { ...shown, notBeforeMs: nowMs + Math.max(BETWEEN_EDITS_MS, (retryAfterSeconds ?? 0) * 1000) };
  } catch (error) {
    deps.log('warn', 'progress not shown', { error: error instanceof Error ? error.name : 'unknown' });
    return { ...shown, notBeforeMs: nowMs + AFTER_FAILURE_MS };
  }
};

/**
 * Seconds until the next look: when the next thing is due, or, while a service has us wait and the message does not say
 * so yet, when it may be edited.
 */
export const pauseBefore = (dueMs: number, nowMs: number, shown: Shown, progress: Progress): number => {
  const isBehind = progress.phase === 'slowed-down' && shown.digest !== JSON.stringify(progress);
  const nextMs = isBehind ? Math.min(dueMs, Math.max(shown.notBeforeMs, nowMs)) : dueMs;
  return Math.max(1, Math.ceil((nextMs - nowMs) / 1000));
};

type EndState = {
  readonly notBeforeMs: number;
  readonly refused: number;
  readonly failures: number;
  readonly ended: boolean;
};

/** Edits of the last content are tried this often before it is posted anew. */
const END_ATTEMPTS = 5;
/** Slack asking for time this often in a row means that no edit will come through. */
const END_REFUSALS = 60;

/**
 * Brings the message to its end: waits as long as Slack asks for, and posts the content anew when the message cannot
 * be edited, for instance because somebody deleted it. `make` runs inside the look, so that the content is in no
 * checkpoint. `what` tells apart several contents of one operation that all have to be seen.
 */
export const endMessage = async (
  deps: OperationDeps,
  talk: Pick<Talk, 'message' | 'place'>,
  shown: Shown,
  make: () => Promise<Content>,
  what = '',
): Promise<void> => {
  const initial: EndState = { notBeforeMs: shown.notBeforeMs, refused: 0, failures: 0, ended: false };
  const name = what === '' ? '' : ` ${what}`;
  const last = await deps.workflow.poll(`end message${name}`, initial, async (state) => {
    const early = Math.ceil((state.notBeforeMs - deps.clock()) / 1000);
    if (early > 0) return { state, againInSeconds: early };
    return endOnce(deps, talk, state, await make());
  });
  if (!last.ended) await openMessage(deps, `post anew${name}`, talk.place, make);
};

const endOnce = async (deps: OperationDeps, talk: Pick<Talk, 'message'>, state: EndState, content: Content) => {
  try {
    const { edited, retryAfterSeconds } = await deps.conversation.update(talk.message, content);
    if (edited) return { state: { ...state, ended: true } };
    const refused = state.refused + 1;
    if (refused >= END_REFUSALS) return { state };
    return { state: { ...state, refused }, againInSeconds: Math.max(BETWEEN_EDITS_MS / 1000, retryAfterSeconds ?? 0) };
  } catch (error) {
    const failures = state.failures + 1;
    deps.log('warn', 'end not shown', { error: error instanceof Error ? error.name : 'unknown', failures });
    const passes = isTransient(error) || slowDownSeconds(error) !== undefined;
    if (!passes || failures >= END_ATTEMPTS) return { state: { ...state, failures } };
    return { state: { ...state, failures }, againInSeconds: slowDownSeconds(error) ?? 2 ** failures };
  }
};
