import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from './time-spans.ts';
import { NOON, worldUnderTest } from './world-under-test.ts';

const newest = (lab: ReturnType<typeof worldUnderTest>, name: string, id: number) =>
  lab
    .machine(name)
    .windows.events.findLast((event) => event.id === id)
    ?.data[0]?.split(', ');

describe('an attempt', () => {
  it('leaves request and answer in the client log, field by field', () => {
    const lab = worldUnderTest();
    const { cmid } = lab.machine('web-01').windows;
    const { id } = lab.product('web-01');
    const left = Math.floor((lab.product('web-01').endsAtMs - NOON) / MINUTE);
    lab.attempt('web-01');

    expect(newest(lab, 'web-01', 12288)).toEqual([
      '0x0',
      '0x00000000',
      'kms-01.corp.example:1688',
      cmid,
      '11/22/2026 12:00',
      '1',
      '1',
      String(left),
      id,
      '5',
    ]);
    expect(newest(lab, 'web-01', 12289)).toEqual(['0x0', '0x0', '1', '0', '50', '120', '10080', '11/22/2026 12:00']);
  });

  it.each([
    ['web-02', '2026/11/22 12:00'],
    ['app-02', '22.11.2026 12:00'],
  ])('writes the time as the culture of %s does', (name, time) => {
    const lab = worldUnderTest();
    lab.attempt(name);

    expect(newest(lab, name, 12289)?.at(-1)).toBe(time);
  });

  it.each([
    ['egress blocked', 'web-01', '0x800706BA', (lab: Lab) => lab.machine('web-01').windows.egressBlocked.push(1688)],
    ['a print server there', 'spool-01', '0x800706BE', () => 0],
    ['another RPC server there', 'spool-01', '0x800706D9', (lab: Lab) => other(lab, 'rpc')],
    ['an overloaded server there', 'spool-01', '0x800706BB', (lab: Lab) => other(lab, 'busy')],
    ['a clock that is off', 'scada-gw-1', '0xC004F06C', () => 0],
  ])('with %s names the real code in 12288', (_, name, code, prepare) => {
    const lab = worldUnderTest();
    prepare(lab);
    lab.attempt(name);

    expect(newest(lab, name, 12288)?.[0]).toBe(code);
  });

  it('of too few clients says so in 12289, with the count of the host', () => {
    const lab = worldUnderTest();
    lab.attempt('lab-web-01');

    expect(newest(lab, 'lab-web-01', 12289)?.slice(0, 5)).toEqual(['0xC004F038', '0x4000008', '0', '0', '4']);
  });

  it('that a person asked for leaves no 8198, one of the schedule does', () => {
    const lab = worldUnderTest();
    const failures = () => lab.machine('ci-08').windows.events.filter((event) => event.id === 8198).length;
    const before = failures();
    lab.attempt('ci-08');
    expect(failures()).toBe(before);

    lab.advance(3 * HOUR);
    lab.world.catchUpAll();
    expect(failures()).toBe(before + 1);
    expect(lab.machine('ci-08').windows.events.at(-1)?.data[0]).toBe('hr=0x8007232B');
  });

  it('asks the next host when the first is dead', () => {
    const lab = worldUnderTest();
    const set = lab.zone('corp.example').recordSets.find((known) => known.type === 'SRV');
    if (set) set.values = ['0 0 1688 kms-old.corp.example.', '10 0 1688 kms-01.corp.example.'];
    Object.assign(lab.product('web-01'), { discoveredHost: '', discoveredPort: 0 });

    expect(lab.attempt('web-01')).toBe('00000000');
    expect(
      lab
        .machine('web-01')
        .windows.events.slice(-3)
        .map((event) => [event.id, event.data[0]?.split(', ')[2]]),
    ).toEqual([
      [12288, 'kms-old.corp.example:1688'],
      [12288, 'kms-01.corp.example:1688'],
      [12289, '1'],
    ]);
  });

  it('goes to the cached host without asking DNS', () => {
    const lab = worldUnderTest();
    for (const zone of lab.world.state.zones) zone.recordSets = zone.recordSets.filter((set) => set.type !== 'SRV');

    expect(lab.attempt('web-01')).toBe('00000000');
    lab.machine('web-01').windows.hostCaching = false;
    expect(lab.attempt('web-01')).toBe('8007232B');
  });

  it('looks into DNS again when the cached host is dead', () => {
    const lab = worldUnderTest();
    Object.assign(lab.product('web-01'), { discoveredHost: 'kms-old.corp.example', discoveredPort: 1688 });

    expect(lab.attempt('web-01')).toBe('00000000');
    expect(lab.product('web-01')).toMatchObject({
      discoveredHost: 'kms-01.corp.example',
      discoveredAddress: '10.20.1.10',
    });
  });

  it('does not fail over from a host that was assigned', () => {
    const lab = worldUnderTest();
    lab.product('web-01').kmsHost = 'kms-old.corp.example';

    expect(lab.attempt('web-01')).toBe('C004F074');
  });

  it('prefers the host of the product to the global one', () => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.kmsHost = 'kms-old.corp.example';
    lab.product('web-01').kmsHost = '10.20.1.10';

    expect(lab.attempt('web-01')).toBe('00000000');
  });

  it('finds a host by its NetBIOS name with the suffixes of the machine', () => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.kmsHost = 'kms-01';

    expect(lab.attempt('web-01')).toBe('00000000');
  });

  it('takes over the intervals of its host', () => {
    const lab = worldUnderTest();
    Object.assign(lab.role('kms-01'), { activationIntervalMinutes: 30, renewalIntervalMinutes: 1440 });
    lab.advance(8 * DAY);
    lab.world.catchUpAll();

    expect(lab.world.nextAttemptMs(lab.machine('web-01').id)).toBeLessThanOrEqual(lab.now() + DAY);
  });

  it('of an AD-activated machine is settled by the directory and raises no count', () => {
    const lab = worldUnderTest();
    lab.role('kms-01').contacts = {};

    expect(lab.attempt('crm-ad-03')).toBe('00000000');
    expect(lab.role('kms-01').contacts).toEqual({});
    expect(lab.product('crm-ad-03').activationType).toBe(1);
  });

  it('is refused for what does not run or is no Windows', () => {
    const { world } = worldUnderTest();
    const id = (name: string) => world.state.nodes.find((node) => node.name === name)?.id ?? name;

    expect(() => world.attemptActivation(id('batch-03'))).toThrow(/is stopped, not running/);
    expect(() => world.attemptActivation(id('nat-01'))).toThrow(/is no Windows machine/);
    expect(() => world.attemptActivation('i-00000000')).toThrow('There is no machine i-00000000');
  });
});

describe('a licence that is not renewed', () => {
  const afterwards = (days: number) => {
    const lab = worldUnderTest();
    lab.attempt('web-01');
    lab.machine('web-01').windows.egressBlocked = [1688];
    lab.advance(days * DAY);
    lab.world.catchUp(lab.machine('web-01').id);
    return lab;
  };

  it.each([
    [179, 1, '4004F040'],
    [180, 3, '4004F00D'],
    [209, 3, '4004F00D'],
    [210, 5, 'C004F056'],
    [400, 5, 'C004F056'],
  ])('after %i days has status %i and reason %s', (days, status, statusReason) => {
    expect(afterwards(days).product('web-01')).toMatchObject({ status, statusReason });
  });

  it('is whole again within two hours of the cause being mended', () => {
    const lab = afterwards(300);
    lab.machine('web-01').windows.egressBlocked = [];
    lab.advance(2 * HOUR + MINUTE);
    lab.world.catchUp(lab.machine('web-01').id);

    expect(lab.product('web-01')).toMatchObject({ status: 1, statusReason: '4004F040' });
  });

  it('initial grace ends in notification', () => {
    const lab = worldUnderTest();
    Object.assign(lab.product('edge-01'), { status: 2, statusReason: '4004F00C', endsAtMs: NOON + DAY });
    lab.advance(DAY);

    expect(lab.world.node(lab.machine('edge-01').id)?.windows?.products[0]).toMatchObject({
      status: 5,
      statusReason: 'C004F056',
    });
  });
});

type Lab = ReturnType<typeof worldUnderTest>;

function other(lab: Lab, otherService: 'rpc' | 'busy'): number {
  for (const host of lab.world.state.foreignHosts) if (!host.speaksKms) host.otherService = otherService;
  return 0;
}
