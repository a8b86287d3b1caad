/** What people read of a change: the requester's one message, the approvers' card, and a glass that was broken. */
import type { CheckReport, NotOurs } from '../check-report.ts';
import type { StoredKeyLookup } from '../keys/stored-key.ts';
import type { LookProgress } from '../look-progress.ts';
import type { RecordOutcome } from '../records/record-outcome.ts';
import type { RecordRefusal } from '../records/record-plan.ts';
import type { ChangeSpec } from './change-spec.ts';
import type { ChangeEnd } from './change-status.ts';
import type { WireRefusal } from './change-wire.ts';
import type { CourseProgress } from './course.ts';
import type { DomainProof } from './domain-proof.ts';
import type { ChangePlan, NodeOutcome } from './plan.ts';

/** The one message of a change, to the person who asked. */
export interface ChangeMessage {
  /** The change's id, for `/kms undo`. */
  readonly id: string;
  readonly spec: ChangeSpec;
  readonly requesterId: string;
  readonly startedAtMs: number;
  /** Looking `again` is after an approval or a wave: `more` machines are still to be changed, or it was the last wave. */
  readonly stage:
    | { readonly at: 'looking'; readonly progress: LookProgress; readonly again?: 'more' | 'last' }
    /** The plan waits for a second person. `again`: the world moved, and this is a new plan. */
    | {
        readonly at: 'waiting';
        readonly plan: ChangePlan;
        readonly attempt: number;
        readonly again: boolean;
        readonly expiresAtMs: number;
        readonly approverGroupId?: string;
        /** Words that meant no machine: nobody approves fewer machines than were meant without knowing. */
        readonly unmatched?: CheckReport['unmatched'];
      }
    | {
        readonly at: 'applying';
        readonly plan: ChangePlan;
        readonly wave: number;
        readonly waves: number;
        readonly done: number;
        readonly failed: number;
        readonly decidedBy?: string;
        readonly verifying: boolean;
        readonly waitingSeconds?: number;
      }
    /** The record is written, then waited for on every name server, then asked of machines' own resolvers. */
    | {
        readonly at: 'writing-record';
        readonly plan: ChangePlan;
        readonly step: 'write' | 'sync' | 'ask';
        readonly sinceMs: number;
        readonly decidedBy?: string;
        /** Route 53 asked to slow down, or is busy with another change. */
        readonly waitingSeconds?: number;
        /** A resolver still gives what it had kept, for at most so long. */
        readonly cachedSeconds?: number;
      }
    /** A change of several steps, step by step. */
    | {
        readonly at: 'course';
        readonly plan: ChangePlan;
        readonly steps: readonly CourseProgress[];
        readonly decidedBy?: string;
        readonly waitingSeconds?: number;
      }
    /** Waits for a Confirmation ID: whoever may activate opens the modal. `problem`: why the one before was not taken. */
    | {
        readonly at: 'phone';
        readonly plan: ChangePlan;
        readonly steps: readonly CourseProgress[];
        readonly attempt: number;
        readonly digest: string;
        readonly expiresAtMs: number;
        readonly problem?: { readonly code?: string; readonly why?: WireRefusal };
        readonly decidedBy?: string;
      }
    /** The wave before did not go well: `failed` of `sent` machines. */
    | {
        readonly at: 'paused';
        readonly plan: ChangePlan;
        readonly outcomes: readonly NodeOutcome[];
        readonly wave: number;
        readonly waves: number;
        readonly attempt: number;
        readonly digest: string;
        readonly expiresAtMs: number;
      }
    | {
        readonly at: 'ended';
        readonly end: ChangeEnd;
        readonly plan?: ChangePlan;
        readonly outcomes: readonly NodeOutcome[];
        /** How a record's change ended. */
        readonly record?: RecordOutcome;
        /** How the steps of a course ended. */
        readonly steps?: readonly CourseProgress[];
        /** Of a host that was told where to publish: what one client of each domain sees. */
        readonly clients?: readonly DomainProof[];
        readonly decidedBy?: string;
        readonly endedAtMs: number;
        readonly undoUntilMs?: number;
        readonly refusal?: ChangeRefusal;
        /** Words that meant no machine. */
        readonly unmatched: CheckReport['unmatched'];
      };
}

/** Why a change was not even planned, or not carried out. */
export type ChangeRefusal =
  | { readonly kind: 'no-right'; readonly right: 'operator' | 'approver'; readonly why: string }
  | { readonly kind: 'shared-channel' }
  | { readonly kind: 'too-many'; readonly machines: number; readonly limit: number }
  | { readonly kind: 'no-such-change'; readonly word: string }
  | {
      readonly kind: 'not-undoable';
      readonly change: string;
      readonly why: 'no-undo' | 'too-old' | 'running' | 'undone';
    }
  /** One machine was meant, and the words mean none or several. */
  | { readonly kind: 'not-one'; readonly machines: number }
  /** The host that machines would be sent to cannot be one of ours. */
  | { readonly kind: 'not-ours'; readonly host: string; readonly why: NotOurs }
  | { readonly kind: 'record'; readonly refusal: RecordRefusal }
  /** The stored key that was named cannot be used. */
  | {
      readonly kind: 'stored-key';
      readonly name: string;
      readonly siteId: string;
      readonly lookup: Exclude<StoredKeyLookup, { kind: 'found' }>;
    }
  /** Installing keys is not switched on in this deployment. */
  | { readonly kind: 'keys-off' }
  /** The plan changed so often that nobody could approve it. */
  | { readonly kind: 'keeps-moving' };

/** What approvers read. */
export interface ApprovalCard {
  readonly id: string;
  readonly spec: ChangeSpec;
  readonly requesterId: string;
  readonly plan: ChangePlan;
  readonly unmatched?: CheckReport['unmatched'];
  readonly attempt: number;
  readonly again: boolean;
  readonly expiresAtMs: number;
  /** Mentioned, once, while the card waits. */
  readonly approverGroupId?: string;
  readonly state:
    | { readonly kind: 'waiting' }
    | {
        readonly kind: 'approved' | 'rejected' | 'broke-glass' | 'cancelled';
        readonly by: string;
        readonly atMs: number;
      }
    | { readonly kind: 'expired'; readonly atMs: number }
    /** The world moved: a new card follows. */
    | { readonly kind: 'void'; readonly atMs: number };
}

/** Somebody had a change applied without its approver: announced to everybody. */
export interface GlassBroken {
  readonly id: string;
  readonly spec: ChangeSpec;
  readonly by: string;
  readonly reason: string;
  readonly machines: number;
  readonly atMs: number;
  readonly approverGroupId?: string;
}
