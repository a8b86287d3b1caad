/** The approval of a plan: a card where approvers are, a durable wait, and a second look at the world before anything is done. */
import type { Decision } from '../domain/change/change-status.ts';
import type { ChangePlan } from '../domain/change/plan.ts';
import { recordFacts } from '../domain/records/record-facts.ts';
import { announce, type Card, endCard, groupOf, postCard } from './change-card.ts';
import { awaitDecision, decidedFacts, type Question, showStage } from './change-decision.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { End } from './change-end.ts';
import { note, noteMachines } from './change-notes.ts';
import { hasNothing, type PlanSummary } from './change-plan.ts';
import { justShown, type Shown } from './message.ts';
import { planInForce } from './plan-in-force.ts';
import type { Resolved } from './resolve-nodes.ts';

/** How asking ended. */
export type Approval =
  | { readonly kind: 'approved'; readonly by: string; readonly plan: PlanSummary; readonly shown: Shown }
  | { readonly kind: 'rejected' | 'cancelled'; readonly by: string; readonly shown: Shown }
  | { readonly kind: 'expired' | 'keeps-moving'; readonly shown: Shown }
  /** The new plan has nothing left to do. */
  | { readonly kind: 'nothing-left'; readonly shown: Shown }
  /** The world moved, and there can be no new plan. */
  | { readonly kind: 'refused'; readonly refusal: NonNullable<End['refusal']>; readonly shown: Shown };

/** What the world showed when it was looked at again, between the approval and what was approved. */
export type Again =
  | { readonly kind: 'holds'; readonly shown: Shown }
  /** The new plan lies in the ledger under {@link nextPlan}. */
  | { readonly kind: 'moved'; readonly plan: PlanSummary; readonly atMs: number; readonly shown: Shown }
  | {
      readonly kind: 'refused';
      readonly refusal: NonNullable<End['refusal']>;
      readonly atMs: number;
      readonly shown: Shown;
    };

/** What is asked for. */
export interface Asking {
  readonly of: ChangeCase;
  readonly unmatched: Resolved['unmatched'];
  /** What was approved is applied only to the world it was approved for: looks at that world again. */
  readonly again: (attempt: number, shown: Shown) => Promise<Again>;
}

/** A plan that went void this often is given up: the world moves faster than people decide. */
const MOST_PLANS = 5;

const HOUR_MS = 3_600_000;

/** Asks until a plan is approved that still holds, or it is clear that there will be none. */
export const askForApproval = async (
  deps: ChangeDeps,
  asking: Asking,
  firstPlan: PlanSummary,
  before: Shown,
): Promise<Approval> => {
  let plan = firstPlan;
  let shown = before;
  for (let attempt = 1; attempt <= MOST_PLANS; attempt += 1) {
    const asked = await askOnce(deps, asking, plan, attempt, shown);
    shown = justShown(asked.atMs);
    if (asked.kind === 'expired') return { kind: 'expired', shown };
    if (asked.kind !== 'approved') return { kind: asked.kind, by: asked.by, shown };
    const again = await asking.again(attempt, shown);
    shown = again.shown;
    if (again.kind === 'holds') return { kind: 'approved', by: asked.by, plan, shown };
    await note(deps, asking.of, 'void', { digest: plan.digest }, String(attempt));
    await endCard(deps, asking.of, asked.card, { kind: 'void', atMs: again.atMs });
    if (again.kind === 'refused') return { kind: 'refused', refusal: again.refusal, shown };
    await takeOver(deps, asking.of, attempt);
    await notePlan(deps, asking.of, again.plan, String(attempt + 1));
    plan = again.plan;
    if (hasNothing(plan)) return { kind: 'nothing-left', shown };
  }
  return { kind: 'keeps-moving', shown };
};

type Asked =
  | {
      readonly kind: 'approved' | 'rejected' | 'cancelled';
      readonly by: string;
      readonly card: Card;
      readonly atMs: number;
    }
  | { readonly kind: 'expired'; readonly atMs: number };

const askOnce = async (
  deps: ChangeDeps,
  { of, unmatched }: Asking,
  plan: PlanSummary,
  attempt: number,
  shown: Shown,
): Promise<Asked> => {
  const sinceMs = await deps.workflow.step(`ask ${attempt}`, async () => deps.clock());
  const expiresAtMs = sinceMs + deps.settings.approvalHours * HOUR_MS;
  const question: Question = { what: 'approval', attempt, plan, sinceMs, expiresAtMs };
  await showStage(deps, of, shown, `waiting ${attempt}`, async () => ({
    at: 'waiting',
    plan: await planInForce(deps, of.id),
    attempt,
    again: attempt > 1,
    expiresAtMs,
    unmatched,
    ...groupOf(deps),
  }));
  const card = await postCard(deps, of, { attempt, expiresAtMs, unmatched });
  const decided = await awaitDecision(deps, of, question);
  const atMs = await deps.workflow.step(`decided ${attempt}`, async () => deps.clock());
  if (decided.kind === 'expired') {
    await note(deps, of, 'expired', { digest: plan.digest }, String(attempt));
    await endCard(deps, of, card, { kind: 'expired', atMs });
    return { kind: 'expired', atMs };
  }
  return { ...(await afterDecision(deps, of, { plan, card, atMs, attempt }, decided.decision)), card, atMs };
};

interface Moment {
  readonly plan: PlanSummary;
  readonly card: Card;
  readonly atMs: number;
  readonly attempt: number;
}

const ENDS = {
  approve: { card: 'approved', event: 'approved', kind: 'approved' },
  'break-glass': { card: 'broke-glass', event: 'broke-glass', kind: 'approved' },
  reject: { card: 'rejected', event: 'rejected', kind: 'rejected' },
  cancel: { card: 'cancelled', event: 'cancelled', kind: 'cancelled' },
  'go-on': { card: 'approved', event: 'approved', kind: 'approved' },
  // None of the two is an answer to this question: clicks are judged before they count.
  confirmation: { card: 'cancelled', event: 'cancelled', kind: 'cancelled' },
} as const;

/** Keeps the decision, takes the buttons away, and announces a broken glass to everybody. */
const afterDecision = async (deps: ChangeDeps, of: ChangeCase, moment: Moment, decision: Decision) => {
  const { card, event, kind } = ENDS[decision.word];
  const { plan, atMs, attempt } = moment;
  await note(deps, of, event, decidedFacts(decision), String(attempt));
  await endCard(deps, of, moment.card, { kind: card, by: decision.userId, atMs });
  if (decision.word === 'break-glass') await announce(deps, of, plan, decision, atMs);
  return { kind, by: decision.userId } as const;
};

/** Where a new plan is kept until the card of the old one is closed: that card goes on showing what was approved. */
export const nextPlan = ({ id }: ChangeCase, attempt: number): string => `${id}.${attempt + 1}`;

/** Puts the new plan in force. Doing it twice changes nothing. */
const takeOver = (deps: ChangeDeps, of: ChangeCase, attempt: number): Promise<null> =>
  deps.workflow.step(`take over ${attempt}`, async () => {
    await deps.changes.writePlan(of.id, await planInForce(deps, nextPlan(of, attempt)));
    return null;
  });

/** The plan as the audit has it. */
export const notePlan = (
  deps: ChangeDeps,
  of: ChangeCase,
  { digest, edits }: PlanSummary,
  key: string,
): Promise<void> =>
  edits === undefined
    ? noteMachines(deps, of, 'planned', async () => (await planInForce(deps, of.id)).nodes, { key, digest })
    : note(deps, of, 'planned', async () => ({ digest, ...factsIn(await planInForce(deps, of.id)) }), key);

const factsIn = ({ records }: ChangePlan) => (records === undefined ? {} : { record: recordFacts(records) });

/** How a change ends that was not approved. */
export const endWithout = (approval: Exclude<Approval, { kind: 'approved' }>): Omit<End, 'shown'> => {
  switch (approval.kind) {
    case 'rejected':
    case 'cancelled':
      return { end: approval.kind, decidedBy: approval.by };
    case 'expired':
      return { end: 'expired' };
    case 'nothing-left':
      return { end: 'nothing-to-do' };
    case 'refused':
      return { end: 'refused', refusal: approval.refusal };
    case 'keeps-moving':
      return { end: 'refused', refusal: { kind: 'keeps-moving' } };
  }
};
