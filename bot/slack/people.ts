/** Who somebody is, and who reads along, as Slack knows it: the port over Slack's Web API. */
import type { Person } from '../domain/rights/rights.ts';
import type { Clock, People } from '../ports.ts';
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
  /** How long one answer of Slack's is waited for. */
  readonly patienceMs?: number;
  /** How long members of a group are remembered; by default five minutes. */
  readonly rememberMs?: number;
  /** The function that asks, for whoever has to give a right back. */
  readonly functionName?: string;
}

/** Slack waits three seconds for the whole answer to a click. */
const PATIENCE_MS = 1_200;

const FIVE_MINUTES_MS = 5 * 60_000;

/** Standing and channels are read anew each time; a failure is never taken for an answer. */
export function slackPeople(options: SlackPeopleOptions): People {
  const {
    patienceMs = PATIENCE_MS,
    functionName = 'slack',
    teamId,
    groups,
    clock,
    rememberMs = FIVE_MINUTES_MS,
  } = options;
  const call = webApi({ ...options, patienceMs, functionName });
  const membersOf = shared(clock, rememberMs, (group) => readMembers(call, group));
  return {
    find: async (userId) => {
      const [standing, ...members] = await Promise.all([readStanding(call, userId, teamId), ...groups.map(membersOf)]);
      return { userId, standing, groups: groups.filter((_, at) => members[at]?.has(userId) === true) };
    },
    isShared: async (channelId) => isSharedChannel(await readChannel(call, channelId)),
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

/** A group that is not there, or was switched off, has no members. */
const NO_GROUP = ['no_such_subteam', 'subteam_disabled', 'plan_upgrade_required'];

async function readMembers(call: WebApiCall, group: string): Promise<ReadonlySet<string>> {
  const { users } = await call('usergroups.users.list', { usergroup: group }, NO_GROUP);
  return new Set(Array.isArray(users) ? users.filter((id) => typeof id === 'string') : []);
}

/** Undefined for a private channel without the bot, and for messages between two people: nothing is ever written there. */
const readChannel = async (call: WebApiCall, channelId: string): Promise<WebApiAnswer | undefined> =>
  objectOf((await call('conversations.info', { channel: channelId }, ['channel_not_found'])).channel);

/** Between workspaces of one organisation is shared, too: whoever is in the other one is unknown here. */
const isSharedChannel = (channel: WebApiAnswer | undefined): boolean => {
  if (channel === undefined || channel.is_im === true) return false;
  return (
    channel.is_ext_shared === true ||
    channel.is_shared === true ||
    channel.is_org_shared === true ||
    channel.is_pending_ext_shared === true
  );
};

/** Asks once for everybody who asks at the same time, and remembers for a while; a failure is not remembered. */
function shared<T>(clock: Clock, rememberMs: number, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, { readonly value: Promise<T>; readonly untilMs: number }>();
  return (key) => {
    const entry = known.get(key);
    if (entry !== undefined && entry.untilMs > clock()) return entry.value;
    const asked = { value: read(key), untilMs: clock() + rememberMs };
    known.set(key, asked);
    asked.value.catch(() => known.get(key) === asked && known.delete(key));
    return asked.value;
  };
}
