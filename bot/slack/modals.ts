/** Modals that are open for a person: the port over Slack's Web API. */
import type { Modals } from '../ports.ts';
import { phoneCatalogue } from './messages/catalogue.ts';
import { type Language, languageOf } from './messages/language.ts';
import { phoneWindowView } from './views/phone-modal.ts';
import { objectOf, type WebApiCall, webApi } from './web-api.ts';

export interface SlackModalsOptions {
  readonly token: string | (() => Promise<string>);
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** What a person reads whose own language Slack does not tell. */
  readonly language: Language;
  /** The function that asks, for whoever has to give a right back. */
  readonly functionName: string;
}

const PATIENCE_MS = 10_000;

/** Waiting is the caller's, durably: nothing is retried here, and a request to slow down is passed on at once. */
export function slackModals(options: SlackModalsOptions): Modals {
  const call = webApi({ ...options, patienceMs: PATIENCE_MS });
  return {
    update: async (viewId, modal, userId) => {
      const say = await phoneCatalogue(await languageFor(call, userId, options.language));
      const view = JSON.stringify(phoneWindowView(modal, say));
      const answer = await call('views.update', { view_id: viewId, view }, GONE);
      return answer.ok === true ? 'shown' : 'gone';
    },
  };
}

/** The person closed it. */
const GONE: readonly string[] = ['not_found'];

/** One person reads a modal: in their own language where it can be had. */
async function languageFor(call: WebApiCall, userId: string, otherwise: Language): Promise<Language> {
  try {
    const answer = await call('users.info', { user: userId, include_locale: 'true' });
    const locale = objectOf(answer.user)?.locale;
    return (typeof locale === 'string' ? languageOf(locale) : undefined) ?? otherwise;
  } catch {
    return otherwise;
  }
}
