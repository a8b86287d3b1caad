import { describe, expect, it } from 'vitest';
import { changeMachine } from '../../powershell/change-machine.ts';
import { ProcessDied } from './surface.ts';

const FILE = 'C:\\ProgramData\\KmsBot\\operations\\c4k7m2q9xd-0001.json';
const MUTEX = 'Global\\KmsBot-Change';

const refresh = (surface: ReturnType<ReturnType<typeof changeMachine>['surface']>) =>
  surface.invoke('SoftwareLicensingService', '', 'RefreshLicenseStatus', {});

describe('what a program changes of a machine', () => {
  it('stays on the disk for the next program, and is no part of the machine’s state', () => {
    const machine = changeMachine();
    machine.surface().writeFile(FILE, 'remembered');

    expect(machine.surface().readFile(FILE)).toEqual({ ok: 'remembered' });
    expect(JSON.stringify(machine.world.state)).not.toContain('remembered');
  });

  it('fails where the machine is broken, from the named call on', () => {
    const machine = changeMachine();
    machine.node.windows.broken['method:RefreshLicenseStatus#2'] = { hresult: '80041001', afterMs: 5 };
    const surface = machine.surface();

    expect(refresh(surface)).toEqual({ ok: 0, ms: expect.any(Number) });
    expect(refresh(surface)).toEqual({ error: { hresult: '80041001', afterMs: 5 } });
    expect(refresh(surface)).toEqual({ error: { hresult: '80041001', afterMs: 5 } });
    expect(refresh(machine.surface())).toMatchObject({ ok: 0 });
  });

  it('leaves the mutex to the next program when it dies', () => {
    const machine = changeMachine();
    machine.node.windows.broken['dies:RefreshLicenseStatus'] = { hresult: '80004005' };
    const dying = machine.surface();
    dying.awaitMutex(MUTEX, 30_000);

    expect(() => refresh(dying)).toThrow(ProcessDied);
    expect(machine.surface().awaitMutex(MUTEX, 30_000)).toEqual({ got: 'abandoned', ms: 0 });
    expect(machine.surface().awaitMutex(MUTEX, 30_000)).toEqual({ got: true, ms: 0 });
  });

  it('holds the mutex as long as it runs', () => {
    const machine = changeMachine();
    machine.surface().releaseMutex(MUTEX, 40_000);
    expect(machine.surface().awaitMutex(MUTEX, 30_000)).toEqual({ got: false, ms: 30_000 });

    machine.advance(15_000);

    expect(machine.surface().awaitMutex(MUTEX, 30_000)).toEqual({ got: true, ms: 25_000 });
  });

  it('moves and replaces files as Windows does', () => {
    const surface = changeMachine().surface();
    surface.writeFile('a', 'first');
    expect(surface.moveFile('a', 'b')).toEqual({ ok: true });
    surface.writeFile('a', 'second');
    expect(surface.moveFile('a', 'b')).toMatchObject({ error: {} });
    expect(surface.replaceFile('a', 'b', 'c')).toEqual({ ok: true });
    expect([surface.readFile('b'), surface.readFile('c'), surface.file('a')]).toEqual([
      { ok: 'second' },
      { ok: 'first' },
      null,
    ]);
  });
});
