/** The card that approvers see, and what everybody reads when the glass was broken. */
import type { ApprovalCard } from '../domain/change/change-message.ts';
import type { Decision } from '../domain/change/change-status.ts';
import { needsFile } from '../domain/change/plan-csv.ts';
import type { MessageRef, Place } from '../ports.ts';
import { attachRows } from './attach-rows.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { PlanSummary } from './change-plan.ts';
import { endMessage, openMessage, type Shown } from './message.ts';
import { planInForce } from './plan-in-force.ts';
import type { Resolved } from './resolve-nodes.ts';

/** A card that was posted. */
export interface Card {
  readonly message: MessageRef;
  readonly place: Place;
  readonly attempt: number;
  readonly expiresAtMs: number;
  readonly unmatched: Resolved['unmatched'];
}

type CardFacts = Pick<Card, 'attempt' | 'expiresAtMs' | 'unmatched'>;

/** The group that is mentioned, once a card. */
export const groupOf = ({ settings: { approverGroupId } }: ChangeDeps) =>
  approverGroupId === undefined ? {} : { approverGroupId };

/** Where approvers are; in the channel of the request where none is named or the bot cannot speak there. */
export const postCard = async (deps: ChangeDeps, of: ChangeCase, facts: CardFacts): Promise<Card> => {
  const { attempt } = facts;
  const { place } = of.talk;
  const { approvalChannelId = place.channelId } = deps.settings;
  const there = { ...place, channelId: approvalChannelId };
  const make = () => cardContent(deps, of, facts, { kind: 'waiting' });
  const message = await openMessage(deps, `approval card ${attempt}`, there, make);
  const attach = (to: MessageRef) => attachPlan(deps, of, to, attempt);
  // A card that went to the requester alone is seen by nobody who may approve it.
  if (message.channelId === approvalChannelId || approvalChannelId === place.channelId) {
    await attach(message);
    return { message, place: there, ...facts };
  }
  deps.log('warn', 'the channel of approvals cannot be reached', { channel: approvalChannelId });
  const here = await openMessage(deps, `approval card ${attempt} here`, place, make);
  await attach(here);
  return { message: here, place, ...facts };
};

/** Who approves sees every machine and value: what the card has no room for is in a file beside it. */
const attachPlan = async (deps: ChangeDeps, of: ChangeCase, message: MessageRef, attempt: number): Promise<void> => {
  const atMs = await deps.workflow.step(`size of plan ${attempt}`, async () => {
    const plan = await planInForce(deps, of.id);
    return needsFile(plan) ? plan.madeAtMs : null;
  });
  if (atMs === null) return;
  const text = async () => deps.planCsv(await planInForce(deps, of.id));
  await attachRows(deps, message, { of: `plan-${of.id}`, title: of.talk.asked, atMs, text, key: `plan ${attempt}` });
};

const cardContent = async (
  deps: ChangeDeps,
  of: ChangeCase,
  { attempt, expiresAtMs, unmatched }: CardFacts,
  state: ApprovalCard['state'],
) => {
  const { id, spec, talk } = of;
  const plan = await planInForce(deps, id);
  const card = {
    id,
    spec,
    requesterId: talk.place.userId,
    plan,
    unmatched,
    attempt,
    again: attempt > 1,
    expiresAtMs,
    state,
  };
  return { kind: 'approval' as const, asked: talk.asked, card: { ...card, ...groupOf(deps) } };
};

/** A card is edited once in its life, at its end. */
const UNTOUCHED: Shown = { digest: '', notBeforeMs: 0 };

export const endCard = (deps: ChangeDeps, of: ChangeCase, card: Card, state: ApprovalCard['state']) => {
  const what = `card ${card.attempt} ${state.kind}`;
  return endMessage(deps, card, UNTOUCHED, () => cardContent(deps, of, card, state), what);
};

/** Everybody reads it: where approvals are asked, and where the change was asked for. */
export const announce = async (
  deps: ChangeDeps,
  of: ChangeCase,
  plan: PlanSummary,
  decision: Decision,
  atMs: number,
) => {
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
