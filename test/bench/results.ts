/** What the benchmarks measure, in the shape that `--json` prints. */

/** Cold process to the acknowledgement of `/kms check all`, ms, medians. */
export interface ColdAck {
  readonly bare: number;
  readonly ours: number;
  readonly bolt: number;
}

/** Calls to Systems Manager for one check; the inventory and throttled answers are not among them. */
export interface SsmCalls {
  readonly ours: number;
  /** One `GetCommandInvocation` a machine. */
  readonly naive: number;
}

/** A check of ten thousand machines in a throttled account. */
export interface LargeFleet {
  /** Simulated, from the command to the last edit of its message. */
  readonly seconds: number;
  /** Of the handler's own process. */
  readonly maxRssMb: number;
  /** Machines of the selection that the answer has a true row for: all of them, or something was lost. */
  readonly accounted: number;
}

/** Diagnosing ten thousand records and grouping them by cause. */
export interface DiagnoseMany {
  readonly seconds: number;
  /** The same records judged as a check does, without diagnosis. */
  readonly judgeSeconds: number;
  /** Of the diagnosing process. */
  readonly maxRssMb: number;
}

/** How often the first named cause is right, as the world decides it; shares of worlds. */
export interface Accuracy {
  /** Worlds of each kind. */
  readonly worlds: number;
  /** One fault: how often what the result code alone suggests is right; the comparison. */
  readonly byCode: number;
  /** One fault, every probe read. */
  readonly one: number;
  /** Two faults: a cause among the first two. */
  readonly two: number;
  /** One fault, one probe in ten unread. */
  readonly unread: number;
  /** Named as sure without the probe that proves it, or wrongly; counted over all worlds. */
  readonly falselySure: number;
}

/** One run; a part that was not asked for is absent. */
export interface Results {
  readonly coldAck?: ColdAck;
  /** By number of machines. */
  readonly ssmCalls?: Readonly<Record<string, SsmCalls>>;
  readonly fleet10000?: LargeFleet;
  readonly diagnose10000?: DiagnoseMany;
  readonly accuracy?: Accuracy;
}

/** Machines in the large fleet. */
export const LARGE_FLEET = 10_000;
/** Fleets whose calls are counted. */
export const FLEETS = [100, 1_000, 10_000] as const;
