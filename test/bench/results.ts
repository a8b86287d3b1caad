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

/** One run; a part that was not asked for is absent. */
export interface Results {
  readonly coldAck?: ColdAck;
  /** By number of machines. */
  readonly ssmCalls?: Readonly<Record<string, SsmCalls>>;
  readonly fleet10000?: LargeFleet;
}

/** Machines in the large fleet. */
export const LARGE_FLEET = 10_000;
/** Fleets whose calls are counted. */
export const FLEETS = [100, 1_000, 10_000] as const;
