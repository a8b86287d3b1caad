import { describe, expect, it } from 'vitest';
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import { slowDownSeconds } from '../../bot/errors.ts';
import { DEFAULT_THROTTLE } from '../lab/aws/throttle.ts';
import { CORP, READ, startedForEachTest, VPC, zone } from './record-sets-setup.ts';

const start = startedForEachTest();

describe('what goes wrong', () => {
  it.each(['ListHostedZones', 'GetHostedZone', 'ListResourceRecordSets'])('without %s names it', async (operation) => {
    const { read, lab } = await start([CORP()]);
    lab.faults.push({ id: '1', fault: 'aws-denied', service: 'route53', operation });

    expect(await read({ domains: ['corp.example'] })).toEqual({
      zones: [],
      unread: [{ name: 'corp.example', why: 'missing-right', action: `route53:${operation}` }],
      resolverRules: [],
    });
  });

  it('names a right once, not for every zone that it might have shown', async () => {
    const { read, lab } = await start([CORP(), zone('a.example'), zone('b.example')]);
    lab.faults.push({ id: '1', fault: 'aws-denied', service: 'route53', operation: 'GetHostedZone' });

    expect((await read({ domains: ['corp.example'], vpcId: VPC })).unread).toEqual([
      { name: 'corp.example', why: 'missing-right', action: 'route53:GetHostedZone' },
    ]);
    expect((await read({ domains: ['x.example'], vpcId: VPC })).unread).toEqual([
      { name: 'a.example', why: 'missing-right', action: 'route53:GetHostedZone' },
      { name: 'x.example', why: 'not-in-route53' },
    ]);
  });

  it('leaves one zone unread and reads the other', async () => {
    const { read, observe } = await start([CORP(), zone('lab.example', [])]);
    observe.policies = [
      { Statement: READ },
      { Statement: { Effect: 'Deny', Action: 'route53:*', Resource: 'arn:aws:route53:::hostedzone/ZCORPEXAMPLE' } },
    ];

    const { zones, unread } = await read({ domains: ['corp.example', 'lab.example'] });

    expect(zones.map(({ name }) => name)).toEqual(['lab.example']);
    expect(unread).toEqual([{ name: 'corp.example', why: 'missing-right', action: 'route53:GetHostedZone' }]);
  });

  it('names the right to enter a site', async () => {
    const { recordSets, frankfurt, role } = await start([]);
    Object.assign(role, { trusts: [] });

    expect((await recordSets.zonesFor(frankfurt, { domains: ['eu.example'], targets: [] })).unread).toEqual([
      { name: 'eu.example', why: 'missing-right', action: 'sts:AssumeRole' },
    ]);
  });

  it('finds a zone gone that was listed a moment ago, and forgets the list', async () => {
    const { read, lab, calls } = await start([CORP()]);
    await read({ domains: ['corp.example'] });
    lab.world.state.zones.splice(0);
    calls();

    for (const listed of [0, 1]) {
      expect((await read({ domains: ['corp.example'] })).unread).toEqual([
        { name: 'corp.example', why: 'not-in-route53' },
      ]);
      expect(calls().filter((call) => call === 'ListHostedZones')).toHaveLength(listed);
    }
  });

  it('goes on where it was throttled, and leaves nothing behind once it is done', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `d${n}.example`);
    const { read, lab, calls } = await start(
      names.map((name) => zone(name)),
      DEFAULT_THROTTLE,
    );
    let zones: readonly ZoneFacts[] = [];
    let throttled = 0;
    while (zones.length === 0) {
      zones = await read({ domains: names }).then(
        (answer) => answer.zones,
        async (error: unknown) => {
          throttled += 1;
          await lab.clock.advance((slowDownSeconds(error) ?? Number.NaN) * 1000);
          return [];
        },
      );
    }

    expect(zones).toHaveLength(9);
    expect(throttled).toBe(3);
    expect(calls()).toHaveLength(19 + throttled);
    await lab.clock.advance(1_000);
    await read({ domains: names.slice(0, 2) });
    expect(calls()).toHaveLength(4);
  });

  it.each(['aws-error', 'aws-unavailable', 'aws-dropped'])('asks to be tried again after %s', async (fault) => {
    const { read, lab } = await start([CORP()]);
    lab.faults.push({ id: '1', fault, service: 'route53', operation: 'ListResourceRecordSets', times: 1 });

    await expect(read({ domains: ['corp.example'] })).rejects.toMatchObject({ name: 'Transient' });
    expect((await read({ domains: ['corp.example'] })).zones).toHaveLength(1);
  });
});
