/** Records of which some probes were not read, as happens to a machine that is slow or half broken. */
import { PROBES } from '../../../bot/domain/inspection-record.ts';

/** The record's JSON with each probe left out at the given chance, as one whose time limit passed. */
export function withoutProbes(json: string, chance: number, next: () => number): string {
  const record = JSON.parse(json) as Record<string, unknown> & { err: Record<string, string> };
  for (const probe of PROBES) {
    if (next() >= chance || record[probe] === undefined || record[probe] === null) continue;
    record[probe] = null;
    record.err[probe] = 'timeout';
  }
  return JSON.stringify(record).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
