/** The workspace's state, and the ways to find things in it. */
import type { JsonObject } from './block-kit.ts';
import { createIds, createTimestamps, type Ids } from './ids.ts';
import { type AppManifest, DEFAULT_MANIFEST, INSPECTOR_SCOPES } from './manifest.ts';
import { seedChannels, seedPeople, seedUserGroups } from './seed.ts';
import type { ResponseUrl, Trigger } from './tickets.ts';
import type {
  ApiToken,
  Channel,
  Message,
  Person,
  SlackApp,
  SlackFile,
  Team,
  UserGroup,
  ViewRecord,
  WorkspaceDeps,
} from './types.ts';

export interface WorkspaceState {
  readonly deps: WorkspaceDeps;
  readonly manifest: AppManifest;
  readonly ids: Ids;
  readonly team: Team;
  readonly app: SlackApp;
  readonly tokens: { readonly bot: ApiToken; readonly inspector: ApiToken };
  readonly people: readonly Person[];
  readonly channels: Channel[];
  readonly userGroups: readonly UserGroup[];
  /** Channel id → `ts` → message, oldest first; ephemeral ones among them. */
  readonly messages: Map<string, Map<string, Message>>;
  readonly files: Map<string, SlackFile>;
  /** Person id → modals open for them, the visible one last. */
  readonly modals: Map<string, ViewRecord[]>;
  /** Person id → App Home as last published. */
  readonly homes: Map<string, ViewRecord>;
  readonly triggers: Map<string, Trigger>;
  /** Secret part of an upload address → file id. */
  readonly uploads: Map<string, string>;
  /** Secret part of a `response_url` → what it is for. */
  readonly responseUrls: Map<string, ResponseUrl>;
  /** Person and action id → options last offered in an external select. */
  readonly suggestions: Map<string, readonly JsonObject[]>;
  newTs(): string;
  /** Tells everybody who watches that something changed; without a channel, anything may have. */
  changed(channelId?: string): void;
  /** Called after every change until the returned function is called. */
  watch(listener: (channelId?: string) => void): () => void;
}

/** A fresh workspace. Everything in it follows from the lab's randomness. */
export function createState(deps: WorkspaceDeps): WorkspaceState {
  const ids = createIds(deps.random);
  const manifest = deps.manifest ?? DEFAULT_MANIFEST;
  const team = { id: ids.next('T'), name: 'Example Operations', domain: 'example-ops' };
  const app = createApp(ids, manifest);
  const people = seedPeople(ids, team.id, ids.next('T'));
  const listeners = new Set<(channelId?: string) => void>();
  return {
    deps,
    manifest,
    ids,
    team,
    app,
    tokens: createTokens(ids, manifest),
    people,
    channels: seedChannels(ids, people, team.id, app.botUserId),
    userGroups: seedUserGroups(ids, people),
    messages: new Map(),
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
    triggers: new Map(),
    uploads: new Map(),
    responseUrls: new Map(),
    suggestions: new Map(),
    newTs: createTimestamps(deps.clock),
    changed: (channelId) => {
      for (const listener of listeners) listener(channelId);
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function createApp(ids: Ids, manifest: AppManifest): SlackApp {
  return {
    id: ids.next('A'),
    botId: ids.next('B'),
    botUserId: ids.next('U'),
    botName: manifest.botName,
    signingSecret: ids.hex(32),
    verificationToken: ids.secret(24),
  };
}

function createTokens(ids: Ids, manifest: AppManifest): WorkspaceState['tokens'] {
  return {
    bot: { token: ids.botToken(), holder: 'bot', scopes: manifest.scopes },
    inspector: {
      token: ids.botToken(),
      holder: 'inspector',
      scopes: [...new Set([...manifest.scopes, ...INSPECTOR_SCOPES])],
    },
  };
}

/** A person by id, handle (with or without `@`) or full name. */
export function findPerson(state: WorkspaceState, word: string): Person | undefined {
  const plain = word.replace(/^@/, '').toLowerCase();
  return state.people.find(
    (person) => person.id === word || person.name.toLowerCase() === plain || person.realName.toLowerCase() === plain,
  );
}

/** A channel by id or name (with or without `#`). Direct messages have an id only. */
export function findChannel(state: WorkspaceState, word: string): Channel | undefined {
  const plain = word.replace(/^#/, '').toLowerCase();
  return state.channels.find((channel) => channel.id === word || (channel.kind !== 'im' && channel.name === plain));
}

/** The direct messages between the bot and a person, opened when they are not yet. */
export function directMessages(state: WorkspaceState, personId: string): Channel {
  const { botUserId } = state.app;
  const open = state.channels.find((channel) => channel.kind === 'im' && channel.members.has(personId));
  if (open !== undefined) return open;
  const channel: Channel = {
    id: state.ids.next('D'),
    name: 'directmessage',
    kind: 'im',
    members: new Set([personId, botUserId]),
    archived: false,
    externallyShared: false,
  };
  state.channels.push(channel);
  state.changed();
  return channel;
}

/** Whether a person can open the channel: they are in it, or it is public, of their own workspace, and they no guest. */
export function maySee(state: WorkspaceState, person: Person, channel: Channel): boolean {
  const mayJoin = person.teamId === state.team.id && person.guest !== true;
  return channel.members.has(person.id) || (channel.kind === 'public' && mayJoin);
}

/** How a user id is shown: a person's or the bot's name, or the id itself. */
export function nameOf(state: WorkspaceState, userId: string): string {
  if (userId === state.app.botUserId) return state.app.botName;
  return state.people.find((person) => person.id === userId)?.realName ?? userId;
}
