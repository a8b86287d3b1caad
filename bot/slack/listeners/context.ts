/** What every listener works with. */
import type { ChangeStatus, Decision } from '../../domain/change/change-status.ts';
import type { RightsRule } from '../../domain/rights/rights.ts';
import type { ChangeFunctionRequest, Clock, ObserveRequest, People } from '../../ports.ts';
import type { Log } from '../log.ts';
import type { Lookups } from '../lookups.ts';
import type { HandOnFailure } from '../messages/acknowledgement.ts';
import type { Language } from '../messages/language.ts';

/** Hands work on; the same name again is the same work. */
export type HandOn<Payload> = (work: {
  readonly name: string;
  readonly payload: Payload;
}) => Promise<{ readonly kind: 'started' } | (HandOnFailure & { readonly detail?: string })>;

/** What became of a decision that was sent to the change that waits for it. */
export type DecisionOutcome =
  | { readonly kind: 'taken' }
  /** Somebody else was first, or the time is over. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'missing-right'; readonly action: string }
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed'; readonly detail: string };

/**
 * Keeps the digits of a Confirmation ID for their machine, under a name of its own; the first is the only one.
 * `taken-before`: one is kept under that name already, which says nothing of whether the change was told.
 */
export type ConfirmationWriter = (
  name: string,
  digits: string,
) => Promise<
  | { readonly kind: 'written' }
  | { readonly kind: 'taken-before' }
  | { readonly kind: 'missing-right'; readonly action: string }
  /** No answer in time: it may have been written. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed'; readonly detail: string }
>;

/** Where changes are asked for, looked up and decided. */
export interface ChangeDesk {
  readonly handOn: HandOn<ChangeFunctionRequest>;
  /** Where a change stands; undefined where nothing is known of it. @throws when it cannot be read. */
  readonly status: (changeId: string) => Promise<ChangeStatus | undefined>;
  readonly decide: (callbackId: string, decision: Decision) => Promise<DecisionOutcome>;
  readonly confirm: ConfirmationWriter;
}

export interface ListenerDeps {
  readonly teamId: string;
  readonly botUserId: string;
  /** What people are answered in whose own language is not known. */
  readonly language: Language;
  readonly handOn: HandOn<ObserveRequest>;
  /** Absent where changes are not deployed. */
  readonly changes?: ChangeDesk;
  readonly rules: readonly RightsRule[];
  readonly people: People;
  /** Opens a modal and gives its id. @throws when Slack does not. */
  readonly openView: (triggerId: string, view: object) => Promise<string>;
  /** Replaces what a modal shows. @throws when Slack does not, as when it was closed. */
  readonly updateView: (viewId: string, view: object) => Promise<void>;
  readonly clock: Clock;
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
