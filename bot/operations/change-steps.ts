/** From one wave to the next: stops when somebody wants it to, or when the wave before did not go well. */
import { askClients } from './ask-clients.ts';
import { awaitDecision, decidedFacts, type Question, showStage } from './change-decision.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { endChange } from './change-end.ts';
import type { Look } from './change-look.ts';
import { note } from './change-notes.ts';
import type { PlanSummary } from './change-plan.ts';
import { runWave, waveCount } from './change-waves.ts';
import { justShown, type Shown } from './message.ts';
import { planInForce } from './plan-in-force.ts';
import type { Resolved } from './resolve-nodes.ts';
import type { OperationOutcome } from './run-operation.ts';

/** What is carried out. */
export interface Applying {
  readonly first: Look;
  readonly plan: PlanSummary;
  readonly unmatched: Resolved['unmatched'];
  readonly decidedBy?: string;
}

/** How far a change has come; goes through no checkpoint, since every part of it does. */
interface SoFar {
  readonly done: number;
  readonly failed: number;
  readonly shown: Shown;
}

/** Applies the plan that is in force, to its end or until it is stopped. */
export const applyInWaves = async (
  deps: ChangeDeps,
  of: ChangeCase,
  applying: Applying,
  before: Shown,
): Promise<OperationOutcome> => {
  const { first, unmatched, decidedBy } = applying;
  const waves = await deps.workflow.step('count waves', async () => waveCount(await planInForce(deps, of.id)));
  const by = decidedBy === undefined ? {} : { decidedBy };
  let at: SoFar = { done: 0, failed: 0, shown: before };
  for (let wave = 0; wave < waves; wave += 1) {
    const stopped = await cancelledBy(deps, of, wave);
    if (stopped !== undefined) {
      return endChange(deps, of, { end: 'cancelled', decidedBy: stopped, unmatched, shown: at.shown });
    }
    const run = { of, first, wave, waves, doneBefore: at.done, failedBefore: at.failed, ...by };
    const { summary, shown } = await runWave(deps, run, at.shown);
    at = { done: at.done + summary.done, failed: at.failed + summary.failed, shown };
    if (!summary.heldBack) continue;
    const goesOn = await askToGoOn(deps, of, applying, { wave, waves, shown });
    at = { ...at, shown: goesOn.shown };
    if (goesOn.kind !== 'go-on')
      return endChange(deps, of, { end: 'stopped', ...goesOn.facts, unmatched, shown: at.shown });
  }
  const { clients, shown } = await askClients(deps, of, first, at.shown);
  const seen = clients === undefined ? {} : { clients };
  return endChange(deps, of, { end: endOf(at), ...by, ...seen, unmatched, shown });
};

const endOf = ({ done, failed }: SoFar) => (failed === 0 ? 'done' : done === 0 ? 'failed' : 'partly');

const cancelledBy = async (deps: ChangeDeps, of: ChangeCase, wave: number): Promise<string | undefined> => {
  const by = await deps.workflow.step(
    `cancelled before wave ${wave + 1}`,
    async () => (await deps.changes.cancelRequestedBy(of.id)) ?? null,
  );
  if (by === null) return undefined;
  await note(deps, of, 'cancelled', { userId: by }, `before-wave-${wave + 1}`);
  return by;
};

interface Held {
  readonly wave: number;
  readonly waves: number;
  readonly shown: Shown;
}

const HOUR_MS = 3_600_000;

/** The wave before did not go well: somebody says whether the rest is to follow. */
const askToGoOn = async (deps: ChangeDeps, of: ChangeCase, { plan }: Applying, { wave, waves, shown }: Held) => {
  const attempt = wave + 1;
  const sinceMs = await deps.workflow.step(`held back after wave ${attempt}`, async () => deps.clock());
  const expiresAtMs = sinceMs + deps.settings.approvalHours * HOUR_MS;
  const { digest } = plan;
  await showStage(deps, of, shown, `paused ${attempt}`, async () => {
    const [inForce, outcomes] = await Promise.all([planInForce(deps, of.id), deps.changes.readOutcomes(of.id)]);
    return { at: 'paused', plan: inForce, outcomes: [...outcomes], wave: attempt, waves, attempt, digest, expiresAtMs };
  });
  const question: Question = { what: 'going-on', attempt, plan, sinceMs, expiresAtMs };
  const decided = await awaitDecision(deps, of, question);
  const nowMs = await deps.workflow.step(`decided after wave ${attempt}`, async () => deps.clock());
  const after = justShown(nowMs);
  if (decided.kind === 'expired') {
    await note(deps, of, 'expired', { digest }, `wave-${attempt}`);
    return { kind: 'stop', facts: {}, shown: after } as const;
  }
  const { decision } = decided;
  const event = decision.word === 'go-on' ? 'resumed' : 'cancelled';
  await note(deps, of, event, decidedFacts(decision), `wave-${attempt}`);
  return decision.word === 'go-on'
    ? ({ kind: 'go-on', shown: after } as const)
    : ({ kind: 'stop', facts: { decidedBy: decision.userId }, shown: after } as const);
};
