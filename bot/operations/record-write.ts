/**
 * Writes the sets of a record, as compare-and-swap: one call an attempt. Where its answer was lost, or says that the set
 * is not as planned, the set itself tells what happened; so a batch that was accepted just before everything died is
 * found, and not made twice.
 */
import { changesOf } from '../domain/records/batch.ts';
import type { WriteRefusal } from '../domain/records/record-outcome.ts';
import type { RecordPlan } from '../domain/records/record-plan.ts';
import { changedBy, standsAs } from '../domain/records/stands.ts';
import { isTransient, OperationFailed, slowDownSeconds } from '../errors.ts';
import type { ChangeDeps } from './change-deps.ts';
import { recordInForce } from './plan-in-force.ts';
import { type RecordRun, showStep, type View } from './record-step.ts';
import { siteOf } from './site-of.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter } from './site-patience.ts';

/** How writing ended; goes through checkpoints. */
export type Written =
  | { readonly kind: 'accepted'; readonly routeChangeId: string }
  /** The set is as planned; the answer to the batch was lost. */
  | { readonly kind: 'there' }
  /** The set was changed meanwhile, by the change `by` where one of ours is known to have; nothing was written. */
  | { readonly kind: 'moved'; readonly by?: string }
  | { readonly kind: 'refused'; readonly why: WriteRefusal; readonly detail: string }
  /** Somebody wanted it to stop while Route 53 had us wait; nothing was written. */
  | { readonly kind: 'cancelled'; readonly by: string };

interface Writing {
  /** The next call: a write, or a look at what became of one. */
  readonly next: 'write' | 'read';
  /** Writes whose effect was not told. */
  readonly untold: number;
  readonly patience: Patience;
  /** Route 53 is left alone until then. */
  readonly dueMs: number;
  readonly cancelledBy?: string;
  readonly written?: Written;
}

interface Turn {
  readonly state: Writing;
  readonly againInSeconds?: number;
}

/** Writes whose effect was not told, and was none: then Route 53 cannot be reached. */
const MOST_UNTOLD = 6;
/** CloudTrail and `GetChange` show it. */
const LONGEST_COMMENT = 256;

/** Writes until it is known what became of it. */
export const writeRecord = async (deps: ChangeDeps, run: RecordRun, view: View): Promise<Written> => {
  const start: Writing = { next: 'write', untold: 0, patience: FRESH_PATIENCE, dueMs: 0 };
  const last = await deps.workflow.poll<Writing>('write record', start, async (state) => {
    const early = Math.ceil((state.dueMs - deps.clock()) / 1000);
    if (early > 0) {
      await showStep(deps, run, view, { step: 'write', waitingSeconds: early });
      return { state, againInSeconds: early };
    }
    const plan = await recordInForce(deps, run.of.id);
    try {
      return state.next === 'write' ? await writeOnce(deps, run, plan, state) : await readBack(deps, plan, state);
    } catch (error) {
      return afterFailure(deps, run, view, { error, siteId: plan.place.siteId, state });
    }
  });
  if (last.written === undefined) throw new Error(`Nobody knows what became of the record of ${run.of.id}`);
  return last.written;
};

const writeOnce = async (deps: ChangeDeps, run: RecordRun, plan: RecordPlan, state: Writing): Promise<Turn> => {
  const { place, before, after } = plan;
  const cancelledBy = await cancelledWhileWaiting(deps, run, state);
  // What an attempt before may have written is looked up first.
  if (cancelledBy !== undefined) return { state: { ...state, next: 'read', cancelledBy }, againInSeconds: 1 };
  const answer = await deps.recordWriter.write({
    site: siteOf(deps, place.siteId),
    zoneId: place.zoneId,
    domain: place.domain,
    changes: changesOf(before, after),
    comment: commentOf(deps, run),
  });
  if (answer.kind !== 'mismatch') return { state: { ...state, written: answer } };
  return { state: { ...state, next: 'read', untold: state.untold + 1, patience: FRESH_PATIENCE }, againInSeconds: 1 };
};

const cancelledWhileWaiting = async (
  deps: ChangeDeps,
  { of }: RecordRun,
  { patience, untold }: Writing,
): Promise<string | undefined> => (patience.slowed + untold === 0 ? undefined : deps.changes.cancelRequestedBy(of.id));

const commentOf = ({ operationId }: ChangeDeps, { of }: RecordRun): string =>
  `kms-bot change ${of.id} for ${of.person.userId} (${operationId})`.slice(0, LONGEST_COMMENT);

const readBack = async (deps: ChangeDeps, plan: RecordPlan, state: Writing): Promise<Turn> => {
  const { siteId, zoneId, domain } = plan.place;
  const now = await deps.recordSets.readState(siteOf(deps, siteId), zoneId, domain);
  const ended = (written: Written): Turn => ({ state: { ...state, written } });
  const stands = now === undefined ? 'otherwise' : standsAs(now, plan);
  if (stands === 'after') return ended({ kind: 'there' });
  if (stands === 'otherwise') {
    const by = now && changedBy(now, plan, deps.owner);
    return ended({ kind: 'moved', ...(by === undefined ? {} : { by }) });
  }
  if (state.cancelledBy !== undefined) return ended({ kind: 'cancelled', by: state.cancelledBy });
  if (state.untold >= MOST_UNTOLD) throw new OperationFailed({ kind: 'site-unreachable', siteId });
  return { state: { ...state, next: 'write', patience: FRESH_PATIENCE }, againInSeconds: 2 ** state.untold };
};

interface Failure {
  readonly error: unknown;
  readonly siteId: string;
  readonly state: Writing;
}

/** Seconds until a batch whose answer was lost shows in the set, if it ever does. */
const SETTLED_SECONDS = 2;

/** The message may have been edited just now: a longer pause is told after this. */
const SHOWN_AFTER_SECONDS = 3;

const afterFailure = async (
  deps: ChangeDeps,
  run: RecordRun,
  view: View,
  { error, siteId, state }: Failure,
): Promise<Turn> => {
  if (state.next === 'write' && slowDownSeconds(error) === undefined && isTransient(error)) {
    await showStep(deps, run, view, { step: 'write' });
    const untold = state.untold + 1;
    return { state: { ...state, next: 'read', untold, patience: FRESH_PATIENCE }, againInSeconds: SETTLED_SECONDS };
  }
  const setback = setbackAfter(error, siteId, state.patience);
  if (setback.kind === 'given-up') throw new OperationFailed(setback.failure, { cause: error });
  const { seconds, patience } = setback;
  const dueMs = deps.clock() + seconds * 1000;
  return { state: { ...state, patience, dueMs }, againInSeconds: Math.min(seconds, SHOWN_AFTER_SECONDS) };
};
