/** Carries a plan out: wave by wave, each looked at again before the next. */
import { operationOf } from '../domain/change/change-id.ts';
import type { ChangeMessage } from '../domain/change/change-message.ts';
import { isDone, notSent, outcomeOf, withActivation, withSecondLook } from '../domain/change/outcome.ts';
import type { ChangePlan, NodeOutcome, PlannedNode } from '../domain/change/plan.ts';
import { batchesOf, gotWorse, holdsBack, wavesOf } from '../domain/change/waves.ts';
import { type Batch, deliver } from './change-batch.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Look, lookAgain, seenIn } from './change-look.ts';
import { noteMachines, tellStatus } from './change-notes.ts';
import { countThese } from './count-activations.ts';
import { type Shown, showContent } from './message.ts';
import { planInForce } from './plan-in-force.ts';

/** A wave that is carried out; goes through checkpoints. */
export interface WaveSummary {
  readonly machines: number;
  readonly done: number;
  readonly failed: number;
  /** The next wave is held back. */
  readonly heldBack: boolean;
}

/** What a wave is part of. */
export interface WaveRun {
  readonly of: ChangeCase;
  readonly first: Look;
  readonly wave: number;
  readonly waves: number;
  readonly doneBefore: number;
  readonly failedBefore: number;
  readonly decidedBy?: string;
}

/** Numbers of waves stand in names, and are counted from 1 there. */
const label = (wave: number): string => `wave-${wave + 1}`;

const inWave = async (deps: ChangeDeps, { of, wave }: WaveRun): Promise<readonly PlannedNode[]> =>
  wavesOf((await planInForce(deps, of.id)).nodes)[wave] ?? [];

/** Sends the wave's commands, lets the machines activate, looks again, and says how it went. */
export const runWave = async (
  deps: ChangeDeps,
  run: WaveRun,
  before: Shown,
): Promise<{ summary: WaveSummary; shown: Shown }> => {
  const { of, wave } = run;
  const view = { shown: before };
  // The intent first: should everything end here, the audit knows what may have happened.
  await noteSent(deps, run);
  await deliver(deps, changeDelivery(deps, run, view));
  await deliver(deps, activationDelivery(deps, run, view));
  const nodeIds = async () => (await inWave(deps, run)).map(({ nodeId }) => nodeId);
  const again = { name: label(wave), first: run.first, nodeIds, more: wave + 1 < run.waves };
  const second = await lookAgain(deps, of.talk, again, view.shown);
  const summary = await deps.workflow.step(`sum up ${label(wave)}`, () => sumUp(deps, run, second.look));
  await noteResult(deps, run);
  return { summary, shown: second.shown };
};

/** What the message showed last; only display depends on it. */
interface View {
  shown: Shown;
}

const changeDelivery = (deps: ChangeDeps, run: WaveRun, view: View) => ({
  name: label(run.wave),
  sinceMs: run.of.talk.startedAtMs,
  batches: async () => batches(await inWave(deps, run), operationOf(run.of.id, 'change')),
  keep: async (batch: Batch, at: number, answers: ReadonlyMap<string, Parameters<typeof outcomeOf>[1]>) => {
    const nodes = (await inWave(deps, run)).filter(({ nodeId }) => batch.nodeIds.includes(nodeId));
    const outcomes = nodes.map((node) => outcomeOf(node, answers.get(node.nodeId) ?? UNANSWERED));
    await deps.changes.writeOutcomes(rawOutcomes(run), at, outcomes);
  },
  show: (done: number, waitingSeconds?: number) =>
    showWave(deps, run, view, { done, verifying: false, waitingSeconds }),
});

const UNANSWERED = { kind: 'none', detail: 'no-answer' } as const;

/** Commands that tell machines what their plan has them do. */
export const batches = (nodes: readonly PlannedNode[], operation: string): readonly Batch[] =>
  batchesOf(nodes).map((some) => ({
    siteId: some[0]?.siteId ?? '',
    nodeIds: some.map(({ nodeId }) => nodeId),
    document: some[0]?.action.document ?? 'KmsBot-Activate',
    operation,
    options: some[0]?.action.options ?? {},
  }));

/** Outcomes as the documents gave them, apart from those that are summed up. */
const rawOutcomes = ({ of, wave }: WaveRun): string => `${of.id}.${label(wave)}`;
const rawActivations = (run: WaveRun): string => `${rawOutcomes(run)}.activated`;

/** Those on which the change is in force activate next, where it is meant to show in the next attempt. */
const toActivate = async (deps: ChangeDeps, run: WaveRun): Promise<readonly PlannedNode[]> => {
  const done = new Set((await deps.changes.readOutcomes(rawOutcomes(run))).filter(isDone).map(({ nodeId }) => nodeId));
  return (await inWave(deps, run)).filter(({ nodeId, thenActivate }) => thenActivate && done.has(nodeId));
};

const activationDelivery = (deps: ChangeDeps, run: WaveRun, view: View) => ({
  name: `${label(run.wave)}-activate`,
  sinceMs: run.of.talk.startedAtMs,
  batches: async () => {
    const nodes = await toActivate(deps, run);
    const action = { document: 'KmsBot-Activate', options: {} } as const;
    return batches(
      nodes.map((node) => ({ ...node, action })),
      operationOf(run.of.id, 'activate'),
    );
  },
  keep: async (batch: Batch, at: number, answers: ReadonlyMap<string, Parameters<typeof withActivation>[1]>) => {
    const known = await deps.changes.readOutcomes(rawOutcomes(run));
    const outcomes = known.filter(({ nodeId }) => batch.nodeIds.includes(nodeId));
    const activated = outcomes.map((outcome) => withActivation(outcome, answers.get(outcome.nodeId) ?? UNANSWERED));
    await deps.changes.writeOutcomes(rawActivations(run), at, activated);
  },
  show: (_: number, waitingSeconds?: number) => showWave(deps, run, view, { done: 0, verifying: true, waitingSeconds }),
});

interface WaveProgress {
  readonly done: number;
  readonly verifying: boolean;
  readonly waitingSeconds: number | undefined;
}

const showWave = async (deps: ChangeDeps, run: WaveRun, view: View, progress: WaveProgress): Promise<void> => {
  const { of, wave, waves, doneBefore, failedBefore, decidedBy } = run;
  const { waitingSeconds, verifying } = progress;
  const stage = {
    at: 'applying',
    wave: wave + 1,
    waves,
    done: doneBefore + progress.done,
    failed: failedBefore,
    verifying,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(waitingSeconds === undefined ? {} : { waitingSeconds }),
  } as const;
  view.shown = await showContent(deps, of.talk, view.shown, JSON.stringify(stage), async () =>
    changeContent(of, { ...stage, plan: await planInForce(deps, of.id) }),
  );
};

/** The requester's one message. */
export const changeContent = ({ id, spec, talk }: ChangeCase, stage: ChangeMessage['stage']) => ({
  kind: 'change' as const,
  asked: talk.asked,
  change: { id, spec, requesterId: talk.place.userId, startedAtMs: talk.startedAtMs, stage },
});

/** Puts together what document, activation and second look said, keeps it, and counts. Runs inside a step. */
const sumUp = async (deps: ChangeDeps, run: WaveRun, look: Look): Promise<WaveSummary> => {
  const [nodes, raw, activated, seen] = await Promise.all([
    inWave(deps, run),
    deps.changes.readOutcomes(rawOutcomes(run)),
    deps.changes.readOutcomes(rawActivations(run)),
    seenIn(deps, look),
  ]);
  const known = new Map([...raw, ...activated].map((outcome) => [outcome.nodeId, outcome]));
  const looks = new Map(seen.map((each) => [each.node.id, each]));
  const outcomes = nodes.map((node) =>
    withSecondLook(known.get(node.nodeId) ?? notSent(node, 'not-sent'), node, looks.get(node.nodeId)),
  );
  await deps.changes.writeOutcomes(run.of.id, run.wave, outcomes);
  await countThese(deps, run.of, nodes, outcomes);
  const summary = summaryOf(run, nodes, outcomes);
  const done = run.doneBefore + summary.done;
  await tellStatus(deps, run.of, { phase: 'applying', done, failed: run.failedBefore + summary.failed });
  return summary;
};

const summaryOf = (run: WaveRun, nodes: readonly PlannedNode[], outcomes: readonly NodeOutcome[]): WaveSummary => {
  const planned = new Map(nodes.map((node) => [node.nodeId, node]));
  const worse = outcomes.filter((outcome) => gotWorse(outcome, planned.get(outcome.nodeId))).length;
  const done = outcomes.filter(isDone).length;
  return {
    machines: nodes.length,
    done,
    failed: nodes.length - done,
    heldBack: run.wave + 1 < run.waves && holdsBack(run.wave, worse, nodes.length),
  };
};

const noteSent = (deps: ChangeDeps, run: WaveRun): Promise<void> =>
  noteMachines(deps, run.of, 'sent', () => inWave(deps, run), { key: label(run.wave) });

const noteResult = (deps: ChangeDeps, run: WaveRun): Promise<void> => {
  const outcomes = async () => {
    const ids = new Set((await inWave(deps, run)).map(({ nodeId }) => nodeId));
    return (await deps.changes.readOutcomes(run.of.id)).filter(({ nodeId }) => ids.has(nodeId));
  };
  return noteMachines(deps, run.of, 'result', outcomes, { key: label(run.wave) });
};

/** How many waves a plan has. */
export const waveCount = ({ nodes }: ChangePlan): number => wavesOf(nodes).length;
