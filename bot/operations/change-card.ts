/** The card that approvers see, and what everybody reads when the glass was broken. */
import type { ApprovalCard } from '../domain/change/change-message.ts';
import type { Decision } from '../domain/change/change-status.ts';
import type { MessageRef, Place } from '../ports.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { type PlanSummary, planInForce } from './change-plan.ts';
import { endMessage, openMessage, type Shown } from './message.ts';

/** A card that was posted. */
export interface Card {
  readonly message: MessageRef;
  readonly place: Place;
  readonly attempt: number;
  readonly expiresAtMs: number;
}

/** The group that is mentioned, once a card. */
export const groupOf = ({ settings: { approverGroupId } }: ChangeDeps) =>
  approverGroupId === undefined ? {} : { approverGroupId };

/** Where approvers are; in the channel of the request where none is named or the bot cannot speak there. */
export const postCard = async (
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
