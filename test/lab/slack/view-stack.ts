/** Modals open for a person, one above the other, and their App Home. */
import { isObject, type JsonObject } from './block-kit.ts';
import { withIds } from './messages.ts';
import type { WorkspaceState } from './state.ts';
import type { ViewRecord } from './types.ts';
import { initialValues } from './view-state.ts';

/** The modal a person sees, if any. */
export function visibleModal(state: WorkspaceState, personId: string): ViewRecord | undefined {
  return state.modals.get(personId)?.at(-1);
}

/** Opens a modal on an empty screen. */
export function openModal(state: WorkspaceState, personId: string, view: JsonObject): ViewRecord {
  const opened = createView(state, personId, view);
  setStack(state, personId, [opened]);
  return opened;
}

/** Puts a modal on top of the visible one. */
export function pushModal(state: WorkspaceState, personId: string, view: JsonObject): ViewRecord {
  const stack = state.modals.get(personId) ?? [];
  const below = stack.at(-1);
  const opened = createView(state, personId, view);
  const pushed: ViewRecord =
    below === undefined ? opened : { ...opened, rootViewId: below.rootViewId, previousViewId: below.id };
  setStack(state, personId, [...stack, pushed]);
  return pushed;
}

/** Shows other content in an open view; what was typed into fields that remain stays. */
export function replaceView(state: WorkspaceState, old: ViewRecord, view: JsonObject): ViewRecord {
  const fresh = createView(state, old.ownerId, view);
  const replaced: ViewRecord = {
    ...old,
    view: fresh.view,
    blocks: fresh.blocks,
    hash: fresh.hash,
    errors: {},
    values: kept(old, fresh),
  };
  putView(state, replaced);
  return replaced;
}

/** A field keeps its value when block and action ids and its type are the same. */
function kept(old: ViewRecord, fresh: ViewRecord): ViewRecord['values'] {
  return Object.fromEntries(
    Object.entries(fresh.values).map(([blockId, fields]) => [
      blockId,
      Object.fromEntries(
        Object.entries(fields).map(([actionId, value]) => {
          const before = old.values[blockId]?.[actionId];
          return [actionId, before !== undefined && before.type === value.type ? before : value];
        }),
      ),
    ]),
  );
}

/** Puts a changed view where its former self is. */
export function putView(state: WorkspaceState, view: ViewRecord): void {
  if (view.view.type === 'home') state.homes.set(view.ownerId, view);
  else {
    const stack = state.modals.get(view.ownerId) ?? [];
    setStack(
      state,
      view.ownerId,
      stack.map((one) => (one.id === view.id ? view : one)),
    );
  }
  state.changed();
}

/** Closes one modal of a person's, or all of them. */
export function closeModal(state: WorkspaceState, personId: string, viewId: string | 'all'): void {
  const stack = state.modals.get(personId) ?? [];
  setStack(state, personId, viewId === 'all' ? [] : stack.filter((view) => view.id !== viewId));
}

/** Publishes App Home for a person. */
export function publishHome(state: WorkspaceState, personId: string, view: JsonObject): ViewRecord {
  const old = state.homes.get(personId);
  if (old !== undefined) return replaceView(state, old, view);
  const home = createView(state, personId, view);
  putView(state, home);
  return home;
}

/** An open view by id or external id, modals and App Homes alike. */
export function findView(
  state: WorkspaceState,
  by: { readonly id: string } | { readonly externalId: string },
): ViewRecord | undefined {
  const views = [...state.homes.values(), ...[...state.modals.values()].flat()];
  return views.find((view) => ('id' in by ? view.id === by.id : view.view.external_id === by.externalId));
}

function setStack(state: WorkspaceState, personId: string, stack: ViewRecord[]): void {
  state.modals.set(personId, stack);
  state.changed();
}

function createView(state: WorkspaceState, ownerId: string, view: JsonObject): ViewRecord {
  const id = state.ids.next('V');
  const given = Array.isArray(view.blocks) ? view.blocks.filter(isObject) : [];
  const blocks = withIds(state, given);
  const hash = `${Math.floor(state.deps.clock.now() / 1_000)}.${state.ids.secret(8)}`;
  return { id, ownerId, rootViewId: id, hash, view, blocks, values: initialValues(blocks), errors: {} };
}

/** A view in the form of Slack's Web API and payloads. */
export function viewJson(state: WorkspaceState, record: ViewRecord): JsonObject {
  const { view } = record;
  return {
    id: record.id,
    team_id: state.team.id,
    type: view.type,
    blocks: record.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: record.values },
    hash: record.hash,
    title: view.title ?? null,
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    root_view_id: record.rootViewId,
    previous_view_id: record.previousViewId ?? null,
    app_id: state.app.id,
    app_installed_team_id: state.team.id,
    bot_id: state.app.botId,
  };
}
