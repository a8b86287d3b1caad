/** What the lab answers to whoever acts as a person. */
import type { WorkspaceState } from '../state.ts';
import type { Person } from '../types.ts';
import type { Delivered } from './delivery.ts';

/** How the bot answered what a person did. */
export interface Outcome {
  /** HTTP status of the bot's answer; 0 when none came within three seconds, or when nothing had to be sent. */
  readonly status: number;
  /** Real milliseconds until Slack was answered. */
  readonly ackMs: number;
  /** The answer's body: parsed when it is a JSON object, else its text. */
  readonly body: unknown;
  /** What Slack shows instead of an answer. */
  readonly error?: string;
  /** The message that was said. */
  readonly ts?: string;
}

/** The outcome of one request to the bot. */
export function outcomeOf(delivered: Delivered): Outcome {
  const { status, ackMs, text, failure } = delivered;
  return { status, ackMs, body: readBody(text), ...(failure === undefined ? {} : { error: failure.error }) };
}

/** A body as JSON when it is an object, else as text. */
export function readBody(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fields that every interactive payload has. */
export function commonPayload(state: WorkspaceState, person: Person): Record<string, unknown> {
  const { team, app } = state;
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** An interactive payload as a form. */
export function payloadForm(payload: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
