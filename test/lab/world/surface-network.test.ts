import { describe, expect, it } from 'vitest';
import type { Surface } from './surface.ts';
import { breakWorld } from './world-faults.ts';
import { NOON, worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;

const surface = (lab: Lab, name: string): Surface => lab.world.surface(lab.machine(name).id);

describe('the resolver of a machine', () => {
  const outcome = (lab: Lab, name: string, question: string, type: 'SRV' | 'A' = 'SRV', server?: string) =>
    surface(lab, name).dns(question, type, server);

  it('gives SRV answers in parts, names without final dot', () => {
    expect(outcome(worldUnderTest(), 'web-01', '_vlmcs._tcp.lab.example')).toEqual({ win32: 9003 });
    expect(outcome(worldUnderTest(), 'kms-lab', '_vlmcs._tcp.lab.example')).toEqual({
      answers: [{ type: 'SRV', priority: 0, weight: 0, port: 1688, target: 'kms-lab.lab.example' }],
    });
  });

  it.each([
    ['branch-fs-1', { win32: 1460, afterMs: 12_000 }],
    ['dmz-01', { win32: 9852 }],
    ['lab-ad-01', { win32: 9501 }],
  ])('of %s says %j', (name, expected) => {
    expect(outcome(worldUnderTest(), name, '_vlmcs._tcp.lab.ad.corp.example')).toEqual(expected);
  });

  it('asks one server directly when told to', () => {
    const lab = worldUnderTest();

    expect(outcome(lab, 'web-01', 'kms-01.corp.example', 'A', '10.20.0.2')).toEqual({
      answers: [{ type: 'A', address: '10.20.1.10' }],
    });
    expect(outcome(lab, 'web-01', 'kms-01.corp.example', 'A', '10.30.0.2')).toMatchObject({ win32: 1460 });
  });

  it('tries the second server when the first is silent', () => {
    const lab = worldUnderTest();
    for (const adapter of lab.machine('web-01').windows.adapters) adapter.dnsServers = ['10.20.9.53', '10.20.0.2'];

    expect(outcome(lab, 'web-01', 'kms-01.corp.example', 'A')).toMatchObject({ answers: [{ address: '10.20.1.10' }] });
  });
});

describe('sockets of a machine', () => {
  it.each([
    ['web-01', '10.20.1.10', 1688, 'ok'],
    ['web-01', '10.20.1.10', 1689, 'timeout'],
    ['web-01', '10.20.1.99', 1688, 'timeout'],
    ['web-01', '10.20.12.33', 1688, 'timeout'],
    ['web-01', '172.20.60.10', 1690, 'refused'],
    ['mail-01', '10.20.1.10', 1688, 'timeout'],
    ['mail-02', '10.20.1.10', 1688, 'timeout'],
    ['shop-01', '169.254.169.250', 1688, 'ok'],
    ['shop-03', '169.254.169.250', 1688, 'timeout'],
    ['web-01', '169.254.169.250', 1688, 'timeout'],
    ['web-01', '127.0.0.1', 1688, 'refused'],
    ['kms-01', '127.0.0.1', 1688, 'ok'],
    ['web-01', '10.20.2.10', 53, 'ok'],
    ['web-01', '10.20.0.2', 53, 'ok'],
  ])('of %s to %s:%i are %s', (name, address, port, expected) => {
    expect(surface(worldUnderTest(), name).tcp(address, port)).toBe(expected);
  });

  it('are refused behind an open firewall once the service is stopped', () => {
    const lab = worldUnderTest();
    breakWorld(lab.world, { fault: 'host-service-stopped', target: 'kms-01' });

    expect(surface(lab, 'web-01').tcp('10.20.1.10', 1688)).toBe('refused');
  });

  it('are unreachable without gateway', () => {
    const lab = worldUnderTest();
    for (const adapter of lab.machine('web-01').windows.adapters) adapter.gateways = [];

    expect(surface(lab, 'web-01').tcp('10.20.1.10', 1688)).toBe('unreachable');
  });

  it('get a bind_ack from a KMS host and something else from a print server', () => {
    const lab = worldUnderTest();
    const ack = surface(lab, 'web-01').bind('10.20.1.10', 1688);
    const print = surface(lab, 'web-01').bind('10.30.9.9', 1688);

    expect(typeof ack === 'object' && ack.bytes.slice(0, 8)).toBe('05000c03');
    expect(typeof print === 'object' && Buffer.from(print.bytes, 'hex').toString()).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe('clock, time and metadata', () => {
  it('shows the clock of the machine, and what Amazon Time Sync would correct', () => {
    const lab = worldUnderTest();

    expect(surface(lab, 'scada-gw-1').clockMs).toBe(NOON + 18_720_000);
    expect(surface(lab, 'scada-gw-1').ntp('169.254.169.123')).toBe(-18_720);
    expect(surface(lab, 'web-01').ntp('169.254.169.123')).toBe(0);
    expect(surface(lab, 'onprem-sql-01').ntp('169.254.169.123')).toBeUndefined();
    expect(surface(lab, 'onprem-sql-01').ntp('10.20.2.10')).toBe(0);
  });

  it('tells licence-included from BYOL by the identity document', () => {
    const lab = worldUnderTest();

    expect(surface(lab, 'shop-01').imds()).toMatchObject({ ok: { billingProducts: ['bp-6ba54002'] } });
    expect(surface(lab, 'web-01').imds()).toMatchObject({
      ok: { billingProducts: null, vpcId: lab.machine('web-01').vpc },
    });
    expect(surface(lab, 'onprem-sql-01').imds()).toMatchObject({ error: { hresult: '80131509' } });
  });

  it('gives events newest first, as many as asked for', () => {
    const lab = worldUnderTest();
    const outcome = surface(lab, 'mail-01').events('Application', [12288, 8198], 2);
    const ids = 'ok' in outcome ? outcome.ok.map((event) => event.id) : [];

    expect(ids).toEqual([8198, 12288]);
    expect('ok' in outcome && outcome.ok[0]).toMatchObject({
      provider: 'Microsoft-Windows-Security-SPP',
      log: 'Application',
    });
  });
});
