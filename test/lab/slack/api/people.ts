/** `auth.test`, `users.*` and `usergroups.*`. */

import type { JsonObject } from '../block-kit.ts';
import { nameOf, type WorkspaceState } from '../state.ts';
import type { Person, UserGroup } from '../types.ts';
import { type Answer, type ApiCall, fail, flagArg, type Method, pageOf, succeed, textArg } from './answer.ts';

function authTest({ state }: ApiCall): Answer {
  const { team, app, deps } = state;
  return succeed({
    url: `${deps.baseUrl()}/`,
    team: team.name,
    user: app.botName,
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  });
}

function usersInfo({ state, args }: ApiCall): Answer {
  const id = textArg(args, 'user');
  const withLocale = flagArg(args, 'include_locale');
  if (id === state.app.botUserId) return succeed({ user: botJson(state) });
  const person = state.people.find((one) => one.id === id);
  return person === undefined ? fail('user_not_found') : succeed({ user: personJson(state, person, withLocale) });
}

/** Deactivated: by a fault, since nobody leaves by themselves. */
function hasLeft({ deps }: WorkspaceState, personId: string): boolean {
  return deps.faults().some(({ fault, person }) => fault === 'person-left' && person === personId);
}

function wasTakenOut({ deps }: WorkspaceState, personId: string, groupId: string): boolean {
  return deps
    .faults()
    .some(({ fault, person, group }) => fault === 'person-left-group' && person === personId && group === groupId);
}

/** Members of a group as it is now: deactivated people are in none. */
function membersOf(state: WorkspaceState, { id, userIds }: UserGroup): readonly string[] {
  return userIds.filter((personId) => !hasLeft(state, personId) && !wasTakenOut(state, personId, id));
}

function personJson(state: WorkspaceState, person: Person, withLocale: boolean): JsonObject {
  const foreign = person.teamId !== state.team.id;
  const guest = person.guest === true;
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: hasLeft(state, person.id),
    real_name: person.realName,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: tzOffsetSeconds(person.tz, state.deps.clock.now()),
    profile: { real_name: person.realName, display_name: person.name, team: person.teamId },
    is_bot: false,
    is_app_user: false,
    ...(foreign
      ? { is_stranger: false }
      : { is_admin: false, is_owner: false, is_restricted: guest, is_ultra_restricted: guest }),
    ...(withLocale ? { locale: person.locale } : {}),
  };
}

function botJson(state: WorkspaceState): JsonObject {
  const { app, team } = state;
  const profile = { real_name: app.botName, display_name: app.botName, bot_id: app.botId, api_app_id: app.id };
  return {
    id: app.botUserId,
    team_id: team.id,
    name: app.botName,
    real_name: nameOf(state, app.botUserId),
    deleted: false,
    is_bot: true,
    profile,
  };
}

/** Seconds a zone is ahead of UTC at an instant. */
export function tzOffsetSeconds(zone: string, atMs: number): number {
  const second = Math.floor(atMs / 1_000) * 1_000;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(second);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return (local - second) / 1_000;
}

function usersList({ state, args }: ApiCall): Answer {
  const page = pageOf(args, state.people, 1_000);
  if (page === 'invalid_cursor') return fail('invalid_cursor');
  const members = page.items.map((person) => personJson(state, person, flagArg(args, 'include_locale')));
  return succeed({ members, response_metadata: { next_cursor: page.nextCursor } });
}

function groupJson(state: WorkspaceState, group: UserGroup): JsonObject {
  return {
    id: group.id,
    team_id: state.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    date_delete: 0,
    user_count: membersOf(state, group).length,
  };
}

function groupsList({ state, args }: ApiCall): Answer {
  const withUsers = flagArg(args, 'include_users');
  const usergroups = state.userGroups.map((group) => ({
    ...groupJson(state, group),
    ...(withUsers ? { users: membersOf(state, group) } : {}),
  }));
  return succeed({ usergroups });
}

function groupUsers({ state, args }: ApiCall): Answer {
  const group = state.userGroups.find((one) => one.id === textArg(args, 'usergroup'));
  return group === undefined ? fail('no_such_subteam') : succeed({ users: membersOf(state, group) });
}

/** `auth.test`, `users.*` and `usergroups.*` by method name. */
export const PEOPLE: Readonly<Record<string, Method>> = {
  'auth.test': { tier: 'special', run: authTest },
  'users.info': { tier: 4, scope: 'users:read', run: usersInfo },
  'users.list': { tier: 2, scope: 'users:read', run: usersList },
  'usergroups.list': { tier: 2, scope: 'usergroups:read', run: groupsList },
  'usergroups.users.list': { tier: 2, scope: 'usergroups:read', run: groupUsers },
};
