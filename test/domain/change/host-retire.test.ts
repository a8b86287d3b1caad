import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeftNode, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type PlanGiven, planNode } from '../../../bot/domain/change/plan-node.ts';
import {
  leavingClients,
  type RetirementRisk,
  retirementRisk,
  stayingHosts,
} from '../../../bot/domain/change/retirement-risk.ts';
import type { RequestDigest } from '../../../bot/domain/host-record.ts';
import type { HostStory } from '../../../bot/domain/hosts/host-story.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { hostRecord, kms1, wireHost, wireRequests } from '../hosts/sample-host.ts';
import { NOW_MS } from '../sample-record.ts';
import { factsOf, GIVEN } from './sample-facts.ts';

const DAY = 86_400_000;
const SPEC = { kind: 'host-retire' } as const;

const story = (changes: Partial<HostStory> = {}): HostStory => ({
  name: 'kms2.corp.example',
  nodeId: 'i-kms2',
  siteId: 'tokyo',
  seen: 'asked',
  seenAtMs: NOW_MS,
  activated: true,
  count: 50,
  saturated: true,
  thresholds: [],
  port: 1688,
  clients: { reached: 40, failed: 0 },
  concerns: [],
  ...changes,
});

const planOf = (given: Partial<PlanGiven> = {}, record: Partial<WireRecord> = {}) =>
  planNode(SPEC, factsOf(hostRecord(record), kms1), { ...GIVEN, hosts: [story()], ...given });

const plannedFor = (given: Partial<PlanGiven> = {}, record: Partial<WireRecord> = {}): PlannedNode => {
  const node = planOf(given, record);
  if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
  return node;
};

describe('retiring a host', () => {
  it('drains its records, stops publishing, watches, and makes a client of it', () => {
    const records = [{ domain: 'corp.example', zoneId: 'Z0CORP', value: '0 0 1688 kms1.corp.example.', ours: true }];
    const node = plannedFor({ records }, { reg: { skip: 0, nopub: null, list: ['lab.example'] } });

    expect(node.course?.map(({ step }) => step)).toEqual(['drain', 'unpublish', 'watch', 'convert', 'verify']);
    expect(node.course?.[1]).toMatchObject({
      action: { options: { set: 'publish', to: 0, expect: 1 } },
      afterwards: { options: { set: 'domains', to: null, expect: ['lab.example'] } },
    });
    expect(node.changes.map(({ what, before, after }) => [what, before, after])).toEqual([
      ['record', '_vlmcs._tcp.corp.example 0 0 1688 kms1.corp.example.', null],
      ['publishing', 'on', 'off'],
      ['publish-list', 'lab.example', null],
      ['key', 'H7KQ2', 'VMK7H'],
    ]);
    expect(node.action).toEqual({
      document: 'KmsBot-InstallClientKey',
      options: { key: 'VMK7H', expect: { key: 'H7KQ2' } },
    });
    expect(node.inverse).toEqual({ none: 'host-retired' });
    expect(node).not.toHaveProperty('warnings');
  });

  it('warns of machines that name it by hand, and of records that are not the bot’s', () => {
    const records = [{ domain: 'corp.example', zoneId: 'Z0CORP', value: '0 0 1688 kms1.corp.example.', ours: false }];
    const pinned = ['WEB-1', 'WEB-2', 'WEB-3', 'WEB-4', 'WEB-5', 'WEB-6'];

    expect(plannedFor({ records, pinned }).warnings).toEqual([
      { why: 'pinned-clients', names: pinned.slice(0, 5), machines: 6 },
      { why: 'foreign-record', domain: 'corp.example', value: '0 0 1688 kms1.corp.example.' },
    ]);
    expect(plannedFor({ records }).changes.map(({ what }) => what)).not.toContain('record');
  });

  it('warns of a host that would not reach the threshold with its share, with the date of the first loss', () => {
    const hosts = [story({ count: 4 }), story({ name: 'kms3.corp.example', nodeId: 'i-kms3', count: 30 })];
    const req = wireRequests({ c: 26, w: 26, d: [10, 10, 6] });

    expect(plannedFor({ hosts }, { req }).warnings).toEqual([
      { why: 'threshold', host: 'kms2.corp.example', count: 4, needed: 25, missedAtMs: NOW_MS + 177 * DAY },
    ]);
  });

  it.each<[string, Partial<PlanGiven>, LeftNode['left']]>([
    ['no other host is known', { hosts: [] }, { why: 'no-other-host' }],
    ['the only other host is itself', { hosts: [story({ nodeId: 'i-kms1' })] }, { why: 'no-other-host' }],
    [
      'the only other host is itself by another name',
      { hosts: [story({ name: 'kms1.corp.example', nodeId: 'i-other', seen: 'by-clients' })] },
      { why: 'no-other-host' },
    ],
    ['the other host is not activated', { hosts: [story({ activated: false })] }, { why: 'no-other-host' }],
    ['the other host is offline', { hosts: [story({ concerns: [{ kind: 'offline' }] })] }, { why: 'no-other-host' }],
  ])('is refused where %s', (_, given, left) => {
    expect(planOf(given)).toMatchObject({ left });
  });

  it('is refused with the date where all clients together would be too few', () => {
    const req = wireRequests({ c: 3, w: 1, d: [0, 0, 3] });

    expect(planOf({ hosts: [story({ count: 12 })] }, { req })).toMatchObject({
      left: { why: 'threshold', needed: 25, count: 15, missedAtMs: NOW_MS + 177 * DAY },
    });
  });

  it('needs no other host where nobody asks it', () => {
    const req = wireRequests({ n: 0, c: 0, w: 0, d: [] });

    expect(planOf({ hosts: [] }, { req })).toHaveProperty('action');
  });

  it('goes by what it counts where its log was not read', () => {
    const unread = { req: null, err: { req: 'timeout' }, host: wireHost({ n: 7, need: 5 }) };

    expect(planOf({ hosts: [] }, unread)).toMatchObject({ left: { why: 'no-other-host' } });
    expect(planOf({ hosts: [story({ count: 0 })] }, unread)).toHaveProperty('action');
  });

  it('is refused on an evaluation edition, which takes no client key', () => {
    const os = { b: '20348.1', ed: 'ServerStandardEval', sku: 7, pt: 3, ui: 'ja-JP', role: 3 };

    expect(planOf({}, { os })).toMatchObject({ left: { why: 'evaluation' } });
  });
});

const digestOf = (byDay: readonly number[], clientWindows: number): RequestDigest => ({
  sinceMs: NOW_MS - 30 * DAY,
  complete: true,
  events: 100,
  clients: byDay.reduce((sum, each) => sum + each, 0),
  clientWindows,
  byDay,
  failures: [],
  duplicates: [],
});

const days = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
const staying = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 4 });
const named = (counts: readonly number[]) => counts.map((count, n) => ({ name: `kms${n}`, count }));
const SEVERITY: readonly RetirementRisk['kind'][] = ['none', 'warn', 'threshold', 'no-other-host'];

describe('the risk of a retirement', () => {
  it('names a first loss between 150 and 180 days from now, since clients are counted for 30 days', () => {
    fc.assert(
      fc.property(days, fc.boolean(), (byDay, hasClients) => {
        const { missedAtMs, clients } = leavingClients(digestOf(byDay, hasClients ? 1 : 0), undefined, NOW_MS);
        expect(missedAtMs === undefined).toBe(clients === 0);
        if (missedAtMs === undefined) return;
        expect(missedAtMs).toBeGreaterThanOrEqual(NOW_MS + 150 * DAY);
        expect(missedAtMs).toBeLessThan(NOW_MS + 180 * DAY);
      }),
    );
  });

  it('never grows when a host that stays counts more, or when one more stays that has enough', () => {
    fc.assert(
      fc.property(days, staying, fc.boolean(), (byDay, counts, isWindows) => {
        const leaving = leavingClients(digestOf(byDay, isWindows ? 1 : 0), undefined, NOW_MS);
        const severity = (hosts: readonly number[]) => SEVERITY.indexOf(retirementRisk(leaving, named(hosts)).kind);
        expect(severity(counts.map((count) => count + 5))).toBeLessThanOrEqual(severity(counts));
        expect(severity(counts.map(() => 50))).toBeLessThanOrEqual(severity(counts));
      }),
    );
  });

  it('refuses exactly where even all clients on the fullest host are too few', () => {
    fc.assert(
      fc.property(days, fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }), (byDay, counts) => {
        const leaving = leavingClients(digestOf(byDay, 0), undefined, NOW_MS);
        const risk = retirementRisk(leaving, named(counts));
        const best = Math.max(...counts) + leaving.clients;
        expect(risk.kind === 'threshold').toBe(leaving.clients > 0 && best < 5);
      }),
    );
  });

  it('counts on no host that cannot serve', () => {
    const hosts = [
      story({ concerns: [{ kind: 'firewall-closed' }] }),
      story({ name: 'a', concerns: [{ kind: 'unknown-host', why: 'public', machines: 1 } as never] }),
      story({ name: 'b', concerns: [{ kind: 'clock-off', seconds: 20 }] }),
    ];

    expect(stayingHosts(hosts, { nodeId: 'i-kms1', names: [] })).toEqual([{ name: 'b', count: 50 }]);
  });
});
