import { describe, expect, it } from 'vitest';
import { must, worldUnderTest } from './world-under-test.ts';

/** A machine with Office whose host serves Office by a count of its own. */
function officeLab(activated: boolean, clients: number) {
  const lab = worldUnderTest();
  const contact = (i: number) => [
    `0000000${i}-0000-4000-8000-000000000000`,
    { atMs: lab.now(), name: `o-${i}`, requiredCount: 5 },
  ];
  lab.role('kms-01').office = {
    activated,
    contacts: Object.fromEntries(Array.from({ length: clients }, (_, i) => contact(i))),
  };
  const office = must(
    lab.machine('db-01').windows.products.find((product) => product.app === 'office'),
    'Office on db-01',
  );
  Object.assign(office, { status: 5, statusReason: 'C004F056', endsAtMs: 0 });
  return { lab, office };
}

describe('Office on a host with a count of its own', () => {
  it.each([
    [true, 4, 1, '4004F040'],
    [true, 3, 5, 'C004F038'],
    [false, 9, 5, 'C004F042'],
  ] as const)('with key %s and %i other clients has status %i and reason %s', (activated, clients, status, reason) => {
    const { lab, office } = officeLab(activated, clients);

    expect(lab.attempt('db-01')).toBe('00000000');
    expect(office).toMatchObject({ status, statusReason: reason });
  });

  it('is asked for before Windows is, so that the newest answer is about Windows', () => {
    const { lab } = officeLab(true, 0);
    lab.attempt('db-01');

    const codes = lab
      .machine('db-01')
      .windows.events.slice(-4)
      .map(({ id, data }) => `${id} ${data[0]?.split(',')[0]}`);
    expect(codes).toEqual(['12288 0x0', '12289 0xC004F038', '12288 0x0', '12289 0x0']);
  });

  it('counts nobody of Office among the clients of Windows', () => {
    const { lab } = officeLab(true, 4);
    const before = Object.keys(lab.role('kms-01').contacts).length;
    lab.attempt('db-01');

    expect(Object.keys(lab.role('kms-01').contacts).length).toBe(before);
    expect(Object.keys(lab.role('kms-01').office?.contacts ?? {})).toHaveLength(5);
  });
});
