/** What a changing document said, parsed. */
import type { ChangeDocument, WireRefusal, WireResult } from './change-wire.ts';
import type { ClientState } from './client-state.ts';
import type { RoutingAttempt } from './plan.ts';

export interface ChangeRecord {
  /** The machine's own clock at the end. */
  readonly atMs: number;
  readonly computerName: string;
  /** The operation's id as it was sent. */
  readonly operation: string;
  readonly document: ChangeDocument;
  readonly result: WireResult;
  readonly why?: WireRefusal;
  /** The CIM method or command that failed. */
  readonly step?: string;
  /** HRESULT, eight upper-case hex digits. */
  readonly code?: string;
  /** After a failure half way: whether the state before was put back. */
  readonly restored?: boolean;
  readonly tests?: readonly RoutingAttempt[];
  readonly via?: 'tools' | 'instance' | 'agent';
  readonly need?: string;
  readonly who?: string;
  /** End of a stored key that was looked at. */
  readonly tail?: string;
  /** What tells the Installation ID that was read from another one. */
  readonly installationIdDigest?: string;
  readonly saved?: string;
  readonly published?: readonly { readonly domain: string; readonly code: string }[];
  /** The kept result of an earlier run of the same operation. */
  readonly again: boolean;
  /** Absent where it could not be read. */
  readonly before?: ClientState;
  readonly after?: ClientState;
}
