import { describe, expect, it } from 'vitest';
import { ALL, FRANKFURT, machine, machines, named, prints, reportIn, staysSilent, world } from './check-setup.ts';
import { killsOf } from './kills.ts';

const fleet = () => [
  ...machines(8),
  machine(20, {}, prints('not a record')),
  machine(21, {}, staysSilent({ kind: 'failed', exitCode: 1 })),
  machine(22, { presence: { kind: 'offline', lastSeenMs: 5 } }, staysSilent({ kind: 'delivery-timed-out' }, 60)),
  machine(30, { siteId: FRANKFURT.id }),
];

const whole = await world(fleet()).run(ALL);

const kills = killsOf(whole.writes);

describe('a check that is killed', () => {
  it('is tried at every operation', () => {
    expect(kills.length).toBeGreaterThan(30);
  });

  it.each(kills)('$when write $atWrite ends the same, with each command sent once', async (kill) => {
    const w = world(fleet());

    const { result, replays } = await w.run(ALL, kill);

    expect(replays).toBe(1);
    expect(result).toEqual(whole.result);
    expect(w.fleet.sent.map((command) => command.siteId)).toEqual(['tokyo', 'frankfurt']);
    expect(w.conversation.messages).toHaveLength(1);
    expect(w.conversation.messages[0]?.files).toHaveLength(1);
    expect(reportIn(w.last()).totals).toMatchObject({ machines: 12, activated: 9, unknown: 1, notAsked: 2 });
  });

  it('between sending and remembering finds the command instead of sending it again', async () => {
    const w = world(machines(3));
    const { remember } = w.ledger;
    let dead = false;
    w.deps.ledger.remember = async (key, text, expiresAtMs) => {
      if (!dead && key.includes('/send/')) {
        dead = true;
        throw new Error('the process is gone');
      }
      return remember(key, text, expiresAtMs);
    };

    await expect(w.run(ALL)).rejects.toThrow();
    w.time.advance(1000);
    await w.run(ALL);

    expect(w.fleet.sent).toHaveLength(1);
    expect(w.fleet.calls.list).toBe(1);
  });

  it('sends every chunk of a long list once', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `WEB-${n + 1}`);
    const { writes } = await world(machines(120)).run(named(...names));
    for (let atWrite = 1; atWrite <= writes; atWrite += 1) {
      const w = world(machines(120));
      await w.run(named(...names), { atWrite, when: 'before' });
      expect(w.fleet.sent.map((c) => c.machines.length)).toEqual([50, 50, 20]);
    }
  });
});
