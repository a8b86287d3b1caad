/** Events told to the bot, with Slack's three retries. */
import type { WorkspaceState } from '../state.ts';
import { type Delivered, deliver } from './delivery.ts';

/** Simulated ms after a failure until each retry. */
const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

type Event = Readonly<Record<string, unknown>>;

export interface EventOptions {
  /** In a channel shared with another workspace. */
  readonly externallyShared: boolean;
  /** The same event arrives twice. */
  readonly duplicate: boolean;
}

/** Whether the bot asked to be told of this event. */
export function isSubscribed(state: WorkspaceState, event: string): boolean {
  return state.manifest.events.includes(event);
}

/** Tells the bot of an event. Answers the first attempt; retries follow on the lab's clock. */
export async function sendEvent(state: WorkspaceState, event: Event, options: EventOptions): Promise<Delivered> {
  const body = JSON.stringify(envelope(state, event, options));
  const kind = `event:${event.type}`;
  const first = await attempt(state, kind, body, 0);
  if (options.duplicate) await attempt(state, kind, body, 0);
  return first;
}

function envelope(state: WorkspaceState, event: Event, options: EventOptions): Event {
  const { app, team, deps } = state;
  const authorization = { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true };
  return {
    token: app.verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: state.ids.next('Ev'),
    event_time: Math.floor(deps.clock.now() / 1_000),
    authorizations: [{ ...authorization, is_enterprise_install: false }],
    is_ext_shared_channel: options.externallyShared,
  };
}

/** One attempt; when it fails, the next is set on the clock. `number` is 0 for the first. */
async function attempt(
  state: WorkspaceState,
  kind: string,
  body: string,
  number: number,
  reason?: string,
): Promise<Delivered> {
  const headers = reason === undefined ? {} : { 'x-slack-retry-num': String(number), 'x-slack-retry-reason': reason };
  const delivered = await deliver(state, { kind, contentType: 'application/json', body, headers });
  const delayMs = RETRY_AFTER_MS[number];
  const { failure, noRetry } = delivered;
  if (failure === undefined || noRetry || delayMs === undefined) return delivered;
  const { clock } = state.deps;
  clock.at(clock.now() + delayMs, 'world', () => {
    void attempt(state, kind, body, number + 1, failure.retryReason);
  });
  return delivered;
}
