/** The frame of every operation: one message that is opened once and always reaches a final state. */
import type { ChangeSpec } from '../domain/change/change-spec.ts';
import { failureOf, isTransient, withoutSecrets } from '../errors.ts';
import type { Content, OperationFailure, Place } from '../ports.ts';
import { endMessage, justShown, openMessage } from './message.ts';
import type { OperationDeps, Progress, Talk } from './operation-deps.ts';

/** How an operation ended, for the log; what it found stands in the message. */
export type OperationOutcome =
  | { readonly ended: 'answered'; readonly machines: number; readonly cause?: string }
  | { readonly ended: 'failed'; readonly failure: OperationFailure['kind'] };

/** What any request has: the command as understood, where it was typed, and which operation it is for. */
export interface Asked {
  readonly asked: string;
  readonly place: Place;
  readonly operation: string;
}

export interface OperationProgram {
  /** What the message shows on the way. */
  readonly progress: (progress: Progress, startedAtMs: number) => Content;
  /** Does the work, and brings the message to its end. */
  readonly act: (talk: Talk) => Promise<OperationOutcome>;
  /** The change that this is. */
  readonly change?: { readonly id: string; readonly spec: ChangeSpec };
}

/** The last progress may have been shown just before. */
const SECONDS_BETWEEN_EDITS = 3;

/** Runs an operation to its end; the person's message always reaches a final state. */
export const runOperation = async (
  deps: OperationDeps,
  { asked, place, operation }: Asked,
  program: OperationProgram,
): Promise<OperationOutcome> => {
  const startedAtMs = await deps.workflow.step('begin', async () => deps.clock());
  const progress = (now: Progress): Content => program.progress(now, startedAtMs);
  const opened = await tellingFailure(deps, { asked, place, operation }, () =>
    openMessage(deps, 'open message', place, async () => progress({ phase: 'looking-up', total: 0, done: 0 })),
  );
  if ('ended' in opened) return opened;
  const talk = { message: opened, asked, startedAtMs, place, progress };
  try {
    return await program.act(talk);
  } catch (error) {
    return tellFailure(deps, { operation, ...program }, talk, error);
  }
};

/**
 * What `act` gives or, where it fails, the end: the failure is posted straight away, for there is no message yet that
 * could be edited.
 */
export const tellingFailure = async <T>(
  deps: OperationDeps,
  { asked, place, operation }: Asked,
  act: () => Promise<T>,
): Promise<T | OperationOutcome> => {
  try {
    return await act();
  } catch (error) {
    const failure = failureFor(deps, operation, error);
    await deps.workflow.step('post failure', () => deps.conversation.open(place, { kind: 'failure', asked, failure }));
    return failedWith(error, failure);
  }
};

/** Tells the person why there is no answer. */
const tellFailure = async (
  deps: OperationDeps,
  { operation, change }: { readonly operation: string } & Pick<OperationProgram, 'change'>,
  talk: Talk,
  error: unknown,
): Promise<OperationOutcome> => {
  const failure = failureFor(deps, operation, error);
  await deps.workflow.wait('between edits', SECONDS_BETWEEN_EDITS);
  const stopped = change === undefined ? {} : { change: change.id, spec: change.spec };
  const content: Content = { kind: 'failure', asked: talk.asked, failure, ...stopped };
  await endMessage(deps, talk, justShown(talk.startedAtMs), async () => content);
  return failedWith(error, failure);
};

const failureFor = (deps: OperationDeps, operation: string, error: unknown): OperationFailure => {
  const failure: OperationFailure = failureOf(error) ?? { kind: 'internal', reference: deps.operationId };
  deps.log('error', `${operation} failed`, { kind: failure.kind, passing: isTransient(error), ...describe(error) });
  return failure;
};

/** What a person can act on ends the operation; anything else is thrown on, so that the execution fails and alarms see it. */
const failedWith = (error: unknown, failure: OperationFailure): OperationOutcome => {
  if (failure.kind === 'internal') throw error;
  return { ended: 'failed', failure: failure.kind };
};

/** Messages of errors say what was attempted and found; they are cut, and quote no output. */
const LONGEST_REASON = 300;

const describe = (error: unknown): { readonly error: string; readonly reason: string } => {
  if (!(error instanceof Error)) return { error: 'unknown', reason: '' };
  const cause = error.cause instanceof Error ? error.cause : error;
  return { error: cause.name, reason: withoutSecrets(cause).message.slice(0, LONGEST_REASON) };
};
