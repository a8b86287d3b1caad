import { describe, expect, it } from 'vitest';
import { changeSets } from './propagation.ts';
import type { LabRecordSet } from './types.ts';
import { breakWorld } from './world-faults.ts';
import { must, type WorldUnderTest, worldUnderTest } from './world-under-test.ts';

const NAME = '_vlmcs._tcp.corp.example.';
const SECOND = 1000;

const srv = (...hosts: string[]): LabRecordSet => ({
  name: NAME,
  type: 'SRV',
  ttl: 300,
  values: hosts.map((host) => `0 0 1688 ${host}.corp.example.`),
});

/** The zone's set becomes these hosts (none: is deleted), as of `seconds` from now for whoever asks. */
const change = (lab: WorldUnderTest, seconds: number, ...hosts: string[]): void => {
  const zone = lab.zone('corp.example');
  const others = zone.recordSets.filter((set) => set.name !== NAME);
  const sets = hosts.length === 0 ? others : [...others, srv(...hosts)];
  changeSets(zone, sets, lab.now() + seconds * SECOND);
};

const answered = (lab: WorldUnderTest): string[] =>
  lab.world
    .resolve(NAME, 'SRV')
    .answers.map(({ value }) => value.replace(/^\d+ \d+ 1688 (.*)\.corp\.example\.$/, '$1'));

const setOf = (lab: WorldUnderTest): LabRecordSet =>
  must(
    lab.zone('corp.example').recordSets.find((set) => set.name === NAME),
    NAME,
  );

const BEFORE = ['kms-01', 'kms-old'];

describe('a change on its way to the name servers', () => {
  it('is held by the zone at once, and answered once it is due', () => {
    const lab = worldUnderTest();
    change(lab, 30, 'kms-new');
    expect(setOf(lab).values).toEqual(['0 0 1688 kms-new.corp.example.']);
    lab.advance(29 * SECOND);
    expect(answered(lab)).toEqual(BEFORE);

    lab.advance(SECOND);
    expect(answered(lab)).toEqual(['kms-new']);
    expect(lab.zone('corp.example').propagating).toBeUndefined();
  });

  it('that deletes a set leaves its answers, and one that makes a set leaves it unknown', () => {
    const lab = worldUnderTest();
    change(lab, 30);
    expect(answered(lab)).toEqual(BEFORE);
    lab.advance(30 * SECOND);
    expect(lab.world.resolve(NAME, 'SRV').rcode).toBe('NXDOMAIN');

    change(lab, 30, 'kms-01');
    expect(lab.world.resolve(NAME, 'SRV').rcode).toBe('NXDOMAIN');
    lab.advance(30 * SECOND);
    expect(answered(lab)).toEqual(['kms-01']);
  });

  it('follows the one before it, each in its time', () => {
    const lab = worldUnderTest();
    change(lab, 10, 'kms-new');
    change(lab, 40, 'kms-03');
    expect(answered(lab)).toEqual(BEFORE);

    lab.advance(10 * SECOND);
    expect(answered(lab)).toEqual(['kms-new']);
    lab.advance(30 * SECOND);
    expect(answered(lab)).toEqual(['kms-03']);
  });

  it('does not hide what is changed by hand meanwhile, nor keep anything else back', () => {
    const lab = worldUnderTest();
    change(lab, 30, 'kms-new');
    setOf(lab).values.push('0 0 1688 by-hand.corp.example.');
    lab.zone('corp.example').recordSets.push({ name: 'x.corp.example.', type: 'A', ttl: 60, values: ['10.0.0.7'] });

    expect(answered(lab)).toEqual(['kms-new', 'by-hand']);
    expect(lab.world.resolve('x.corp.example', 'A').answers).toHaveLength(1);
    lab.advance(30 * SECOND);
    expect(answered(lab)).toEqual(['kms-new', 'by-hand']);
  });

  it.each(['record-lost', 'record-poisoned'])('gives way to %s, and is there when that is mended', (fault) => {
    const lab = worldUnderTest();
    change(lab, 30, 'kms-new');
    const mend = breakWorld(lab.world, {
      fault,
      target: 'corp.example',
      ...(fault === 'record-lost' ? {} : { host: 'bad.corp.example' }),
    });
    expect(answered(lab)).toEqual(fault === 'record-lost' ? [] : ['bad']);

    lab.advance(30 * SECOND);
    mend();
    expect(answered(lab)).toEqual(['kms-new']);
  });

  it('decides which host a machine finds', () => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.hostCaching = false;
    change(lab, 30, 'kms-gone');
    expect(lab.attempt('web-01')).toBe('00000000');

    lab.advance(30 * SECOND);
    expect(lab.attempt('web-01')).toBe('C004F074');
  });
});

describe('routed sets', () => {
  it('are answered by one of them, the likeliest', () => {
    const lab = worldUnderTest();
    const { recordSets } = lab.zone('corp.example');
    recordSets.splice(recordSets.indexOf(setOf(lab)), 1);
    recordSets.push(
      { ...srv('kms-01'), setIdentifier: 'a', weight: 10 },
      { ...srv('kms-new'), setIdentifier: 'b', weight: 90 },
    );

    expect(answered(lab)).toEqual(['kms-new']);
  });
});
