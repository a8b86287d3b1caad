/** What a check needs of the world, and what it carries along. */
import type { Unpack } from '../domain/inspection-line.ts';
import type { Tag } from '../domain/node-selection.ts';
import type { Site } from '../domain/nodes.ts';
import type {
  Clock,
  Conversation,
  Ledger,
  ManagedNodes,
  MessageRef,
  ReportCsv,
  RunCommand,
  Workflow,
} from '../ports.ts';

/** Notes something for those who run the bot. Facts are counts, names and kinds: never outputs, keys or tokens. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Readonly<Record<string, string | number | boolean>>,
) => void;

export interface CheckDeps {
  /** Unique to this operation: names its commands, its parts in the ledger, and the reference shown when it fails. */
  readonly operationId: string;
  /** The function this runs in, whose role lacks a right when one is missing. */
  readonly functionName: string;
  /** The first is the default. */
  readonly sites: readonly Site[];
  /** The tag that marks the machines the bot may ask. */
  readonly fleetTag: Tag;
  readonly workflow: Workflow;
  readonly nodes: ManagedNodes;
  readonly runCommand: RunCommand;
  readonly ledger: Ledger;
  readonly conversation: Conversation;
  readonly csv: ReportCsv;
  readonly unpack: Unpack;
  readonly clock: Clock;
  readonly log: Log;
}

/** The one message of an operation, and what was asked there. */
export interface Talk {
  readonly message: MessageRef;
  readonly asked: string;
  readonly startedAtMs: number;
}
