import { describe, expect, it } from 'vitest';
import { bindResult } from '../inspect/bind.ts';
import { ADDRESS } from './seeded-network.ts';
import type { LabKmsHostRole } from './types.ts';
import { worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;

/** What web-01 gets of the main host: connecting, binding, and the code that its newest request met. */
function seenBy(lab: Lab) {
  const surface = lab.world.surface(lab.machine('web-01').id);
  const tcp = surface.tcp(ADDRESS.kmsHost, 1688);
  const bind = tcp === 'ok' ? bindResult(surface.bind(ADDRESS.kmsHost, 1688)) : undefined;
  lab.attempt('web-01');
  const newest = lab
    .machine('web-01')
    .windows.events.findLast(({ id, data }) => id === 12288 && data[0]?.includes('kms-01'));
  return [tcp, bind, newest?.data[0]?.split(',')[0]];
}

const role = (fields: Partial<LabKmsHostRole>) => (lab: Lab) => void Object.assign(lab.role('kms-01'), fields);

const block = (lab: Lab, cut: 'closed' | 'silent', from: string) =>
  lab.world.state.blocked.push({ from, to: ADDRESS.kmsHost, port: 1688, cut });

describe('a KMS host', () => {
  it.each<[string, (lab: Lab) => void, unknown[]]>([
    ['that is well', () => {}, ['ok', 'ok', '0x0']],
    ['that is busy', role({ busy: true }), ['ok', 'busy', '0x800706BB']],
    ['behind an RPC server', role({ portTakenBy: 'rpc' }), ['ok', 'rejected', '0x800706D9']],
    ['behind a web server', role({ portTakenBy: 'http' }), ['ok', 'other', '0x800706BE']],
    ['behind a cut', (lab) => void block(lab, 'closed', '*'), ['ok', 'closed', '0x800706BE']],
    [
      'that nothing comes back from',
      (lab) => void block(lab, 'silent', lab.machine('web-01').id),
      ['ok', 'silent', '0x800706BE'],
    ],
    ['that others are cut off from', (lab) => void block(lab, 'closed', lab.machine('web-02').id), ['ok', 'ok', '0x0']],
    [
      'whose rule does not hold in its profile',
      role({ firewallProfiles: ['domain', 'private'] }),
      ['timeout', undefined, '0x800706BA'],
    ],
    [
      'whose rule is off, with a firewall that is off as well',
      (lab) => {
        lab.role('kms-01').firewallOpen = false;
        lab.machine('kms-01').windows.firewall = { on: ['domain'], active: 'public' };
      },
      ['ok', 'ok', '0x0'],
    ],
  ])('%s is seen so', (_, change, seen) => {
    const lab = worldUnderTest();
    change(lab);
    expect(seenBy(lab)).toEqual(seen);
  });

  it('on premises compares its own clock', () => {
    const lab = worldUnderTest();
    const host = lab.world.state.foreignHosts.find(({ name }) => name === 'kms-eu.eu.example');
    if (host !== undefined) host.clockOffsetSeconds = 5 * 3600;
    expect(lab.attempt('eu-web-01')).toBe('C004F06C');
  });
});

describe('a machine whose licence store is damaged', () => {
  it('fails with its code, and shows it as its reason once it is not licensed', () => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.licensingFault = 'C004E003';
    expect(lab.attempt('web-01')).toBe('C004E003');
    expect(lab.product('web-01').statusReason).toBe('4004F040');

    lab.product('web-01').status = 5;
    lab.attempt('web-01');
    expect(lab.product('web-01').statusReason).toBe('C004E003');
  });
});
