import { describe, expect, it } from 'vitest';
import { managedNodes } from '../aws/ssm/managed-nodes.ts';
import { evaluationProduct } from './licence-products.ts';
import { must, NOON, type WorldUnderTest, worldUnderTest } from './world-under-test.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const RESTART = ['/r', '/t', '60', '/d', 'p:4:1', '/c', 'kms-bot c4k7m2q9xd-0001'];

const surfaceOf = (lab: WorldUnderTest, name: string) => lab.world.changeSurface(lab.machine(name).id);
const restart = (lab: WorldUnderTest, name = 'web-01') =>
  surfaceOf(lab, name).command('shutdown.exe', { arguments: RESTART });
const rearm = (lab: WorldUnderTest, name = 'web-01') =>
  surfaceOf(lab, name).invoke('SoftwareLicensingService', '', 'ReArmWindows', {});
const seen = (lab: WorldUnderTest, name = 'web-01') => must(lab.world.node(lab.machine(name).id), name);
const bootedAt = (lab: WorldUnderTest, name = 'web-01'): unknown => {
  const rows = lab.world.surface(lab.machine(name).id).cim('Win32_OperatingSystem');
  return 'ok' in rows ? rows.ok[0]?.LastBootUpTime : undefined;
};

describe('a restart', () => {
  it('takes the machine away after a minute, for two', () => {
    const lab = worldUnderTest();
    const online = [0, 59, 61, 179, 181].map((seconds) => {
      if (seconds === 0) restart(lab);
      lab.advance(NOON + seconds * 1000 - lab.now());
      return seen(lab).agent.online;
    });

    expect(online).toEqual([true, true, false, false, true]);
    expect(bootedAt(lab)).toBe('20261122120200.000000+000');
  });

  it('shows in the list of managed machines without anybody asking the machine', () => {
    const lab = worldUnderTest();
    const { id } = lab.machine('web-01');
    const site = must(lab.world.state.sites[0], 'site');
    const isListedOnline = () => managedNodes(lab.world, site).find((node) => node.id === id)?.agent.online;
    restart(lab);

    lab.advance(2 * MINUTE);
    expect(isListedOnline()).toBe(false);
    lab.advance(2 * MINUTE);
    expect(isListedOnline()).toBe(true);
  });

  it('is one: a second one that is asked for meanwhile is refused', () => {
    const lab = worldUnderTest();
    restart(lab);
    lab.advance(30_000);

    expect(restart(lab)).toMatchObject({ error: { hresult: '800704A6' } });
    lab.advance(31_000);
    expect(seen(lab).agent.online).toBe(false);
    lab.advance(DAY);
    expect(bootedAt(lab)).toBe('20261122120200.000000+000');
  });

  it('lets a KMS host answer nobody while it is down, and serve again when its service starts by itself', () => {
    const lab = worldUnderTest();
    lab.machine('kms-01').windows.service = { state: 'Stopped', startMode: 'Auto' };
    lab.machine('web-01').windows.kmsHost = 'kms-01.corp.example';
    restart(lab, 'kms-01');
    lab.advance(2 * MINUTE);
    seen(lab, 'kms-01');
    expect(lab.attempt('web-01')).toBe('C004F074');

    lab.advance(2 * MINUTE);
    seen(lab, 'kms-01');

    expect(lab.machine('kms-01').windows.service.state).toBe('Running');
    expect(lab.attempt('web-01')).toBe('00000000');
  });

  it('runs nothing on a machine that is down', () => {
    const lab = worldUnderTest();
    restart(lab);
    lab.advance(2 * MINUTE);

    expect(() => surfaceOf(lab, 'web-01')).toThrow('is restarting');
  });

  it('can be seen, called off and asked for in the machine’s state', () => {
    const lab = worldUnderTest();
    const { id } = lab.machine('web-01');
    restart(lab);
    const shown = JSON.parse(JSON.stringify(seen(lab)));
    expect(shown.windows.restartAtMs).toBe(NOON + MINUTE);

    lab.world.putNode(id, { windows: { restartAtMs: null } });
    lab.advance(2 * MINUTE);
    expect(seen(lab).agent.online).toBe(true);

    lab.world.putNode(id, { windows: { restartAtMs: lab.now(), rearmed: true } });
    lab.advance(MINUTE);
    expect(seen(lab)).toMatchObject({ agent: { online: false }, windows: { rearmed: true } });
    lab.world.putNode(id, shown);
    expect(JSON.parse(JSON.stringify(lab.machine('web-01')))).toEqual(shown);
  });

  it('knows no other words of shutdown.exe', () => {
    expect(() => surfaceOf(worldUnderTest(), 'web-01').command('shutdown.exe', { arguments: ['/s'] })).toThrow('/s');
  });
});

describe('a rearm', () => {
  it('counts at once, and comes into force by a restart: a new CMID and a fresh grace period', () => {
    const lab = worldUnderTest();
    lab.attempt('web-01');
    const { windows } = lab.machine('web-01');
    const { cmid, rearmsLeft } = windows;

    expect(rearm(lab)).toMatchObject({ ok: 0 });
    expect(windows).toMatchObject({ cmid, rearmsLeft: rearmsLeft - 1 });
    expect(lab.product('web-01').status).toBe(1);
    restart(lab);
    lab.advance(4 * MINUTE);
    seen(lab);

    expect(windows.cmid).not.toBe(cmid);
    expect(windows.cmid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(windows.rearmed).toBeUndefined();
    expect(lab.product('web-01')).toMatchObject({ status: 2, endsAtMs: NOON + 3 * MINUTE + 30 * DAY });
    expect(lab.attempt('web-01')).toBe('00000000');
  });

  it('lets two machines of one image have CMIDs of their own', () => {
    const lab = worldUnderTest();
    lab.machine('web-02').windows.cmid = lab.machine('web-01').windows.cmid;
    for (const name of ['web-01', 'web-02']) {
      rearm(lab, name);
      restart(lab, name);
    }
    lab.advance(5 * MINUTE);
    lab.world.catchUpAll();

    expect(lab.machine('web-01').windows.cmid).not.toBe(lab.machine('web-02').windows.cmid);
  });

  it('is ignored where SkipRearm is set, and refused where none is left or one waits already', () => {
    const lab = worldUnderTest();
    const { windows } = lab.machine('web-01');
    windows.skipRearm = true;
    const before = windows.rearmsLeft;
    expect(rearm(lab)).toMatchObject({ ok: 0 });
    expect(windows).toMatchObject({ rearmsLeft: before });
    expect(windows.rearmed).toBeUndefined();

    windows.skipRearm = false;
    windows.rearmsLeft = 1;
    expect(rearm(lab)).toMatchObject({ ok: 0 });
    expect(rearm(lab)).toMatchObject({ error: { hresult: 'C004D302' } });
    restart(lab);
    lab.advance(4 * MINUTE);
    seen(lab);
    expect(rearm(lab)).toMatchObject({ error: { hresult: 'C004D307' } });
  });

  it('makes a KMS host forget its clients, and have to be activated again', () => {
    const lab = worldUnderTest();
    rearm(lab, 'kms-01');
    restart(lab, 'kms-01');
    lab.advance(3 * MINUTE);
    seen(lab, 'kms-01');

    expect(lab.role('kms-01').activated).toBe(false);
    expect(lab.product('kms-01').status).toBe(2);
  });

  it('begins an evaluation anew', () => {
    const lab = worldUnderTest();
    lab.machine('web-01').windows.products = [evaluationProduct('2022', 'ServerStandardEval', NOON + DAY)];
    rearm(lab);
    restart(lab);
    lab.advance(4 * MINUTE);
    seen(lab);

    expect(lab.product('web-01')).toMatchObject({ status: 1, endsAtMs: NOON + 3 * MINUTE + 180 * DAY });
  });
});
