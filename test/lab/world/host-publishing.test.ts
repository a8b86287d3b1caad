import { describe, expect, it } from 'vitest';
import { DAY } from './time-spans.ts';
import { worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;

/** Publishing events of a machine at its time of looking, newest last. */
const published = (lab: Lab, name: string) => {
  lab.world.catchUp(lab.machine(name).id);
  return lab.machine(name).windows.events.filter(({ id }) => id === 12293 || id === 12294);
};

const newest = (lab: Lab, name: string) => published(lab, name).at(-1);

describe('a KMS host that publishes', () => {
  it('is refused once a day by a Route 53 zone', () => {
    const lab = worldUnderTest();
    const before = published(lab, 'kms-lab').length;
    lab.advance(3 * DAY);
    const events = published(lab, 'kms-lab');

    expect(events).toHaveLength(before + 3);
    expect(events.at(-1)).toMatchObject({ id: 12293, data: ['0x8007232D', 'lab.example'] });
  });

  it('succeeds where Active Directory holds the zone', () => {
    const lab = worldUnderTest();
    const { windows } = lab.machine('kms-lab');
    Object.assign(windows, { domain: 'ad.corp.example', primarySuffix: 'ad.corp.example' });
    lab.advance(DAY);

    expect(newest(lab, 'kms-lab')).toMatchObject({ id: 12294, data: ['ad.corp.example'] });
  });

  it.each([
    ['in a domain that has no zone', { primarySuffix: 'nowhere.example' }, ['0x8007232B', 'nowhere.example']],
    ['without DNS servers', { adapters: [] }, ['0x8007267C', 'lab.example']],
  ])('fails %s', (_, change, data) => {
    const lab = worldUnderTest();
    Object.assign(lab.machine('kms-lab').windows, change);
    lab.advance(DAY);

    expect(newest(lab, 'kms-lab')).toMatchObject({ id: 12293, data });
  });

  it('writes nothing while its service is stopped or its publishing is off', () => {
    const lab = worldUnderTest();
    expect(published(lab, 'kms-01')).toEqual([]);

    const before = published(lab, 'kms-lab').length;
    lab.machine('kms-lab').windows.service.state = 'Stopped';
    lab.advance(3 * DAY);

    expect(published(lab, 'kms-lab')).toHaveLength(before);
  });
});

/** The machine's service starts anew, as a program that changes it has it. */
const restart = (lab: Lab, name: string) => {
  const surface = lab.world.changeSurface(lab.machine(name).id);
  surface.invoke('Win32_Service', 'sppsvc', 'StopService', {});
  surface.invoke('Win32_Service', 'sppsvc', 'StartService', {});
  return surface;
};

const inDirectory = (lab: Lab, name: string) => {
  Object.assign(lab.machine(name).windows, { domain: 'ad.corp.example', primarySuffix: 'ad.corp.example' });
};

const records = (lab: Lab, domain: string) =>
  lab.zone('ad.corp.example').recordSets.filter((set) => set.name === `_vlmcs._tcp.${domain}.`);

describe('a KMS host whose service starts', () => {
  it('publishes at once in its own domain and in every one of its list, and is told of each', () => {
    const lab = worldUnderTest();
    inDirectory(lab, 'kms-lab');
    lab.role('kms-lab').publishDomains = ['Branch.ad.corp.example, 10, 50', 'lab.example', 'nowhere.example'];
    const before = published(lab, 'kms-lab').length;
    restart(lab, 'kms-lab');

    expect(published(lab, 'kms-lab').slice(before)).toMatchObject([
      { id: 12294, data: ['ad.corp.example'] },
      { id: 12294, data: ['branch.ad.corp.example'] },
      { id: 12293, data: ['0x8007232D', 'lab.example'] },
      { id: 12293, data: ['0x8007232B', 'nowhere.example'] },
    ]);
    expect(records(lab, 'branch.ad.corp.example')).toMatchObject([
      { type: 'SRV', values: ['10 50 1688 kms-lab.ad.corp.example.'] },
    ]);
  });

  it('is logged a little later, which a program that waits sees', () => {
    const lab = worldUnderTest();
    inDirectory(lab, 'kms-lab');
    const surface = restart(lab, 'kms-lab');
    const seen = (elapsedMs: number) => {
      const answer = surface.events('Application', [12294], 1, elapsedMs);
      return 'ok' in answer ? answer.ok.map(({ data }) => data) : [];
    };

    expect(seen(4000)).toEqual([]);
    expect(seen(9000)).toEqual([['ad.corp.example']]);
  });

  it('replaces what it had published itself, and leaves other hosts’ records alone', () => {
    const lab = worldUnderTest();
    inDirectory(lab, 'kms-lab');
    const other = '0 0 1688 other.ad.corp.example';
    const own = '0 0 1690 KMS-LAB.ad.corp.example.';
    const name = '_vlmcs._tcp.ad.corp.example.';
    const zone = lab.zone('ad.corp.example');
    zone.recordSets = [
      ...zone.recordSets.filter((set) => set.name !== name),
      { name, type: 'SRV', ttl: 60, values: [own, other] },
    ];
    restart(lab, 'kms-lab');

    expect(records(lab, 'ad.corp.example')).toMatchObject([{ values: [other, '0 0 1688 kms-lab.ad.corp.example.'] }]);
  });

  it('is found by a client of that domain, and asked', () => {
    const lab = worldUnderTest();
    inDirectory(lab, 'kms-01');
    Object.assign(lab.role('kms-01'), { publishing: true, publishDomains: ['new.ad.corp.example'] });
    const { windows } = lab.machine('app-ad-01');
    windows.lookupDomain = 'new.ad.corp.example';
    expect(lab.attempt('app-ad-01')).toBe('8007232B');

    restart(lab, 'kms-01');
    lab.advance(60_000);

    expect(lab.attempt('app-ad-01')).toBe('00000000');
    expect(lab.product('app-ad-01').discoveredHost).toBe('kms-01.ad.corp.example');
    expect(lab.role('kms-01').contacts[windows.cmid]?.atMs).toBe(lab.now());
  });

  it('publishes nothing where publishing is off', () => {
    const lab = worldUnderTest();
    const before = published(lab, 'kms-lab').length;
    lab.role('kms-lab').publishing = false;
    restart(lab, 'kms-lab');

    expect(published(lab, 'kms-lab')).toHaveLength(before);
  });
});
