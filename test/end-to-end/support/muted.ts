import { vi } from 'vitest';

/** Keeps what functions log of faults made on purpose out of the tests' output, until mocks are restored. */
export const muted = (): void => {
  for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => {});
  // The durable SDK writes to the streams themselves.
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(() => true);
};
