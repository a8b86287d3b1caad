/**
 * The simulated Slack workspace: people, channels, messages, files and modals; the Web API the bot calls; and the
 * requests Slack sends to the bot when people do something.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createClient, type SlackClient } from './client.ts';
import { createHttpHandler, type HttpHandler } from './http.ts';
import { createLabApi, type LabHandler, type SeenMessage, seenBy } from './lab-api.ts';
import { createPage } from './page.ts';
import type { Reader } from './plain-text.ts';
import { createSlackFaults } from './slack-faults.ts';
import { createState, findChannel, findPerson, nameOf, type WorkspaceState } from './state.ts';
import type { Person, WorkspaceDeps } from './types.ts';
import { createWebApi } from './web-api.ts';

export { sameMachine } from './same-machine.ts';
export type { WorkspaceDeps } from './types.ts';

export interface Workspace {
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly signingSecret: string;
  /** The bot's own token, with the scopes of its manifest. */
  readonly botToken: string;
  /** The same bot's token with rights to read history, for looking at the workspace from outside. */
  readonly inspectorToken: string;
  readonly people: readonly Person[];
  /** Channels with a name, the first one with everybody in it. */
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly userGroups: readonly { readonly id: string; readonly handle: string }[];
  readonly client: SlackClient;
  /** The lab's Slack paths by method and path. */
  readonly labApi: ReadonlyMap<string, LabHandler>;
  /** Answers one Web API call. */
  webApi(request: IncomingMessage, response: ServerResponse, method: string): Promise<void>;
  /** Answers a request if its path is the workspace's, this machine's requests only. */
  readonly handle: HttpHandler;
  /** What a person sees in a channel, oldest first; both by id or name. */
  messages(user: string, channel: string): SeenMessage[];
  /** Every message that anybody sees, and every text file, as text. Views are not among it. */
  everything(): string;
  /** How a person reads, for showing messages as plain text. */
  reader(user: string): Reader;
  /** Called after every change, with the channel where it is known, until the returned function is called. */
  watch(listener: (channelId?: string) => void): () => void;
}

/** A fresh workspace; everything in it follows from `deps.random`. */
export function createWorkspace(deps: WorkspaceDeps): Workspace {
  const state = createState(deps);
  const faults = createSlackFaults(deps);
  const client = createClient(state, faults);
  const webApi = createWebApi(state, faults);
  const labApi = createLabApi(state, client);
  return {
    teamId: state.team.id,
    appId: state.app.id,
    botId: state.app.botId,
    botUserId: state.app.botUserId,
    signingSecret: state.app.signingSecret,
    botToken: state.tokens.bot.token,
    inspectorToken: state.tokens.inspector.token,
    people: state.people,
    channels: state.channels.filter((channel) => channel.kind !== 'im').map(({ id, name }) => ({ id, name })),
    userGroups: state.userGroups,
    client,
    labApi,
    webApi,
    handle: createHttpHandler({ state, webApi, labApi, page: createPage(state) }),
    messages: (user, channel) => seenBy(state, user, channel),
    everything: () => everythingIn(state),
    reader: (user) => readerOf(state, user),
    watch: state.watch,
  };
}

/** A name nobody bears reads in English and UTC. */
function readerOf(state: WorkspaceState, user: string): Reader {
  const person = findPerson(state, user);
  return {
    timeZone: person?.tz ?? 'UTC',
    locale: person?.locale ?? 'en-GB',
    nowMs: state.deps.clock.now(),
    userName: (id) => nameOf(state, id),
    channelName: (id) => findChannel(state, id)?.name ?? id,
    groupName: (id) => state.userGroups.find((group) => group.id === id)?.handle ?? id,
  };
}

const everythingIn = ({ messages, files }: WorkspaceState): string =>
  [
    ...[...messages.values()].flatMap((channel) => [...channel.values()].map((message) => JSON.stringify(message))),
    ...[...files.values()].map(({ bytes }) => bytes?.toString('utf8') ?? ''),
  ].join('\n');
