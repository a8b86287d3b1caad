/** Rearms in the lab: what is used up, what comes into force by a restart, and what is refused beforehand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { auditOf, newest, nodeOf, ONE_MINUTE_MS, OPS, press, type, windowsOf } from './support/changes.ts';
import { approved, keptAsIs, keyLabForAll } from './support/keys.ts';

let lab: Lab;
let putBack: () => void;

keyLabForAll((started) => {
  lab = started;
});

beforeEach(async () => {
  await lab.clock.advance(ONE_MINUTE_MS);
  putBack = keptAsIs(lab, 'web-02', 'db-02', 'build-10');
});

afterEach(() => {
  putBack();
  lab.faults.clear();
});

describe('a rearm', () => {
  it('uses one up, is not in force before a restart, and offers that', async () => {
    const { cmid, rearmsLeft } = windowsOf(lab, 'web-02');

    const message = await approved(lab, 'rearm web-02');

    expect(windowsOf(lab, 'web-02')).toMatchObject({ rearmsLeft: rearmsLeft - 1, cmid, rearmed: true });
    expect(message).toContain('web-02');
    expect(message).toMatch(/restart/i);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'done: done 1, not done 0' });
    await press(lab, 'aiko', 'restart-machine', OPS);
    await press(lab, 'ken', 'approve');
    expect(windowsOf(lab, 'web-02').cmid).not.toBe(cmid);
    expect(windowsOf(lab, 'web-02').rearmed).toBeUndefined();
    expect(nodeOf(lab, 'web-02').agent.online).toBe(true);
    expect(newest(lab)).toMatch(/^✓/);
  });

  it('with a restart waits until the machine has gone and is back, and shows its new CMID', async () => {
    const { cmid } = windowsOf(lab, 'db-02');
    const startedAtMs = lab.clock.now();

    const message = await approved(lab, 'rearm db-02 restart');

    const { cmid: now, bootedAtMs = 0, rearmsLeft } = windowsOf(lab, 'db-02');
    expect(now).not.toBe(cmid);
    expect(bootedAtMs).toBeGreaterThan(startedAtMs);
    expect(message).toMatch(/^✓/);
    expect(message).toContain(now);
    expect(rearmsLeft).toBe(1000);
    expect(windowsOf(lab, 'db-02').products[0]?.status).toBe(2);
  });

  it('tells of a machine that does not come back', async () => {
    await type(lab, 'aiko', 'rearm build-10 restart');
    lab.faults.add({ fault: 'agent-lost', node: 'build-10', document: 'KmsBot-Rearm' });

    await press(lab, 'ken', 'approve');

    expect(newest(lab)).toMatch(/^⚠/);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended' });
    lab.faults.clear();
  });

  it.each([
    ['none is left', { rearmsLeft: 0 }, 'no rearm is left'],
    ['SkipRearm is set', { skipRearm: true }, 'SkipRearm is set'],
  ])('is refused before anybody is asked to approve where %s', async (_, state, said) => {
    Object.assign(windowsOf(lab, 'build-10'), state);
    const { cmid, rearmsLeft } = windowsOf(lab, 'build-10');

    await type(lab, 'aiko', 'rearm build-10 restart');

    expect(newest(lab)).toContain(said);
    expect(newest(lab)).toContain('Nothing was changed');
    expect(windowsOf(lab, 'build-10')).toMatchObject({ cmid, rearmsLeft });
  });

  it('is of one machine, and a restart by itself is no command', async () => {
    lab.wire.clear();

    await type(lab, 'aiko', 'rearm web-02 db-02');
    await type(lab, 'aiko', 'restart web-02');

    expect(lab.wire.read().counts['ssm:SendCommand'] ?? 0).toBe(0);
  });
});
