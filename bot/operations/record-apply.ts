/** Carries an approved change of a record out: written, waited for, proved, remembered. */
import { ownedIn } from '../domain/records/owned-in.ts';
import { recordFacts } from '../domain/records/record-facts.ts';
import type { RecordOutcome } from '../domain/records/record-outcome.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { endChange } from './change-end.ts';
import { note } from './change-notes.ts';
import type { Shown } from './message.ts';
import { recordInForce } from './plan-in-force.ts';
import type { RecordRun, View } from './record-step.ts';
import { awaitSync } from './record-sync.ts';
import { askResolvers } from './record-verify.ts';
import { type Written, writeRecord } from './record-write.ts';
import type { OperationOutcome } from './run-operation.ts';

/** How carrying it out ended. */
export type RecordEnd =
  | { readonly end: 'done' | 'failed' }
  /** Nothing was written. */
  | { readonly end: 'cancelled'; readonly by: string };

/** Applies the plan that is in force, unless somebody wants it to stop first. */
export const applyRecord = async (
  deps: ChangeDeps,
  of: ChangeCase,
  decidedBy: string,
  before: Shown,
): Promise<OperationOutcome> => {
  const view = { shown: before };
  const sinceMs = await deps.workflow.step('writing begins', async () => deps.clock());
  const ended = await carryOutRecord(deps, { of, decidedBy, sinceMs }, view);
  const by = ended.end === 'cancelled' ? ended.by : decidedBy;
  return endChange(deps, of, { end: ended.end, decidedBy: by, shown: view.shown });
};

/** The same without its end: of a record's change that is part of another. */
export const carryOutRecord = async (deps: ChangeDeps, run: RecordRun, view: View): Promise<RecordEnd> => {
  const { of } = run;
  const by = await deps.workflow.step(
    'cancelled before writing',
    async () => (await deps.changes.cancelRequestedBy(of.id)) ?? null,
  );
  if (by !== null) return cancelled(deps, of, by);
  // The intent first: should everything end here, the audit knows what may have happened.
  await note(deps, of, 'sent', async () => ({ record: recordFacts(await recordInForce(deps, of.id)) }));
  const written = await writeRecord(deps, run, view);
  if (written.kind === 'cancelled') return cancelled(deps, of, written.by);
  await noteResult(deps, of, written);
  const siteId = await keepWritten(deps, of, written);
  if (written.kind === 'moved' || written.kind === 'refused') return { end: 'failed' };
  await prove(deps, run, view, { siteId, written });
  return { end: 'done' };
};

const cancelled = async (deps: ChangeDeps, of: ChangeCase, by: string): Promise<RecordEnd> => {
  await note(deps, of, 'cancelled', { userId: by }, 'before-writing');
  return { end: 'cancelled', by };
};

const noteResult = (deps: ChangeDeps, of: ChangeCase, written: Written): Promise<void> =>
  note(deps, of, 'result', async () => ({
    record: recordFacts(await recordInForce(deps, of.id)),
    detail: detailOf(written),
  }));

/** For the audit: Route 53's own id of the change, by which CloudTrail has it too. */
const detailOf = (written: Written): string => {
  if (written.kind === 'accepted') return `done ${written.routeChangeId}`;
  if (written.kind === 'refused') return `refused ${written.detail}`;
  return written.kind === 'there' ? 'done answer-lost' : written.kind;
};

/** What is known as soon as it is written: should everything end after it, the undo finds it. Gives the zone's site. */
const keepWritten = (deps: ChangeDeps, of: ChangeCase, written: Written): Promise<string> =>
  deps.workflow.step('keep what was written', async () => {
    const { place, after } = await recordInForce(deps, of.id);
    const { siteId, zoneId, domain } = place;
    await deps.changes.writeRecordOutcome(of.id, outcomeOf(written));
    if (written.kind === 'accepted' || written.kind === 'there') {
      const known = await deps.ledger.readOwnedRecords(siteId, zoneId);
      const owned = ownedIn(after, { owner: deps.owner, domain, atMs: deps.clock(), known });
      await deps.ledger.writeOwnedRecords(siteId, zoneId, domain, owned);
    }
    return siteId;
  });

const outcomeOf = (written: Written): RecordOutcome => {
  switch (written.kind) {
    case 'refused':
      return { result: 'failed', why: written.why, detail: written.detail, answers: [] };
    case 'there':
      return { result: 'done', answerLost: true, answers: [] };
    case 'accepted':
      return { result: 'done', answers: [] };
    default:
      return { result: 'moved', ...('by' in written ? { by: written.by } : {}), answers: [] };
  }
};

/** Waits for the name servers, then asks machines' own resolvers; neither can undo what was written. */
const prove = async (
  deps: ChangeDeps,
  run: RecordRun,
  view: View,
  at: { readonly siteId: string; readonly written: Written },
): Promise<void> => {
  const synced = await awaitSync(deps, run, view, at);
  const proof = await askResolvers(deps, run, view, synced.inSync === true);
  await deps.workflow.step('keep the proof', async () => {
    const outcome = { ...outcomeOf(at.written), ...synced, ...proof };
    await deps.changes.writeRecordOutcome(run.of.id, outcome);
    return null;
  });
};
