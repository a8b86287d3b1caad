/** What may cover a row of Microsoft's troubleshooting: something that really exists in the bot, by its name there. */
import type { DiagnosedKind } from '../../bot/domain/diagnosis/cause.ts';
import type { EvidenceKind, Unseen } from '../../bot/domain/diagnosis/diagnosis.ts';
import type { FixKind } from '../../bot/domain/diagnosis/fix-kinds.ts';
import type { HostConcern } from '../../bot/domain/hosts/host-story.ts';
import type { Hresult } from '../../bot/domain/hresult.ts';
import type { CommandName, TopicName } from '../../bot/slack/command/table.ts';

export type Reference =
  /** A cause that a rule of the diagnosis gives. */
  | { readonly cause: DiagnosedKind }
  /** Steps of a fix; `says` stands in them in every language. */
  | { readonly fix: FixKind; readonly says: string }
  /** Help; `says` stands in it in every language. */
  | { readonly topic: Exclude<TopicName, 'slmgr'>; readonly says: string }
  /** A line of evidence in a diagnosis. */
  | { readonly evidence: EvidenceKind }
  /** Something `/kms hosts` tells of a host. */
  | { readonly concern: HostConcern['kind'] }
  /** A blind spot that a diagnosis names. */
  | { readonly unseen: Unseen['kind'] }
  /** A code that `/kms error` explains. */
  | { readonly code: Hresult }
  /** An option that `/kms help slmgr` translates. */
  | { readonly slmgr: string }
  /** A command that this version carries out; `form`: one line of its usage. */
  | { readonly command: CommandName; readonly form?: string };

/** A command that will do it, and the issue that brings it. It covers nothing until it is built. */
export interface Planned {
  readonly command: CommandName;
  readonly issue: number;
}

/** One row or paragraph. */
export interface CoverageRow {
  /** Our own short id. */
  readonly id: string;
  /** What it is about, in our words. */
  readonly about: string;
  /** At least one; each must resolve. */
  readonly by: readonly Reference[];
  readonly planned?: readonly Planned[];
}

export const cause = (kind: DiagnosedKind): Reference => ({ cause: kind });
export const fix = (kind: FixKind, says: string): Reference => ({ fix: kind, says });
export const topic = (name: Exclude<TopicName, 'slmgr'>, says: string): Reference => ({ topic: name, says });
export const evidence = (kind: EvidenceKind): Reference => ({ evidence: kind });
export const concern = (kind: HostConcern['kind']): Reference => ({ concern: kind });
export const unseen = (kind: Unseen['kind']): Reference => ({ unseen: kind });
export const code = (hresult: Hresult): Reference => ({ code: hresult });
export const slmgr = (option: string): Reference => ({ slmgr: option });
export const command = (name: CommandName, form?: string): Reference =>
  form === undefined ? { command: name } : { command: name, form };

/** Forms of commands that rows name: each a line of the usage. */
export const setup = command('host', 'host <node> setup <stored key>');
export const publish = command('host', 'host <node> publish on|off');
export const domains = command('host', 'host <node> domains <domain[,priority,weight]> …|none');
export const firewall = command('host', 'host <node> firewall on');
export const restartHost = command('host', 'host <node> restart');
export const storedKey = command('key', 'key <nodes> <stored key>');
export const phone = command('phone', 'phone <node>');
export const rearm = command('rearm', 'rearm <node> [restart]');
