/** Where a change stands: what `/kms jobs` shows and what a click is judged by. One item in the ledger, replaced. */
import type { NodeScope } from '../rights/rights.ts';
import type { ChangeKind } from './change-spec.ts';

export type ChangePhase =
  | 'looking'
  | 'waiting-for-approval'
  | 'applying'
  /** Waits for the Confirmation ID that the telephone gives. */
  | 'waiting-for-confirmation'
  /** Waits until the clients of a retired host have renewed elsewhere. */
  | 'watching'
  /** Stopped between two waves, because the one before did not go well; waits for somebody to go on or end it. */
  | 'paused'
  | 'ended';

/** How a change ended. */
export type ChangeEnd =
  | 'done'
  | 'partly'
  | 'failed'
  | 'nothing-to-do'
  | 'rejected'
  | 'expired'
  | 'cancelled'
  | 'stopped'
  | 'refused'
  | 'error';

/** A decision that is waited for. */
export interface AwaitedDecision {
  readonly what: 'approval' | 'going-on' | 'confirmation';
  /** Counts from 1: a card of an earlier attempt is stale. */
  readonly attempt: number;
  /** The engine's callback. Worth nothing to people, and never shown. */
  readonly callbackId: string;
  /** Digest of the plan and of what it was made from. */
  readonly digest: string;
  readonly sinceMs: number;
  readonly expiresAtMs: number;
  /** The distinct scopes of the machines in the plan, with only those tags that rights rules name. */
  readonly scopes: readonly NodeScope[];
}

export interface ChangeStatus {
  /** Short, unique, typable: `/kms undo <id>`. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** The command as understood. */
  readonly asked: string;
  readonly requesterId: string;
  readonly channelId: string;
  readonly siteIds: readonly string[];
  /** The domain whose record is changed; absent where machines are. */
  readonly domain?: string;
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  readonly phase: ChangePhase;
  readonly end?: ChangeEnd;
  /** Machines to be changed, done, and failed so far. */
  readonly machines: number;
  readonly done: number;
  readonly failed: number;
  /** Of those done, the machines seen without an activation at the end; absent where there is none. */
  readonly notActivated?: number;
  readonly awaits?: AwaitedDecision;
  readonly decidedBy?: string;
  /** Until when it can be undone; absent where there is no undo. */
  readonly undoUntilMs?: number;
  /** The change that undoes this one, once there is one. */
  readonly undoneBy?: string;
}

/** Nothing a change does without telling takes as long. */
const SILENT_MS = 6 * 60 * 60_000;

/**
 * Whether the execution died without telling its end, as when the ledger refuses every write: nothing was heard of it for
 * six hours, nor within six hours after a decision could still be made.
 */
export const isAbandoned = ({ phase, updatedAtMs, awaits }: ChangeStatus, nowMs: number): boolean =>
  phase !== 'ended' && nowMs > Math.max(updatedAtMs, awaits?.expiresAtMs ?? 0) + SILENT_MS;

/** What a person presses on the card of a waiting change. */
export type DecisionWord = 'approve' | 'reject' | 'break-glass' | 'go-on' | 'cancel' | 'confirmation';

/** What a callback is answered with. Carries no secret; the worker judges it again. */
export interface Decision {
  readonly word: DecisionWord;
  readonly userId: string;
  readonly attempt: number;
  readonly digest: string;
  readonly atMs: number;
  /** Why the glass was broken. */
  readonly reason?: string;
}
