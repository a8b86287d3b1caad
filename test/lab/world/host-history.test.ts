import { describe, expect, it } from 'vitest';
import { inspect } from './inspect-model.ts';
import { DAY } from './time-spans.ts';
import { worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;

const hosts = ['kms-01', 'kms-lab', 'app-03'] as const;
const recordOf = (lab: Lab, name: string) => inspect(lab.world.surface(lab.machine(name).id)).record;

describe('the log of a seeded KMS host', () => {
  it.each(hosts)('has an event for the last contact of every client it remembers: %s', (name) => {
    const lab = worldUnderTest();
    lab.advance(16 * DAY);
    lab.world.catchUp(lab.machine(name).id);
    const { windows } = lab.machine(name);
    const times = windows.events.filter(({ id }) => id === 12290).map(({ data, atMs }) => `${data.at(-1)} ${atMs}`);

    for (const [cmid, { atMs }] of Object.entries(lab.role(name).contacts)) {
      expect(
        times.some((time) => time.includes(`${atMs}`)),
        `${cmid} at ${atMs}`,
      ).toBe(true);
    }
    expect(windows.events.filter(({ id }) => id === 12290).map(({ atMs }) => atMs)).toEqual(
      windows.events
        .filter(({ id }) => id === 12290)
        .map(({ atMs }) => atMs)
        .sort((a, b) => a - b),
    );
  });

  it.each(hosts)('tells a digest of at least as many clients as it counts: %s', (name) => {
    const { host, req } = recordOf(worldUnderTest(), name);

    expect(req?.c).toBeGreaterThanOrEqual(host?.n ?? 0);
    expect(host?.n).toBeGreaterThan(0);
  });

  it('shows the machines that share a CMID on the host they share', () => {
    const { req } = recordOf(worldUnderTest(), 'kms-lab');

    expect(req?.dup).toEqual([[expect.any(String), 3, expect.arrayContaining(['farm-a', 'farm-b', 'farm-c'])]]);
  });
});

describe('the firewall of a seeded KMS host', () => {
  it('is open where clients reach it, and closed on the host that nobody meant to be one', () => {
    const lab = worldUnderTest();

    expect(recordOf(lab, 'kms-01').fw).toEqual({ r: 'dpu', on: 'dpu', a: 'u' });
    expect(recordOf(lab, 'app-03').fw).toEqual({ r: '', on: 'dpu', a: 'u' });
  });

  it('follows the profiles and the port of the host', () => {
    const lab = worldUnderTest();
    Object.assign(lab.role('kms-01'), { firewallProfiles: ['domain'], listeningPort: 1690, lowPriority: true });
    lab.machine('kms-01').windows.firewall = { on: ['public'], active: 'private' };

    expect(recordOf(lab, 'kms-01').fw).toEqual({ r: 'd', on: 'u', a: 'p' });
    expect(recordOf(lab, 'kms-01').host).toMatchObject({ p: 1690, low: 1, tcp: 'ok', bind: 'ok' });
  });
});
