/** What time must stand still for: a count of everything in flight, and the news that it is none. */

export interface InFlight {
  /** Counts one more until the returned function is called; calling that twice counts once. */
  hold(): () => void;
  /** Resolves when nothing is in flight and a turn of the event loop has brought nothing new. */
  quiet(): Promise<void>;
  /** Lets everyone who waits go, now and later. */
  stop(): void;
}

/** Nothing in flight yet. */
export function createInFlight(): InFlight {
  let count = 0;
  let everHeld = 0;
  let stopped = false;
  let waiters: (() => void)[] = [];

  const wakeAll = (): void => {
    const waking = waiters;
    waiters = [];
    for (const wake of waking) wake();
  };
  const release = (): void => {
    count -= 1;
    if (count === 0) wakeAll();
  };
  return {
    hold: () => {
      count += 1;
      everHeld += 1;
      let held = true;
      return () => {
        if (held) release();
        held = false;
      };
    },
    quiet: async () => {
      for (;;) {
        while (count > 0 && !stopped) await new Promise<void>((resolve) => waiters.push(resolve));
        const seen = everHeld;
        // What a timer started takes hold within its own turn, promise callbacks included.
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (stopped || (count === 0 && everHeld === seen)) return;
      }
    },
    stop: () => {
      stopped = true;
      wakeAll();
    },
  };
}
