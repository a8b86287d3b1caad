/** What operations that look need of the world, and what they carry along. */
import type { CheckProgress } from '../domain/check-report.ts';
import type { Digest } from '../domain/digest.ts';
import type { Unpack } from '../domain/inspection-line.ts';
import type { Tag } from '../domain/node-selection.ts';
import type { Site } from '../domain/nodes.ts';
import type { ConfiguredZone } from '../domain/records/record-set.ts';
import type {
  Audit,
  AuditCsv,
  Changes,
  Clock,
  Content,
  Conversation,
  Ledger,
  ManagedNodes,
  MessageRef,
  Place,
  RecordSets,
  RecordsCsv,
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

export interface OperationDeps {
  /** Unique to this operation: names its commands, its parts in the ledger, and the reference shown when it fails. */
  readonly operationId: string;
  /** The function this runs in, whose role lacks a right when one is missing. */
  readonly functionName: string;
  /** The first is the default. */
  readonly sites: readonly Site[];
  /** The tag that marks the machines the bot may ask. */
  readonly fleetTag: Tag;
  /** KMS hosts outside Systems Manager that the configuration names: names, addresses or networks. */
  readonly knownHosts: readonly string[];
  /** Zones that the configuration names, of every site. */
  readonly zones: readonly ConfiguredZone[];
  /** What this deployment's marks beside record sets are told by. */
  readonly owner: string;
  readonly workflow: Workflow;
  readonly nodes: ManagedNodes;
  readonly runCommand: RunCommand;
  readonly recordSets: RecordSets;
  readonly ledger: Ledger;
  readonly conversation: Conversation;
  readonly csv: ReportCsv;
  readonly changes: Changes;
  /** Absent where changes are not deployed. */
  readonly audit?: Audit;
  readonly digest: Digest;
  readonly unpack: Unpack;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the operations that only look need beyond that. */
export interface ObserveDeps extends OperationDeps {
  readonly auditCsv: AuditCsv;
  readonly recordsCsv: RecordsCsv;
}

/** How far an operation is, but for when it began. */
export type Progress = Omit<CheckProgress, 'startedAtMs'>;

/** The one message of an operation, and what was asked there. */
export interface Talk {
  readonly message: MessageRef;
  readonly asked: string;
  readonly startedAtMs: number;
  readonly place: Place;
  /** What the message shows on the way. */
  readonly progress: (progress: Progress) => Content | Promise<Content>;
}
