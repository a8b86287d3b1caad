import { describe, expect, it } from 'vitest';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { AT_SECONDS, NOW_MS } from '../sample-record.ts';
import { DAY, fleet, hostKey, reach, storyOf, wireHost, wireRequests } from './sample-host.ts';

const DAY_MS = DAY * 1000;
const kinds = (changes: Partial<WireRecord> = {}, input = {}) =>
  storyOf(changes, input).concerns.map(({ kind }) => kind);

describe('a concern', () => {
  const closed = { r: '', on: 'dpu', a: 'd' };
  const nobody = { fleet: fleet(reach({ reached: 0, failed: 3 })) };

  it.each<[string, Partial<WireRecord>, object, object]>([
    [
      'a stopped service',
      { spp: ['Stopped', 'Auto'], host: wireHost({ tcp: 'refused' }) },
      {},
      { kind: 'service-stopped', state: 'Stopped' },
    ],
    [
      'nothing that listens',
      { host: wireHost({ p: 1689, tcp: 'refused' }) },
      {},
      { kind: 'not-listening', port: 1689 },
    ],
    [
      'a stranger on the port',
      { host: wireHost({ bind: 'rejected' }) },
      {},
      { kind: 'listens-without-answering', port: 1688 },
    ],
    ['a closed firewall', { fw: closed }, nobody, { kind: 'firewall-closed' }],
    [
      'a host that is not activated',
      { prod: [hostKey({ st: 5, why: 'C004F00F' })] },
      {},
      { kind: 'not-activated', code: '0xC004F00F' },
    ],
    [
      'an activation that ends',
      { prod: [hostKey({ min: 1440 })] },
      {},
      { kind: 'activation-ends', atMs: NOW_MS + DAY_MS },
    ],
    [
      'too few clients',
      { host: wireHost({ n: 24 }) },
      {},
      { kind: 'below-threshold', of: 'client-windows', count: 24, needed: 25 },
    ],
    [
      'duplicates',
      { req: wireRequests({ dup: [['7d2f0c1a-5b64-4e0f-9a37-c3185e2d6b90', 4, ['a', 'b', 'c']]] }) },
      {},
      { kind: 'duplicates', cmids: 1, machines: 4, names: ['a', 'b', 'c'] },
    ],
    [
      'publishing that fails',
      { pub: { ok: [AT_SECONDS - 900, 'corp.example'], no: [AT_SECONDS - 60, '80072338', 'corp.example'] } },
      {},
      { kind: 'publishing-fails', code: '0x80072338', domain: 'corp.example', atMs: (AT_SECONDS - 60) * 1000 },
    ],
    [
      'a key too old for its clients',
      {},
      {
        fleet: fleet(
          reach({
            builds: [
              { build: 26_100, needs: 5, machines: 4 },
              { build: 20_348, needs: 5, machines: 9 },
            ],
          }),
        ),
      },
      { kind: 'key-too-old', keyGroup: 'Windows Server 2022', machines: 4, needs: 'Windows Server 2025' },
    ],
    [
      'an update that is missing',
      {
        os: { b: '17763.107', ed: 'ServerStandard', sku: 7, pt: 3, ui: 'en-US', role: 3 },
        req: wireRequests({ f: [['C004F042', 3, AT_SECONDS - 60]] }),
      },
      { fleet: fleet(reach()) },
      { kind: 'update-needed', update: 'KB5003646', machines: 40 },
    ],
    [
      'refusals',
      { req: wireRequests({ f: [['C004F06C', 5, AT_SECONDS - 60]] }) },
      {},
      { kind: 'refuses', code: '0xC004F06C', events: 5 },
    ],
    [
      'idleness',
      { req: wireRequests({ d: [0, 0, 0, 0, 0, 0, 0, 0, 0, 60] }) },
      {},
      { kind: 'idle', sinceMs: NOW_MS - 9 * DAY_MS },
    ],
    ['a clock far off', { clk: [-15_000, '169.254.169.123'] }, {}, { kind: 'clock-off', seconds: -15_000 }],
    [
      'clients that cannot reach it',
      {},
      { fleet: fleet(reach({ failed: 2 })) },
      { kind: 'clients-cannot-reach', machines: 2 },
    ],
  ])('is %s', (_name, changes, input, concern) => {
    expect(storyOf(changes, input).concerns).toContainEqual(concern);
  });

  it.each<[string, Partial<WireRecord>, object]>([
    ['a closed rule while clients get through', { fw: closed }, {}],
    [
      'a failed publishing before one that succeeded',
      { pub: { ok: [AT_SECONDS - 60, 'a'], no: [AT_SECONDS - 900, '80072338', 'a'] } },
      {},
    ],
    ['publishing that is off: somebody may keep the record', { host: wireHost({ pub: 0 }) }, { fleet: fleet() }],
    [
      'a threshold for client Windows where none asks, whatever asked it once',
      { host: wireHost({ n: 10, need: 25 }), req: wireRequests({ w: 0 }) },
      {},
    ],
    [
      'a refusal for its low count where it needs no more',
      { req: wireRequests({ f: [['C004F038', 5, AT_SECONDS - 60]] }) },
      {},
    ],
    ['a refusal of last month', { req: wireRequests({ f: [['C004F06C', 5, AT_SECONDS - 20 * DAY]] }) }, {}],
    ['a clock that is minutes off', { clk: [600, '169.254.169.123'] }, {}],
    ['a host whose host half was not read', { host: null, fw: null, req: null, pub: null }, {}],
  ])('is not %s', (_name, changes, input) => {
    expect(kinds(changes, input)).toEqual([]);
  });

  it('stands before lesser ones', () => {
    const bad = {
      spp: ['Stopped', 'Auto'],
      clk: [20_000, 'x'],
      host: wireHost({ n: 3, tcp: 'refused' }),
    } as Partial<WireRecord>;

    expect(kinds(bad, { fleet: fleet(reach({ failed: 2 })) })).toEqual([
      'service-stopped',
      'clock-off',
      'below-threshold',
      'below-threshold',
      'clients-cannot-reach',
    ]);
  });

  it('is said without the code that says the same', () => {
    const off = {
      prod: [hostKey({ st: 5, why: 'C004F041' })],
      req: wireRequests({ f: [['C004F041', 5, AT_SECONDS - 60]] }),
    };

    expect(storyOf(off).concerns).toEqual([{ kind: 'not-activated' }]);
  });

  it('is not told twice when a stopped service listens to nothing', () => {
    expect(kinds({ spp: ['Stopped', 'Auto'], host: wireHost({ tcp: 'refused' }) })).toEqual(['service-stopped']);
  });
});
