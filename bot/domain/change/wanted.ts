/** What is known of a machine, and what is wanted there. */
import type { NodeResult } from '../check-report.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import type { ManagedNode } from '../nodes.ts';
import type { NodeScope } from '../rights/rights.ts';
import type { Reversible } from './actions.ts';
import type { ValueChange } from './plan.ts';

/** What is known of a machine that was meant. */
export interface NodeFacts {
  readonly node: ManagedNode;
  /** With only those tags that rights rules name. */
  readonly scope: NodeScope;
  /** Whether the person may change this machine. */
  readonly mayChange: boolean;
  /** How it answered this time. */
  readonly result: NodeResult;
  /** What it said this time; absent where it said nothing of use. */
  readonly record?: InspectionRecord;
}

/** What will be done on a machine. */
export interface Wanted extends Reversible {
  readonly changes: readonly ValueChange[];
  readonly thenActivate: boolean;
}
