/** The fictional people and channels every workspace starts with. */
import type { Ids } from './ids.ts';
import type { Channel, Person, Right, UserGroup } from './types.ts';

type PersonSeed = Omit<Person, 'id' | 'teamId'> & { readonly foreign?: true };

const PEOPLE: readonly PersonSeed[] = [
  { name: 'aiko', realName: 'Aiko Tanaka', locale: 'ja-JP', tz: 'Asia/Tokyo', rights: ['viewer', 'operator'] },
  { name: 'ken', realName: 'Ken Mori', locale: 'ja-JP', tz: 'Asia/Tokyo', rights: ['viewer', 'operator', 'approver'] },
  { name: 'emma', realName: 'Emma Clarke', locale: 'en-GB', tz: 'Europe/London', rights: ['viewer'] },
  {
    name: 'daniel',
    realName: 'Daniel Weber',
    locale: 'en-US',
    tz: 'Europe/Berlin',
    rights: ['viewer', 'operator', 'approver'],
  },
  { name: 'mika', realName: 'Mika Suzuki', locale: 'ja-JP', tz: 'Asia/Tokyo', rights: [] },
  { name: 'nora', realName: 'Nora Lind', locale: 'en-GB', tz: 'Europe/Stockholm', rights: [], guest: true },
  { name: 'rui', realName: 'Rui Costa', locale: 'en-US', tz: 'Europe/Lisbon', rights: [], foreign: true },
];

/** Everybody, the foreign guest last. */
export function seedPeople(ids: Ids, teamId: string, foreignTeamId: string): Person[] {
  return PEOPLE.map(({ foreign, ...person }) => ({
    ...person,
    id: ids.next('U'),
    teamId: foreign === true ? foreignTeamId : teamId,
  }));
}

interface ChannelSeed {
  readonly name: string;
  readonly kind: 'public' | 'private';
  /** `members`: everybody of the workspace but its guests. */
  readonly people: 'workspace' | 'members' | readonly string[];
  readonly bot: boolean;
  readonly archived?: true;
  readonly shared?: true;
}

const CHANNELS: readonly ChannelSeed[] = [
  { name: 'kms-ops', kind: 'public', people: 'workspace', bot: true },
  { name: 'kms-approvals', kind: 'public', people: ['aiko', 'ken', 'daniel'], bot: true },
  { name: 'random', kind: 'public', people: 'members', bot: false },
  { name: 'it-leads', kind: 'private', people: ['aiko', 'ken'], bot: false },
  { name: 'kms-partners', kind: 'public', people: ['aiko', 'ken', 'rui'], bot: true, shared: true },
  { name: 'kms-rollout-2019', kind: 'public', people: ['aiko', 'ken'], bot: true, archived: true },
];

/** The channels; the first has every person of the workspace and the bot in it. */
export function seedChannels(ids: Ids, people: readonly Person[], teamId: string, botUserId: string): Channel[] {
  return CHANNELS.map((seed) => {
    const inside = people.filter((person) => isInside(seed, person, teamId));
    return {
      id: ids.next('C'),
      name: seed.name,
      kind: seed.kind,
      members: new Set([...inside.map((person) => person.id), ...(seed.bot ? [botUserId] : [])]),
      archived: seed.archived ?? false,
      externallyShared: seed.shared ?? false,
    };
  });
}

function isInside({ people }: ChannelSeed, { name, teamId, guest }: Person, ownTeamId: string): boolean {
  if (people === 'workspace') return teamId === ownTeamId;
  return people === 'members' ? teamId === ownTeamId && guest !== true : people.includes(name);
}

const GROUPS: readonly { readonly right: Right; readonly handle: string; readonly name: string }[] = [
  { right: 'viewer', handle: 'kms-viewers', name: 'KMS viewers' },
  { right: 'operator', handle: 'kms-operators', name: 'KMS operators' },
  { right: 'approver', handle: 'kms-approvers', name: 'KMS approvers' },
];

/** One user group for each right. */
export function seedUserGroups(ids: Ids, people: readonly Person[]): UserGroup[] {
  return GROUPS.map(({ right, handle, name }) => ({
    id: ids.next('S'),
    handle,
    name,
    userIds: people.filter((person) => person.rights.includes(right)).map((person) => person.id),
  }));
}
