import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { TimerKind } from './clock.ts';
import { createLabClock } from './lab-clock.ts';

const START = 1_800_000_000_000;
const HOUR = 3_600_000;
const open: { stop(): void }[] = [];

/** A clock whose wall stands still unless moved, so that only jumps move time. */
function frozen(options: { maxRounds?: number } = {}) {
  const wall = { ms: START };
  const clock = createLabClock({ wall: () => wall.ms, ...options });
  open.push(clock);
  return { clock, wall };
}

afterEach(() => {
  for (const clock of open.splice(0)) clock.stop();
});

describe('time', () => {
  it('is the wall clock plus every jump', async () => {
    const { clock, wall } = frozen();
    await clock.advance(HOUR);
    wall.ms += 250;
    expect(clock.now()).toBe(START + HOUR + 250);
  });

  it('starts ahead of the wall clock where asked to', () => {
    const clock = createLabClock({ startMs: START + HOUR, wall: () => START });
    expect(clock.now()).toBe(START + HOUR);
  });

  it('refuses to start behind the wall clock', () => {
    expect(() => createLabClock({ startMs: START - 1, wall: () => START })).toThrow(RangeError);
  });

  it('never goes back when the wall clock does', () => {
    const { clock, wall } = frozen();
    wall.ms -= HOUR;
    expect(clock.now()).toBe(START);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('does not advance by %d ms', async (ms) => {
    await expect(frozen().clock.advance(ms)).rejects.toThrow(RangeError);
  });
});

describe('timers', () => {
  it('fire by themselves once the wall clock has passed them', async () => {
    const clock = createLabClock();
    open.push(clock);
    const fired = await new Promise((resolve) => clock.at(clock.now() + 5, 'people', () => resolve('fired')));
    expect(fired).toBe('fired');
  });

  it('fire while something is in flight when nothing jumps', async () => {
    const clock = createLabClock();
    open.push(clock);
    clock.hold();
    await new Promise<void>((resolve) => clock.at(clock.now(), 'engine', resolve));
  });

  it('of one instant fire together, before anything that they start is waited for', async () => {
    const { clock } = frozen();
    const story: string[] = [];
    for (const name of ['a', 'b']) {
      clock.at(START + 10, 'engine', async () => {
        const release = clock.hold();
        story.push(`${name} starts`);
        await new Promise((resolve) => setImmediate(resolve));
        story.push(`${name} ends`);
        release();
      });
    }
    clock.at(START + 11, 'engine', () => story.push('c'));
    await clock.settle();
    expect(story).toEqual(['a starts', 'b starts', 'a ends', 'b ends', 'c']);
  });

  it('called off do not fire, and are not waited for', async () => {
    const { clock } = frozen();
    const timer = clock.at(START + HOUR, 'engine', () => expect.unreachable());
    timer.cancel();
    timer.cancel();
    expect(await clock.settle()).toBe(true);
    expect(clock.now()).toBe(START);
  });

  it('see the instant they were set for', async () => {
    const { clock } = frozen();
    const seen: number[] = [];
    clock.at(START + 10.2, 'engine', () => seen.push(clock.now()));
    clock.at(START + 5, 'engine', () => seen.push(clock.now()));
    await clock.settle();
    expect(seen).toEqual([START + 5, START + 11]);
  });

  it('that throw let the others of their round run, and the jump reject', async () => {
    const { clock } = frozen();
    let ran = false;
    clock.at(START + 1, 'engine', () => {
      throw new Error('broken');
    });
    clock.at(START + 1, 'engine', () => {
      ran = true;
    });
    await expect(clock.settle()).rejects.toThrow('broken');
    expect(ran).toBe(true);
    expect(await clock.settle()).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('cannot be set for %d', (atMs) => {
    expect(() => frozen().clock.at(atMs, 'engine', () => {})).toThrow(RangeError);
  });

  it('fire in the order of their instants, whatever the order of setting', async () => {
    const plans = fc.array(fc.record({ at: fc.nat(50), cancelled: fc.boolean() }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { clock } = frozen();
        const fired: number[] = [];
        for (const { at, cancelled } of plan) {
          const timer = clock.at(START + at, 'world', () => fired.push(at));
          if (cancelled) timer.cancel();
        }
        await clock.settle();
        const kept = plan.filter((timer) => !timer.cancelled).map((timer) => timer.at);
        expect(fired).toEqual(kept.toSorted((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });
});

describe('settle', () => {
  it.each<[TimerKind, number]>([
    ['engine', HOUR],
    ['world', HOUR],
    ['people', 0],
    ['schedule', 0],
  ])('treats a timer of kind %s as due after %d ms', async (kind, jump) => {
    const { clock } = frozen();
    clock.at(START + HOUR, kind, () => {});
    expect(await clock.settle()).toBe(true);
    expect(clock.now()).toBe(START + jump);
  });

  it('fires people and schedules that lie on its way', async () => {
    const { clock } = frozen();
    const fired: string[] = [];
    clock.at(START + 10, 'people', () => fired.push('people'));
    clock.at(START + 20, 'engine', () => fired.push('engine'));
    clock.at(START + 30, 'schedule', () => fired.push('schedule'));
    await clock.settle();
    expect(fired).toEqual(['people', 'engine']);
  });

  it('does not jump while something is in flight, however often it changes hands', async () => {
    const { clock } = frozen();
    const before: number[] = [];
    const chain = async (): Promise<void> => {
      for (let hand = 0; hand < 5; hand += 1) {
        const release = clock.hold();
        await new Promise((resolve) => setImmediate(resolve));
        before.push(clock.now());
        release();
      }
    };
    const running = chain();
    clock.at(START + HOUR, 'engine', () => {});
    await clock.settle();
    await running;
    expect(before).toEqual(Array(5).fill(START));
  });

  it('gives up when real time runs out', async () => {
    const { clock } = frozen();
    const release = clock.hold();
    expect(await clock.settle(5)).toBe(false);
    release();
    expect(await clock.settle()).toBe(true);
  });

  it('gives up on what sets itself anew for ever', async () => {
    const { clock } = frozen({ maxRounds: 50 });
    const again = (): void => {
      clock.at(clock.now() + 1000, 'engine', again);
    };
    again();
    expect(await clock.settle()).toBe(false);
    expect(clock.now()).toBe(START + 50_000);
  });

  it('runs ten thousand timers of the world in well under a second', async () => {
    const { clock } = frozen();
    let fired = 0;
    for (let index = 0; index < 10_000; index += 1) {
      clock.at(START + ((index * 7919) % 600), 'world', () => {
        fired += 1;
      });
    }
    expect(await clock.settle(5000)).toBe(true);
    expect(fired).toBe(10_000);
  });

  it('keeps count when most timers are called off', async () => {
    const { clock } = frozen();
    const timers = Array.from({ length: 5000 }, (_, index) => clock.at(START + index, 'people', () => {}));
    let left = 0;
    timers.forEach((timer, index) => {
      if (index % 100 !== 0) timer.cancel();
    });
    clock.at(START + 6000, 'people', () => {
      left += 1;
    });
    await clock.advance(HOUR);
    expect(left).toBe(1);
  });
});

describe('advance', () => {
  it('runs timers of every kind on the way, and those that they set', async () => {
    const { clock } = frozen();
    const fired: string[] = [];
    clock.at(START + 1000, 'schedule', () => {
      fired.push('schedule');
      clock.at(clock.now() + 1000, 'people', () => fired.push('people'));
    });
    clock.at(START + HOUR + 1, 'engine', () => fired.push('later'));
    await clock.advance(HOUR);
    expect(fired).toEqual(['schedule', 'people']);
    expect(clock.now()).toBe(START + HOUR);
  });

  it('waits its turn behind another jump', async () => {
    const { clock } = frozen();
    await Promise.all([clock.advance(HOUR), clock.advance(HOUR), clock.settle()]);
    expect(clock.now()).toBe(START + 2 * HOUR);
  });
});

describe('quiet', () => {
  it('resolves at once when nothing is in flight', async () => {
    await frozen().clock.quiet();
  });

  it('counts a hold once, however often it is released', async () => {
    const { clock } = frozen();
    const first = clock.hold();
    const second = clock.hold();
    first();
    first();
    let quiet = false;
    const waiting = clock.quiet().then(() => {
      quiet = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(quiet).toBe(false);
    second();
    await waiting;
  });

  it('lets everyone go when the clock stops', async () => {
    const { clock } = frozen();
    clock.hold();
    const waiting = [clock.quiet(), clock.advance(HOUR), clock.settle()];
    clock.stop();
    await Promise.all(waiting);
    clock.at(START, 'engine', () => expect.unreachable());
  });
});
