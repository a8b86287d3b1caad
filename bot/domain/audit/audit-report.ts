/** What people read of the audit. */
import type { ChainedEntry, ChainHead } from './audit-entry.ts';

/** Entries that somebody asked for, newest first. */
export interface AuditReport {
  readonly entries: readonly ChainedEntry[];
  readonly sinceMs: number;
  /** Entries beyond those here; they are in the file. */
  readonly more: number;
  /** There were more entries in that time than one answer reads: the oldest are in neither. */
  readonly cut?: true;
  /** The machine or person that was asked about; absent for everything. */
  readonly about?: { readonly node: string } | { readonly userId: string };
}

/** How a chain fails to hold. */
export type ChainBreak =
  /** There is no entry of this number, but there are later ones. */
  | 'missing'
  /** The entry is not what was added: its hash, or the one before it, does not fit. */
  | 'altered'
  /** The chain does not reach the head that is remembered outside it, or reaches another one. */
  | 'cut-off';

/** Whether the chain holds. */
export type AuditVerification =
  /** `head` is undefined for an audit without entries. */
  | { readonly kind: 'sound'; readonly entries: number; readonly head: ChainHead | undefined }
  /** From this entry on nothing can be believed. `entries` counts those before it, which hold. */
  | {
      readonly kind: 'broken';
      readonly atSeq: number;
      readonly why: ChainBreak;
      readonly entries: number;
    };
