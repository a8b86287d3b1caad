import { describe, expect, it } from 'vitest';
import { type ChangeMachine, changeMachine } from '../../powershell/change-machine.ts';
import { kmsHostProduct } from './licence-products.ts';
import type { MethodArguments } from './surface.ts';

const SERVICE = 'SoftwareLicensingService';
const PRODUCT = 'SoftwareLicensingProduct';

const onService = (machine: ChangeMachine, method: string, args: MethodArguments = {}) =>
  machine.surface().invoke(SERVICE, '', method, args);
const onProduct = (machine: ChangeMachine, method: string, args: MethodArguments = {}) =>
  machine.surface().invoke(PRODUCT, machine.product.id.toUpperCase(), method, args);

describe('methods of the licensing classes', () => {
  it.each([
    [
      'SetKeyManagementServiceMachine',
      { MachineName: 'Kms9.corp.example' },
      { KeyManagementServiceMachine: 'Kms9.corp.example' },
    ],
    ['SetKeyManagementServicePort', { PortNumber: 1700 }, { KeyManagementServicePort: 1700 }],
    [
      'SetKeyManagementServiceLookupDomain',
      { LookupDomain: 'a.example' },
      { KeyManagementServiceLookupDomain: 'a.example' },
    ],
  ] as const)('%s shows in the instance it was called on, and only there', (method, args, shown) => {
    for (const [call, className, other] of [
      [onService, SERVICE, PRODUCT],
      [onProduct, PRODUCT, SERVICE],
    ] as const) {
      const machine = changeMachine();
      expect(call(machine, method, args)).toMatchObject({ ok: 0 });

      const rows = (name: string) => {
        const answer = machine.surface().cim(name);
        return 'ok' in answer ? answer.ok[0] : undefined;
      };
      expect(rows(className)).toMatchObject(shown);
      expect(rows(other)).not.toMatchObject(shown);
    }
  });

  it('sends the machine to the host it was assigned', () => {
    const machine = changeMachine();
    onService(machine, 'SetKeyManagementServiceMachine', { MachineName: 'kms1.corp.example' });

    expect(onProduct(machine, 'Activate')).toMatchObject({ ok: 0 });
    expect(machine.product.status).toBe(1);
  });

  it('fails to activate with the code of the attempt', () => {
    expect(onProduct(changeMachine(), 'Activate')).toMatchObject({ error: { hresult: 'C004F074' } });
  });

  it('makes a machine with a host key a client by a client setup key', () => {
    const machine = changeMachine();
    machine.node.windows.products = [kmsHostProduct('2022', 'ServerStandard', '2022')];

    expect(onService(machine, 'InstallProductKey', { ProductKey: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H' })).toMatchObject({
      ok: 0,
    });
    expect(machine.node.windows.products).toMatchObject([
      { partialKey: 'VMK7H', description: expect.stringContaining('VOLUME_KMSCLIENT'), status: 2 },
    ]);
  });

  it.each([
    ['a key that is not public', 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', 'C004F050'],
    ['a client’s key on a server', 'W269N-WFGWX-YVC9B-4J6C9-T83GX', 'C004F069'],
  ])('takes not %s', (_, key, hresult) => {
    const machine = changeMachine();

    expect(onService(machine, 'InstallProductKey', { ProductKey: key })).toMatchObject({ error: { hresult } });
    expect(machine.node.windows.products[0]?.partialKey).toBe('VMK7H');
  });

  it('takes a key of another edition, with which the machine cannot be activated', () => {
    const machine = changeMachine();
    machine.node.windows.kmsHost = 'kms1.corp.example';
    onService(machine, 'InstallProductKey', { ProductKey: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33' });

    expect(machine.world.attemptActivation(machine.node.id).hresult).toBe('C004F069');
  });

  it.each([
    ['an unknown method', SERVICE, 'Reboot', '8004102E'],
    ['a product that is not there', PRODUCT, 'Activate', '80041002'],
  ])('refuses %s', (_, className, method, hresult) => {
    expect(changeMachine().surface().invoke(className, 'no-such-id', method, {})).toMatchObject({ error: { hresult } });
  });

  it('fails in everything while the service is disabled', () => {
    const machine = changeMachine();
    machine.node.windows.service.startMode = 'Disabled';

    expect(onService(machine, 'RefreshLicenseStatus')).toMatchObject({ error: { hresult: '80070422' } });
  });
});
