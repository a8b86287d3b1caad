/** Sends a changing document to machines in commands of at most fifty, each once, and brings in what they answer. */
import type { ChangeDocument, ChangeOptions } from '../domain/change/change-wire.ts';
import type { DocumentAnswer } from '../domain/change/outcome.ts';
import { readChangeOutput } from '../domain/change/parse-change.ts';
import type { NodeId } from '../domain/nodes.ts';
import type { Answer, OperationFailure } from '../ports.ts';
import type { ChangeDeps } from './change-deps.ts';
import { type Attempt, attemptEffect, FIRST_ATTEMPT } from './effect-once.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter } from './site-patience.ts';
import { pauseSeconds } from './site-reading.ts';

/** One command: the same instruction for at most fifty machines of one site. */
export interface Batch {
  readonly siteId: string;
  readonly nodeIds: readonly NodeId[];
  readonly document: ChangeDocument;
  readonly operation: string;
  readonly options: ChangeOptions;
}

/** What is sent together, under a name of its own. */
export interface Delivery {
  /** Tells the commands of this delivery from others of the operation. */
  readonly name: string;
  readonly sinceMs: number;
  /** Reads the batches; always the same ones. Runs inside looks, since they may be large. */
  readonly batches: () => Promise<readonly Batch[]>;
  /** Keeps what the machines of one batch answered; writing it again changes nothing. */
  readonly keep: (batch: Batch, at: number, answers: ReadonlyMap<NodeId, DocumentAnswer>) => Promise<void>;
  /** Shows how far it is. */
  readonly show: (done: number, waitingSeconds?: number) => Promise<void>;
}

/** A command that was sent, or why it was not. */
export interface SentBatch {
  readonly commandId?: string;
  readonly failure?: OperationFailure;
}

interface Sending {
  readonly sent: readonly SentBatch[];
  readonly attempt: Attempt;
  readonly patience: Patience;
}

const BETWEEN_SENDS_SECONDS = 1;
const LONGEST_COMMENT = 100;

/** Documents that take longer than the others: a server's role may be fetched and installed for half an hour. */
const LONG_SECONDS: Partial<Readonly<Record<ChangeDocument, number>>> = { 'KmsBot-InstallHostRole': 30 * 60 };
const USUAL_SECONDS = 300;

/** Delivery takes a minute at most; then the document's own time, and some for the answers to be listed. */
const answerMs = (document: ChangeDocument): number => (60 + (LONG_SECONDS[document] ?? USUAL_SECONDS) + 20) * 1000;

/** Sends every batch and waits for every answer, at most until the documents' own end. */
export const deliver = async (deps: ChangeDeps, delivery: Delivery): Promise<readonly SentBatch[]> => {
  const { sent, sentAtMs } = await sendAll(deps, delivery);
  await readAll(deps, delivery, sent, sentAtMs);
  return sent;
};

const sendAll = async (deps: ChangeDeps, delivery: Delivery) => {
  const start: Sending = { sent: [], attempt: FIRST_ATTEMPT, patience: FRESH_PATIENCE };
  const last = await deps.workflow.poll<Sending>(`send ${delivery.name}`, start, async (state) => {
    const batch = (await delivery.batches())[state.sent.length];
    return batch === undefined ? { state } : sendOne(deps, delivery, batch, state);
  });
  return { sent: last.sent, sentAtMs: await deps.workflow.step(`sent ${delivery.name}`, async () => deps.clock()) };
};

/** A failure is this command's own: the others are sent all the same. */
const sendOne = async (deps: ChangeDeps, delivery: Delivery, batch: Batch, state: Sending) => {
  const next = (sent: SentBatch) => ({
    state: { sent: [...state.sent, sent], attempt: FIRST_ATTEMPT, patience: FRESH_PATIENCE },
    againInSeconds: BETWEEN_SENDS_SECONDS,
  });
  try {
    const outcome = await attemptEffect(deps, effectOf(deps, delivery, batch, state.sent.length), state.attempt);
    if (outcome.done) return next({ commandId: outcome.value });
    await delivery.show(0, outcome.slowedDown ? outcome.againInSeconds : undefined);
    return { state: { ...state, attempt: outcome.attempt }, againInSeconds: outcome.againInSeconds };
  } catch (error) {
    const setback = setbackAfter(error, batch.siteId, state.patience);
    if (setback.kind === 'given-up') return next({ failure: setback.failure });
    return { state: { ...state, patience: setback.patience }, againInSeconds: setback.seconds };
  }
};

const effectOf = (deps: ChangeDeps, { name, sinceMs }: Delivery, batch: Batch, index: number) => {
  const { siteId, ...rest } = batch;
  const reference = `${deps.operationId}/${name}/${index + 1}`.slice(-LONGEST_COMMENT);
  return {
    key: `${deps.operationId}/send/${name}/${index}`,
    act: async (mayHaveBeenSent: boolean) => {
      const site = deps.sites.find((known) => known.id === siteId);
      if (site === undefined) throw new Error(`There is no site ${siteId}`);
      return (await deps.runCommand.change({ site, ...rest, reference, sinceMs, mayHaveBeenSent })).commandId;
    },
  };
};

interface ReadingAll {
  /** The batch whose answers are waited for. */
  readonly at: number;
  /** Machines of the batches before it. */
  readonly done: number;
  readonly looks: number;
  readonly patience: Patience;
}

const readAll = (deps: ChangeDeps, delivery: Delivery, sent: readonly SentBatch[], sentAtMs: number) => {
  const start: ReadingAll = { at: 0, done: 0, looks: 0, patience: FRESH_PATIENCE };
  return deps.workflow.poll<ReadingAll>(`read ${delivery.name}`, start, async (state) => {
    const batch = (await delivery.batches())[state.at];
    const command = sent[state.at];
    if (batch === undefined || command === undefined) return { state };
    return readOne(
      deps,
      delivery,
      { batch, command, isLate: deps.clock() >= sentAtMs + answerMs(batch.document) },
      state,
    );
  });
};

interface Waiting {
  readonly batch: Batch;
  readonly command: SentBatch;
  /** The documents must have ended by now: what has not come will not. */
  readonly isLate: boolean;
}

const readOne = async (
  deps: ChangeDeps,
  delivery: Delivery,
  { batch, command, isLate }: Waiting,
  state: ReadingAll,
) => {
  const { commandId, failure } = command;
  const next = async (answers: ReadonlyMap<NodeId, DocumentAnswer>) => {
    await delivery.keep(batch, state.at, answers);
    const done = state.done + batch.nodeIds.length;
    return { state: { at: state.at + 1, done, looks: 0, patience: FRESH_PATIENCE }, againInSeconds: 1 };
  };
  if (commandId === undefined) return next(allUnanswered(batch, failure));
  try {
    const answers = await answersOf(deps, batch, commandId);
    if (isLate || batch.nodeIds.every((id) => answers.has(id))) return await next(answers);
    await delivery.show(state.done + answers.size);
    return {
      state: { ...state, looks: state.looks + 1, patience: FRESH_PATIENCE },
      againInSeconds: pauseSeconds(state.looks),
    };
  } catch (error) {
    const setback = setbackAfter(error, batch.siteId, state.patience);
    if (setback.kind === 'given-up') return next(allUnanswered(batch, setback.failure));
    return { state: { ...state, patience: setback.patience }, againInSeconds: setback.seconds };
  }
};

const allUnanswered = (batch: Batch, failure: OperationFailure | undefined): ReadonlyMap<NodeId, DocumentAnswer> =>
  new Map(batch.nodeIds.map((id) => [id, { kind: 'not-sent', detail: failureWord(failure) }]));

/** A failure in a word or two, as the audit and the message have it. */
export const failureWord = (failure: OperationFailure | undefined): string => {
  if (failure === undefined) return 'not-sent';
  switch (failure.kind) {
    case 'missing-right':
      return `missing-right ${failure.action}`;
    case 'document-missing':
      return `document-missing ${failure.document}`;
    default:
      return failure.kind;
  }
};

/** What those machines answered that are done; a command of fifty machines has one page of answers. */
const answersOf = async (deps: ChangeDeps, batch: Batch, commandId: string) => {
  const site = deps.sites.find((known) => known.id === batch.siteId);
  const answers = new Map<NodeId, DocumentAnswer>();
  if (site === undefined) return answers;
  let cursor: string | undefined;
  do {
    const page = await deps.runCommand.answers(site, commandId, cursor);
    for (const answer of page.answers)
      if (answer.kind !== 'pending') answers.set(answer.nodeId, documentAnswer(answer));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return answers;
};

const documentAnswer = (answer: Exclude<Answer, { kind: 'pending' }>): DocumentAnswer => {
  if (answer.kind === 'none') {
    const { why } = answer;
    return { kind: 'none', detail: why.kind === 'failed' ? `exit ${why.exitCode}` : why.kind };
  }
  const reading = readChangeOutput(answer.text);
  return reading.kind === 'record' ? reading : { kind: 'none', detail: `unreadable ${reading.why.kind}` };
};
