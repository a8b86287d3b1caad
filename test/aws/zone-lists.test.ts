import { describe, expect, it } from 'vitest';
import type { Route53Calls, Zone } from '../../bot/aws/route53-calls.ts';
import { namesIn, nearest, zonesBesides, zonesNamed } from '../../bot/aws/zone-choice.ts';
import { zoneLists } from '../../bot/aws/zone-lists.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { FRANKFURT, TOKYO } from '../lab/aws/accounts-under-test.ts';

const zone = (name: string, more: Partial<Zone> = {}): Zone => ({
  id: name,
  name,
  writtenName: `${name}.`,
  private: true,
  ...more,
});

/** Answers in order; an error is thrown. */
const pages = (...answers: (Error | Awaited<ReturnType<Route53Calls['zones']>>)[]) => {
  const markers: (string | undefined)[] = [];
  const zones: Route53Calls['zones'] = async (marker) => {
    markers.push(marker);
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often');
    return answer;
  };
  const calls: Route53Calls = {
    zones,
    zone: async (id) => ({ zone: zone(id), vpcIds: [] }),
    sets: async () => ({ sets: [] }),
  };
  return { calls, markers };
};

const named = (name: string): Error => Object.assign(new Error(name), { name });

describe('a list of zones', () => {
  it('goes on behind the page on which it was throttled', async () => {
    const lists = zoneLists(simulatedTime().now);
    const { calls, markers } = pages({ zones: [zone('a')], next: 'b' }, named('Throttled'), { zones: [zone('b')] });

    await expect(lists.read(TOKYO, calls)).rejects.toThrow('Throttled');

    expect((await lists.read(TOKYO, calls)).zones.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(markers).toEqual([undefined, 'b', 'b']);
  });

  it('begins again when the zone that a page begins with is gone', async () => {
    const lists = zoneLists(simulatedTime().now);
    const { calls, markers } = pages(
      { zones: [zone('a')], next: 'b' },
      named('InvalidInput'),
      { zones: [zone('a')], next: 'c' },
      { zones: [zone('c')] },
    );

    await expect(lists.read(TOKYO, calls)).rejects.toMatchObject({ name: 'Transient' });

    expect((await lists.read(TOKYO, calls)).zones.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(markers).toEqual([undefined, 'b', undefined, 'c']);
  });

  it('is an account’s, read once for its regions and again for another account', async () => {
    const lists = zoneLists(simulatedTime().now);
    const { calls, markers } = pages({ zones: [zone('a')] }, { zones: [zone('b')] });

    await lists.read(TOKYO, calls);
    await lists.read({ ...TOKYO, id: 'osaka', region: 'ap-northeast-3' }, calls);
    expect((await lists.read(FRANKFURT, calls)).zones.map(({ name }) => name)).toEqual(['b']);

    expect(markers).toHaveLength(2);
  });

  it('ends after two thousand zones, and is as good as whole then', async () => {
    const lists = zoneLists(simulatedTime().now);
    const { calls, markers } = pages(...Array.from({ length: 30 }, () => ({ zones: [zone('a')], next: 'more' })));

    await lists.read(TOKYO, calls);
    await lists.read(TOKYO, calls);

    expect(markers).toHaveLength(20);
  });
});

describe('the zones that concern a machine', () => {
  const names = namesIn({ domains: ['dev.corp.example'], targets: ['kms.ad.example', 'kms'] });

  it('are those its names lie in, domains before targets and the nearest first', () => {
    const all = ['other.example', 'ad.example', 'example', 'corp.example', 'dev.corp.example', 'v.corp.example'];

    expect(
      zonesNamed(
        all.map((name) => zone(name)),
        names,
      ).map(({ name }) => name),
    ).toEqual(['dev.corp.example', 'corp.example', 'example', 'ad.example']);
  });

  it('besides are private ones that people keep', () => {
    const all = [
      zone('a.example'),
      zone('public.example', { private: false }),
      zone('cloud-map.example', { keptBy: 'servicediscovery.amazonaws.com' }),
      zone('vpce.ap-northeast-1.amazonaws.com'),
      zone('10.in-addr.arpa'),
    ];

    expect(zonesBesides(all, []).map(({ name }) => name)).toEqual(['a.example']);
    expect(zonesBesides(all, all)).toEqual([]);
  });

  it('for one name are the nearest around it, a private and a public one of the same name both', () => {
    const all = [
      zone('example'),
      zone('corp.example'),
      zone('corp.example', { private: false }),
      zone('x.corp.example'),
    ];

    expect(nearest(all, 'kms.corp.example')).toEqual(all.slice(1, 3));
    expect(nearest(all, 'elsewhere.test')).toEqual([]);
  });
});
