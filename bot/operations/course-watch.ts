/** Watches a drained host day by day until its clients renew elsewhere. */
import { WATCH_DAYS, type WatchSample, watchVerdict } from '../domain/change/retirement-watch.ts';
import type { ChangeDeps } from './change-deps.ts';
import { note, tellStatus } from './change-notes.ts';
import { lookAtMachine } from './course-look.ts';
import { type At, type CourseRun, courseTalk, labelOf, type StepEnd, showCourse } from './course-run.ts';
import { isNamedByOthers, retiringGiven } from './retire-given.ts';

const HOUR_MS = 3_600_000;
/** Between looks for a wish to stop; a change that says nothing for longer is taken for dead. */
const BETWEEN_SIGNS_SECONDS = 2 * 3600;

type Judged = { readonly isOver: boolean; readonly facts: Readonly<Record<string, string>> };

/** Waits at most eight days. */
export const watchStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const drainedAtMs = await deps.workflow.step('drained', async () => deps.clock());
  let judged: Judged = { isOver: false, facts: {} };
  for (let day = 1; day <= WATCH_DAYS && !judged.isOver; day += 1) {
    const by = await passDay(deps, run, drainedAtMs + day * 24 * HOUR_MS, day);
    if (by !== undefined) {
      await note(deps, run.of, 'cancelled', { userId: by }, `watching-${day}`);
      return { kind: 'cancelled', by };
    }
    judged = await lookAtClients(deps, run, `${labelOf(at)}-day-${day}`, drainedAtMs);
    run.steps[at.at] = { step: at.step, state: 'doing', sinceMs: drainedAtMs, facts: judged.facts };
  }
  return (await isNamedStill(deps, run, at))
    ? { kind: 'failed', facts: { ...judged.facts, why: 'named-by-others' } }
    : { kind: 'done', facts: judged.facts };
};

/** As long as a record leads clients there, the host stays one: they would find nobody. */
const isNamedStill = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<boolean> => {
  const { retiring } = run.gathered;
  if (retiring === undefined) return false;
  const asked = { name: `${labelOf(at)}-records`, before: run.view.shown };
  const { isNamed, shown } = await isNamedByOthers(deps, courseTalk(deps, run), retiring, asked);
  run.view.shown = shown;
  return isNamed;
};

interface Waiting {
  readonly by?: string;
}

/** Sleeps until then, and gives who wants it to stop. */
const passDay = async (deps: ChangeDeps, run: CourseRun, untilMs: number, day: number): Promise<string | undefined> => {
  const last = await deps.workflow.poll<Waiting>(`watch day ${day}`, {}, async () => {
    const by = await deps.changes.cancelRequestedBy(run.of.id);
    if (by !== undefined) return { state: { by } };
    await tellStatus(deps, run.of, { phase: 'watching' });
    await showCourse(deps, run);
    const left = Math.ceil((untilMs - deps.clock()) / 1000);
    return left <= 0 ? { state: {} } : { state: {}, againInSeconds: Math.min(left, BETWEEN_SIGNS_SECONDS) };
  });
  return last.by;
};

const lookAtClients = (deps: ChangeDeps, run: CourseRun, name: string, drainedAtMs: number): Promise<Judged> =>
  lookAtMachine<Judged>(deps, run, name, async ({ record }) => {
    const { talk } = run.of;
    const { retiring } = run.gathered;
    const given = retiring === undefined ? undefined : await retiringGiven(deps, talk, retiring);
    const digest = record?.requestDigest.read === true ? record.requestDigest.value : undefined;
    const nowMs = deps.clock();
    const sample: WatchSample = { atMs: nowMs, ...(digest === undefined ? {} : { digest }) };
    const pinned = given?.pinned.length ?? 0;
    const verdict = watchVerdict([sample], { drainedAtMs, pinned, nowMs });
    const numbers = { lastDay: verdict.lastDay, lastWeek: verdict.lastWeek, pinned: verdict.pinned };
    const told = Object.entries(numbers).flatMap(([fact, count]) => (count === undefined ? [] : [[fact, `${count}`]]));
    const why = verdict.kind === 'finished' ? { why: verdict.why } : {};
    return { isOver: verdict.kind === 'finished', facts: { ...Object.fromEntries(told), ...why } };
  });
