/** The lab's clock: the wall clock plus every jump made so far. */
import type { LabClock, LabTimer, TimerKind } from './clock.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { createTimerHeap, type TimerHeap, type WaitingTimer } from './timer-heap.ts';

/** How a clock starts. */
export interface LabClockOptions {
  /** Simulated time at the start, ms since 1970; not before the wall clock, which is the default. */
  readonly startMs?: number;
  /** The wall clock, ms since 1970; `Date.now` by default. */
  readonly wall?: () => number;
  /** A settle gives up after this many rounds of timers: something sets itself anew for ever. */
  readonly maxRounds?: number;
}

const DEFAULT_SETTLE_MS = 60_000;
const DEFAULT_MAX_ROUNDS = 200_000;
/** Node's timers hold at most 2³¹−1 ms; a longer wait is made of several. */
const LONGEST_REAL_WAIT_MS = 3_600_000;

/**
 * A running clock. Timers fire by themselves as the wall clock passes; `advance` and `settle` jump from instant to
 * instant, and between two jumps wait until nothing is in flight. All timers of one instant fire together. A timer that
 * throws does not keep the others of its round from running; its error then comes out of the jump, or of the process.
 *
 * Whoever sets itself anew for ever (a heartbeat) must be of kind `schedule`, or no settle can end.
 */
export function createLabClock(options: LabClockOptions = {}): LabClock {
  const time = createTime(options);
  const timers = createTimers(time);
  const inFlight = createInFlight();
  const jumps = createJumps(time, timers, inFlight, options.maxRounds ?? DEFAULT_MAX_ROUNDS);
  return {
    now: time.now,
    at: timers.at,
    hold: inFlight.hold,
    quiet: inFlight.quiet,
    advance: jumps.advance,
    settle: jumps.settle,
    stop: () => {
      timers.stop();
      inFlight.stop();
    },
  };
}

interface Time {
  now(): number;
  /** Moves ahead to `atMs`; never back. */
  jumpTo(atMs: number): void;
}

function createTime(options: LabClockOptions): Time {
  const wall = options.wall ?? Date.now;
  const start = wall();
  if (options.startMs !== undefined && !(options.startMs >= start)) {
    throw new RangeError('simulated time must not start behind the wall clock');
  }
  let jumped = (options.startMs ?? start) - start;
  let latest = start + jumped;
  const now = (): number => {
    latest = Math.max(latest, wall() + jumped);
    return latest;
  };
  const jumpTo = (atMs: number): void => {
    jumped += Math.max(0, atMs - now());
  };
  return { now, jumpTo };
}

interface Timers {
  at(atMs: number, kind: TimerKind, run: () => void): LabTimer;
  next(): WaitingTimer | undefined;
  /** Whether anything waits that a settle runs to. */
  busy(): boolean;
  /** Runs everything due by now as one round. */
  fireDue(): void;
  stopped(): boolean;
  stop(): void;
}

function createTimers(time: Time): Timers {
  const heap = createTimerHeap();
  const alarm = createAlarm(time, heap, () => fireDue());
  let order = 0;
  let settleable = 0;
  let stopped = false;

  const leave = (timer: WaitingTimer, state: 'fired' | 'cancelled'): void => {
    timer.state = state;
    if (isSettled(timer.kind)) settleable -= 1;
  };
  const fireDue = (): void => {
    const due = heap.takeDue(time.now());
    for (const timer of due) leave(timer, 'fired');
    try {
      runRound(due);
    } finally {
      alarm.set();
    }
  };
  return {
    at: (atMs, kind, run) => {
      if (!Number.isFinite(atMs)) throw new RangeError(`not an instant: ${atMs}`);
      if (stopped) return { cancel: () => {} };
      order += 1;
      const timer: WaitingTimer = { atMs: Math.ceil(atMs), order, kind, run, state: 'waiting' };
      heap.add(timer);
      if (isSettled(kind)) settleable += 1;
      if (heap.peek() === timer) alarm.set();
      return {
        cancel: () => {
          if (timer.state !== 'waiting') return;
          leave(timer, 'cancelled');
          heap.cancelled();
        },
      };
    },
    next: heap.peek,
    busy: () => settleable > 0,
    fireDue,
    stopped: () => stopped,
    stop: () => {
      stopped = true;
      settleable = 0;
      heap.clear();
      alarm.clear();
    },
  };
}

function isSettled(kind: TimerKind): boolean {
  return kind === 'engine' || kind === 'world';
}

function runRound(due: readonly WaitingTimer[]): void {
  const errors: unknown[] = [];
  for (const timer of due) {
    try {
      timer.run();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** The one real timer, for the soonest simulated one. It keeps no process alive. */
function createAlarm(time: Time, heap: TimerHeap, ring: () => void): { set(): void; clear(): void } {
  let real: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(real);
    real = undefined;
  };
  const set = (): void => {
    clear();
    const next = heap.peek();
    if (next === undefined) return;
    const wait = Math.max(1, next.atMs - time.now());
    real = setTimeout(ring, Math.min(wait, LONGEST_REAL_WAIT_MS)).unref();
  };
  return { set, clear };
}

interface Jumps {
  advance(ms: number): Promise<void>;
  settle(timeoutMs?: number): Promise<boolean>;
}

function createJumps(time: Time, timers: Timers, inFlight: InFlight, maxRounds: number): Jumps {
  let last: Promise<unknown> = Promise.resolve();
  /** Two jumps at once would each move time under the other's feet. */
  const exclusively = <T>(jump: () => Promise<T>): Promise<T> => {
    const mine = last.then(jump);
    last = mine.catch(() => {});
    return mine;
  };
  const fireAt = (atMs: number): void => {
    time.jumpTo(atMs);
    timers.fireDue();
  };
  const advanceTo = async (target: number): Promise<void> => {
    for (;;) {
      await inFlight.quiet();
      const next = timers.next();
      if (timers.stopped() || next === undefined || next.atMs > target) break;
      fireAt(next.atMs);
    }
    time.jumpTo(target);
  };
  const settleWhile = async (wanted: () => boolean): Promise<boolean> => {
    for (let round = 0; round < maxRounds; round += 1) {
      await inFlight.quiet();
      if (!wanted()) return false;
      const next = timers.next();
      if (next === undefined || !timers.busy()) return true;
      fireAt(next.atMs);
    }
    return false;
  };
  return {
    advance: (ms) => {
      if (!(ms >= 0 && Number.isFinite(ms))) return Promise.reject(new RangeError(`cannot advance by ${ms} ms`));
      return exclusively(() => advanceTo(time.now() + ms));
    },
    settle: (timeoutMs = DEFAULT_SETTLE_MS) => {
      const limit = createLimit(timeoutMs);
      const settled = exclusively(() => settleWhile(() => !limit.passed()));
      return Promise.race([settled, limit.reached]).finally(limit.clear);
    },
  };
}

/** Real time running out. The timer is not unref'd: whoever settles waits for the answer. */
function createLimit(timeoutMs: number): { passed(): boolean; reached: Promise<false>; clear(): void } {
  let passed = false;
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      passed = true;
      resolve(false);
    }, timeoutMs);
  });
  return { passed: () => passed, reached, clear: () => clearTimeout(timer) };
}
