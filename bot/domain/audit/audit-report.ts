/** What people read of the audit. */
import type { ChainedEntry, ChainHead } from './audit-entry.ts';

/** Entries that somebody asked for, newest first. */
export interface AuditReport {
  readonly entries: readonly ChainedEntry[];
  readonly sinceMs: number;
  /** Entries beyond those here; they are in the file. */
  readonly more: number;
  /** The machine or person that was asked about; absent for everything. */
  readonly about?: { readonly node: string } | { readonly userId: string };
}

/** Whether the chain holds. */
export type AuditVerification =
  | { readonly kind: 'sound'; readonly entries: number; readonly head: ChainHead | undefined }
  /** From this entry on nothing can be believed. */
  | {
      readonly kind: 'broken';
      readonly atSeq: number;
      readonly why: 'missing' | 'altered' | 'cut-off';
      readonly entries: number;
    };
