/** Who somebody is, and who reads along, as Slack knows it: the port over Slack's Web API. */
import type { Person } from '../domain/rights/rights.ts';
import type { Clock, People } from '../ports.ts';
import { together } from './together.ts';
import { objectOf, type WebApiAnswer, type WebApiCall, webApi } from './web-api.ts';

export interface SlackPeopleOptions {
  readonly token: string | (() => Promise<string>);
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** The only workspace whose people are members. */
  readonly teamId: string;
  /** The user groups that the rules name. */
  readonly groups: readonly string[];
  /** The function that asks, for whoever has to give a right back. */
  readonly functionName: string;
  /** How long one answer of Slack's is waited for, milliseconds. */
  readonly patienceMs?: number;
  /** How long members of a group are remembered, milliseconds: that long somebody who left it has its rights at most. */
  readonly rememberMs?: number;
}

const PATIENCE_MS = 10_000;
const MINUTE_MS = 60_000;

/** Standing and channels are read anew each time, once for all who ask together; a failure is never taken for an answer. */
export function slackPeople(options: SlackPeopleOptions): People {
  const { patienceMs = PATIENCE_MS, rememberMs = MINUTE_MS, teamId, groups, clock } = options;
  const call = webApi({ ...options, patienceMs });
  const membersOf = remembered(clock, rememberMs, (group) => readMembers(call, group));
  const standingOf = together((userId) => readStanding(call, userId, teamId));
  const channelOf = together((channelId) => readChannel(call, channelId));
  return {
    find: async (userId) => {
      const [standing, ...members] = await Promise.all([standingOf(userId), ...groups.map(membersOf)]);
      const lostGroups = groups.filter((_, at) => members[at] === undefined);
      return {
        userId,
        standing,
        groups: groups.filter((_, at) => members[at]?.has(userId) === true),
        ...(lostGroups.length === 0 ? {} : { lostGroups }),
      };
    },
    isShared: async (channelId) => isSharedChannel(await channelOf(channelId)),
  };
}

const NOBODY = ['user_not_found', 'user_not_visible', 'users_not_found'];

async function readStanding(call: WebApiCall, userId: string, teamId: string): Promise<Person['standing']> {
  const answer = await call('users.info', { user: userId }, NOBODY);
  const user = objectOf(answer.user);
  // A program decides nothing: it is treated as an account that nobody has.
  if (user === undefined || user.id !== userId || user.deleted === true || user.is_bot === true) return 'gone';
  if (user.is_stranger === true || user.team_id !== teamId) return 'foreign';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}

/** A group that is not there, or was switched off: nobody can say who was in it. */
const NO_GROUP = ['no_such_subteam', 'subteam_disabled', 'plan_upgrade_required'];

async function readMembers(call: WebApiCall, group: string): Promise<ReadonlySet<string> | undefined> {
  const { users } = await call('usergroups.users.list', { usergroup: group }, NO_GROUP);
  return Array.isArray(users) ? new Set(users.filter((id) => typeof id === 'string')) : undefined;
}

/** Undefined where the bot cannot look: a private channel without it, messages between two people. */
const readChannel = async (call: WebApiCall, channelId: string): Promise<WebApiAnswer | undefined> =>
  objectOf((await call('conversations.info', { channel: channelId }, ['channel_not_found'])).channel);

/** Between workspaces of one organisation is shared, too: whoever is in the other one is unknown here. */
const isSharedChannel = (channel: WebApiAnswer | undefined): boolean => {
  // A channel that the bot does not see is not known to be the workspace's own.
  if (channel === undefined) return true;
  if (channel.is_im === true) return false;
  return (
    channel.is_ext_shared === true ||
    channel.is_shared === true ||
    channel.is_org_shared === true ||
    channel.is_pending_ext_shared === true
  );
};

/** Remembers answers for a while; a failure is not remembered. */
function remembered<T>(clock: Clock, lifeMs: number, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, { readonly value: T; readonly untilMs: number }>();
  const ask = together(read);
  return async (key) => {
    const entry = known.get(key);
    if (entry !== undefined && entry.untilMs > clock()) return entry.value;
    const untilMs = clock() + lifeMs;
    const value = await ask(key);
    known.set(key, { value, untilMs });
    return value;
  };
}
