/** When things happened, whatever the machine's own clock said. */
import type { ClientEvents, InspectionRecord } from './inspection-record.ts';

/** Below this, clocks agree; moving times by seconds would only make two sources look different. */
const LEAST_SECONDS = 60;

/**
 * The client's events at the times they really happened, as far as a time server told how far the clock is off. The
 * clock is taken to have been as wrong then as it is now.
 */
export function eventsInTrueTime({ clock }: Pick<InspectionRecord, 'clock'>, events: ClientEvents): ClientEvents {
  const seconds = clock.read ? (clock.value?.seconds ?? 0) : 0;
  if (Math.abs(seconds) < LEAST_SECONDS) return events;
  const moved = <T extends { readonly atMs: number }>(event: T): T => ({ ...event, atMs: event.atMs - seconds * 1000 });
  const { requests, response } = events;
  return { requests: requests.map(moved), ...(response === undefined ? {} : { response: moved(response) }) };
}
