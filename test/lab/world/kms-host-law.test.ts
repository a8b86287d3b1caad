import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentCount } from './kms-host-law.ts';
import { DAY, HOUR, MINUTE } from './time-spans.ts';
import { NOON, worldUnderTest } from './world-under-test.ts';

const fill = (contacts: Record<string, unknown>, count: number, requiredCount: number) => {
  for (let i = 0; i < count; i++)
    contacts[`cmid-${i}`] = { atMs: NOON - i * HOUR, name: `unknown-${i}`, requiredCount };
};

/** web-01 (server) and vdi-02 (Windows 10) pointed at kms-lab, whose cache holds `others`. */
function smallHost(others: number, requiredCount = 5) {
  const lab = worldUnderTest();
  const role = lab.role('kms-lab');
  role.contacts = {};
  fill(role.contacts, others, requiredCount);
  for (const name of ['web-01', 'vdi-02']) {
    const { windows } = lab.machine(name);
    windows.kmsHost = '10.30.1.10';
    windows.generation = name === 'web-01' ? '2019' : '10';
  }
  lab.product('web-01').partialKey = '63DFG';
  return { lab, role };
}

describe('the count of a KMS host', () => {
  it.each([
    [3, 'C004F038'],
    [4, '00000000'],
  ])('licenses a server with %i clients before it: %s', (others, hresult) => {
    const { lab } = smallHost(others);

    expect(lab.attempt('web-01')).toBe(hresult);
  });

  it.each([
    [23, 'C004F038'],
    [24, '00000000'],
  ])('licenses a client Windows with %i clients before it: %s', (others, hresult) => {
    const { lab } = smallHost(others, 25);

    expect(lab.attempt('vdi-02')).toBe(hresult);
  });

  it('does not grow when the same machine asks again', () => {
    const { lab, role } = smallHost(2);
    lab.attempt('web-01');
    lab.attempt('web-01');

    expect(currentCount(role, lab.now())).toBe(3);
  });

  it('stops at twice the highest count asked for, the oldest giving way', () => {
    const { lab, role } = smallHost(10);
    lab.attempt('web-01');

    expect(Object.keys(role.contacts)).toHaveLength(10);
    expect(role.contacts['cmid-9']).toBeUndefined();
    expect(role.contacts[lab.machine('web-01').windows.cmid]?.atMs).toBe(NOON);
  });

  it('grows to fifty once a client Windows asked', () => {
    const { lab, role } = smallHost(10);
    lab.attempt('vdi-02');

    expect(currentCount(role, lab.now())).toBe(11);
  });

  it('forgets a CMID thirty days after its last contact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), (minutes) => {
        const contacts = { a: { atMs: NOON - minutes * MINUTE, name: 'a', requiredCount: 5 } };
        const role = { ...worldRole, contacts };
        expect(currentCount(role, NOON)).toBe(minutes <= 30 * 24 * 60 ? 1 : 0);
      }),
    );
  });

  it('stays up over months, since clients renew whether anyone looks or not', () => {
    const lab = worldUnderTest();
    lab.advance(75 * DAY);
    lab.world.catchUp(lab.machine('kms-01').id);

    expect(currentCount(lab.role('kms-01'), lab.now())).toBeGreaterThanOrEqual(45);
    expect(lab.product('web-01')).toMatchObject({ status: 1 });
    expect(lab.product('web-01').endsAtMs).toBeGreaterThan(lab.now() + 172 * DAY);
  });

  it('falls to nothing while nobody reaches the host', () => {
    const lab = worldUnderTest();
    lab.role('kms-01').firewallOpen = false;
    lab.advance(31 * DAY);
    lab.world.catchUp(lab.machine('kms-01').id);

    expect(currentCount(lab.role('kms-01'), lab.now())).toBe(0);
  });
});

const worldRole = worldUnderTest().role('kms-01');

describe('a KMS host', () => {
  it.each([
    ['2012R2', '2016', 'C004F042'],
    ['2016', '2016', '00000000'],
    ['2019', '2022', 'C004F042'],
    ['2022', '2022', '00000000'],
    ['2022', '2025', 'C004F042'],
    ['2025', '2025', '00000000'],
    ['2019', '11', 'C004F042'],
    ['2022', '11', '00000000'],
    ['2019', '10', '00000000'],
    ['10', '2019', 'C004F042'],
    ['10', '10', '00000000'],
  ] as const)('with a key of %s answers a client of %s with %s', (keyGroup, generation, hresult) => {
    const lab = worldUnderTest();
    lab.role('kms-01').keyGroup = keyGroup;
    const name = { '2012R2': 'print-01', '2016': 'app-02', '2019': 'web-03', '2022': 'web-01', '2025': 'web-25' };
    const machine = generation === '10' ? 'vdi-02' : generation === '11' ? 'vdi-01' : name[generation];

    expect(lab.attempt(machine)).toBe(hresult);
  });

  it.each([
    [4 * 3600, '00000000'],
    [4 * 3600 + 1, 'C004F06C'],
    [-4 * 3600, '00000000'],
    [-4 * 3600 - 1, 'C004F06C'],
  ])('answers a client whose clock is %i s off with %s', (seconds, hresult) => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.clockOffsetSeconds = seconds;

    expect(lab.attempt('web-01')).toBe(hresult);
  });

  it('compares clocks with its own: one that is off itself refuses those that are right', () => {
    const lab = worldUnderTest();
    lab.machine('kms-01').windows.clockOffsetSeconds = 6 * 3600;

    expect(lab.attempt('web-01')).toBe('C004F06C');
  });

  it('refuses while it is not activated, and counts nobody meanwhile', () => {
    const lab = worldUnderTest();
    const role = lab.role('kms-01');
    role.activated = false;
    role.contacts = {};
    const before = { ...role.totals };

    expect(lab.attempt('web-01')).toBe('C004F041');
    expect(role.contacts).toEqual({});
    expect(role.totals).toMatchObject({ total: before.total + 1, failed: before.failed + 1 });
  });

  it('writes every request into its log, as fields behind a first element', () => {
    const lab = worldUnderTest();
    const { windows } = lab.machine('web-01');
    lab.attempt('web-01');
    const event = lab.machine('kms-01').windows.events.at(-1);

    expect(event).toMatchObject({ id: 12290, log: 'Key Management Service', atMs: NOON });
    expect(event?.data).toHaveLength(10);
    expect(event?.data.slice(1, 5)).toEqual(['0x0', '5', 'web-01', windows.cmid]);
  });

  it('keeps its log within bounds', () => {
    const lab = worldUnderTest();
    for (let i = 0; i < 900; i++) lab.attempt('web-01');
    const { events } = lab.machine('kms-01').windows;

    expect(events.length).toBeLessThan(720);
    expect(events.at(-1)?.data[3]).toBe('web-01');
    expect(lab.machine('web-01').windows.events.length).toBeLessThan(120);
  });
});
