/** A parsed inspection record. */
import type { WireRecord } from './inspection-wire.ts';

export type InspectionRecord = WireRecord;
