/**
 * Activation by telephone: the Installation ID is read on the machine, somebody calls, and what the telephone gives waits
 * encrypted for the machine, which fetches it itself. Neither of the two ids passes through here.
 */

import { isDone } from '../domain/change/outcome.ts';
import { confirmationName } from '../domain/change/phone.ts';
import type { NodeAction, NodeOutcome } from '../domain/change/plan.ts';
import { mayTryAnother } from '../domain/keys/confirmation-answer.ts';
import { failureOf, isTransient } from '../errors.ts';
import { awaitDecision, decidedFacts, type Question, showStage } from './change-decision.ts';
import type { ChangeDeps } from './change-deps.ts';
import { note } from './change-notes.ts';
import { actionOf, sendToMachine } from './course-deliver.ts';
import { type At, type CourseRun, labelOf, nodeIn, type StepEnd } from './course-run.ts';
import { justShown } from './message.ts';
import { recallDigest, rememberCommand, rememberDigest } from './phone-memory.ts';
import { planInForce } from './plan-in-force.ts';
import { siteOf } from './site-of.ts';

/** Confirmation IDs that are tried. */
const MOST_ATTEMPTS = 5;
const HOUR_MS = 3_600_000;

type Problem = { readonly code?: string; readonly why?: NonNullable<NodeOutcome['why']> };

/** Asks for Confirmation IDs until one is taken, it is given up, or nobody has called in time. */
export const phoneStep = async (deps: ChangeDeps, run: CourseRun, at: At): Promise<StepEnd> => {
  let problem: Problem | undefined;
  let outcome: NodeOutcome | undefined;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const read = await readOut(deps, run, at, attempt);
    if (read.failed !== undefined) return { kind: 'failed', outcome: read.failed };
    const end = await removingAfter(deps, run, attempt, async () => {
      const called = await askToCall(deps, run, at, { attempt, ...(problem === undefined ? {} : { problem }) });
      return called.kind === 'confirmed' ? deposit(deps, run, at, attempt) : called;
    });
    if (end.kind !== 'answered') return end;
    outcome = end.outcome;
    if (isDone(outcome)) return { kind: 'done', outcome };
    if (!end.again) return { kind: 'failed', outcome };
    problem = problemIn(outcome);
  }
  return { kind: 'failed', ...(outcome === undefined ? {} : { outcome }) };
};

const problemIn = ({ code, why }: NodeOutcome): Problem => ({
  ...(code === undefined ? {} : { code }),
  ...(why === undefined ? {} : { why }),
});

/** Has the machine read its Installation ID; only what tells it from another one is kept. */
const readOut = async (deps: ChangeDeps, run: CourseRun, at: At, attempt: number) => {
  const { id } = run.of;
  const { outcome, commandId } = await sendToMachine(deps, run, {
    name: `${labelOf(at)}-read-${attempt}`,
    action: () => actionOf(deps, run, at),
    keep: async ({ installationIdDigest: digest }) => {
      if (digest !== undefined) await rememberDigest(deps, id, attempt, digest);
    },
  });
  const isRead = await deps.workflow.step(`reading ${attempt}`, async () => {
    if (commandId !== undefined) await rememberCommand(deps, id, attempt, commandId);
    return (await recallDigest(deps, id, attempt)) !== undefined;
  });
  if (isDone(outcome) && isRead && commandId !== undefined) return {};
  return { failed: isDone(outcome) ? { ...outcome, result: 'failed' as const } : outcome };
};

interface Call {
  readonly attempt: number;
  /** Why the Confirmation ID before was not taken. */
  readonly problem?: Problem;
}

type Called =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'expired' };

/** Waits until somebody has typed a Confirmation ID; the decision says that one waits, and carries no digit of it. */
const askToCall = async (deps: ChangeDeps, run: CourseRun, at: At, { attempt, problem }: Call): Promise<Called> => {
  const { of, plan, view } = run;
  const sinceMs = await deps.workflow.step(`call ${attempt}`, async () => deps.clock());
  const expiresAtMs = sinceMs + deps.settings.approvalHours * HOUR_MS;
  const { digest } = plan;
  run.steps[at.at] = { step: at.step, state: 'waiting', sinceMs };
  await showStage(deps, of, view.shown, `phone ${attempt}`, async () => ({
    at: 'phone',
    plan: await planInForce(deps, of.id),
    steps: [...run.steps],
    attempt,
    digest,
    expiresAtMs,
    ...(problem === undefined ? {} : { problem }),
    ...(run.decidedBy === undefined ? {} : { decidedBy: run.decidedBy }),
  }));
  const question: Question = { what: 'confirmation', attempt, plan, sinceMs, expiresAtMs };
  const decided = await awaitDecision(deps, of, question);
  const atMs = await deps.workflow.step(`called ${attempt}`, async () => deps.clock());
  view.shown = justShown(atMs);
  run.steps[at.at] = { step: at.step, state: 'doing', sinceMs };
  if (decided.kind === 'expired') {
    await note(deps, of, 'expired', { digest }, `phone-${attempt}`);
    return decided;
  }
  const { decision } = decided;
  const confirmed = decision.word === 'confirmation';
  await note(deps, of, confirmed ? 'resumed' : 'cancelled', decidedFacts(decision), `phone-${attempt}`);
  return confirmed ? { kind: 'confirmed' } : { kind: 'cancelled', by: decision.userId };
};

interface Deposited {
  readonly kind: 'answered';
  readonly outcome: NodeOutcome;
  /** Another Confirmation ID may do. */
  readonly again: boolean;
}

/** Brings it to the machine's site and has the machine fetch it and deposit it. */
const deposit = async (deps: ChangeDeps, run: CourseRun, at: At, attempt: number): Promise<Deposited> => {
  const name = confirmationName(run.of.id, attempt);
  const waits = await deps.workflow.step(`hand over ${attempt}`, async () => {
    const { siteId } = await nodeIn(deps, run.of);
    return deps.confirmations.handOver(siteOf(deps, siteId), name);
  });
  if (waits === 'gone') return { kind: 'answered', outcome: await goneOutcome(deps, run, attempt), again: true };
  const action = () => depositing(deps, run, at, attempt);
  const { outcome } = await sendToMachine(deps, run, { name: `${labelOf(at)}-deposit-${attempt}`, action });
  return { kind: 'answered', outcome, again: mayTryAnother(outcome) };
};

/** It is not there any more: nothing was sent. */
const goneOutcome = (deps: ChangeDeps, run: CourseRun, attempt: number): Promise<NodeOutcome> =>
  deps.workflow.step(`nothing waits ${attempt}`, async () => {
    const { nodeId, siteId, name } = await nodeIn(deps, run.of);
    return { nodeId, siteId, name, result: 'refused' as const, why: 'secret-unreadable' as const };
  });

const depositing = async (deps: ChangeDeps, run: CourseRun, at: At, attempt: number): Promise<NodeAction> => {
  const [{ options }, { siteId }, digest] = await Promise.all([
    actionOf(deps, run, at),
    nodeIn(deps, run.of),
    recallDigest(deps, run.of.id, attempt),
  ]);
  if (!('expect' in options) || digest === undefined) throw new Error(`Nothing was read for ${run.of.id}`);
  const { region } = siteOf(deps, siteId);
  const from = { store: 'parameter-store', name: confirmationName(run.of.id, attempt), region } as const;
  const expect = options.expect as { readonly key: string };
  return { document: 'KmsBot-DepositConfirmationId', options: { from, digest, expect } };
};

/** Whatever becomes of the attempt, what waited for it is taken away. */
const removingAfter = async <T>(
  deps: ChangeDeps,
  run: CourseRun,
  attempt: number,
  act: () => Promise<T>,
): Promise<T> => {
  let given: T;
  try {
    given = await act();
  } catch (error) {
    await remove(deps, run, attempt);
    throw error;
  }
  await remove(deps, run, attempt);
  return given;
};

/** The store forgets it by itself within a day: what stands in the way of removing it is no reason to fail. */
const remove = async (deps: ChangeDeps, { of }: CourseRun, attempt: number): Promise<void> => {
  try {
    await deps.workflow.step(`remove confirmation ${attempt}`, async () => {
      const { siteId } = await nodeIn(deps, of);
      await deps.confirmations.remove(siteOf(deps, siteId), confirmationName(of.id, attempt));
      return null;
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined && !isTransient(error)) throw error;
    const lacks = failure?.kind === 'missing-right' ? { lacks: failure.action } : {};
    deps.log('warn', 'confirmation not removed', { change: of.id, attempt, ...lacks });
  }
};
