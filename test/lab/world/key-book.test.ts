import { describe, expect, it } from 'vitest';
import { GVLKS } from '../../../bot/domain/gvlk.ts';
import { seededKeys } from './key-book.ts';
import { must, type WorldUnderTest, worldUnderTest } from './world-under-test.ts';

const keyEnding = (tail: string): string => must(seededKeys().find(({ key }) => key.endsWith(tail))?.key, tail);

/** Installs the key with this end, as `slmgr /ipk` does: `00000000`, or the code. */
const installed = ({ world, machine }: WorldUnderTest, name: string, tail: string): string => {
  const outcome = world
    .changeSurface(machine(name).id)
    .invoke('SoftwareLicensingService', '', 'InstallProductKey', { ProductKey: keyEnding(tail) });
  return 'ok' in outcome ? '00000000' : outcome.error.hresult;
};

describe('the keys of the lab', () => {
  it('are well-formed, plainly false, and no two end alike', () => {
    const keys = seededKeys().map(({ key }) => key);
    for (const key of keys) expect(key).toMatch(/^(?:M{5}|H{5})(?:-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}$/);

    const ends = [...keys, ...GVLKS.map(({ key }) => key)].map((key) => key.slice(-5));
    expect(ends.filter((end) => /^[MH]K2/.test(end))).toHaveLength(new Set(keys).size);
    expect(new Set(keys.map((key) => key.slice(-5))).size).toBe(keys.length);
  });
});

describe('installing a key of the book', () => {
  it('makes a product of it that is not activated: a MAK', () => {
    const lab = worldUnderTest();

    expect(installed(lab, 'web-01', 'MK223')).toBe('00000000');
    expect(lab.product('web-01')).toMatchObject({ partialKey: 'MK223', channel: 'Volume:MAK', status: 2 });
    expect(lab.product('web-01').description).toContain('VOLUME_MAK');
  });

  it('makes a KMS host of a machine, not activated, publishing, behind its firewall', () => {
    const lab = worldUnderTest();

    expect(installed(lab, 'web-01', 'HK223')).toBe('00000000');
    expect(lab.product('web-01').description).toContain('VOLUME_KMS_WS22');
    expect(lab.role('web-01')).toMatchObject({
      keyGroup: '2022',
      activated: false,
      publishing: true,
      firewallOpen: false,
      listeningPort: 1688,
    });
  });

  it('makes a workstation a host with the key for client Windows', () => {
    const lab = worldUnderTest();

    expect(installed(lab, 'vdi-02', 'HK227')).toBe('00000000');
    expect(lab.product('vdi-02').description).toContain('VOLUME_KMS_W10');
  });

  it('keeps port and clients of a host that gets the key of a newer generation', () => {
    const lab = worldUnderTest();
    lab.role('kms-01').listeningPort = 1690;
    const { contacts } = lab.role('kms-01');

    expect(installed(lab, 'kms-01', 'HK222')).toBe('00000000');
    expect(lab.role('kms-01')).toMatchObject({ keyGroup: '2025', activated: false, listeningPort: 1690, contacts });
  });

  it.each([
    ['a MAK for another Windows', 'web-01', 'MK224', 'C004F069'],
    ['a MAK for another edition', 'web-02', 'MK229', 'C004F069'],
    ['a MAK on an evaluation', 'eval-01', 'MK223', 'C004F069'],
    ['a host key on an evaluation', 'eval-01', 'HK223', 'C004F069'],
    ['a server’s host key on a workstation', 'vdi-02', 'HK223', 'C004F069'],
    ['a workstation’s host key on a server', 'web-01', 'HK227', 'C004F069'],
    ['a host key newer than its Windows knows', 'app-02', 'HK222', 'C004F050'],
    ['a host key older than its Windows', 'web-25', 'HK224', 'C004F069'],
  ])('refuses %s', (_, name, tail, code) => {
    const lab = worldUnderTest();
    const before = JSON.stringify(lab.machine(name).windows.products);

    expect(installed(lab, name, tail)).toBe(code);
    expect(JSON.stringify(lab.machine(name).windows.products)).toBe(before);
  });

  it('refuses a key that differs from one of the book though it ends like it', () => {
    const { world, machine } = worldUnderTest();
    const ProductKey = keyEnding('MK223').replace('K', 'B');

    expect(
      world
        .changeSurface(machine('web-01').id)
        .invoke('SoftwareLicensingService', '', 'InstallProductKey', { ProductKey }),
    ).toMatchObject({ error: { hresult: 'C004F050' } });
  });
});

describe('activating with Microsoft', () => {
  it('licenses a machine with a MAK for good, and takes one from its pool', () => {
    const lab = worldUnderTest();
    installed(lab, 'web-01', 'MK223');
    const key = must(
      lab.world.state.keys?.find((each) => each.key.endsWith('MK223')),
      'key',
    );
    const { left } = key;

    expect(lab.attempt('web-01')).toBe('00000000');
    expect(lab.product('web-01')).toMatchObject({ status: 1, endsAtMs: 0 });
    expect(lab.attempt('web-01')).toBe('00000000');
    expect(key).toMatchObject({ left: left - 1, activated: { [lab.machine('web-01').id]: 1 } });
  });

  it('refuses a MAK whose pool is empty', () => {
    const lab = worldUnderTest();
    installed(lab, 'web-01', 'MK22B');

    expect(lab.attempt('web-01')).toBe('C004C020');
    expect(lab.product('web-01').status).toBe(2);
  });

  it('refuses a key that Microsoft has blocked', () => {
    const lab = worldUnderTest();
    installed(lab, 'web-01', 'MK22C');

    expect(lab.attempt('web-01')).toBe('C004C003');
  });

  it('finds no way from a machine without internet, nor from a network without it', () => {
    const lab = worldUnderTest();
    installed(lab, 'build-9', 'MK223');
    installed(lab, 'kms-lab', 'HK224');

    expect([lab.attempt('build-9'), lab.attempt('kms-lab')]).toEqual(['80072EE7', '80072EE7']);
  });

  it('finds no way where the machine’s own firewall closes it', () => {
    const lab = worldUnderTest();
    installed(lab, 'web-01', 'MK223');
    lab.machine('web-01').windows.egressBlocked = [443];

    expect(lab.attempt('web-01')).toBe('80072EFD');
  });

  it('takes a host key on six hosts, and on each of them ten times', () => {
    const lab = worldUnderTest();
    const names = ['web-01', 'web-02', 'app-01', 'db-02', 'db-03', 'shop-01', 'shop-04'];
    for (const name of names) installed(lab, name, 'HK223');
    expect(names.map((name) => lab.attempt(name))).toEqual([...Array(6).fill('00000000'), 'C004C008']);

    const again = Array.from({ length: 10 }, () => {
      installed(lab, 'web-01', 'HK223');
      return lab.attempt('web-01');
    });
    expect(again).toEqual([...Array(9).fill('00000000'), 'C004C008']);
  });

  it('lets a new host serve clients, and not before', () => {
    const lab = worldUnderTest();
    installed(lab, 'web-02', 'HK223');
    lab.role('web-02').firewallOpen = true;
    const { windows } = lab.machine('web-01');
    windows.kmsHost = must(lab.machine('web-02').windows.adapters[0]?.addresses[0], 'address');
    expect(lab.attempt('web-01')).toBe('C004F074');

    expect(lab.attempt('web-02')).toBe('00000000');
    expect(lab.role('web-02').activated).toBe(true);
    expect(lab.attempt('web-01')).toBe('C004F038');
  });
});
