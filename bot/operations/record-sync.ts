/** Waits until every name server of Route 53 has a change. */
import type { RecordOutcome } from '../domain/records/record-outcome.ts';
import type { ChangeDeps } from './change-deps.ts';
import { type RecordRun, showStep, type View } from './record-step.ts';
import type { Written } from './record-write.ts';
import { siteOf } from './site-of.ts';
import { FRESH_PATIENCE, type Patience, type Setback, setbackAfter } from './site-patience.ts';

interface Syncing {
  readonly patience: Patience;
  /** Absent until it is known, or given up. */
  readonly inSync?: boolean;
  readonly missingRight?: string;
}

const BETWEEN_LOOKS_SECONDS = 5;
const LONGEST_MS = 5 * 60_000;
/** A change is normally with all name servers within this (`GetChange`, PENDING to INSYNC). */
const NORMALLY_SECONDS = 60;

/** Whether all have it; false where waiting was given up. Empty where there is nothing to follow it by. */
export const awaitSync = async (
  deps: ChangeDeps,
  run: RecordRun,
  view: View,
  { siteId, written }: { readonly siteId: string; readonly written: Written },
): Promise<Pick<RecordOutcome, 'inSync' | 'missingRight'>> => {
  const begunMs = await deps.workflow.step('written', async () => {
    await showStep(deps, run, view, { step: 'sync' });
    return deps.clock();
  });
  if (written.kind !== 'accepted') {
    await deps.workflow.wait('until name servers have it', NORMALLY_SECONDS);
    return {};
  }
  await deps.workflow.wait('before looking at name servers', BETWEEN_LOOKS_SECONDS);
  const start: Syncing = { patience: FRESH_PATIENCE };
  const last = await deps.workflow.poll<Syncing>('in sync', start, async (state) => {
    await showStep(deps, run, view, { step: 'sync' });
    return look(deps, { siteId, routeChangeId: written.routeChangeId, untilMs: begunMs + LONGEST_MS }, state);
  });
  const { inSync = false, missingRight } = last;
  if (missingRight === undefined) return { inSync };
  await deps.workflow.wait('until name servers have it', NORMALLY_SECONDS);
  return { inSync, missingRight };
};

interface Following {
  readonly siteId: string;
  readonly routeChangeId: string;
  readonly untilMs: number;
}

const look = async (deps: ChangeDeps, { siteId, routeChangeId, untilMs }: Following, state: Syncing) => {
  const late = deps.clock() >= untilMs;
  const given = (inSync: boolean) => ({ state: { ...state, inSync } });
  try {
    if (await deps.recordWriter.isInSync(siteOf(deps, siteId), routeChangeId)) return given(true);
    return late ? given(false) : { state: { patience: FRESH_PATIENCE }, againInSeconds: BETWEEN_LOOKS_SECONDS };
  } catch (error) {
    const setback = setbackAfter(error, siteId, state.patience);
    if (setback.kind === 'given-up') deps.log('warn', 'name servers not followed', { why: setback.failure.kind });
    if (late || setback.kind === 'given-up') return { state: { ...given(false).state, ...rightIn(setback) } };
    const againInSeconds = Math.max(BETWEEN_LOOKS_SECONDS, setback.seconds);
    return { state: { patience: setback.patience }, againInSeconds };
  }
};

/** What somebody has to be told. */
const rightIn = (setback: Setback): Pick<Syncing, 'missingRight'> =>
  setback.kind === 'given-up' && setback.failure.kind === 'missing-right'
    ? { missingRight: setback.failure.action }
    : {};
