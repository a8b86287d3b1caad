/** What the simulated Slack workspace is made of. */
import type { ActiveFault, WireExchange } from '../aws/types.ts';
import type { LabClock } from '../clock.ts';
import type { JsonObject } from './block-kit.ts';
import type { AppManifest } from './manifest.ts';

/** What a person may do with the bot; the workspace keeps it as user groups. */
export type Right = 'viewer' | 'operator' | 'approver';

export interface Person {
  readonly id: string;
  /** Handle, as typed after `@`. */
  readonly name: string;
  readonly realName: string;
  /** Slack locale, e.g. `ja-JP`. */
  readonly locale: string;
  /** IANA time zone. */
  readonly tz: string;
  readonly rights: readonly Right[];
  /** Another workspace's for a guest who came with a shared channel. */
  readonly teamId: string;
  /** A single-channel guest of this workspace. */
  readonly guest?: true;
}

export interface Channel {
  readonly id: string;
  /** Without `#`; `directmessage` for direct messages. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  /** User ids, the bot's among them where it is in. */
  readonly members: Set<string>;
  readonly archived: boolean;
  /** Shared with another workspace. */
  readonly externallyShared: boolean;
}

export interface Message {
  /** `seconds.micros`, unique and increasing over the workspace. */
  readonly ts: string;
  readonly channelId: string;
  /** The author; the bot's user id for what the bot says. */
  readonly userId: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly fileIds: readonly string[];
  /** `ts` of the parent, on replies only. */
  readonly threadTs?: string;
  /** A reply that is shown in the channel too. */
  readonly broadcast?: boolean;
  /** The only person who sees it, on ephemeral messages only. */
  readonly viewerId?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly metadata?: JsonObject;
  /** True for messages of Slack itself, e.g. a failed command's. */
  readonly bySlack?: boolean;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** Bytes announced when the upload address was asked for. */
  readonly length: number;
  readonly bytes?: Buffer;
  /** Who uploaded it: the bot. */
  readonly ownerId: string;
  /** Empty until Slack has looked at the file. */
  readonly mimetype: string;
  readonly altText?: string;
  readonly createdMs: number;
  readonly completed: boolean;
  /** Channels it was shared in, with the message's `ts`. */
  readonly shares: readonly { readonly channelId: string; readonly ts: string }[];
}

/** `block_id` → `action_id` → what the field holds, in the form Slack sends. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

export interface ViewRecord {
  readonly id: string;
  readonly ownerId: string;
  readonly rootViewId: string;
  readonly previousViewId?: string;
  readonly hash: string;
  /** The view as the bot gave it, block ids filled in. */
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly values: StateValues;
  /** What the bot found wrong at the last submission: `block_id` → text. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly userIds: readonly string[];
}

/** Who calls the Web API. */
export interface ApiToken {
  readonly token: string;
  /** `bot` is what the bot was given; `inspector` also reads history, for looking at the workspace from outside. */
  readonly holder: 'bot' | 'inspector';
  readonly scopes: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface SlackApp {
  readonly id: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Handle of the bot user. */
  readonly botName: string;
  /** Key of the requests' signatures, 32 hex digits. */
  readonly signingSecret: string;
  /** The deprecated verification token that still travels in every payload. */
  readonly verificationToken: string;
}

/** What the workspace needs of the lab. */
export interface WorkspaceDeps {
  readonly clock: LabClock;
  /** Deterministic from the lab's seed, 0 ≤ x < 1. */
  readonly random: () => number;
  readonly record: (exchange: WireExchange) => void;
  readonly faults: () => readonly ActiveFault[];
  /** Where the bot listens, e.g. `http://127.0.0.1:3000/slack/events`. */
  readonly botUrl: () => string;
  /** Where this workspace is served, without trailing slash. */
  readonly baseUrl: () => string;
  /** The app as installed; the default one knows `/kms`. */
  readonly manifest?: AppManifest;
  /** Wall time of signatures, ms; `Date.now` by default. */
  readonly wall?: () => number;
}

/** A refusal of Slack's: what `error` says, and fields that come with it. */
export interface SlackError {
  readonly error: string;
  readonly detail?: JsonObject;
}
