import { describe, expect, it } from 'vitest';
import { HOUR } from './time-spans.ts';
import { breakWorld, WORLD_FAULTS } from './world-faults.ts';
import { must, type WorldUnderTest, worldUnderTest } from './world-under-test.ts';

/** Each fault with a target, the machine that feels it and what its attempt then gives. */
const FELT: readonly [Record<string, unknown>, string, string][] = [
  [{ fault: 'host-service-stopped', target: 'kms-01' }, 'web-01', 'C004F074'],
  [{ fault: 'host-service-stopped', target: 'kms-eu.eu.example' }, 'eu-web-01', 'C004F074'],
  [{ fault: 'host-not-activated', target: 'kms-01.corp.example' }, 'web-01', 'C004F041'],
  [{ fault: 'host-not-activated', target: 'kms-eu' + '.eu.example' }, 'eu-web-01', 'C004F041'],
  [{ fault: 'host-firewall-closed', target: '10.20.1.10' }, 'web-01', 'C004F074'],
  [{ fault: 'host-port-changed', target: 'kms-01', port: 1700 }, 'web-01', 'C004F074'],
  [{ fault: 'host-count-lost', target: 'kms-01', keep: 3 }, 'web-01', 'C004F038'],
  [{ fault: 'host-firewall-profile', target: 'kms-01' }, 'web-01', 'C004F074'],
  [{ fault: 'host-busy', target: 'kms-01' }, 'web-01', 'C004F074'],
  [{ fault: 'host-port-taken', target: 'kms-01', by: 'rpc' }, 'web-01', 'C004F074'],
  [{ fault: 'host-key-replaced', target: 'kms-01', group: '2019' }, 'web-01', 'C004F042'],
  [{ fault: 'clock-skewed', target: 'kms-01', seconds: 20_000 }, 'web-01', 'C004F06C'],
  [{ fault: 'connection-cut', target: 'kms-01.corp.example' }, 'web-01', 'C004F074'],
  [{ fault: 'connection-cut', target: '10.20.1.10', how: 'silent' }, 'web-01', 'C004F074'],
  [{ fault: 'address-record-stale', target: 'kms-01.corp.example' }, 'web-01', 'C004F074'],
  [{ fault: 'store-damaged', target: 'web-01' }, 'web-01', 'C004E003'],
  [{ fault: 'lookup-domain-set', target: 'web-01' }, 'web-01', '8007232B'],
  [{ fault: 'directory-only', target: 'web-01' }, 'web-01', 'C004F081'],
  [{ fault: 'port-blocked', target: 'kms-01.corp.example' }, 'web-01', 'C004F074'],
  [{ fault: 'port-blocked', target: '10.20.1.10', from: 'vpc-0a1c0e5d2b7f4a601', port: 1688 }, 'web-01', 'C004F074'],
  [{ fault: 'suffix-list-changed', target: 'web-01' }, 'web-01', '8007232B'],
  [{ fault: 'clock-skewed', target: 'web-01', seconds: -20_000 }, 'web-01', 'C004F06C'],
  [{ fault: 'host-assigned', target: 'web-01', host: 'kms-old.corp.example' }, 'web-01', 'C004F074'],
  [{ fault: 'egress-blocked', target: 'web-01' }, 'web-01', 'C004F074'],
  [{ fault: 'key-removed', target: 'web-01' }, 'web-01', 'C004F014'],
  [{ fault: 'key-wrong', target: 'web-01' }, 'web-01', 'C004F069'],
  [{ fault: 'service-disabled', target: 'web-01' }, 'web-01', '80070422'],
  [{ fault: 'routes-missing', target: 'shop-01' }, 'shop-01', 'C004F074'],
];

/** Faults of names: felt by a machine that has to look into DNS. */
const FELT_IN_DNS: readonly [Record<string, unknown>, string, string][] = [
  [{ fault: 'record-lost', target: 'corp.example' }, 'web-01', '8007232B'],
  [{ fault: 'record-poisoned', target: 'corp.example.' }, 'web-01', 'C004F074'],
  [{ fault: 'address-record-lost', target: 'kms-01.corp.example' }, 'web-01', 'C004F074'],
  [{ fault: 'zone-disassociated', target: 'corp.example', vpc: 'vpc-0a1c0e5d2b7f4a601' }, 'web-01', '8007232B'],
  [{ fault: 'domain-forwarded', target: 'corp.example', vpc: 'vpc-0a1c0e5d2b7f4a601' }, 'web-01', '8007232A'],
  [{ fault: 'dns-server-changed', target: 'web-01' }, 'web-01', '8007232A'],
  [{ fault: 'dns-server-changed', target: 'web-01', server: '' }, 'web-01', '8007267C'],
  [{ fault: 'dns-server-silent', target: '10.20.0.2' }, 'web-01', '8007232A'],
  [{ fault: 'dns-server-silent', target: 'dc-01' }, 'app-ad-01', '8007232A'],
];

/** Faults that no attempt shows. */
const OTHERS = [
  ...['machine-expired', 'probe-fails', 'cmid-cloned', 'node-offline', 'node-stopped', 'node-replaced'],
  ...['record-added', 'route53-slow'],
];

/** Those of them that leave nothing behind. */
const FLEETING: readonly Record<string, unknown>[] = [
  { fault: 'node-replaced', target: 'nat-01' },
  { fault: 'record-added', target: 'corp.example', value: '0 0 1688 by-hand.corp.example.' },
  { fault: 'record-added', target: 'branch.example', value: '0 0 1688 by-hand.corp.example.' },
  { fault: 'route53-slow', target: 'corp.example', seconds: 900, busySeconds: 20 },
];

const world = (lab: WorldUnderTest) => JSON.stringify(lab.world.state);

describe('a fault', () => {
  it.each(FELT)('%j makes %s fail with %s until it is mended', (fault, name, hresult) => {
    const lab = worldUnderTest();
    const mend = breakWorld(lab.world, fault);
    expect(lab.attempt(name)).toBe(hresult);

    mend();
    expect(lab.attempt(name)).toBe('00000000');
  });

  it.each(FELT_IN_DNS)('%j makes %s fail with %s until it is mended', (fault, name, hresult) => {
    const lab = worldUnderTest();
    lab.machine(name).windows.hostCaching = false;
    const mend = breakWorld(lab.world, fault);
    expect(lab.attempt(name)).toBe(hresult);

    mend();
    expect(lab.attempt(name)).toBe('00000000');
  });

  it.each([...[...FELT, ...FELT_IN_DNS].map(([fault]) => fault), ...FLEETING])(
    '%j leaves the world as it was, once mended',
    (fault) => {
      const lab = worldUnderTest();
      const before = world(lab);
      breakWorld(lab.world, fault)();

      expect(JSON.parse(world(lab))).toEqual(JSON.parse(before));
    },
  );

  it('of every kind is tried here', () => {
    const tried = [...FELT, ...FELT_IN_DNS].map(([fault]) => fault.fault);

    expect(new Set([...tried, ...OTHERS])).toEqual(new Set(WORLD_FAULTS.map((known) => known.fault)));
  });

  it('machine-expired brings notification at once, and lasts no longer than the next attempt', () => {
    const lab = worldUnderTest();
    const mend = breakWorld(lab.world, { fault: 'machine-expired', target: 'web-01' });
    expect(lab.product('web-01')).toMatchObject({ status: 5, statusReason: 'C004F056' });

    expect(lab.attempt('web-01')).toBe('00000000');
    const renewed = lab.product('web-01').endsAtMs;
    mend();
    expect(lab.product('web-01').endsAtMs).toBe(renewed);
  });

  it('cmid-cloned makes two machines count as one', () => {
    const lab = worldUnderTest();
    const mend = breakWorld(lab.world, { fault: 'cmid-cloned', target: 'web-02', from: 'web-01' });
    const clone = lab.machine('web-02').windows;
    lab.attempt('web-01');
    lab.attempt('web-02');

    expect(clone).toMatchObject({ cmid: lab.machine('web-01').windows.cmid, skipRearm: true });
    expect(lab.role('kms-01').contacts[clone.cmid]?.name).toBe('web-02');
    mend();
    expect(clone.skipRearm).toBe(false);
  });

  it('node-offline stops the pings and nothing else', () => {
    const lab = worldUnderTest();
    const { id } = lab.machine('web-01');
    const mend = breakWorld(lab.world, { fault: 'node-offline', target: id, minutes: 90 });
    lab.advance(HOUR);

    expect(lab.world.node(id)?.agent).toMatchObject({ online: false, lastPingMs: lab.now() - 2.5 * HOUR });
    expect(lab.attempt('web-01')).toBe('00000000');
    mend();
    expect(lab.world.node(id)?.agent.lastPingMs).toBeGreaterThan(lab.now() - HOUR / 6);
  });

  it('node-stopped takes the machine out of the world', () => {
    const lab = worldUnderTest();
    breakWorld(lab.world, { fault: 'node-stopped', target: 'kms-01' });

    expect(lab.attempt('web-01')).toBe('C004F074');
  });

  it('node-replaced puts another instance in the place of one that is gone, until it is mended', () => {
    const lab = worldUnderTest();
    const ids = lab.world.state.nodes.map(({ id }) => id);
    const old = lab.machine('web-01');
    old.windows.kmsHost = 'kms-old.corp.example';
    const mend = breakWorld(lab.world, { fault: 'node-replaced', target: 'web-01' });
    const [, fresh] = lab.world.state.nodes.filter(({ name }) => name === 'web-01');

    expect(old).toMatchObject({ instanceState: 'terminated', agent: { online: false, registered: false } });
    expect(fresh).toMatchObject({
      ...{ name: 'web-01', instanceState: 'running', tags: old.tags, imageId: old.imageId, vpc: old.vpc },
      agent: { online: true, registered: true },
      windows: { kmsHost: '', generation: old.windows.generation, domain: old.windows.domain },
    });
    expect(fresh?.id).not.toBe(old.id);
    expect(fresh?.windows?.cmid).not.toBe(old.windows.cmid);
    expect(fresh?.windows?.adapters[0]?.addresses).not.toEqual(old.windows.adapters[0]?.addresses);
    expect(lab.world.attemptActivation(fresh?.id ?? '')).toMatchObject({ activated: true });
    expect(() => lab.world.attemptActivation(old.id)).toThrow('terminated');

    mend();
    expect(lab.world.state.nodes.map(({ id }) => id)).toEqual(ids);
    expect(old).toMatchObject({ instanceState: 'running', agent: { online: true, registered: true } });
    expect(lab.world.nextAttemptMs(old.id)).toBeDefined();
  });

  it('node-replaced by its name strikes the one that runs, however often', () => {
    const lab = worldUnderTest();
    const mends = [1, 2].map(() => breakWorld(lab.world, { fault: 'node-replaced', target: 'WEB-01' }));
    const states = lab.world.state.nodes.filter(({ name }) => name === 'web-01').map((node) => node.instanceState);

    expect(states).toEqual(['terminated', 'terminated', 'running']);
    for (const mend of mends.toReversed()) mend();
    expect(lab.world.state.nodes.filter(({ name }) => name === 'web-01')).toHaveLength(1);
  });

  it('record-added puts a value beside the others, and mending takes out that one alone', () => {
    const lab = worldUnderTest();
    const set = must(
      lab.zone('corp.example').recordSets.find(({ type }) => type === 'SRV'),
      'SRV set',
    );
    const before = [...set.values];
    const mend = breakWorld(lab.world, { fault: 'record-added', target: 'corp.example', value: '5 0 1688 mine.' });
    expect(lab.world.resolve(set.name, 'SRV').answers.map(({ value }) => value)).toEqual([...before, '5 0 1688 mine.']);

    set.values.push('0 0 1688 later.');
    mend();
    expect(set.values).toEqual([...before, '0 0 1688 later.']);
  });

  it('probe-fails makes one question fail', () => {
    const lab = worldUnderTest();
    const question = { question: 'events:Application', hresult: '800706ba' };
    breakWorld(lab.world, { fault: 'probe-fails', target: 'web-01', ...question });
    const surface = lab.world.surface(lab.machine('web-01').id);

    expect(surface.events('Application', [12288], 1)).toEqual({ error: { hresult: '800706BA' } });
    expect('ok' in surface.cim('Win32_Service')).toBe(true);
  });

  it.each([
    [{ fault: 'host-on-fire', target: 'kms-01' }, /there is no host-on-fire; there are host-service-stopped, /],
    [{ fault: 'clock-skewed', target: 'nobody' }, /there is no machine nobody; there are kms-01, /],
    [{ fault: 'node-replaced', target: 'onprem-sql-01' }, /onprem-sql-01 is no EC2 instance/],
    [{ fault: 'clock-skewed', target: 'nat-01' }, /nat-01 is no Windows machine/],
    [{ fault: 'clock-skewed' }, /target: clock-skewed needs a machine/],
    [
      { fault: 'clock-skewed', target: 'web-01', minutes: 5 },
      /minutes: clock-skewed has no such parameter; it has seconds/,
    ],
    [{ fault: 'clock-skewed', target: 'web-01', seconds: 'many' }, /seconds: has to be a number/],
    [{ fault: 'host-assigned', target: 'web-01' }, /host: host-assigned needs name or address/],
    [
      { fault: 'record-lost', target: 'nowhere.example' },
      /there is no zone nowhere\.example; there are corp\.example, /,
    ],
    [{ fault: 'record-added', target: 'corp.example', value: 'kms-x.corp.example' }, /value: has to be priority/],
    [
      { fault: 'record-added', target: 'corp.example', value: '0 0 1688 kms-01.corp.example.' },
      /value: _vlmcs\._tcp\.corp\.example\. has it already/,
    ],
    [{ fault: 'route53-slow', target: 'ad.corp.example' }, /ad\.corp\.example is not in Route 53/],
    [{ fault: 'record-lost', target: 'branch.example' }, /branch\.example has no SRV record/],
    [{ fault: 'host-firewall-closed', target: 'kms-eu.eu.example' }, /is outside Systems Manager/],
    [
      { fault: 'host-service-stopped', target: 'web-01' },
      /there is no KMS host web-01; there are kms-01\.corp\.example, /,
    ],
  ])('%j is refused with what exists', (fault, message) => {
    const lab = worldUnderTest();
    const before = world(lab);

    expect(() => breakWorld(lab.world, fault)).toThrow(message);
    expect(world(lab)).toBe(before);
  });

  it('is described for people: every one has words, and every parameter', () => {
    for (const known of WORLD_FAULTS) {
      expect(known.description.length).toBeGreaterThan(10);
      for (const parameter of known.parameters) expect(must(parameter.description, known.fault)).not.toBe('');
    }
  });
});
