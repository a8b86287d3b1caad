/** How far a machine's clock is off. */
import type { InspectionRecord } from '../inspection-record.ts';

/** A clock, and how that is known. */
export interface MeasuredClock {
  /** Positive: the machine is ahead. */
  readonly seconds: number;
  /** The time server it was compared with; absent where the record's own time was compared with when it was read. */
  readonly server?: string;
}

/** Below this a record's own time says nothing: it waited to be read. */
const LEAST_TELLING_SECONDS = 3600;

/**
 * The offset a time server measured. Where none answered, and the record was read just when it was made, the record's
 * own time tells hours from minutes: enough for a tolerance of four hours.
 */
export function clockOf(record: InspectionRecord, readAtMs: number | undefined): MeasuredClock | undefined {
  const measured = record.clock.read ? record.clock.value : undefined;
  if (measured !== undefined) return measured;
  if (readAtMs === undefined) return undefined;
  const seconds = Math.round((record.atMs - readAtMs) / 1000);
  return { seconds: Math.abs(seconds) < LEAST_TELLING_SECONDS ? 0 : seconds };
}
