/** Submitting and closing the modal that is open for a person. */

import { refuseView } from '../api/views.ts';
import { isObject, type JsonObject } from '../block-kit.ts';
import { BLOCK_LIMITS } from '../block-limits.ts';
import { lookup } from '../lookup.ts';
import type { WorkspaceState } from '../state.ts';
import { issueTrigger } from '../triggers.ts';
import type { Person, ViewRecord } from '../types.ts';
import { closeModal, findView, pushModal, putView, replaceView, viewJson, visibleModal } from '../view-stack.ts';
import { fill, isEmpty, withValue } from '../view-state.ts';
import { deliver } from './delivery.ts';
import { commonPayload, type Outcome, outcomeOf, payloadForm } from './outcome.ts';
import { LabRefusal, personCalled } from './refusal.ts';

export interface SubmitRequest {
  readonly user: string;
  /** `block_id` → `action_id` → what is typed or chosen; fields left out keep what they hold. */
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What Slack shows above a modal when the app did not answer rightly. */
const TROUBLE = 'We had some trouble connecting. Try again?';

/** Fills in and submits the visible modal. @throws LabRefusal when there is none or a field is filled wrongly. */
export async function submit(state: WorkspaceState, request: SubmitRequest): Promise<Outcome> {
  const person = personCalled(state, request.user);
  const open = modalOf(state, person);
  if (open.view.submit === undefined) throw new LabRefusal(400, 'no_submit', 'this modal has nothing to submit');
  const filled = fillIn(state, person, open, request.values);
  requireFields(filled);
  putView(state, filled);
  const payload = {
    type: 'view_submission',
    ...commonPayload(state, person),
    trigger_id: issueTrigger(state, person.id),
    view: viewJson(state, filled),
    response_urls: [],
  };
  const contentType = 'application/x-www-form-urlencoded';
  const outcome = outcomeOf(await deliver(state, { kind: 'view_submission', contentType, body: payloadForm(payload) }));
  const now = findView(state, { id: filled.id }) ?? filled;
  const error = outcome.error ?? applyAnswer(state, now, outcome.body);
  if (error === undefined) return outcome;
  putView(state, { ...now, errors: { '': TROUBLE } });
  return { ...outcome, error };
}

function modalOf(state: WorkspaceState, person: Person): ViewRecord {
  const modal = visibleModal(state, person.id);
  if (modal === undefined) throw new LabRefusal(404, 'no_modal', `no modal is open for ${person.name}`);
  return modal;
}

function fillIn(state: WorkspaceState, person: Person, open: ViewRecord, given: SubmitRequest['values']): ViewRecord {
  let { values } = open;
  for (const [blockId, fields] of Object.entries(given)) {
    for (const [actionId, input] of Object.entries(fields)) {
      const element = fieldOf(open, blockId, actionId);
      const filled = fill(element, input, state.suggestions.get(`${person.id} ${actionId}`));
      if ('complaint' in filled) {
        throw new LabRefusal(400, 'invalid_value', `${blockId}.${actionId}: ${filled.complaint}`);
      }
      values = withValue(values, blockId, actionId, filled.value);
    }
  }
  return { ...open, values, errors: {} };
}

function fieldOf(view: ViewRecord, blockId: string, actionId: string): JsonObject {
  const block = view.blocks.find((one) => one.block_id === blockId);
  if (block === undefined) throw new LabRefusal(400, 'unknown_field', `the modal has no block ${blockId}`);
  const candidates = [block.element, block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])];
  const element = candidates.filter(isObject).find((one) => one.action_id === actionId);
  if (element === undefined) throw new LabRefusal(400, 'unknown_field', `block ${blockId} has no field ${actionId}`);
  return element;
}

/** Slack's client asks for every input that is not optional before it sends anything. */
function requireFields(view: ViewRecord): void {
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.optional === true) continue;
    const held = Object.entries(view.values[String(block.block_id)] ?? {});
    for (const [actionId, value] of held) {
      if (isEmpty(value))
        throw new LabRefusal(400, 'required', `${block.block_id}.${actionId}: please complete this required field`);
    }
  }
}

/** Does what the bot answered to a submission. Answers why Slack could not, if it could not. */
function applyAnswer(state: WorkspaceState, view: ViewRecord, body: unknown): string | undefined {
  if (body === '' || (isObject(body) && body.response_action === undefined)) {
    closeModal(state, view.ownerId, view.id);
    return undefined;
  }
  if (!isObject(body)) return 'invalid_response';
  const apply = lookup(ANSWERS, String(body.response_action));
  return apply === undefined ? 'invalid_response_action' : apply(state, view, body);
}

type Apply = (state: WorkspaceState, view: ViewRecord, body: JsonObject) => string | undefined;

const ANSWERS: Readonly<Record<string, Apply>> = {
  clear: (state, view) => {
    closeModal(state, view.ownerId, 'all');
    return undefined;
  },
  errors: showErrors,
  update: (state, view, body) => withAnswered(body, (next) => void replaceView(state, view, next)),
  push: (state, view, body) => {
    const depth = state.modals.get(view.ownerId)?.length ?? 0;
    if (depth >= BLOCK_LIMITS.view.stack) return 'push_limit_reached';
    return withAnswered(body, (next) => void pushModal(state, view.ownerId, next));
  },
};

function withAnswered(body: JsonObject, show: (view: JsonObject) => void): string | undefined {
  if (!isObject(body.view)) return 'invalid_arguments';
  const refusal = refuseView(body.view, 'modal');
  if (refusal !== undefined) return refusal.error;
  show(body.view);
  return undefined;
}

/** Errors may stand only at input blocks of this modal. */
function showErrors(state: WorkspaceState, view: ViewRecord, body: JsonObject): string | undefined {
  const entries = isObject(body.errors) ? Object.entries(body.errors) : [];
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const wrong = entries.some(([blockId, text]) => !inputs.includes(blockId) || typeof text !== 'string');
  if (entries.length === 0 || wrong) return 'invalid_errors';
  putView(state, { ...view, errors: Object.fromEntries(entries) as Record<string, string> });
  return undefined;
}

/** Closes the visible modal, or the whole stack; the bot hears of it where the modal asks for that. */
export async function close(
  state: WorkspaceState,
  request: { readonly user: string; readonly all?: boolean | undefined },
): Promise<Outcome> {
  const person = personCalled(state, request.user);
  const open = modalOf(state, person);
  const all = request.all === true || open.view.clear_on_close === true;
  closeModal(state, person.id, all ? 'all' : open.id);
  if (open.view.notify_on_close !== true) return { status: 0, ackMs: 0, body: '' };
  const payload = {
    type: 'view_closed',
    ...commonPayload(state, person),
    view: viewJson(state, open),
    is_cleared: all,
  };
  const contentType = 'application/x-www-form-urlencoded';
  return outcomeOf(await deliver(state, { kind: 'view_closed', contentType, body: payloadForm(payload) }));
}
