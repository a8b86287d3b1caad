/** What approvers read: the card of a plan that waits for them, and a glass that was broken. */
import type { ApprovalCard, GlassBroken } from '../../domain/change/change-message.ts';
import { needsFile } from '../../domain/change/plan-csv.ts';
import { ACTIONS } from '../ids.ts';
import { code, mention, mentionGroup, moment, words } from '../mrkdwn.ts';
import { button, type Rendered } from './blocks.ts';
import { asking, byHand, told } from './change-parts.ts';
import { type ChangeSpeech, inDialog, todoOf, whomOf } from './change-speech.ts';
import { factLines, leftLines, planLines } from './plan-lines.ts';
import { cautionLines } from './plan-warnings.ts';
import { unmatchedLines } from './report.ts';

/** The plan, value by value; with buttons while it waits, and afterwards with who decided and when. */
export function approvalView(card: ApprovalCard, speech: ChangeSpeech): Rendered {
  const { say } = speech;
  const { id, plan, again, state, expiresAtMs } = card;
  const waits = state.kind === 'waiting';
  const facts = waits || APPLIES.includes(state.kind) ? factLines(plan, speech) : [];
  return told(
    firstLine(card, speech),
    [
      again && waits ? [plan.records === undefined ? say.card.again : say.record.cardAgain] : [],
      planLines(plan, speech),
      leftLines(plan, speech),
      unmatchedLines(card.unmatched ?? [], speech.check),
      needsFile(plan) ? [say.card.inFile] : [],
      waits ? cautionLines(plan, speech) : [],
      waits ? [...facts, say.card.expires(moment(expiresAtMs))] : facts.slice(0, 1),
    ],
    [say.small.id(code(id, 20)), ...byHand(plan.spec, say)],
    waits ? buttons(card, speech) : [],
  );
}

/** After which the plan is carried out; after any other nothing of it is. */
const APPLIES: readonly ApprovalCard['state']['kind'][] = ['approved', 'broke-glass'];

/** The group is called once, while there is something to decide. */
function firstLine({ plan, requesterId, approverGroupId, state }: ApprovalCard, speech: ChangeSpeech): string {
  const { card, record } = speech.say;
  const requester = mention(requesterId);
  const todo = todoOf(plan.spec, whomOf(plan), speech);
  if (state.kind === 'waiting') return card.wanted(mentionGroup(approverGroupId ?? ''), requester, todo);
  const what = card.asked(todo, requester);
  const when = moment(state.atMs);
  switch (state.kind) {
    case 'approved':
      return `✓ ${card.approved(mention(state.by), when, what)}`;
    case 'rejected':
      return card.rejected(mention(state.by), when, what);
    case 'broke-glass':
      return `🔴 ${card.brokeGlass(mention(state.by), when, what)}`;
    case 'cancelled':
      return card.cancelled(mention(state.by), when, what);
    case 'expired':
      return card.expired(when, what);
    case 'void':
      return plan.records === undefined ? card.void(when, what) : record.cardVoid(when, what);
  }
}

function buttons({ id, attempt, plan }: ApprovalCard, speech: ChangeSpeech) {
  const { say } = speech;
  const value = `${id} ${attempt} ${plan.digest}`;
  const { confirm } = plan.records === undefined ? say : say.record;
  const text = confirm.approve(todoOf(plan.spec, whomOf(plan), speech, inDialog));
  return [
    asking({ action: ACTIONS.approve, label: say.buttons.approve, value, style: 'primary' }, text, speech),
    button({ action: ACTIONS.reject, label: say.buttons.reject, value }),
    // Asks for its reason in a dialog of its own.
    button({ action: ACTIONS.breakGlass, label: say.buttons.breakGlass, value }),
  ];
}

const REASON = 500;

/** Everybody reads that somebody did without the approver, and why. */
export function glassBrokenView(notice: GlassBroken, speech: ChangeSpeech): Rendered {
  const { glass, small } = speech.say;
  const { id, spec, by, reason, machines, atMs, approverGroupId } = notice;
  return told(
    `🔴 ${glass.first(mention(by), todoOf(spec, machines, speech), moment(atMs))}`,
    [[glass.reason(words(reason, REASON)), glass.next(mentionGroup(approverGroupId ?? ''))]],
    [small.id(code(id, 20))],
  );
}
