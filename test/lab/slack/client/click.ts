/** Clicking a button or choosing in a menu, in a message, a modal or App Home. */
import { elementsOf, isObject, type JsonObject } from '../block-kit.ts';
import { findMessage, messageJson } from '../messages.ts';
import { issueResponseUrl } from '../response-url.ts';
import type { WorkspaceState } from '../state.ts';
import { issueTrigger } from '../triggers.ts';
import type { Channel, Message, Person, StateValues, ViewRecord } from '../types.ts';
import { findView, putView, viewJson, visibleModal } from '../view-stack.ts';
import { fill, initialValues, optionsOf, withValue } from '../view-state.ts';
import { deliver } from './delivery.ts';
import { commonPayload, type Outcome, outcomeOf, payloadForm } from './outcome.ts';
import { channelSeen, LabRefusal, personCalled } from './refusal.ts';

interface Target {
  readonly action_id: string;
  /** Needed only when several elements share the action id. */
  readonly block_id?: string | undefined;
  /** A button's own value, to tell it from others; what is chosen in a menu; what is typed into an input. */
  readonly value?: unknown;
}

/** A click in a message or in a view. */
export type ClickRequest = Target & { readonly user: string } & (
    | { readonly channel: string; readonly ts: string }
    | { readonly view_id: string }
  );

/** Clicks. A `confirm` dialog is answered with yes. @throws LabRefusal when the person cannot see or use the element. */
export async function click(state: WorkspaceState, request: ClickRequest): Promise<Outcome> {
  const person = personCalled(state, request.user);
  return 'view_id' in request ? clickInView(state, person, request) : clickInMessage(state, person, request);
}

async function clickInMessage(
  state: WorkspaceState,
  person: Person,
  request: Target & { readonly channel: string; readonly ts: string },
): Promise<Outcome> {
  const channel = channelSeen(state, person, request.channel);
  const message = findMessage(state, channel.id, request.ts);
  if (message === undefined || (message.viewerId !== undefined && message.viewerId !== person.id)) {
    throw new LabRefusal(404, 'unknown_message', `${person.name} sees no message ${request.ts} in #${channel.name}`);
  }
  const { action, values } = act(state, person, message.blocks, initialValues(message.blocks), request);
  const responseUrl = issueResponseUrl(state, {
    personId: person.id,
    channelId: channel.id,
    messageTs: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
  });
  return send(state, person, {
    ...messageContext(state, channel, message),
    state: { values },
    response_url: responseUrl,
    actions: [action],
  });
}

/** Where a click in a message happened. An ephemeral message is not sent along. */
export function messageContext(state: WorkspaceState, channel: Channel, message: Message): Record<string, unknown> {
  const ephemeral = message.viewerId !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channel.kind === 'private' ? 'privategroup' : channel.name },
    ...(ephemeral ? {} : { message: messageJson(state, message) }),
  };
}

async function clickInView(
  state: WorkspaceState,
  person: Person,
  request: Target & { readonly view_id: string },
): Promise<Outcome> {
  const view = viewSeen(state, person, request.view_id);
  const { action, values } = act(state, person, view.blocks, view.values, request);
  const changed: ViewRecord = { ...view, values };
  putView(state, changed);
  return send(state, person, {
    container: { type: 'view', view_id: view.id },
    view: viewJson(state, changed),
    actions: [action],
  });
}

function viewSeen(state: WorkspaceState, person: Person, id: string): ViewRecord {
  const view = findView(state, { id });
  const visible = view?.view.type === 'home' ? state.homes.get(person.id) : visibleModal(state, person.id);
  if (view !== undefined && visible?.id === view.id) return view;
  throw new LabRefusal(404, 'unknown_view', `${person.name} has no view ${id} before them`);
}

async function send(
  state: WorkspaceState,
  person: Person,
  payload: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const whole = {
    type: 'block_actions',
    ...commonPayload(state, person),
    trigger_id: issueTrigger(state, person.id),
    ...payload,
  };
  const contentType = 'application/x-www-form-urlencoded';
  return outcomeOf(await deliver(state, { kind: 'block_actions', contentType, body: payloadForm(whole) }));
}

interface Found {
  readonly block: JsonObject;
  readonly element: JsonObject;
}

/** The action Slack sends for using an element, and what all fields hold afterwards. */
function act(
  state: WorkspaceState,
  person: Person,
  blocks: readonly JsonObject[],
  values: StateValues,
  target: Target,
): { readonly action: JsonObject; readonly values: StateValues } {
  const { block, element } = findElement(person, blocks, target);
  const held = holdAfter(state, person, element, target.value);
  const action = {
    ...(element.confirm === undefined ? {} : { confirm: element.confirm }),
    ...held,
    type: element.type,
    block_id: block.block_id,
    action_id: element.action_id,
    action_ts: state.newTs(),
  };
  const stateful = !['button', 'overflow', 'icon_button', 'feedback_buttons'].includes(String(element.type));
  const { block_id, action_id } = action;
  return { action, values: stateful ? withValue(values, String(block_id), String(action_id), held) : values };
}

function findElement(person: Person, blocks: readonly JsonObject[], target: Target): Found {
  const matching = blocks
    .filter((block) => target.block_id === undefined || block.block_id === target.block_id)
    .flatMap((block) => elementsOf(block).map((element): Found => ({ block, element })))
    .filter(({ element }) => element.action_id === target.action_id);
  const found =
    matching.find(({ element }) => element.type === 'button' && element.value === target.value) ?? matching[0];
  if (found === undefined)
    throw new LabRefusal(404, 'unknown_action', `there is nothing with action_id ${target.action_id}`);
  refuseUnusable(person, found, target);
  return found;
}

function refuseUnusable(person: Person, { block, element }: Found, target: Target): void {
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new LabRefusal(400, 'not_dispatched', `${target.action_id} is sent with the modal, not by itself`);
  }
  if (element.type === 'button' && target.value !== undefined && element.value !== target.value) {
    throw new LabRefusal(404, 'unknown_action', `no button ${target.action_id} has the value ${target.value}`);
  }
  const only = element.visible_to_user_ids;
  if (Array.isArray(only) && !only.includes(person.id)) {
    throw new LabRefusal(404, 'unknown_action', `${person.name} does not see ${target.action_id}`);
  }
}

/** What the element holds or says after it was used. */
function holdAfter(state: WorkspaceState, person: Person, element: JsonObject, value: unknown): JsonObject {
  if (element.type === 'button' || element.type === 'icon_button') return buttonFields(element);
  if (element.type === 'overflow') {
    const option = optionsOf(element).find((one) => one.value === value);
    if (option === undefined) throw new LabRefusal(404, 'unknown_option', `there is no option ${value}`);
    return { type: element.type, selected_option: option };
  }
  const filled = fill(element, value, state.suggestions.get(`${person.id} ${element.action_id}`));
  if ('complaint' in filled) throw new LabRefusal(400, 'invalid_value', `${element.action_id}: ${filled.complaint}`);
  return filled.value;
}

function buttonFields(element: JsonObject): JsonObject {
  const { text, value, style } = element;
  return {
    type: element.type,
    ...(isObject(text) ? { text } : {}),
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
  };
}
