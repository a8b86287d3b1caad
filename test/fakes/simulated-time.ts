/** Time that only moves when told. */
export interface SimulatedTime {
  readonly now: () => number;
  advance(ms: number): void;
}

/** Starts at a fixed instant in November 2026. */
export const simulatedTime = (startMs = 1_794_000_000_000): SimulatedTime => {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
};
