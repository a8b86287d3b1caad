/** What is kept of a host, to tell by the next look what has happened since. */
import type { InspectionRecord } from '../inspection-record.ts';
import type { HostSample, RequestsSince } from './host-story.ts';

/** The sample that a host's record gives; undefined where it does not tell its counters. */
export function sampleOf(record: InspectionRecord, atMs: number): HostSample | undefined {
  const role = record.hostRole.read ? record.hostRole.value : undefined;
  if (role === undefined) return undefined;
  const { total, failed } = role.requests;
  return { atMs, total, failed, ...(role.count === undefined ? {} : { count: role.count }) };
}

/** Requests between two samples; undefined where the host was installed anew in between, or the order is wrong. */
export function requestsSince(before: HostSample | undefined, now: HostSample | undefined): RequestsSince | undefined {
  if (before === undefined || now === undefined || before.atMs >= now.atMs) return undefined;
  const [total, failed] = [now.total - before.total, now.failed - before.failed];
  return total < 0 || failed < 0 ? undefined : { sinceMs: before.atMs, total, failed };
}
