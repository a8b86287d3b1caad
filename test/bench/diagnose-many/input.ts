/** What the measured process is given: as many records as a large fleet has, and what is known beside them. */
import type { HostFacts, ZoneFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';

/** One machine's record, as the JSON of its line. */
export interface RecordOf {
  readonly node: ManagedNode;
  readonly json: string;
}

/** What is known at a machine's site. */
export interface SiteInput {
  readonly hosts: readonly (Omit<HostFacts, 'record'> & { readonly json: string })[];
  readonly zones: readonly ZoneFacts[];
}

export interface Input {
  readonly nowMs: number;
  readonly knownHosts: readonly string[];
  readonly sites: Readonly<Record<string, SiteInput>>;
  readonly records: readonly RecordOf[];
}

/** What the measured process says of itself. */
export interface Measured {
  /** Reading the records, diagnosing every machine, grouping by cause. */
  readonly seconds: number;
  /** Reading and judging as a check does, without diagnosis: the comparison. */
  readonly judgeSeconds: number;
  readonly maxRssMb: number;
  readonly diagnosed: number;
  readonly groups: number;
}
