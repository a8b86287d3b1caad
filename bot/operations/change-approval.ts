/** The approval of a plan: a card where approvers are, a durable wait, and a second look at the world before anything is done. */
import type { ApprovalCard } from '../domain/change/change-message.ts';
import type { Decision } from '../domain/change/change-status.ts';
import { stillHolds } from '../domain/change/make-plan.ts';
import type { MessageRef, Place } from '../ports.ts';
import { awaitDecision, decidedFacts, type Question, showStage } from './change-decision.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type Look, lookAgain } from './change-look.ts';
import { note, noteMachines } from './change-notes.ts';
import { type PlanSummary, planFrom, planInForce, summaryOf } from './change-plan.ts';
import { endMessage, justShown, openMessage, type Shown } from './message.ts';

/** How asking ended. */
export type Approval =
  | { readonly kind: 'approved'; readonly by: string; readonly plan: PlanSummary; readonly shown: Shown }
  | { readonly kind: 'rejected' | 'cancelled'; readonly by: string; readonly shown: Shown }
  | { readonly kind: 'expired' | 'keeps-moving'; readonly shown: Shown }
  /** The new plan has nothing left to do. */
  | { readonly kind: 'nothing-left'; readonly shown: Shown };

interface Asking {
  readonly of: ChangeCase;
  readonly first: Look;
  readonly meansAll: boolean;
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
    const asked = await askOnce(deps, asking.of, plan, attempt, shown);
    shown = justShown(asked.atMs);
    if (asked.kind === 'expired') return { kind: 'expired', shown };
    if (asked.kind !== 'approved') return { kind: asked.kind, by: asked.by, shown };
    const again = await lookBeforeApplying(deps, asking, attempt, shown);
    shown = again.shown;
    if (again.holds) return { kind: 'approved', by: asked.by, plan, shown };
    await note(deps, asking.of, 'void', { digest: plan.digest }, String(attempt));
    await endCard(deps, asking.of, asked.card, { kind: 'void', atMs: again.atMs });
    plan = again.plan;
    if (plan.machines === 0) return { kind: 'nothing-left', shown };
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

/** A card that was posted. */
interface Card {
  readonly message: MessageRef;
  readonly place: Place;
  readonly attempt: number;
  readonly expiresAtMs: number;
}

const askOnce = async (
  deps: ChangeDeps,
  of: ChangeCase,
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
    ...groupOf(deps),
  }));
  const card = await postCard(deps, of, { attempt, expiresAtMs });
  const decided = await awaitDecision(deps, of, question);
  const atMs = await deps.workflow.step(`decided ${attempt}`, async () => deps.clock());
  if (decided.kind === 'expired') {
    await note(deps, of, 'expired', { digest: plan.digest }, String(attempt));
    await endCard(deps, of, card, { kind: 'expired', atMs });
    return { kind: 'expired', atMs };
  }
  return { ...(await afterDecision(deps, of, { plan, card, atMs, attempt }, decided.decision)), card, atMs };
};

const groupOf = ({ settings: { approverGroupId } }: ChangeDeps) =>
  approverGroupId === undefined ? {} : { approverGroupId };

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

/** Where approvers are; in the channel of the request where none is named or the bot cannot speak there. */
const postCard = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { attempt, expiresAtMs }: Pick<Card, 'attempt' | 'expiresAtMs'>,
): Promise<Card> => {
  const { place } = of.talk;
  const { approvalChannelId = place.channelId } = deps.settings;
  const there = { ...place, channelId: approvalChannelId };
  const make = () => cardContent(deps, of, { attempt, expiresAtMs }, { kind: 'waiting' });
  const message = await openMessage(deps, `approval card ${attempt}`, there, make);
  // A card that went to the requester alone is seen by nobody who may approve it.
  if (message.channelId === approvalChannelId || approvalChannelId === place.channelId) {
    return { message, place: there, attempt, expiresAtMs };
  }
  deps.log('warn', 'the channel of approvals cannot be reached', { channel: approvalChannelId });
  return {
    message: await openMessage(deps, `approval card ${attempt} here`, place, make),
    place,
    attempt,
    expiresAtMs,
  };
};

const cardContent = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { attempt, expiresAtMs }: Pick<Card, 'attempt' | 'expiresAtMs'>,
  state: ApprovalCard['state'],
) => {
  const { id, spec, talk } = of;
  const plan = await planInForce(deps, id);
  const card = { id, spec, requesterId: talk.place.userId, plan, attempt, again: attempt > 1, expiresAtMs, state };
  return { kind: 'approval' as const, asked: talk.asked, card: { ...card, ...groupOf(deps) } };
};

/** A card is edited once in its life, at its end. */
const UNTOUCHED: Shown = { digest: '', notBeforeMs: 0 };

const endCard = (deps: ChangeDeps, of: ChangeCase, card: Card, state: ApprovalCard['state']) => {
  const what = `card ${card.attempt} ${state.kind}`;
  return endMessage(deps, card, UNTOUCHED, () => cardContent(deps, of, card, state), what);
};

/** Everybody reads it: where approvals are asked, and where the change was asked for. */
const announce = async (deps: ChangeDeps, of: ChangeCase, plan: PlanSummary, decision: Decision, atMs: number) => {
  const { id, spec, talk } = of;
  const notice = { id, spec, by: decision.userId, reason: decision.reason ?? '', machines: plan.machines, atMs };
  const make = async () => ({
    kind: 'glass-broken' as const,
    asked: talk.asked,
    notice: { ...notice, ...groupOf(deps) },
  });
  const channels = new Set([deps.settings.approvalChannelId ?? talk.place.channelId, talk.place.channelId]);
  for (const channelId of channels) {
    await openMessage(deps, `glass broken in ${channelId}`, { ...talk.place, channelId }, make);
  }
};

/** Looks at the machines of the approved plan again: what was approved is applied only to the world it was approved for. */
const lookBeforeApplying = async (
  deps: ChangeDeps,
  { of, first, meansAll }: Asking,
  attempt: number,
  before: Shown,
) => {
  const nodeIds = async () => (await planInForce(deps, of.id)).nodes.map(({ nodeId }) => nodeId);
  const again = { name: `before-${attempt}`, first, nodeIds };
  const { look, shown } = await lookAgain(deps, of.talk, again, before);
  const compared = await deps.workflow.step(`compare ${attempt}`, async () => {
    const approved = await planInForce(deps, of.id);
    const now = await planFrom(deps, of, look, meansAll);
    const holds = stillHolds(approved, now);
    if (!holds) await deps.changes.writePlan(of.id, now);
    return { holds, plan: summaryOf(holds ? approved : now), atMs: deps.clock() };
  });
  if (!compared.holds) await notePlan(deps, of, compared.plan, String(attempt + 1));
  return { ...compared, shown };
};

/** The plan as the audit has it. */
export const notePlan = (deps: ChangeDeps, of: ChangeCase, { digest }: PlanSummary, key: string): Promise<void> =>
  noteMachines(deps, of, 'planned', async () => (await planInForce(deps, of.id)).nodes, { key, digest });
