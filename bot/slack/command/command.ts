/** What a slash command can ask for, once understood. */
import type { PublishDomain } from '../../domain/change/change-spec.ts';
import type { Hresult } from '../../domain/hresult.ts';
import type { NodeSelection, NodeSelector } from '../../domain/nodes.ts';
import type { SecretKind } from '../../domain/secret-in.ts';
import type { CommandName, TopicName } from './table.ts';

/** One machine, by id or by name. */
export type OneNode = {
  readonly node: Extract<NodeSelector, { kind: 'id' | 'name' }>;
  readonly site?: string;
};

/** A KMS host as a client may be given it. Names are lower-case; the port is absent where none was written. */
export type HostAddress = {
  readonly kind: 'fqdn' | 'netbios' | 'ipv4' | 'ipv6';
  /** IPv6 without brackets. */
  readonly host: string;
  readonly port?: number;
};

export type ClientSetting =
  | { readonly setting: 'type'; readonly to: 'auto' | 'kms' | 'ad' }
  /** `undefined` clears the lookup domain. */
  | { readonly setting: 'lookup'; readonly domain: string | undefined }
  | { readonly setting: 'caching'; readonly on: boolean }
  | { readonly setting: 'flushdns' };

export type KeyChoice =
  | { readonly kind: 'gvlk' }
  /** The name under which a key is kept as a secret. */
  | { readonly kind: 'stored'; readonly name: string };

export type HostAction =
  | { readonly action: 'setup'; readonly storedKey: string }
  | { readonly action: 'publish'; readonly on: boolean }
  /** Empty for none beside its own. */
  | { readonly action: 'domains'; readonly domains: readonly PublishDomain[] }
  | { readonly action: 'port'; readonly port: number }
  /** Minutes, 15 to 43,200 each. */
  | { readonly action: 'intervals'; readonly activationMinutes: number; readonly renewalMinutes: number }
  | { readonly action: 'priority'; readonly low: boolean }
  | { readonly action: 'firewall' }
  | { readonly action: 'restart' }
  | { readonly action: 'retire' };

/** A zone is a domain, lower-case, or the id of a Route 53 zone, upper-case. */
export type DnsLook = { readonly action: 'compare'; readonly zone?: string };

/** `adopt`: a value that somebody else made becomes the bot's own. */
export type DnsChange = {
  readonly action: 'add' | 'remove' | 'adopt';
  readonly zone: string;
  readonly host: HostAddress;
  readonly priority?: number;
  readonly weight?: number;
};

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Minutes after midnight in the schedule's time zone. */
export type ReportSchedule =
  | { readonly kind: 'now' }
  | { readonly kind: 'off' }
  | { readonly kind: 'daily'; readonly minuteOfDay: number }
  | { readonly kind: 'weekly'; readonly day: Weekday; readonly minuteOfDay: number };

export type AuditRequest = {
  readonly about:
    | { readonly kind: 'everything' }
    | { readonly kind: 'verify' }
    | { readonly kind: 'person'; readonly userId: string }
    | { readonly kind: 'node'; readonly node: OneNode['node'] };
  readonly since?: Since;
};

/** A beginning: a calendar day, or minutes back from now. */
export type Since =
  | { readonly kind: 'day'; readonly isoDay: string }
  | { readonly kind: 'ago'; readonly minutes: number };

type DnsLookCommand = { readonly name: 'dns'; readonly request: DnsLook };

type DnsChangeCommand = { readonly name: 'dns'; readonly request: DnsChange };

export type Command =
  | { readonly name: 'help'; readonly about?: CommandName | TopicName }
  | { readonly name: 'check'; readonly nodes: NodeSelection }
  | { readonly name: 'diagnose'; readonly target: OneNode }
  | { readonly name: 'hosts'; readonly site?: string }
  | { readonly name: 'activate' | 'discover'; readonly nodes: NodeSelection }
  | { readonly name: 'phone'; readonly target: OneNode }
  | { readonly name: 'rearm'; readonly target: OneNode; readonly restart: boolean }
  | { readonly name: 'jobs' }
  | { readonly name: 'incidents' | 'whoami' | 'doctor' }
  | { readonly name: 'error'; readonly hresult: Hresult }
  | { readonly name: 'point'; readonly nodes: NodeSelection; readonly to: HostAddress | { readonly kind: 'amazon' } }
  | { readonly name: 'set'; readonly nodes: NodeSelection; readonly change: ClientSetting }
  | { readonly name: 'key'; readonly nodes: NodeSelection; readonly key: KeyChoice }
  | { readonly name: 'test'; readonly target: OneNode; readonly host: HostAddress }
  | { readonly name: 'host'; readonly target: OneNode; readonly change: HostAction }
  | DnsLookCommand
  | DnsChangeCommand
  | { readonly name: 'undo'; readonly change: string }
  | {
      readonly name: 'report';
      readonly schedule: ReportSchedule;
      readonly channelId?: string;
      readonly timeZone?: string;
    }
  | { readonly name: 'mute'; readonly incident: string; readonly minutes: number; readonly reason: string }
  | { readonly name: 'audit'; readonly request: AuditRequest };

/** A command that is answered by a message of its own, and that only looks. */
export type LookCommand =
  | Extract<Command, { name: 'check' | 'diagnose' | 'hosts' | 'jobs' | 'audit' }>
  | DnsLookCommand;

/** A command that changes machines or records. */
export type ChangeCommand =
  | Extract<
      Command,
      { name: 'activate' | 'discover' | 'point' | 'set' | 'key' | 'phone' | 'rearm' | 'test' | 'host' | 'undo' }
    >
  | DnsChangeCommand;

/** What a button alone asks for: a machine that was rearmed is to restart. Nobody types it. */
export type RestartCommand = { readonly name: 'restart'; readonly target: OneNode };

/** A command that is handed on, and written down as it would be typed. */
export type StartingCommand = LookCommand | ChangeCommand | RestartCommand;

/** What a place in a command is for; the catalogue has a word for each. */
export type Operand =
  | 'nodes'
  | 'node'
  | 'tag'
  | 'site'
  | 'code'
  | 'host'
  | 'kms-target'
  | 'setting'
  | 'activation-type'
  | 'lookup-domain'
  | 'on-off'
  | 'key-choice'
  | 'stored-key'
  | 'host-action'
  | 'domain'
  | 'port'
  | 'interval'
  | 'priority-class'
  | 'zone'
  | 'dns-action'
  | 'record-number'
  | 'change'
  | 'schedule'
  | 'time-of-day'
  | 'weekday'
  | 'incident'
  | 'duration'
  | 'reason'
  | 'since'
  | 'topic';

/** What is wrong with a command's words. */
export type Problem =
  | { readonly kind: 'missing'; readonly what: Operand }
  | { readonly kind: 'bad'; readonly what: Operand; readonly word: string; readonly nearest: readonly string[] }
  | { readonly kind: 'extra'; readonly word: string };

/** Why a text is no command. Words in it are as typed: hostile until escaped. */
export type Refusal =
  | { readonly kind: 'unknown-command'; readonly word: string; readonly nearest: readonly CommandName[] }
  | { readonly kind: 'problem'; readonly command: CommandName; readonly problem: Problem }
  /** A product key, or an Installation or Confirmation ID. Nothing of the text is kept but that it was meant for `phone`. */
  | { readonly kind: 'secret'; readonly looksLike: SecretKind; readonly forPhone?: true }
  | { readonly kind: 'unclosed-quote' }
  | { readonly kind: 'too-long'; readonly limit: number };

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly refusal: Refusal };

/** The outcome of reading some words of a command. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const missing = (what: Operand): Parsed<never> => ({ ok: false, problem: { kind: 'missing', what } });
export const bad = (what: Operand, word: string, nearest: readonly string[] = []): Parsed<never> => ({
  ok: false,
  problem: { kind: 'bad', what, word, nearest },
});
export const extra = (word: string): Parsed<never> => ({ ok: false, problem: { kind: 'extra', word } });

/** Carries a value on, or the problem unchanged. */
export const andThen = <A, B>(parsed: Parsed<A>, next: (value: A) => Parsed<B>): Parsed<B> =>
  parsed.ok ? next(parsed.value) : parsed;
