/** What the audit keeps: every request, denial, approval, effect and outcome, in the order it happened. */

/** What happened. */
export type AuditEvent =
  | 'requested'
  | 'denied'
  | 'planned'
  | 'approved'
  | 'rejected'
  | 'broke-glass'
  | 'expired'
  | 'void'
  | 'cancelled'
  | 'resumed'
  | 'sent'
  | 'result'
  | 'ended';

/** One entry. Never a key, an id of phone activation or a token: what was typed stands here in its parsed form. */
export interface AuditEntry {
  /** Unique: the same entry handed in again is kept once. */
  readonly id: string;
  readonly atMs: number;
  readonly event: AuditEvent;
  /** Who did it; absent where the bot itself did. */
  readonly userId?: string;
  /** The change it belongs to; absent for a request that was denied before there was one. */
  readonly change?: string;
  /** The command as understood, e.g. `discover tag:Env=prod`. */
  readonly asked?: string;
  /** Machines concerned, by id and name; at most {@link MOST_NODES} of them, `more` counts the rest. */
  readonly nodes?: readonly { readonly id: string; readonly name: string; readonly result?: string }[];
  readonly more?: number;
  /** The record concerned, and its values: those that are taken away and those that are added. */
  readonly record?: {
    readonly zoneId: string;
    readonly domain: string;
    readonly removed?: readonly string[];
    readonly added?: readonly string[];
    /** Values that stay and become ours, and ours that become nobody's. */
    readonly adopted?: readonly string[];
    readonly released?: readonly string[];
  };
  /** In a word or two, never localised: `no-rule`, `self-approval`, `done 11, failed 1`. */
  readonly detail?: string;
  /** Why a person broke the glass, as they wrote it. */
  readonly reason?: string;
  /** Digest of the plan. */
  readonly digest?: string;
}

/** Machines that one entry names. */
export const MOST_NODES = 50;

/** An entry in the chain: `hash` covers the entry, its number and the hash before it. */
export interface ChainedEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
  readonly entry: AuditEntry;
}

/** Where the chain ends. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}
