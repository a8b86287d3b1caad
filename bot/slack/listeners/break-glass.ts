/** Breaking the glass: a reason is asked for in a window, and judged with the decision when it comes. */

import { secretInTyped } from '../command/text.ts';
import { formatDecisionValue, readDecisionValue } from '../decision-value.ts';
import { REASON } from '../ids.ts';
import { changeCatalogue } from '../messages/catalogue.ts';
import { reasonModal, reasonTaken } from '../views/reason-modal.ts';
import { type Asker, field, type ListenerDeps, languageFor } from './context.ts';
import { decide, objectionBeforeReason, type Pressed } from './decision.ts';

/** Opens the window where the decision could count; the text says why it did not open, and is empty when it did. */
export async function askReason(pressed: Pressed, asker: Asker, deps: ListenerDeps): Promise<string> {
  const objection = await objectionBeforeReason(pressed, asker, deps);
  if (objection !== undefined) return objection.text;
  const say = await changeCatalogue(await languageFor(asker.userId, deps));
  const { value } = pressed;
  try {
    const metadata = `${asker.channelId} ${formatDecisionValue(value)}`;
    await deps.openView(asker.triggerId, reasonModal(value.change, metadata, say));
    return '';
  } catch (error) {
    deps.log.error('The window for a reason did not open', {}, error);
    return say.modal.unopened;
  }
}

/** The fields of a submitted window that are read. */
export interface Submission {
  readonly team?: { readonly id?: unknown } | null;
  readonly user?: { readonly id?: unknown };
  readonly trigger_id?: unknown;
  readonly view?: {
    readonly private_metadata?: unknown;
    readonly state?: {
      readonly values?: Readonly<Record<string, Readonly<Record<string, { readonly value?: unknown }>>>>;
    };
  };
}

/** What Slack does with the window. */
export type WindowAnswer =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update'; readonly view: object };

/** Judges the decision with its reason; what is wrong is said in the window, which stays open. */
export async function submitReason(submission: Submission, deps: ListenerDeps): Promise<WindowAnswer> {
  const [channelId = '', ...rest] = field(submission.view?.private_metadata).split(' ');
  const value = readDecisionValue(rest.join(' '));
  const reason = field(submission.view?.state?.values?.[REASON.block]?.[REASON.input]?.value);
  const asker = {
    teamId: field(submission.team?.id),
    userId: field(submission.user?.id),
    channelId,
    triggerId: field(submission.trigger_id),
  };
  const say = await changeCatalogue(await languageFor(asker.userId, deps));
  if (value === undefined) return wrong(say.refusedClick.stale);
  if (secretInTyped(reason) !== undefined) return wrong(say.modal.secret);
  const { ok, text } = await decide({ word: 'break-glass', value, reason }, asker, deps);
  return ok ? { response_action: 'update', view: reasonTaken(text, say) } : wrong(text);
}

/** Errors of an input are plain text: markup would be read as it stands. */
export const wrong = (text: string): WindowAnswer => ({ response_action: 'errors', errors: { [REASON.block]: text } });
