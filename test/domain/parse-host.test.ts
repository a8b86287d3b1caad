import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { AT_SECONDS, recordOf, wireProduct, wireRecord } from './sample-record.ts';

const NEVER = 0xffff_ffff;
const CMID = '7d2f0c1a-5b64-4e0f-9a37-c3185e2d6b90';

const service = (host: 0 | 1) => ({ ...wireRecord().svc, host }) as NonNullable<WireRecord['svc']>;

const half = {
  host: {
    n: 50,
    need: 25,
    rq: [300, 6, 105, 189, 0, 0, 0, 6],
    iv: [120, 10_080],
    p: 1688,
    pub: 1,
    low: 0,
    tcp: 'ok',
    bind: 'ok',
  },
  fw: { r: 'dp', on: 'dpu', a: 'd' },
  req: {
    s: AT_SECONDS - 1000,
    ok: 0,
    n: 9,
    c: 4,
    w: 1,
    d: [3, 0, 1],
    f: [['C004F042', 2, AT_SECONDS - 5]],
    dup: [[CMID, 3, ['a', 'b']]],
  },
  pub: { ok: [AT_SECONDS - 60, 'corp.example'], no: [AT_SECONDS - 90, '8007232D', 'lab.example'] },
} satisfies Partial<WireRecord>;

const hostRecord = (changes: Partial<WireRecord> = {}) =>
  recordOf({ svc: service(1), prod: [wireProduct({ ch: 'VOLUME_KMS_WS22' })], ...half, ...changes });

describe('the host half of an inspection record', () => {
  it('is read into typed parts', () => {
    const record = hostRecord();

    expect(record.hostRole).toEqual({
      read: true,
      value: {
        count: 50,
        requiredCount: 25,
        requests: { total: 300, failed: 6, byStatus: [105, 189, 0, 0, 0, 6] },
        activationIntervalMinutes: 120,
        renewalIntervalMinutes: 10_080,
        listeningPort: 1688,
        publishing: true,
        lowPriority: false,
        listening: { tcp: 'ok', bind: 'ok' },
      },
    });
    expect(record.firewall).toEqual({
      read: true,
      value: {
        enabled: true,
        profiles: ['domain', 'private'],
        firewallOn: ['domain', 'private', 'public'],
        active: 'domain',
      },
    });
    expect(record.requestDigest).toEqual({
      read: true,
      value: {
        sinceMs: (AT_SECONDS - 1000) * 1000,
        complete: false,
        events: 9,
        clients: 4,
        clientWindows: 1,
        byDay: [3, 0, 1],
        failures: [{ code: '0xC004F042', events: 2, newestMs: (AT_SECONDS - 5) * 1000 }],
        duplicates: [{ cmid: CMID, machines: 3, names: ['a', 'b'] }],
      },
    });
    expect(record.publishing).toEqual({
      read: true,
      value: {
        success: { atMs: (AT_SECONDS - 60) * 1000, domain: 'corp.example' },
        failure: { atMs: (AT_SECONDS - 90) * 1000, code: '0x8007232D', domain: 'lab.example' },
      },
    });
  });

  it('takes 4294967295 for a host that was never asked', () => {
    const rq = Array(8).fill(NEVER) as unknown as typeof half.host.rq;
    const { hostRole } = hostRecord({ host: { ...half.host, n: NEVER, need: NEVER, rq } as never });

    expect(hostRole).toMatchObject({ read: true, value: { requiredCount: 0, requests: { total: 0, failed: 0 } } });
    expect(hostRole.read && hostRole.value && 'count' in hostRole.value).toBe(false);
  });

  it('says of a rule that holds in every profile that it has none of its own, and of a closed one that it is off', () => {
    const rule = (r: string) => hostRecord({ fw: { r, on: '' } }).firewall;

    expect(rule('dpu')).toEqual({ read: true, value: { enabled: true, profiles: [], firewallOn: [] } });
    expect(rule('')).toEqual({ read: true, value: { enabled: false, profiles: [], firewallOn: [] } });
  });

  it.each([
    ['a client', service(0), [wireProduct()], { read: true, value: undefined }],
    ['a machine without keys', service(0), [], { read: true, value: undefined }],
    ['a machine whose service alone was read', service(0), null, { read: true, value: undefined }],
    ['a machine whose products alone were read', null, [wireProduct()], { read: true, value: undefined }],
    ['a machine of which neither was read', null, null, { read: false, why: { kind: 'unsaid' } }],
    [
      'a host by its service, from before there was such a half',
      service(1),
      null,
      { read: false, why: { kind: 'unsaid' } },
    ],
    [
      'a host by its product',
      null,
      [wireProduct({ ch: 'VOLUME_KMS_2012-R2' })],
      { read: false, why: { kind: 'unsaid' } },
    ],
  ])('absent from %s', (_, svc, prod, expected) => {
    const record = recordOf({ svc, prod });

    for (const key of ['hostRole', 'firewall', 'requestDigest', 'publishing'] as const)
      expect(record[key], key).toEqual(expected);
  });

  it('fails part by part', () => {
    const record = hostRecord({
      fw: null,
      req: null,
      pub: { ok: null, no: null },
      err: { fw: 'missing', req: 'timeout' },
    });

    expect(record.firewall).toEqual({ read: false, why: { kind: 'missing' } });
    expect(record.requestDigest).toEqual({ read: false, why: { kind: 'timeout' } });
    expect(record.publishing).toEqual({ read: true, value: {} });
    expect(record.hostRole.read).toBe(true);
  });

  it.each([
    ['host', { host: { ...half.host, p: 70_000 } }, 'hostRole', 'host.p'],
    ['req', { req: { ...half.req, d: Array(31).fill(0) } }, 'requestDigest', 'req.d'],
    ['pub', { pub: { ok: null, no: [1, 'x', 'y'] } }, 'publishing', 'pub.no[1]'],
  ] as const)('refuses %s that is not as agreed, and nothing else', (_, changes, key, at) => {
    const record = hostRecord(changes as unknown as Partial<WireRecord>);

    expect(record[key]).toMatchObject({ read: false, why: { kind: 'malformed', at } });
    expect(record.firewall.read).toBe(true);
  });
});
