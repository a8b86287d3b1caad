/**
 * Simulated time. It runs with the wall clock and jumps only by `settle` and `advance`, and only while nothing is in
 * flight. Never behind the wall clock: the durable SDK compares timestamps with `Date.now()`.
 */

/** Who a timer waits for: `engine` and `world` are run to by `settle`; `people` and `schedule` are not. */
export type TimerKind = 'engine' | 'world' | 'people' | 'schedule';

/** A timer that can be called off. */
export interface LabTimer {
  cancel(): void;
}

export interface LabClock {
  /** Milliseconds since 1970, simulated. */
  now(): number;
  /** Calls `run` once simulated time has reached `atMs`. Timers of one instant run together. */
  at(atMs: number, kind: TimerKind, run: () => void): LabTimer;
  /** Marks an invocation (or anything else time must stand still for) as in flight until the returned function is called. */
  hold(): () => void;
  /** Resolves when nothing is in flight. */
  quiet(): Promise<void>;
  /** Jumps ahead, running timers of every kind on the way. */
  advance(ms: number): Promise<void>;
  /** Runs ahead until only timers of kind `people` and `schedule` are left; false when `timeoutMs` of real time ran out. */
  settle(timeoutMs?: number): Promise<boolean>;
  stop(): void;
}
