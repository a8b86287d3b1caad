/** Trigger ids: they open a modal for three seconds, once. */
import type { WorkspaceState } from './state.ts';

const LIFE_MS = 3_000;

/** A fresh trigger for what this person just did. */
export function issueTrigger(state: WorkspaceState, personId: string): string {
  const now = state.deps.clock.now();
  const id = state.ids.trigger(now);
  state.triggers.set(id, { personId, issuedMs: now, used: false });
  return id;
}

/** Whose screen the trigger opens, or why it opens none. */
export function checkTrigger(
  state: WorkspaceState,
  id: string | undefined,
): { readonly personId: string } | { readonly error: string } {
  const trigger = state.triggers.get(id ?? '');
  if (trigger === undefined) return { error: 'invalid_trigger_id' };
  if (trigger.used) return { error: 'exchanged_trigger_id' };
  if (state.deps.clock.now() - trigger.issuedMs > LIFE_MS) return { error: 'expired_trigger_id' };
  return { personId: trigger.personId };
}

/** Uses the trigger up. */
export function exchangeTrigger(state: WorkspaceState, id: string): void {
  const trigger = state.triggers.get(id);
  if (trigger !== undefined) trigger.used = true;
}
