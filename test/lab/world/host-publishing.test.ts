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
