import { describe, expect, it } from 'vitest';
import type { ClientEvents, InspectionRecord } from '../../bot/domain/inspection-record.ts';
import { eventsInTrueTime } from '../../bot/domain/true-time.ts';

const EVENTS: ClientEvents = {
  requests: [{ atMs: 7_200_000, code: '0xC004F06C', host: 'kms1:1688' }],
  response: { atMs: 7_260_000, code: '0xC004F06C', statusFlags: 0, activated: false, count: 50 },
};

const clock = (seconds: number): InspectionRecord['clock'] => ({
  read: true,
  value: { seconds, server: '169.254.169.123' },
});

describe('events of a machine whose clock is wrong', () => {
  it.each([
    ['ahead', 3_600, 3_600_000],
    ['behind', -3_600, 10_800_000],
  ])('are told at the time they happened when it is %s', (_, seconds, atMs) => {
    const moved = eventsInTrueTime({ clock: clock(seconds) }, EVENTS);

    expect(moved.requests[0]?.atMs).toBe(atMs);
    expect(moved.response?.atMs).toBe(atMs + 60_000);
  });

  it('stay where they are when the clock is right, or nobody knows', () => {
    expect(eventsInTrueTime({ clock: clock(30) }, EVENTS)).toBe(EVENTS);
    expect(eventsInTrueTime({ clock: { read: true, value: undefined } }, EVENTS)).toBe(EVENTS);
    expect(eventsInTrueTime({ clock: { read: false, why: { kind: 'timeout' } } }, EVENTS)).toBe(EVENTS);
  });
});
