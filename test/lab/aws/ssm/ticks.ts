/** Timers on a grid: what falls due within a quarter of a second runs together, so that ten thousand nodes are few rounds. */
import type { LabClock } from '../../clock.ts';

const GRID_MS = 250;

/** Timers that fall due together. */
export interface Ticks {
  /** Runs at the next instant of the grid that is not before `atMs`. */
  at(atMs: number, run: () => void): void;
}

/** Timers of kind `world` on the clock. */
export function createTicks(clock: LabClock): Ticks {
  const due = new Map<number, (() => void)[]>();
  const fire = (instant: number): void => {
    const runs = due.get(instant) ?? [];
    due.delete(instant);
    for (const run of runs) run();
  };
  return {
    at: (atMs, run) => {
      const instant = Math.ceil(atMs / GRID_MS) * GRID_MS;
      const waiting = due.get(instant);
      if (waiting !== undefined) {
        waiting.push(run);
        return;
      }
      due.set(instant, [run]);
      clock.at(instant, 'world', () => fire(instant));
    },
  };
}
