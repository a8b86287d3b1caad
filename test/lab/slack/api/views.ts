/** `views.*`: modals and App Home. */
import { isObject, type JsonObject, sayProblem, viewProblems } from '../block-kit.ts';
import { BLOCK_LIMITS } from '../block-limits.ts';
import { isRefusal } from '../content.ts';
import type { WorkspaceState } from '../state.ts';
import { checkTrigger, exchangeTrigger } from '../triggers.ts';
import type { ViewRecord } from '../types.ts';
import { findView, openModal, publishHome, pushModal, replaceView, viewJson } from '../view-stack.ts';
import { type Answer, type ApiCall, badArguments, fail, jsonArg, type Method, succeed, textArg } from './answer.ts';

type Refusal = Answer & { readonly ok: false };

/** The view argument, once it is one that Slack would show. */
function readView(call: ApiCall, type: 'modal' | 'home'): { readonly view: JsonObject } | Refusal {
  const parsed = jsonArg(call.args, 'view');
  const view = parsed === 'garbled' ? undefined : parsed.value;
  if (!isObject(view)) return badArguments('missing required field: view');
  const refusal = refuseView(view, type);
  return refusal ?? { view };
}

/** Why Slack would not show this view, if it would not. */
export function refuseView(view: JsonObject, type: 'modal' | 'home'): Refusal | undefined {
  if (Buffer.byteLength(JSON.stringify(view)) > BLOCK_LIMITS.view.bytes) return fail('view_too_large');
  if (view.type !== type) return badArguments(`must be a valid enum value: ${type} [json-pointer:/view/type]`);
  const problems = viewProblems(view);
  if (problems.length === 0) return undefined;
  return badArguments(...problems.map((one) => sayProblem({ ...one, pointer: `/view${one.pointer}` })));
}

function takenExternalId(state: WorkspaceState, view: JsonObject, own?: ViewRecord): boolean {
  if (typeof view.external_id !== 'string' || view.external_id === '') return false;
  const other = findView(state, { externalId: view.external_id });
  return other !== undefined && other.id !== own?.id;
}

function openOrPush(show: 'open' | 'push'): (call: ApiCall) => Answer {
  return (call) => {
    const { state, args } = call;
    const triggerId = textArg(args, 'trigger_id') ?? textArg(args, 'interactivity_pointer');
    const trigger = checkTrigger(state, triggerId);
    if ('error' in trigger) return fail(trigger.error);
    const read = readView(call, 'modal');
    if (isRefusal(read)) return read;
    if (takenExternalId(state, read.view)) return fail('duplicate_external_id');
    const depth = state.modals.get(trigger.personId)?.length ?? 0;
    if (show === 'push' && depth === 0) return fail('not_found');
    if (show === 'push' && depth >= BLOCK_LIMITS.view.stack) return fail('push_limit_reached');
    exchangeTrigger(state, triggerId ?? '');
    const shown = (show === 'open' ? openModal : pushModal)(state, trigger.personId, read.view);
    return succeed({ view: viewJson(state, shown) });
  };
}

function update(call: ApiCall): Answer {
  const { state, args } = call;
  const id = textArg(args, 'view_id');
  const externalId = textArg(args, 'external_id');
  if (id === undefined && externalId === undefined) return badArguments('missing required field: view_id');
  const old = findView(state, id === undefined ? { externalId: externalId ?? '' } : { id });
  if (old === undefined || old.view.type === 'home') return fail('not_found');
  if (args.hash !== undefined && args.hash !== old.hash) return fail('hash_conflict');
  const read = readView(call, 'modal');
  if (isRefusal(read)) return read;
  if (takenExternalId(state, read.view, old)) return fail('duplicate_external_id');
  return succeed({ view: viewJson(state, replaceView(state, old, read.view)) });
}

function publish(call: ApiCall): Answer {
  const { state, args } = call;
  const person = state.people.find((one) => one.id === textArg(args, 'user_id'));
  if (person === undefined) return badArguments('invalid user_id [json-pointer:/user_id]');
  if (!state.manifest.homeTab) return fail('not_enabled');
  const old = state.homes.get(person.id);
  if (args.hash !== undefined && old !== undefined && args.hash !== old.hash) return fail('hash_conflict');
  const read = readView(call, 'home');
  if (isRefusal(read)) return read;
  return succeed({ view: viewJson(state, publishHome(state, person.id, read.view)) });
}

/** `views.*` by method name. */
export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': { tier: 4, run: openOrPush('open') },
  'views.push': { tier: 4, run: openOrPush('push') },
  'views.update': { tier: 4, run: update },
  'views.publish': { tier: 4, run: publish },
};
