/**
 * Records of a host's set-up and retirement: each a change of its own, with its id, its audit and its undo, that nobody
 * is asked for again. It is planned when its turn comes, and made only where it is what was approved.
 */
import { changeIdOf } from '../domain/change/change-id.ts';
import type { RecordSpec } from '../domain/change/change-spec.ts';
import { addingOwn } from '../domain/change/own-record.ts';
import { parseSrv } from '../domain/records/srv-record.ts';
import { failureOf } from '../errors.ts';
import { notePlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { closeChange, type End } from './change-end.ts';
import { note } from './change-notes.ts';
import { zoneScope } from './change-plan.ts';
import { refusedSince } from './change-rights.ts';
import { lookAtMachine } from './course-look.ts';
import { type At, type CourseRun, courseContent, labelOf, type StepEnd } from './course-run.ts';
import { planInForce } from './plan-in-force.ts';
import { carryOutRecord } from './record-apply.ts';
import { type Placed, placeOf, type RecordWish } from './record-place.ts';
import { planRecord } from './record-planning.ts';
import { retiringGiven } from './retire-given.ts';

/** How the change of one record ended, in words for the step. */
interface Ended {
  readonly kind: 'done' | 'same' | 'failed';
  /** Its id, for its undo; why it was not made. */
  readonly change: string;
  readonly why?: string;
}

/** Adds the record of the host to the zone of its own domain. */
export const recordStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const spec = await lookAtMachine<RecordSpec | null>(
    deps,
    run,
    `${labelOf(at)}-before`,
    ({ record }) => (record === undefined ? undefined : addingOwn(record, deps.zones)) ?? null,
  );
  if (spec === null) return { kind: 'failed', facts: { why: 'no-record' } };
  const { kind, change, why } = await changeOne(deps, run, spec, labelOf(at));
  return { kind, facts: { domain: spec.zone, change, ...(why === undefined ? {} : { why }) } };
};

/** Takes our values of the host out of every configured zone; those of others stay, and were warned of. */
export const drainStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const { specs, others } = await deps.workflow.step('what to drain', () => removals(deps, run));
  const facts: Record<string, string> = others ? { why: 'named-by-others' } : {};
  let isDone = false;
  for (const [index, spec] of specs.entries()) {
    const { kind, change, why } = await changeOne(deps, run, spec, `${labelOf(at)}-${index + 1}`);
    facts[spec.zone] = change;
    if (kind === 'failed') return { kind, facts: { ...facts, ...(why === undefined ? {} : { why }) } };
    isDone ||= kind === 'done';
  }
  return { kind: isDone ? 'done' : 'same', facts };
};

interface Removals {
  readonly specs: readonly RecordSpec[];
  /** Values of others name it too. */
  readonly others: boolean;
}

const removals = async (deps: ChangeDeps, { of, gathered }: CourseRun): Promise<Removals> => {
  const { retiring } = gathered;
  if (retiring === undefined) return { specs: [], others: false };
  const { records } = await retiringGiven(deps, of.talk, retiring);
  const specs = records.flatMap(({ domain, value, ours }) => {
    const answer = ours ? parseSrv(value) : undefined;
    if (answer === undefined) return [];
    const { target, port, priority, weight } = answer;
    return [{ kind: 'dns-remove', zone: domain, host: { host: target, port }, priority, weight } as const];
  });
  return { specs, others: records.some(({ ours }) => !ours) };
};

/** One record's change, from its plan to its proof. */
const changeOne = async (deps: ChangeDeps, run: CourseRun, spec: RecordSpec, key: string): Promise<Ended> => {
  const { of, decidedBy } = run;
  const part: ChangeCase = { ...of, id: changeIdOf(`${deps.operationId}/${key}`, deps.digest), spec };
  const own: ChangeDeps = { ...deps, operationId: `${deps.operationId}.${key}` };
  await note(own, part, 'requested', { userId: of.person.userId, detail: `part of ${of.id}` });
  try {
    const ended = await planAndMake(own, run, part);
    const by = decidedBy === undefined ? {} : { decidedBy };
    await closeChange(own, part, { end: ended.end, ...by, ...(ended.refusal ? { refusal: ended.refusal } : {}) });
    return told(part.id, ended);
  } catch (error) {
    await closeChange(own, part, { end: 'error' });
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    // What is missing there is told with the steps that are done.
    return {
      kind: 'failed',
      change: part.id,
      why: failure.kind === 'missing-right' ? `missing-right ${failure.action}` : failure.kind,
    };
  }
};

type Made = Pick<End, 'end' | 'refusal'> & { readonly why?: string };

const told = (change: string, { end, refusal, why: known = end }: Made): Ended => {
  if (end === 'done') return { kind: 'done', change };
  if (end === 'nothing-to-do') return { kind: 'same', change };
  const why = refusal === undefined ? known : refusal.kind === 'record' ? refusal.refusal.kind : refusal.kind;
  return { kind: 'failed', change, why };
};

const planAndMake = async (own: ChangeDeps, run: CourseRun, part: ChangeCase): Promise<Made> => {
  const wish: RecordWish = { kind: 'asked', spec: part.spec as RecordSpec };
  const placed = await placeOf(own, wish);
  if (placed.kind === 'refused') return { end: 'refused', refusal: placed.refusal };
  const refusal = await own.workflow.step('check rights there', () => refusedSince(own, part, scopeIn(placed)));
  if (refusal !== null) return { end: 'refused', refusal };
  const planned = await planRecord(own, part, wish, placed);
  if (planned.kind === 'refused') return { end: 'refused', refusal: { kind: 'record', refusal: planned.refusal } };
  if (planned.plan.edits === 0) return { end: 'nothing-to-do' };
  await notePlan(own, part, planned.plan, '1');
  if (!(await isAsApproved(own, part))) return { end: 'failed', why: 'not-as-approved' };
  const approval = { digest: planned.plan.digest, detail: `part of ${run.of.id}` };
  await note(own, part, 'approved', { ...approval, ...(run.decidedBy === undefined ? {} : { userId: run.decidedBy }) });
  const sinceMs = await own.workflow.step('writing begins', async () => own.clock());
  const content = ({ waitingSeconds }: { readonly waitingSeconds?: number }) => courseContent(own, run, waitingSeconds);
  const { end } = await carryOutRecord(own, { of: part, decidedBy: run.decidedBy ?? '', sinceMs, content }, run.view);
  return end === 'failed' ? { end, why: await whyFailed(own, part) } : { end };
};

/** Route 53 refused it, or somebody else was faster. */
const whyFailed = (own: ChangeDeps, { id }: ChangeCase): Promise<string> =>
  own.workflow.step('why it was not written', async () => {
    const outcome = await own.changes.readRecordOutcome(id);
    return outcome?.why ?? outcome?.result ?? 'failed';
  });

const scopeIn = ({ zone }: Extract<Placed, { kind: 'placed' }>) => zoneScope({ siteId: zone.siteId, zone: zone.name });

/** One value of this host added, or taken away, and nothing else. */
const isAsApproved = (own: ChangeDeps, { id, spec }: ChangeCase): Promise<boolean> =>
  own.workflow.step('whether it is what was approved', async () => {
    const [edit, ...others] = (await planInForce(own, id)).records?.edits ?? [];
    return others.length === 0 && edit?.kind === (spec.kind === 'dns-add' ? 'add' : 'remove');
  });
