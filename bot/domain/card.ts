/** The card of one machine: everything `slmgr /dlv` and `ipconfig /all` would show that matters. */
import type { NodeResult } from './check-report.ts';
import type { InspectionRecord } from './inspection-record.ts';
import type { ManagedNode } from './nodes.ts';

export interface NodeCard {
  readonly result: NodeResult;
  readonly node: ManagedNode;
  /** Absent when the machine gave none. */
  readonly record?: InspectionRecord;
  /** Older record of the ledger, shown when the machine could not be asked now. */
  readonly lastKnown?: { readonly result: NodeResult; readonly atMs: number };
  readonly checkedAtMs: number;
}
