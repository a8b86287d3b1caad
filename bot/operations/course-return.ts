/** A machine that restarts: waits until it is back, and tells a rearm that came into force by its new CMID. */
import { isActivated } from '../domain/change/plan-node.ts';
import type { ChangeDeps } from './change-deps.ts';
import type { Seen } from './change-look.ts';
import { lookAtMachine } from './course-look.ts';
import { type At, type CourseRun, cmidOf, labelOf, type StepEnd } from './course-run.ts';

/** `shutdown.exe /t 60` leaves a minute; then Windows needs some time to stop. */
const GOING_SECONDS = 120;
const BETWEEN_LOOKS_SECONDS = 60;
const LONGEST_MS = 20 * 60_000;
/** No record tells when Windows started: one that answers as before is taken for restarted only after this. */
const SURELY_GONE_MS = 5 * 60_000;

/** Looks until the machine answers again. */
export const awaitReturn = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  const sinceMs = await deps.workflow.step('restarts', async () => deps.clock());
  await deps.workflow.wait('until it goes down', GOING_SECONDS);
  for (let look = 1; ; look += 1) {
    const state = await lookAtMachine(deps, run, `${labelOf(at)}-${look}`, ({ record }) => {
      const cmid = cmidOf(record);
      const passedMs = deps.clock() - sinceMs;
      const isBack = cmid !== undefined && (cmid !== run.cmidBefore || passedMs >= SURELY_GONE_MS);
      return { isBack, isLate: passedMs >= LONGEST_MS };
    });
    if (state.isBack) return { kind: 'done' };
    if (state.isLate) return { kind: 'failed', facts: { answer: 'none' } };
    await deps.workflow.wait('until it is looked at again', BETWEEN_LOOKS_SECONDS);
  }
};

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

/** Whether Windows is activated after the restart; nothing where that was not seen. */
const licenceFact = (seen: Seen | undefined): Readonly<Record<string, string>> =>
  seen?.result.verdict === undefined ? {} : { activated: yesNo(isActivated(seen.result.verdict)) };

/** Whether the CMID is another one than before: without that a rearm is not in force. */
export const verifyRearm = (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> =>
  lookAtMachine<StepEnd>(deps, run, labelOf(at), ({ record, seen }) => {
    const [cmid, { cmidBefore }] = [cmidOf(record), run];
    if (cmid === undefined) return { kind: 'failed', facts: { answer: 'none' } };
    const changed = cmid !== cmidBefore;
    const before = cmidBefore === undefined ? {} : { cmidBefore };
    const facts = { ...before, cmid, changed: yesNo(changed), ...licenceFact(seen) };
    return { kind: changed || run.of.spec.kind === 'restart' ? 'done' : 'failed', facts };
  });
