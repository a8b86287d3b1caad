/** What has to be asked of Slack while somebody waits: short, cached, and never decisive. */
import type { Clock } from '../ports.ts';
import type { AnswerPlace } from './messages/acknowledgement.ts';
import { type Language, languageOf } from './messages/language.ts';
import { together } from './together.ts';

export interface Lookups {
  /** The person's own language; undefined when Slack did not say in time. */
  language(userId: string): Promise<Language | undefined>;
  /** Where an answer to a command typed in this channel will appear. */
  place(channelId: string): Promise<AnswerPlace>;
}

export interface LookupOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** Slack gives three seconds for the whole answer; a neutral sentence is better than a late one. */
const PATIENCE_MS = 700;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

type Answer = Readonly<Record<string, unknown>>;

/** Lookups over Slack's Web API. Failures are neither thrown nor remembered. */
export function slackLookups(options: LookupOptions): Lookups {
  const language = remembered<Language>(
    options.clock,
    () => HOUR_MS,
    async (userId) => {
      const answer = await ask(options, 'users.info', { user: userId, include_locale: 'true' });
      const locale = object(answer?.user)?.locale;
      return typeof locale === 'string' ? languageOf(locale) : undefined;
    },
  );
  const placeLifeMs = (found: AnswerPlace): number => (found === 'here' ? 5 * MINUTE_MS : MINUTE_MS);
  const place = remembered(options.clock, placeLifeMs, async (channelId) =>
    placeOf(await ask(options, 'conversations.info', { channel: channelId })),
  );
  return { language, place: async (channelId) => (await place(channelId)) ?? 'here-or-direct' };
}

/** Direct messages with the bot have no membership; those between others do not exist for the bot. */
function placeOf(answer: Answer | undefined): AnswerPlace | undefined {
  if (answer === undefined) return undefined;
  if (answer.ok !== true) return answer.error === 'channel_not_found' ? 'direct' : undefined;
  const channel = object(answer.channel);
  if (channel?.is_archived === true) return 'direct';
  return channel?.is_member === true || channel?.is_im === true ? 'here' : 'direct';
}

async function ask(
  { token, apiUrl, fetch }: LookupOptions,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    return object(await response.json());
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Answer | undefined =>
  typeof value === 'object' && value !== null ? (value as Answer) : undefined;

/** A workspace is larger than what is asked within an hour; the oldest entries make room. */
const MAX_REMEMBERED = 2_000;

function remembered<T>(clock: Clock, lifeMs: (value: T) => number, find: (key: string) => Promise<T | undefined>) {
  const known = new Map<string, { readonly value: T; readonly untilMs: number }>();
  const ask = together(find);
  return async (key: string): Promise<T | undefined> => {
    const entry = known.get(key);
    if (entry !== undefined && entry.untilMs > clock()) return entry.value;
    const value = await ask(key);
    known.delete(key);
    if (value === undefined) return undefined;
    const oldest = known.keys().next();
    if (known.size >= MAX_REMEMBERED && oldest.done !== true) known.delete(oldest.value);
    known.set(key, { value, untilMs: clock() + lifeMs(value) });
    return value;
  };
}
