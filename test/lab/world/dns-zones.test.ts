import { describe, expect, it } from 'vitest';
import { isInZone } from './dns-zones.ts';
import type { LabZone } from './types.ts';
import { worldUnderTest } from './world-under-test.ts';

const SRV = '_vlmcs._tcp.corp.example';

function labVpcs(lab: ReturnType<typeof worldUnderTest>) {
  const [corp = '', second = '', edge = '', eu = ''] = lab.world.state.vpcs.map((vpc) => vpc.id);
  return { corp, lab: second, edge, eu };
}

describe('names without a VPC', () => {
  it.each([SRV, `${SRV}.`, '_VLMCS._TCP.CORP.EXAMPLE'])(
    'are answered whatever their case and final dot: %s',
    (name) => {
      const { answers, rcode } = worldUnderTest().world.resolve(name, 'srv');

      expect(rcode).toBe('NOERROR');
      expect(answers).toEqual([
        { name: `${SRV}.`, type: 'SRV', ttl: 300, value: '0 0 1688 kms-01.corp.example.' },
        { name: `${SRV}.`, type: 'SRV', ttl: 300, value: '10 0 1688 kms-old.corp.example.' },
      ]);
    },
  );

  it.each(['corp.example', 'aws.corp.example', 'lab.example', 'stage.example', 'ad.corp.example'])(
    'find the SRV set of %s',
    (zone) => {
      expect(worldUnderTest().world.resolve(`_vlmcs._tcp.${zone}`, 'SRV').answers.length).toBeGreaterThan(0);
    },
  );

  it('end at the account: zones of another one are unknown', () => {
    expect(worldUnderTest().world.resolve('_vlmcs._tcp.eu.example', 'SRV')).toEqual({ answers: [], rcode: 'NXDOMAIN' });
  });

  it.each(['SOA', 'NS'])('give the %s of a zone', (type) => {
    expect(worldUnderTest().world.resolve('corp.example', type).answers).toHaveLength(1);
  });
});

describe('the resolver of a VPC', () => {
  it('knows only the private zones of its VPC, and every public one', () => {
    const lab = worldUnderTest();
    const vpcs = labVpcs(lab);

    expect(lab.world.resolve('_vlmcs._tcp.lab.example', 'SRV', vpcs.lab).rcode).toBe('NOERROR');
    expect(lab.world.resolve('_vlmcs._tcp.lab.example', 'SRV', vpcs.corp).rcode).toBe('NXDOMAIN');
    expect(lab.world.resolve('www.shop.example', 'A', vpcs.eu).answers[0]?.value).toBe('203.0.113.80');
  });

  it('lets the most specific zone hide a record of the one above', () => {
    const lab = worldUnderTest();
    const { edge, corp } = labVpcs(lab);
    lab.zone('corp.example').recordSets.push({ name: 'x.aws.corp.example.', type: 'A', ttl: 60, values: ['10.0.0.1'] });

    expect(lab.world.resolve('x.aws.corp.example', 'A', corp).rcode).toBe('NOERROR');
    expect(lab.world.resolve('x.aws.corp.example', 'A', edge).rcode).toBe('NXDOMAIN');
  });

  it('answers NXDOMAIN in a private zone even where only the type is missing', () => {
    const lab = worldUnderTest();

    expect(lab.world.resolve('kms-01.corp.example', 'AAAA', labVpcs(lab).corp).rcode).toBe('NXDOMAIN');
    expect(lab.world.resolve('www.shop.example', 'AAAA', labVpcs(lab).corp)).toEqual({ answers: [], rcode: 'NOERROR' });
  });

  it('never falls through from a private zone to the public one of the same name', () => {
    const lab = worldUnderTest();
    lab.zone('shop.example').name = 'corp.example';

    expect(lab.world.resolve('www.corp.example', 'A', labVpcs(lab).corp).rcode).toBe('NXDOMAIN');
  });

  it('follows aliases to their end, and gives up on a ring', () => {
    const lab = worldUnderTest();
    const sets = lab.zone('corp.example').recordSets;
    sets.push({ name: 'a.corp.example.', type: 'CNAME', ttl: 60, values: ['kms-01.corp.example.'] });
    sets.push({ name: 'b.corp.example.', type: 'CNAME', ttl: 60, values: ['b.corp.example.'] });

    expect(lab.world.resolve('a.corp.example', 'A').answers.map((answer) => answer.value)).toEqual([
      'kms-01.corp.example.',
      '10.20.1.10',
    ]);
    expect(lab.world.resolve('b.corp.example', 'A').rcode).toBe('SERVFAIL');
  });

  it('prefers Active Directory where its resolver forwards there, and fails when no controller is up', () => {
    const lab = worldUnderTest();
    const { corp } = labVpcs(lab);
    lab.zone('ad.corp.example').vpcs = [corp];
    expect(lab.world.resolve('_vlmcs._tcp.ad.corp.example', 'SRV', corp).rcode).toBe('NOERROR');

    lab.machine('dc-01').instanceState = 'stopped';
    expect(lab.world.resolve('_vlmcs._tcp.ad.corp.example', 'SRV', corp).rcode).toBe('SERVFAIL');
  });
});

describe('a zone', () => {
  it.each([
    ['corp.example.', true],
    ['a.corp.example.', true],
    ['xcorp.example.', false],
    ['example.', false],
  ])('contains %s: %s', (name, inside) => {
    expect(isInZone(name, { name: 'corp.example' } as LabZone)).toBe(inside);
  });
});
