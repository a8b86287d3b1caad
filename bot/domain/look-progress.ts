/** A diagnosis, or a look at the KMS hosts, under way. */
export interface LookProgress {
  readonly phase: 'looking-up' | 'asking' | 'reading-zones' | 'slowed-down';
  /** The machine meant; absent while it is looked for, and of a look at all hosts. */
  readonly name?: string;
  /** Machines asked, and how many of them have answered. */
  readonly asked: number;
  readonly answered: number;
  readonly startedAtMs: number;
  /** Waiting for this long because AWS or Slack asked for it. */
  readonly waitingSeconds?: number;
}
