import { describe, expect, it } from 'vitest';
import { type ChangeMachine, changeMachine } from '../../powershell/change-machine.ts';
import { kmsHostProduct, makProduct } from './licence-products.ts';
import { callPhoneCentre, installationIdOf } from './phone-centre.ts';
import { newRole } from './put-node.ts';
import type { MethodOutcome } from './surface.ts';
import type { LabProduct } from './types.ts';

const MAK: LabProduct = { ...makProduct('2022', 'ServerStandard'), status: 5, statusReason: 'C004F009' };
const HOST: LabProduct = { ...kmsHostProduct('2022', 'ServerStandard', '2022'), status: 2, statusReason: '4004F00C' };

const machineWith = (product: LabProduct): ChangeMachine => {
  const machine = changeMachine();
  machine.node.windows.products = [{ ...product }];
  return machine;
};

/** What Windows says when it is asked. */
const installationId = (machine: ChangeMachine): unknown => {
  const rows = machine.surface().cim('SoftwareLicensingProduct');
  return 'ok' in rows ? rows.ok[0]?.OfflineInstallationId : undefined;
};

const answer = (spoken: string) => {
  const call = callPhoneCentre(spoken);
  if (!('confirmationId' in call)) throw new Error(call.why);
  return call;
};

const deposit = (machine: ChangeMachine, confirmation: string, installation = String(installationId(machine))) =>
  machine.surface().invoke('SoftwareLicensingProduct', machine.node.windows.products[0]?.id ?? '', METHOD, {
    InstallationId: installation,
    ConfirmationId: confirmation,
  });
const METHOD = 'DepositOfflineConfirmationId';

const codeOf = (outcome: MethodOutcome): string => ('error' in outcome ? outcome.error.hresult : '00000000');

/** Each digit of the text wrong by each amount. */
const misheard = (digits: string): string[] =>
  [...digits].flatMap((digit, at) =>
    [1, 2, 5, 9].map((by) => `${digits.slice(0, at)}${(Number(digit) + by) % 10}${digits.slice(at + 1)}`),
  );

describe('an Installation ID', () => {
  it('has nine groups of seven digits, of six up to Windows Server 2012 R2', () => {
    const machine = machineWith(MAK);
    expect(installationId(machine)).toMatch(/^\d{63}$/);

    machine.node.windows.generation = '2012R2';

    expect(installationId(machine)).toMatch(/^\d{54}$/);
  });

  it('is the same whenever it is asked for, another one for another key, and on another machine', () => {
    const own = installationId(machineWith(MAK));
    const { node } = machineWith(MAK);

    expect(installationId(machineWith(MAK))).toBe(own);
    expect(installationId(machineWith({ ...MAK, partialKey: 'M4KX8' }))).not.toBe(own);
    expect(installationIdOf({ ...node, id: 'i-00000000000000002' }, MAK)).not.toBe(own);
  });

  it('is not said by a KMS client', () => {
    expect(installationId(changeMachine())).toBeNull();
  });

  it('is nobody’s: it begins with zeros', () => {
    expect(String(installationId(machineWith(MAK)))).toMatch(/^0{7}/);
  });
});

describe('Microsoft’s activation centre', () => {
  const spoken = String(installationId(machineWith(MAK)));

  it('answers an Installation ID with eight groups of six digits, however it is read out', () => {
    const { confirmationId, groups } = answer(spoken);

    expect(groups).toHaveLength(8);
    expect(groups.join('')).toBe(confirmationId);
    expect(confirmationId).toMatch(/^\d{48}$/);
    expect(answer(spoken.replace(/.{7}/g, '$& ')).confirmationId).toBe(confirmationId);
    expect(answer(spoken.replace(/.{7}(?=.)/g, '$&-')).confirmationId).toBe(confirmationId);
  });

  it('hears every wrong digit, and says in which group', () => {
    for (const wrong of misheard(spoken)) expect(callPhoneCentre(wrong)).toMatchObject({ why: /^group \d/ });
    expect(callPhoneCentre(`${spoken.slice(0, 20)}${(Number(spoken[20]) + 1) % 10}${spoken.slice(21)}`)).toEqual({
      why: 'group 3 of the Installation ID was misheard: its check digit is wrong',
    });
  });

  it.each(['', '123', spoken.slice(1), `${spoken}0`, spoken.replace('0', 'O')])('takes not %j', (words) => {
    expect(callPhoneCentre(words)).toEqual({ why: expect.stringContaining('54 or 63 digits') });
  });
});

describe('depositing a Confirmation ID', () => {
  const confirmationOf = (machine: ChangeMachine) => answer(String(installationId(machine))).confirmationId;

  it('licenses a MAK for good', () => {
    const machine = machineWith(MAK);

    expect(codeOf(deposit(machine, confirmationOf(machine)))).toBe('00000000');
    expect(machine.node.windows.products[0]).toMatchObject({ status: 1, statusReason: '00000000', endsAtMs: 0 });
    machine.advance(400 * 86_400_000);
    expect(machine.world.node(machine.node.id)?.windows?.products[0]?.status).toBe(1);
  });

  it('lets a KMS host serve its clients', () => {
    const machine = machineWith(HOST);
    machine.node.windows.kmsHostRole = { ...newRole(), activated: false };

    expect(codeOf(deposit(machine, confirmationOf(machine)))).toBe('00000000');
    expect(machine.node.windows.kmsHostRole.activated).toBe(true);
  });

  it('finds every single wrong digit', () => {
    const machine = machineWith(MAK);
    const codes = misheard(confirmationOf(machine)).map((wrong) => codeOf(deposit(machine, wrong)));

    expect(new Set(codes)).toEqual(new Set(['C004F04D']));
    expect(machine.node.windows.products[0]?.status).toBe(5);
  });

  it('refuses what belongs to another machine, or is not whole', () => {
    const machine = machineWith(MAK);
    const other = installationIdOf({ ...machine.node, id: 'i-00000000000000002' }, MAK);
    const right = confirmationOf(machine);

    expect(codeOf(deposit(machine, answer(other).confirmationId))).toBe('C004F031');
    expect(codeOf(deposit(machine, right.slice(1)))).toBe('C004F02F');
    expect(codeOf(deposit(machine, right, other))).toBe('C004F07E');
  });

  it('is refused once the key is another one, and to a KMS client', () => {
    const machine = machineWith(MAK);
    const [installation, confirmation] = [String(installationId(machine)), confirmationOf(machine)];
    machine.node.windows.products = [{ ...MAK, partialKey: 'M4KX8' }];

    expect(codeOf(deposit(machine, confirmation, installation))).toBe('C004F07E');
    expect(codeOf(deposit(changeMachine(), confirmation, installation))).toBe('C004F07F');
  });
});
