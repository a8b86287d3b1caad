import { describe, expect, it } from 'vitest';
import type { HostReach } from '../../../bot/domain/fleet/fleet-summary.ts';
import { sampleOf } from '../../../bot/domain/hosts/host-sample.ts';
import { tellHosts } from '../../../bot/domain/hosts/tell-hosts.ts';
import { AT_SECONDS, managedNode, NOW_MS } from '../sample-record.ts';
import { DAY, factsOf, fleet, inputOf, kms1, reach, storyOf, wireRequests } from './sample-host.ts';

const DAY_MS = DAY * 1000;

describe('the story of a KMS host that is well', () => {
  it('tells everything its record and its clients say, and no concern', () => {
    const { digest, ...story } = storyOf();

    expect(digest).toMatchObject({ clients: 60 });
    expect(story).toEqual({
      name: 'kms1.corp.example',
      siteId: 'tokyo',
      nodeId: 'i-kms1',
      seen: 'asked',
      seenAtMs: NOW_MS,
      os: 'Windows Server 2022 Standard',
      keyGroup: 'Windows Server 2022',
      activated: true,
      count: 50,
      saturated: true,
      mostCounted: 50,
      thresholds: [
        { of: 'client-windows', needed: 25, met: true },
        { of: 'server', needed: 5, met: true },
      ],
      port: 1688,
      listening: 'answers',
      firewall: 'open',
      publishing: 'on',
      publishedAtMs: (AT_SECONDS - 600) * 1000,
      clients: { reached: 40, failed: 0 },
      concerns: [],
    });
  });

  it('tells the requests since the sample before, unless the host was set up anew', () => {
    const before = { atMs: NOW_MS - DAY_MS, total: 940, failed: 19 };
    const since = (sample: typeof before) => storyOf({}, { samples: { 'i-kms1': sample } }).requestsSince;

    expect(since(before)).toEqual({ sinceMs: NOW_MS - DAY_MS, total: 60, failed: 1 });
    expect(since({ ...before, total: 1001 })).toBeUndefined();
    expect(since({ ...before, atMs: NOW_MS })).toBeUndefined();
  });

  it('gives a sample to keep', () => {
    const { record } = factsOf();

    expect(sampleOf(record, NOW_MS)).toEqual({ atMs: NOW_MS, count: 50, total: 1000, failed: 20 });
    expect(sampleOf(factsOf({ host: null }).record, NOW_MS)).toBeUndefined();
  });
});

describe('a host that was not asked', () => {
  it('is told by its earlier record, and why it is not newer', () => {
    const offline = { ...factsOf(), askedNow: false, recordAtMs: NOW_MS - DAY_MS };
    const node = { ...kms1, presence: { kind: 'offline', lastSeenMs: 5 } as const };
    const [story] = tellHosts(inputOf({ hosts: [{ ...offline, node }], fleet: fleet(reach()) })).hosts;

    expect(story).toMatchObject({ seen: 'remembered', seenAtMs: NOW_MS - DAY_MS, count: 50 });
    expect(story?.concerns).toEqual([{ kind: 'offline', lastSeenMs: 5 }]);
  });

  it.each([
    [{ kind: 'online' }, { kind: 'no-answer' }],
    [{ kind: 'no-agent' }, { kind: 'offline' }],
    [
      { kind: 'not-running', instanceState: 'stopped' },
      { kind: 'offline', state: 'stopped' },
    ],
  ] as const)('says of %o that it is %o', (presence, concern) => {
    const facts = { node: { ...kms1, presence }, askedNow: false };
    const [story] = tellHosts(inputOf({ hosts: [facts] })).hosts;

    expect(story).toMatchObject({ name: 'kms1', seen: 'by-clients', concerns: [concern] });
  });
});

describe('a host without an agent', () => {
  const only = (...reaches: readonly HostReach[]) => tellHosts(inputOf({ fleet: fleet(...reaches) })).hosts;

  it('is told by what its clients saw', () => {
    const counted = { count: 50, atMs: NOW_MS - 7 };

    expect(only(reach({ host: 'kms-dc.corp.example:1700', failed: 1, counted }))).toMatchObject([
      {
        name: 'kms-dc.corp.example',
        seen: 'by-clients',
        seenAtMs: NOW_MS - 7,
        count: 50,
        saturated: true,
        port: 1700,
        listening: 'answers',
        clients: { reached: 40, failed: 1 },
        concerns: [{ kind: 'clients-cannot-reach', machines: 1 }],
      },
    ]);
  });

  it('gives concern by what it answers them', () => {
    const refused = [
      { code: '0xC004F041', machines: 3 },
      { code: '0xC004F06C', machines: 1 },
      { code: '0xC004F038', machines: 9 },
    ] as const;
    const [story] = only(reach({ host: 'kms-dc:1688', refused, counted: { count: 4, atMs: 1 } }));

    expect(story?.concerns).toEqual([
      { kind: 'not-activated' },
      { kind: 'below-threshold', of: 'server', count: 4, needed: 5 },
      { kind: 'refuses', code: '0xC004F06C', events: 1 },
    ]);
  });

  it('is told when the configuration names it, even before anybody has asked it', () => {
    const { hosts } = tellHosts(inputOf({ knownHosts: ['KMS-DC.corp.example', '10.9.0.0/16', '203.0.113.9'] }));

    expect(hosts).toMatchObject([{ name: 'kms-dc.corp.example', clients: { reached: 0, failed: 0 }, concerns: [] }]);
    expect(hosts[0]).not.toHaveProperty('listening');
  });

  it('is none where nobody has reached the name, no answer of it is known, and the configuration does not name it', () => {
    const dead = { host: 'kms-old:1688', reached: 0, failed: 2 };
    const concern = { kind: 'clients-cannot-reach', machines: 2 };
    const named = tellHosts(inputOf({ fleet: fleet(reach(dead)), knownHosts: ['kms-old'] })).hosts;

    expect(only(reach(dead))[0]?.concerns).toEqual([{ kind: 'nobody-reaches', machines: 2 }]);
    expect(only(reach({ ...dead, counted: { count: 50, atMs: 1 } }))[0]?.concerns).toEqual([concern]);
    expect(named[0]?.concerns).toEqual([concern]);
  });

  it('gives no concern where all of its clients reached it', () => {
    expect(only(reach({ host: '10.30.9.9:1688', reached: 1 }))[0]?.concerns).toEqual([]);
  });

  it('is not told again when it is a managed node', () => {
    const hosts = [factsOf()];
    const report = tellHosts(inputOf({ hosts, knownHosts: ['kms1.corp.example'], fleet: fleet(reach()) }));

    expect(report.hosts.map(({ name }) => name)).toEqual(['kms1.corp.example']);
  });

  it('is flagged where it cannot be ours', () => {
    const host = '203.0.113.9:1688';
    const unknownHosts = [{ host, why: 'public-address', machines: 2, examples: [] }] as const;
    const summary = { ...fleet(reach({ host, reached: 0, failed: 0 })), unknownHosts };

    expect(tellHosts(inputOf({ fleet: summary })).hosts[0]?.concerns).toEqual([
      { kind: 'unknown-host', why: 'public-address', machines: 2 },
    ]);
  });
});

describe('tellHosts', () => {
  it('tells the worst host first, then hosts without concerns by name, then names that nobody reaches', () => {
    const dead = reach({ host: 'a-dead:1688', reached: 0, failed: 2 });
    const fine = ['c-fine:1688', 'b-fine:1688'].map((host) => reach({ host }));
    const stopped = factsOf({ spp: ['Stopped', 'Auto'] });
    const report = tellHosts(inputOf({ hosts: [stopped], fleet: fleet(dead, ...fine) }));

    expect(report.hosts.map(({ name }) => name)).toEqual(['kms1.corp.example', 'b-fine', 'c-fine', 'a-dead']);
  });

  it('tells a host that its clients miss before one in worse trouble that nobody asks', () => {
    const nobody = wireRequests({ c: 0, w: 0, n: 0, d: [] });
    const unused = {
      ...factsOf({ spp: ['Stopped', 'Auto'], name: 'KMS2', req: nobody }),
      node: managedNode({ id: 'i-kms2', name: 'KMS2' }),
    };
    const report = tellHosts(inputOf({ hosts: [unused, factsOf()], fleet: fleet(reach({ failed: 1 })) }));

    expect(report.hosts.map(({ name }) => name)).toEqual(['kms1.corp.example', 'kms2.corp.example']);
  });

  it('tells an agent that is offline after a host that its clients cannot use', () => {
    const presence = { kind: 'offline', lastSeenMs: 5 } as const;
    const offline = { node: { ...kms1, presence }, askedNow: false };
    const refused = [{ code: '0xC004F041', machines: 1 }] as const;
    const report = tellHosts(inputOf({ hosts: [offline], fleet: fleet(reach({ host: 'kms-dc:1688', refused })) }));

    expect(report.hosts.map(({ name }) => name)).toEqual(['kms-dc', 'kms1']);
  });

  it('passes on which sites could not be asked', () => {
    const unread = [{ siteId: 'frankfurt', why: 'ssm:SendCommand' }];

    expect(tellHosts(inputOf({ unread }))).toMatchObject({
      hosts: [],
      unread,
      startedAtMs: NOW_MS,
      finishedAtMs: NOW_MS,
    });
  });
});
