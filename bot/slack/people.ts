/**
 * People and channels as Slack knows them, for rights. Plain requests, so that the function that answers Slack can make
 * them without a client; whoever cannot be looked up is not let through.
 */

import type { Person } from '../domain/rights/rights.ts';
import { OperationFailed, Transient } from '../errors.ts';
import { type Clock, type People, Throttled } from '../ports.ts';

export interface SlackPeopleOptions {
  readonly token: string | (() => Promise<string>);
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** The only workspace whose people are members. */
  readonly teamId: string;
  /** User groups that rights rules name: nobody asks for others. */
  readonly groups: readonly string[];
  /** The function whose token lacks a scope when one is missing. */
  readonly functionName: string;
  /** How long one request may take, milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;
/** Somebody who is taken out of a group has its rights for as long at most; the function that acts asks anew. */
const MEMBERS_KEPT_MS = 60_000;

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

/** Scopes by method, for a sentence that names what is missing. */
const SCOPES: Readonly<Record<string, string>> = {
  'users.info': 'users:read',
  'usergroups.users.list': 'usergroups:read',
  'conversations.info': 'channels:read',
};

/** People over Slack's Web API. */
export const slackPeople = (options: SlackPeopleOptions): People => {
  const membersOf = keptFor(options.clock, MEMBERS_KEPT_MS, (group) => readMembers(options, group));
  return {
    find: async (userId) => {
      const [standing, ...members] = await Promise.all([
        readStanding(options, userId),
        ...options.groups.map((group) => membersOf(group)),
      ]);
      const groups = options.groups.filter((_, index) => members[index]?.includes(userId) === true);
      return { userId, standing, groups };
    },
    isShared: async (channelId) => {
      const answer = await ask(options, 'conversations.info', { channel: channelId });
      // A channel that the bot does not see is not known to be the workspace's own.
      if (answer.ok !== true) return true;
      const { is_im, is_shared, is_ext_shared, is_org_shared, is_pending_ext_shared } = object(answer.channel);
      if (is_im === true) return false;
      return [is_shared, is_ext_shared, is_org_shared, is_pending_ext_shared].includes(true);
    },
  };
};

const UNKNOWN_PERSON = ['user_not_found', 'user_not_visible'];

const readStanding = async (options: SlackPeopleOptions, userId: string): Promise<Person['standing']> => {
  const answer = await ask(options, 'users.info', { user: userId });
  if (answer.ok !== true && UNKNOWN_PERSON.includes(String(answer.error))) return 'gone';
  if (answer.ok !== true) throw new Transient('slack', `users.info: ${String(answer.error)}`);
  const user = object(answer.user);
  if (user.deleted === true || user.is_bot === true) return 'gone';
  if (user.is_stranger === true || (user.team_id !== undefined && user.team_id !== options.teamId)) return 'foreign';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
};

/** A group that is gone or disabled has nobody in it. */
const readMembers = async (options: SlackPeopleOptions, usergroup: string): Promise<readonly string[]> => {
  const answer = await ask(options, 'usergroups.users.list', { usergroup });
  if (answer.ok !== true && answer.error === 'no_such_subteam') return [];
  if (answer.ok !== true) throw new Transient('slack', `usergroups.users.list: ${String(answer.error)}`);
  return Array.isArray(answer.users) ? answer.users.map(String) : [];
};

const ask = async (
  options: SlackPeopleOptions,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<Json> => {
  const token = typeof options.token === 'string' ? options.token : await options.token();
  const response = await sent(options, method, token, fields);
  if (response.status === 429) throw new Throttled('slack', retryAfter(response));
  if (response.status >= 500) throw new Transient('slack', `${method}: ${response.status}`);
  const answer = object(await response.json().catch(() => undefined));
  if (answer.error === 'missing_scope') throw missingScope(options, method);
  return answer;
};

const sent = async (
  { fetch, apiUrl, patienceMs = PATIENCE_MS }: SlackPeopleOptions,
  method: string,
  token: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> => {
  try {
    return await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
    });
  } catch (cause) {
    throw new Transient('slack', `${method} got no answer`, { cause });
  }
};

const retryAfter = (response: Response): number => {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 1;
};

const missingScope = ({ functionName }: SlackPeopleOptions, method: string): OperationFailed =>
  new OperationFailed({ kind: 'missing-right', action: `slack:${SCOPES[method] ?? method}`, function: functionName });

/** Looks something up at most once in a while; several who ask at the same time share one request. Failures are not kept. */
const keptFor = <T>(clock: Clock, lifeMs: number, find: (key: string) => Promise<T>) => {
  const kept = new Map<string, { readonly value: Promise<T>; readonly untilMs: number }>();
  return (key: string): Promise<T> => {
    const known = kept.get(key);
    if (known !== undefined && known.untilMs > clock()) return known.value;
    const value = find(key);
    kept.set(key, { value, untilMs: clock() + lifeMs });
    value.catch(() => kept.delete(key));
    return value;
  };
};
