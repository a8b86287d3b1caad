/** Using a global shortcut of the app. */
import type { WorkspaceState } from '../state.ts';
import { issueTrigger } from '../triggers.ts';
import { deliver } from './delivery.ts';
import { commonPayload, type Outcome, outcomeOf, payloadForm } from './outcome.ts';
import { LabRefusal, personCalled } from './refusal.ts';

/** Uses a shortcut. @throws LabRefusal when the app has none of that name. */
export async function shortcut(
  state: WorkspaceState,
  request: { readonly user: string; readonly callback_id: string },
): Promise<Outcome> {
  const person = personCalled(state, request.user);
  if (!state.manifest.shortcuts.includes(request.callback_id)) {
    const known = state.manifest.shortcuts.join(', ') || 'none';
    throw new LabRefusal(404, 'unknown_shortcut', `the app's shortcuts: ${known}`);
  }
  const payload = {
    type: 'shortcut',
    ...commonPayload(state, person),
    callback_id: request.callback_id,
    trigger_id: issueTrigger(state, person.id),
    action_ts: state.newTs(),
  };
  const contentType = 'application/x-www-form-urlencoded';
  return outcomeOf(await deliver(state, { kind: 'shortcut', contentType, body: payloadForm(payload) }));
}
