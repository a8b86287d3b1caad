/** What people do in Slack, as the lab's callers ask for it. */
import { type ClickRequest, click } from './client/click.ts';
import { close, type SubmitRequest, submit } from './client/modal.ts';
import type { Outcome } from './client/outcome.ts';
import { openHome, type SayRequest, say } from './client/say.ts';
import { shortcut } from './client/shortcut.ts';
import { type SlashRequest, slash } from './client/slash.ts';
import { type SuggestRequest, suggest } from './client/suggest.ts';
import type { SlackFaults } from './slack-faults.ts';
import type { WorkspaceState } from './state.ts';

export type { Outcome } from './client/outcome.ts';

/** People and channels are given by id or name. Each action ends when Slack has been answered. */
export interface SlackClient {
  slash(request: SlashRequest): Promise<Outcome>;
  say(request: SayRequest): Promise<Outcome>;
  click(request: ClickRequest): Promise<Outcome>;
  submit(request: SubmitRequest): Promise<Outcome>;
  close(request: { readonly user: string; readonly all?: boolean | undefined }): Promise<Outcome>;
  suggest(request: SuggestRequest): Promise<Outcome>;
  shortcut(request: { readonly user: string; readonly callback_id: string }): Promise<Outcome>;
  /** Visits App Home. */
  openHome(user: string): Promise<Outcome>;
}

/** The people of a workspace, ready to act. */
export function createClient(state: WorkspaceState, faults: SlackFaults): SlackClient {
  return {
    slash: (request) => slash(state, request),
    say: (request) => say(state, faults, request),
    click: (request) => click(state, request),
    submit: (request) => submit(state, request),
    close: (request) => close(state, request),
    suggest: (request) => suggest(state, request),
    shortcut: (request) => shortcut(state, request),
    openHome: (user) => openHome(state, faults, user),
  };
}
