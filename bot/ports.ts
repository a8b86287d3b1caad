/**
 * What operations need of the world, in the domain's words. Adapters in `bot/aws` and `bot/slack` implement these; the
 * in-memory ones of the tests pass the same contracts.
 */
import type { AuditEntry, ChainedEntry, ChainHead } from './domain/audit/audit-entry.ts';
import type { AuditSubject, Since } from './domain/audit/audit-query.ts';
import type { AuditReport, AuditVerification } from './domain/audit/audit-report.ts';
import type { NodeCard } from './domain/card.ts';
import type { ApprovalCard, ChangeMessage, GlassBroken } from './domain/change/change-message.ts';
import type { ChangeSpec } from './domain/change/change-spec.ts';
import type { ChangeStatus } from './domain/change/change-status.ts';
import type { ChangeDocument, ChangeOptions } from './domain/change/change-wire.ts';
import type { ChangePlan, NodeOutcome } from './domain/change/plan.ts';
import type { CheckProgress, CheckReport, NoAnswer, NodeResult } from './domain/check-report.ts';
import type { Diagnosis } from './domain/diagnosis/diagnosis.ts';
import type { FleetSummary } from './domain/fleet/fleet-summary.ts';
import type { HostSample, HostsReport } from './domain/hosts/host-story.ts';
import type { InspectionRecord } from './domain/inspection-record.ts';
import type { LookProgress } from './domain/look-progress.ts';
import type { ManagedNode, NodeId, NodeSelection, Site } from './domain/nodes.ts';
import type { OwnedRecord } from './domain/records/owned-record.ts';
import type { RecordOutcome } from './domain/records/record-outcome.ts';
import type { RecordsReport } from './domain/records/records-report.ts';
import type { Person, RightsRule } from './domain/rights/rights.ts';

export type { LookProgress } from './domain/look-progress.ts';
export type * from './key-ports.ts';
export type * from './record-ports.ts';

/** The current time, milliseconds since 1970. */
export type Clock = () => number;

/**
 * A long-running program that survives being interrupted anywhere.
 *
 * Everything between operations must be deterministic. A step may run twice (crash after the effect, before it was
 * remembered): its effect has to be idempotent by itself. Results are plain JSON and small.
 */
export interface Workflow {
  /** Runs `act`; a {@link Throttled} or transient failure is retried after a durable wait. */
  step<T>(name: string, act: () => Promise<T>): Promise<T>;
  /** Looks again and again, waiting durably in between, until `look` says it is enough. Only the newest state is kept. */
  poll<S>(
    name: string,
    initial: S,
    look: (state: S) => Promise<{ readonly state: S; readonly againInSeconds?: number }>,
  ): Promise<S>;
  wait(name: string, seconds: number): Promise<void>;
  /**
   * Waits for somebody's answer. `ask` is given the id that the answer has to be sent to, and may run twice; the text
   * comes back as it was sent. `expired` when nobody answered in time.
   */
  decision(
    name: string,
    ask: (callbackId: string) => Promise<void>,
    withinSeconds: number,
  ): Promise<{ readonly kind: 'answered'; readonly text: string } | { readonly kind: 'expired' }>;
}

/** The service asked us to come back later. Thrown by adapters, waited out durably by the workflow. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
  readonly retryAfterSeconds: number;
  constructor(service: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(`${service} asked to be called again in ${retryAfterSeconds} s`, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Every machine of a site the bot could be asked about. */
export interface Inventory {
  readonly siteId: string;
  readonly takenAtMs: number;
  readonly nodes: readonly ManagedNode[];
}

export interface ManagedNodes {
  /** Reads one page of the site's machines; `cursor` of the answer continues it. */
  page(
    site: Site,
    cursor: string | undefined,
  ): Promise<{ readonly nodes: readonly ManagedNode[]; readonly cursor?: string }>;
  /** Looks up machines by exact id or computer name beyond the fleet; those not found are absent. */
  find(site: Site, words: readonly string[]): Promise<readonly ManagedNode[]>;
}

/** Machines one command goes to. */
export type CommandTarget =
  /** Machines carrying the fleet's tag and every tag here. */
  | { readonly kind: 'tags'; readonly tags: readonly { readonly key: string; readonly value: string }[] }
  /** At most fifty. */
  | { readonly kind: 'nodes'; readonly nodeIds: readonly NodeId[] };

/** What a run of the inspection is told. */
export interface InspectOptions {
  /** Nodes that bind the KMS interface rather than only connect; `'all'` for small runs. */
  readonly bindFrom: 'all' | readonly NodeId[];
  /** Spread of the start over this many seconds; 0 for small runs. */
  readonly jitterSeconds: number;
}

export interface CommandProgress {
  readonly commandId: string;
  readonly finished: boolean;
  readonly targets: number;
  readonly completed: number;
  /** The service's own word for the command's state, e.g. `LimitExceeded` when nothing was run. */
  readonly details?: string;
}

/** What one machine answered. */
export type Answer =
  | { readonly nodeId: NodeId; readonly kind: 'output'; readonly text: string }
  /** `undelivered`: its agent has not even fetched the command. */
  | { readonly nodeId: NodeId; readonly kind: 'pending'; readonly undelivered?: true }
  | { readonly nodeId: NodeId; readonly kind: 'none'; readonly why: NoAnswer };

export interface RunCommand {
  /**
   * Sends `KmsBot-Inspect` once for this reference: a command already sent with it is found and returned instead.
   * `reference` is at most 100 characters and unique to operation and target.
   */
  inspect(request: {
    readonly site: Site;
    readonly target: CommandTarget;
    readonly reference: string;
    /** When the operation began; commands older than this are not looked at. */
    readonly sinceMs: number;
    /** True when an earlier attempt may have sent it. */
    readonly mayHaveBeenSent: boolean;
    readonly options: InspectOptions;
    readonly expectedNodes: number;
  }): Promise<{ readonly commandId: string }>;
  /** Sends a changing document once for this reference, to at most fifty nodes; otherwise as `inspect`. */
  change(request: {
    readonly site: Site;
    readonly nodeIds: readonly NodeId[];
    readonly document: ChangeDocument;
    /** The operation's id, which each machine keeps with its result. */
    readonly operation: string;
    readonly options: ChangeOptions;
    readonly reference: string;
    readonly sinceMs: number;
    readonly mayHaveBeenSent: boolean;
  }): Promise<{ readonly commandId: string }>;
  /** Progress of several inspections, in as few calls as possible; of one command of any document. */
  progress(site: Site, commandIds: readonly string[], sinceMs: number): Promise<readonly CommandProgress[]>;
  /** One page of at most fifty answers. */
  answers(
    site: Site,
    commandId: string,
    cursor: string | undefined,
  ): Promise<{ readonly answers: readonly Answer[]; readonly cursor?: string }>;
}

export interface StoredResult {
  readonly result: NodeResult;
  readonly record?: InspectionRecord;
  readonly atMs: number;
}

/** The bot's memory. Writes are idempotent; every key carries the site. */
export interface Ledger {
  readInventory(siteId: string): Promise<Inventory | undefined>;
  writeInventory(inventory: Inventory): Promise<void>;
  /** Each node's latest record. The raw record line is kept, so that a later version can read more from it. */
  writeLatest(
    entries: readonly { readonly result: NodeResult; readonly recordJson?: string; readonly atMs: number }[],
  ): Promise<void>;
  readLatest(siteId: string, nodeId: NodeId): Promise<StoredResult | undefined>;
  /** What the latest look at the whole fleet of a site showed; absent when there has been none. */
  readFleetSummary(siteId: string): Promise<FleetSummary | undefined>;
  writeFleetSummary(siteId: string, summary: FleetSummary): Promise<void>;
  /** The newest sample of a KMS host that was taken before `beforeMs`. `host` is a node id, or a name in lower case. */
  readHostSample(siteId: string, host: string, beforeMs: number): Promise<HostSample | undefined>;
  /** Adds a sample; one of the same moment replaces it. */
  writeHostSample(siteId: string, host: string, sample: HostSample): Promise<void>;
  /** The values of a zone that are ours, as the bot last left them; no expiry. Empty where there is none. */
  readOwnedRecords(siteId: string, zoneId: string): Promise<readonly OwnedRecord[]>;
  /** Replaces what is remembered for this domain of the zone. */
  writeOwnedRecords(siteId: string, zoneId: string, domain: string, records: readonly OwnedRecord[]): Promise<void>;
  /** Results of a running operation, a part at a time; writing a part again replaces it. */
  writePart(operationId: string, part: number, results: readonly NodeResult[]): Promise<void>;
  readParts(operationId: string): Promise<readonly NodeResult[]>;
  /** Machines a running operation has gathered under a name, a part at a time; writing a part again replaces it. */
  writeNodes(operationId: string, list: string, part: number, nodes: readonly ManagedNode[]): Promise<void>;
  /** Every part of the list in order; empty when nothing was written. */
  readNodes(operationId: string, list: string): Promise<readonly ManagedNode[]>;
  /** True for the first caller, false for every later one (until it expires). */
  claim(key: string, expiresAtMs: number): Promise<boolean>;
  /** Keeps a short text under a key until it expires: what an effect that cannot be repeated gave. */
  remember(key: string, text: string, expiresAtMs: number): Promise<void>;
  recall(key: string): Promise<string | undefined>;
}

/** What changes leave behind while they run and afterwards; everything expires after 30 days. */
export interface Changes {
  /** Replaces the plan of a change. */
  writePlan(changeId: string, plan: ChangePlan): Promise<void>;
  readPlan(changeId: string): Promise<ChangePlan | undefined>;
  /** Outcomes, a part at a time; writing a part again replaces it. */
  writeOutcomes(changeId: string, part: number, outcomes: readonly NodeOutcome[]): Promise<void>;
  readOutcomes(changeId: string): Promise<readonly NodeOutcome[]>;
  /** How a record's change ended; writing it again replaces it. */
  writeRecordOutcome(changeId: string, outcome: RecordOutcome): Promise<void>;
  readRecordOutcome(changeId: string): Promise<RecordOutcome | undefined>;
  writeStatus(status: ChangeStatus): Promise<void>;
  readStatus(changeId: string): Promise<ChangeStatus | undefined>;
  /** Every change of the last 30 days, newest first. */
  listStatuses(): Promise<readonly ChangeStatus[]>;
  /** Asks a running change to stop before its next wave; the first person's wish is kept. */
  requestCancel(changeId: string, userId: string): Promise<void>;
  /** Who asked for it to stop; undefined when nobody did. */
  cancelRequestedBy(changeId: string): Promise<string | undefined>;
}

/** The audit: entries are added and never changed, each chained to the one before. */
export interface Audit {
  /** Adds an entry; one with an id that is there already changes nothing. Gives where it stands. */
  append(entry: AuditEntry): Promise<ChainHead>;
  /** Entries since a time, newest first, at most `most`. */
  read(sinceMs: number, most: number): Promise<readonly ChainedEntry[]>;
  /** One page of the whole chain in order, from this number on; empty behind its end. */
  page(fromSeq: number): Promise<readonly ChainedEntry[]>;
  /** Where the chain ended when it was last added to, as remembered outside the table; undefined before the first. */
  rememberedHead(): Promise<ChainHead | undefined>;
}

/** People and channels as Slack knows them. Looked up, never guessed. */
export interface People {
  /** @throws Throttled, Transient, OperationFailed where the right to look is missing. */
  find(userId: string): Promise<Person>;
  /** Whether people of other workspaces are in the channel. */
  isShared(channelId: string): Promise<boolean>;
}

/** What the deployment allows of changes. */
export interface ChangeSettings {
  readonly rules: readonly RightsRule[];
  /** Where approvals are asked, and the user group that is mentioned, once; absent: in the channel of the request. */
  readonly approvalChannelId?: string;
  readonly approverGroupId?: string;
  /** Machines one change may go to. */
  readonly maxNodes: number;
  /** More machines than this need an approver. */
  readonly approvalAbove: number;
  /** How long an approval is waited for, at most 24 h. */
  readonly approvalHours: number;
  /** Whether stored keys may be installed, and activated by telephone. */
  readonly keys: boolean;
  /** What people who activate by telephone read: numbers, contract, hours; empty where nothing is configured. */
  readonly whereToCall: string;
}

/** Where a person is answered. */
export interface Place {
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
}

/** A posted message. */
export interface MessageRef {
  readonly channelId: string;
  readonly ts: string;
}

export type Content =
  | { readonly kind: 'check-progress'; readonly asked: string; readonly progress: CheckProgress }
  | { readonly kind: 'check-report'; readonly asked: string; readonly report: CheckReport }
  | { readonly kind: 'node-card'; readonly asked: string; readonly card: NodeCard }
  | {
      readonly kind: 'no-such-node';
      readonly asked: string;
      readonly unmatched: CheckReport['unmatched'];
    }
  /** One machine was meant, and several bear the name. */
  | {
      readonly kind: 'which-node';
      readonly asked: string;
      readonly word: string;
      readonly nodes: readonly NamesakeNode[];
    }
  | { readonly kind: 'diagnosis-progress'; readonly asked: string; readonly progress: LookProgress }
  | { readonly kind: 'diagnosis'; readonly asked: string; readonly diagnosis: Diagnosis }
  | { readonly kind: 'hosts-progress'; readonly asked: string; readonly progress: LookProgress }
  | { readonly kind: 'hosts'; readonly asked: string; readonly report: HostsReport }
  | { readonly kind: 'records-progress'; readonly asked: string; readonly progress: LookProgress }
  | { readonly kind: 'records'; readonly asked: string; readonly report: RecordsReport }
  | { readonly kind: 'change'; readonly asked: string; readonly change: ChangeMessage }
  | { readonly kind: 'approval'; readonly asked: string; readonly card: ApprovalCard }
  | { readonly kind: 'glass-broken'; readonly asked: string; readonly notice: GlassBroken }
  | { readonly kind: 'jobs'; readonly asked: string; readonly jobs: readonly ChangeStatus[]; readonly nowMs: number }
  | { readonly kind: 'audit'; readonly asked: string; readonly audit: AuditReport }
  | { readonly kind: 'audit-verified'; readonly asked: string; readonly verification: AuditVerification }
  /** Changes are not deployed here, so there is no audit to read. */
  | { readonly kind: 'no-audit'; readonly asked: string }
  /** `change`: the id of the change that stopped there, and `spec` what it was: it may have had an effect. */
  | {
      readonly kind: 'failure';
      readonly asked: string;
      readonly failure: OperationFailure;
      readonly change?: string;
      readonly spec?: ChangeSpec;
    };

/** One of several machines that bear the same name. */
export type NamesakeNode = Pick<ManagedNode, 'id' | 'siteId' | 'name' | 'presence'>;

/** Why an operation could not be carried out, in terms the person can act on. */
export type OperationFailure =
  /** AWS or Slack refused a right. `action` is e.g. `ssm:SendCommand`. */
  | { readonly kind: 'missing-right'; readonly action: string; readonly siteId?: string; readonly function: string }
  | { readonly kind: 'document-missing'; readonly document: string; readonly siteId: string }
  | { readonly kind: 'site-unreachable'; readonly siteId: string }
  /** Anything else; the reference finds it in the log. */
  | { readonly kind: 'internal'; readonly reference: string };

/** One message in Slack, edited in place, its files in its thread. */
export interface Conversation {
  /** Posts in the channel; in the person's direct messages where the bot is no member of the channel. */
  open(place: Place, content: Content): Promise<MessageRef>;
  /** Replaces the message. `edited: false` when Slack asked to slow down: the caller may try later. */
  update(
    message: MessageRef,
    content: Content,
  ): Promise<{ readonly edited: boolean; readonly retryAfterSeconds?: number }>;
  /** Attaches a text file to the message's thread. */
  attach(
    message: MessageRef,
    file: { readonly name: string; readonly title: string; readonly text: string },
  ): Promise<void>;
}

/** Rows of the CSV attached to a report, in the workspace's language. */
export type ReportCsv = (results: readonly NodeResult[]) => string;

/** A plan as CSV, value by value. Its columns and words are the same in every language. */
export type PlanCsv = (plan: ChangePlan) => string;

/** Entries of the audit as CSV. Its columns and words are the same in every language. */
export type AuditCsv = (entries: readonly ChainedEntry[]) => string;

/** Records as CSV, value by value. Its columns and words are the same in every language. */
export type RecordsCsv = (report: RecordsReport) => string;

/** What a slash command asked for, once understood. */
export type CheckRequest = {
  readonly operation: 'check';
  readonly selection: NodeSelection;
  /** The command as understood, e.g. `check tag:Env=prod`. */
  readonly asked: string;
  readonly place: Place;
};

/** One machine to be diagnosed: by id or computer name. */
export type DiagnoseRequest = {
  readonly operation: 'diagnose';
  readonly selection: NodeSelection;
  readonly asked: string;
  readonly place: Place;
};

/** The KMS hosts, of every site or of one. */
export type HostsRequest = {
  readonly operation: 'hosts';
  readonly site?: string;
  readonly asked: string;
  readonly place: Place;
};

/** The KMS records of the configured zones, of all or of one domain or zone id. */
export type RecordsRequest = {
  readonly operation: 'dns';
  readonly zone?: string;
  readonly asked: string;
  readonly place: Place;
};

/** Changes that are under way. */
export type JobsRequest = { readonly operation: 'jobs'; readonly asked: string; readonly place: Place };

/** What was done, by whom; or whether the record of it holds. */
export type AuditRequest = {
  readonly operation: 'audit';
  readonly about: AuditSubject | { readonly kind: 'verify' };
  /** A week ago where none is named. */
  readonly since?: Since;
  readonly asked: string;
  readonly place: Place;
};

/** Everything the observe function is asked for. */
export type ObserveRequest =
  | CheckRequest
  | DiagnoseRequest
  | HostsRequest
  | RecordsRequest
  | JobsRequest
  | AuditRequest;

/** A change to be planned and, once allowed, applied. For an undo the selection is empty. */
export type ChangeRequest = {
  readonly operation: 'change';
  readonly spec: ChangeSpec;
  readonly selection: NodeSelection;
  readonly asked: string;
  readonly place: Place;
};

/** A running change is to stop before its next wave. */
export type CancelRequest = {
  readonly operation: 'cancel';
  readonly change: string;
  readonly asked: string;
  readonly place: Place;
};

/** Somebody asked for something they may not do: kept in the audit, with nothing else done. */
export type DenialNote = {
  readonly operation: 'denied';
  readonly asked: string;
  readonly place: Place;
  /** The change whose card was pressed; absent for a command. */
  readonly change?: string;
  readonly why: string;
};

/** Somebody who may activate opened the modal of an activation by telephone: the Installation ID is to be shown there. */
export type ShowInstallationId = {
  readonly operation: 'show-installation-id';
  readonly change: string;
  readonly attempt: number;
  readonly viewId: string;
  readonly asked: string;
  readonly place: Place;
};

/** Everything the change function is asked for. */
export type ChangeFunctionRequest = ChangeRequest | CancelRequest | DenialNote | ShowInstallationId;
