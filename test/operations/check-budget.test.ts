import { describe, expect, it } from 'vitest';
import { Throttled } from '../../bot/ports.ts';
import { ALL, FRANKFURT, line, machine, machines, named, prints, reportIn, staysSilent, world } from './check-setup.ts';

/** Calls to Systems Manager beside the inventory. */
const callsOf = ({ calls }: { readonly calls: Readonly<Record<string, number>> }): number =>
  ['send', 'list', 'progress', 'answers'].reduce((sum, operation) => sum + (calls[operation] ?? 0), 0);

const TEXT = line();
const answering = (n: number) => machine(n, {}, prints(TEXT, 3 + ((n * 7) % 60)));

describe('calls to Systems Manager', () => {
  it.each([1, 10, 40, 100, 1000])('for %i machines by tag stay within 20 and one for fifty', async (count) => {
    const w = world([...machines(count, answering), machine(99_999, { siteId: FRANKFURT.id })]);

    await w.run(ALL);

    expect(callsOf(w.fleet)).toBeLessThanOrEqual(20 + count / 50);
  });

  it('stay within it when a machine of each site never answers', async () => {
    const never = prints(TEXT, Number.POSITIVE_INFINITY);
    const w = world([...machines(30), machine(900, {}, never), machine(901, { siteId: FRANKFURT.id }, never)]);

    await w.run(ALL);

    expect(callsOf(w.fleet)).toBeLessThanOrEqual(20 + 32 / 50);
  });

  it.each([10, 120, 200])('for %i machines by name stay within 20 and one for twenty-five', async (count) => {
    const w = world(machines(count, answering));

    await w.run(named(...Array.from({ length: count }, (_, n) => `WEB-${n + 1}`)));

    expect(callsOf(w.fleet)).toBeLessThanOrEqual(20 + count / 25);
  });

  it('reads the inventory at most hourly', async () => {
    const w = world(machines(3));
    await w.run(ALL);
    await w.run(ALL, undefined, 'op-2');
    expect(w.fleet.calls.page).toBe(2);

    w.time.advance(61 * 60_000);
    await w.run(ALL, undefined, 'op-3');

    expect(w.fleet.calls.page).toBe(4);
  });
});

describe('ten thousand machines', () => {
  const fleet = () =>
    machines(10_000, (n) =>
      n % 50 === 0
        ? machine(n, { presence: { kind: 'offline', lastSeenMs: 5 } }, staysSilent({ kind: 'delivery-timed-out' }, 60))
        : machine(n, { vpcId: `vpc-${n % 7}` }, prints(TEXT, 5 + ((n * 7) % 100))),
    );

  it('are all accounted for within a quarter of an hour, throttled, in few and small operations', async () => {
    const w = world(fleet());
    w.fleet.interfere = ({ nth }) => {
      if (nth % 10 === 0) throw new Throttled('ssm', 2);
    };

    const { result, seconds, operations, largestBytes } = await w.run(ALL);

    expect(result).toEqual({ ended: 'answered', machines: 10_000 });
    expect(reportIn(w.last())).toMatchObject({ totals: { machines: 10_000, activated: 9_800, notAsked: 200 } });
    expect(seconds).toBeLessThan(15 * 60);
    expect(operations).toBeLessThan(500);
    expect(largestBytes).toBeLessThan(16 * 1024);
  });

  it('bind from fifty of them, taken from every network, start spread over a minute, and need few calls', async () => {
    const w = world(fleet());

    await w.run(ALL);

    const [command] = w.fleet.sent;
    const chosen = new Set(command?.bindFrom);
    const networks = command?.machines.filter((m) => chosen.has(m.node.id)).map((m) => m.node.vpcId);
    expect(chosen.size).toBe(50);
    expect(new Set(networks).size).toBe(7);
    expect(command?.jitterSeconds).toBe(60);
    expect(callsOf(w.fleet)).toBeLessThanOrEqual(20 + 10_000 / 50);
  });
});
