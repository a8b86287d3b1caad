import { describe, expect, it } from 'vitest';
import type { WireChange } from '../../../bot/domain/change/change-wire.ts';
import { type ChangeStep, encoded } from '../../powershell/change-both-ways.ts';
import { depositOf, installationIdWith, PHONED } from '../../powershell/change-confirmations.ts';
import { type ChangeMachine, changeMachine } from '../../powershell/change-machine.ts';
import { phoneSteps } from '../../powershell/change-phone-steps.ts';
import { runChange } from './run.ts';

const STEPS = phoneSteps();
const MINUTE = 60_000;

const printed = (stdout: string): WireChange => JSON.parse(stdout.replace(/^KMSBOT1 /, ''));

const ran = (machine: ChangeMachine, { document, options, operation = 'c4k7m2q9xd-0001' }: ChangeStep): WireChange =>
  printed(runChange({ document, operation, options: encoded(options) }, machine.surface()).stdout);

const machineFor = (step: ChangeStep): ChangeMachine => {
  const machine = changeMachine();
  step.first?.(machine);
  return machine;
};

describe('KmsBot-ReadInstallationId', () => {
  const step = STEPS['read the Installation ID'];
  const own = installationIdWith(PHONED.mak);

  it('prints the digits and what recognises them later', () => {
    const { res, iid, dig, before, after } = ran(machineFor(step), step);

    expect({ res, iid, dig }).toEqual({ res: 'done', iid: own, dig: depositOf('host').digest });
    expect(after).toEqual(before);
  });

  it('keeps nothing, and reads anew when it is asked again', () => {
    const machine = machineFor(step);
    ran(machine, step);
    expect(machine.memory.files).toEqual({});
    expect(ran(machine, step)).toMatchObject({ res: 'done', iid: own });
    expect(ran(machine, step).again).toBeUndefined();
  });
});

describe('KmsBot-DepositConfirmationId', () => {
  const step = STEPS['deposit a Confirmation ID'];

  it('fetches what waits for the machine, deposits it, and finds Windows licensed', () => {
    const machine = machineFor(step);

    expect(ran(machine, step)).toMatchObject({
      res: 'done',
      code: '00000000',
      via: 'instance',
      before: { prod: [{ st: 5 }] },
      after: { prod: [{ st: 1, why: '00000000' }] },
    });
  });

  it('lets a KMS host serve its clients', () => {
    const host = STEPS['deposit a Confirmation ID of a host'];
    const machine = machineFor(host);

    expect(ran(machine, host).res).toBe('done');
    expect(machine.node.windows.kmsHostRole?.activated).toBe(true);
  });

  it.each([
    ['misheard', { res: 'failed', step: 'DepositOfflineConfirmationId', code: 'C004F04D' }],
    ['another-machine', { res: 'failed', step: 'DepositOfflineConfirmationId', code: 'C004F031' }],
    ['short', { res: 'refused', why: 'secret-malformed' }],
    ['letters', { res: 'refused', why: 'secret-malformed' }],
    ['missing', { res: 'refused', why: 'secret-unreadable' }],
    ['grouped', { res: 'done' }],
    ['spaced', { res: 'done' }],
  ])('ends as it has to with what is %s', (name, ending) => {
    const { res, why, step: at, code } = ran(machineFor(step), { ...step, options: depositOf(name) });

    expect({ res, why, step: at, code }).toMatchObject(ending);
  });

  it('deposits nothing once the Installation ID is another one', () => {
    const machine = machineFor(step);
    const options = { ...step.options, digest: '0123456789abcdef01234567' };

    expect(ran(machine, { ...step, options })).toMatchObject({ res: 'refused', why: 'installation-id-changed' });
    expect(machine.node.windows.products[0]?.status).toBe(5);
  });

  it('finds what a run that died had reached, and asks for nothing then', () => {
    const machine = machineFor(step);
    machine.node.windows.broken['dies:RefreshLicenseStatus'] = { hresult: '80004005' };
    expect(
      runChange({ ...step, operation: 'c4k7m2q9xd-0001', options: encoded(step.options) }, machine.surface()).exitCode,
    ).toBe(-1);
    machine.node.windows.broken = {};
    machine.advance(MINUTE);
    delete machine.node.role;

    expect(ran(machine, step)).toMatchObject({ res: 'done', after: { prod: [{ st: 1 }] } });
    expect(ran(machine, { ...step, operation: 'c4k7m2q9xd-0002' })).toMatchObject({ res: 'same' });
  });
});

describe('KmsBot-Rearm', () => {
  it('rearms and restarts, after its line is out', () => {
    const step = STEPS['rearm and restart'];
    const machine = machineFor(step);
    const { cmid } = machine.node.windows;

    expect(ran(machine, step)).toMatchObject({
      res: 'done',
      before: { svc: { rearm: 1001 } },
      after: { svc: { rearm: 1000, cmid } },
    });
    machine.advance(30_000);
    expect(machine.world.node(machine.node.id)?.agent.online).toBe(true);
    machine.advance(4 * MINUTE);
    expect(machine.world.node(machine.node.id)).toMatchObject({ agent: { online: true } });
    expect(machine.node.windows.cmid).not.toBe(cmid);
  });

  it('rearms once, wherever it dies and however often it is asked', () => {
    for (const fault of ['dies:ReArmWindows', 'dies:shutdown.exe', 'memory:write#2', 'memory:replace#2']) {
      const step = STEPS['rearm and restart'];
      const machine = machineFor(step);
      machine.node.windows.broken[fault] = { hresult: '80004005' };
      runChange({ ...step, operation: 'c4k7m2q9xd-0001', options: encoded(step.options) }, machine.surface());
      machine.node.windows.broken = {};
      for (const minutes of [0.2, 10, 10, 2000]) {
        machine.advance(minutes * MINUTE);
        expect(ran(machine, step).res, fault).toBe('done');
      }

      expect(machine.node.windows.rearmsLeft, fault).toBe(1000);
    }
  });

  it('restarts once, wherever it dies and however often it is asked', () => {
    for (const fault of ['dies:shutdown.exe', 'memory:write#2']) {
      const machine = machineFor(STEPS.restart);
      machine.node.windows.broken[fault] = { hresult: '80004005' };
      runChange(
        { ...STEPS.restart, operation: 'c4k7m2q9xd-0001', options: encoded(STEPS.restart.options) },
        machine.surface(),
      );
      machine.node.windows.broken = {};
      const boots = new Set(
        [0.2, 10, 10, 2000].map((minutes) => {
          machine.advance(minutes * MINUTE);
          expect(ran(machine, STEPS.restart).res, fault).toBe('done');
          machine.advance(10 * MINUTE);
          return machine.world.node(machine.node.id)?.windows?.bootedAtMs;
        }),
      );

      expect(boots.size, fault).toBe(1);
    }
  });
});
