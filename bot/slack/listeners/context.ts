/** What every listener works with. */
import type { ObserveRequest } from '../../ports.ts';
import type { Log } from '../log.ts';
import type { Lookups } from '../lookups.ts';
import type { HandOnFailure } from '../messages/acknowledgement.ts';
import type { Language } from '../messages/language.ts';

/** Hands work on; the same name again is the same work. */
export type HandOn = (work: {
  readonly name: string;
  readonly payload: ObserveRequest;
}) => Promise<{ readonly kind: 'started' } | (HandOnFailure & { readonly detail?: string })>;

export interface ListenerDeps {
  readonly teamId: string;
  readonly botUserId: string;
  /** What people are answered in whose own language is not known. */
  readonly language: Language;
  readonly handOn: HandOn;
  readonly lookups: Lookups;
  /** Posts to the `response_url` of an interaction. */
  readonly answerAt: (responseUrl: string, text: string) => Promise<void>;
  readonly log: Log;
}

/** Who asked, and where. Slack's own ids. */
export interface Asker {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** Unique to this command or click. */
  readonly triggerId: string;
}

/** The language to answer this person in. */
export const languageFor = async (userId: string, { lookups, language }: ListenerDeps): Promise<Language> =>
  (await lookups.language(userId)) ?? language;

/** A field of a payload as a string; Slack's own payloads always have one, anything else counts as empty. */
export const field = (value: unknown): string => (typeof value === 'string' ? value : '');
