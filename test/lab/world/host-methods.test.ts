import { describe, expect, it } from 'vitest';
import { must, worldUnderTest } from './world-under-test.ts';

const HOST = 'kms-01';

/** A program on the host that calls the licensing service's methods. */
const onHost = (name = HOST) => {
  const lab = worldUnderTest();
  const surface = lab.world.changeSurface(lab.machine(name).id);
  const call = (method: string, args: Record<string, number | boolean> = {}) =>
    surface.invoke('SoftwareLicensingService', '', method, args);
  const service = (method: string) => surface.invoke('Win32_Service', 'sppsvc', method, {});
  return { lab, surface, call, service };
};

const shown = (surface: ReturnType<typeof onHost>['surface']) => {
  const answer = surface.cim('SoftwareLicensingService');
  return must('ok' in answer ? answer.ok[0] : undefined, 'licensing service');
};

describe('the licensing service of a KMS host', () => {
  it.each([
    [
      'DisableKeyManagementServiceDnsPublishing',
      { DisablePublishing: true },
      'KeyManagementServiceDnsPublishing',
      false,
    ],
    [
      'DisableKeyManagementServiceDnsPublishing',
      { DisablePublishing: false },
      'KeyManagementServiceDnsPublishing',
      true,
    ],
    ['EnableKeyManagementServiceLowPriority', { EnableLowPriority: true }, 'KeyManagementServiceLowPriority', true],
    ['SetVLActivationInterval', { ActivationInterval: 60 }, 'VLActivationInterval', 60],
    ['SetVLRenewalInterval', { RenewalInterval: 1440 }, 'VLRenewalInterval', 1440],
    ['SetKeyManagementServiceListeningPort', { PortNumber: 1700 }, 'KeyManagementServiceListeningPort', 1700],
    ['SetKeyManagementServiceListeningPort', { PortNumber: 1688 }, 'KeyManagementServiceListeningPort', 0],
    ['ClearKeyManagementServiceListeningPort', {}, 'KeyManagementServiceListeningPort', 0],
  ])('shows what %s %o set: %s', (method, args, property, value) => {
    const { surface, call } = onHost();

    expect(call(method, args)).toMatchObject({ ok: 0 });
    expect(shown(surface)[property]).toBe(value);
  });

  it.each([
    ['SetVLActivationInterval', { ActivationInterval: 14 }],
    ['SetVLRenewalInterval', { RenewalInterval: 43_201 }],
    ['SetKeyManagementServiceListeningPort', { PortNumber: 0 }],
  ])('takes no value out of range: %s %o', (method, args) => {
    expect(onHost().call(method, args)).toEqual({ error: { hresult: '80070057', afterMs: 300 } });
  });

  it('sets nothing on a machine without host key', () => {
    const { call } = onHost('web-01');

    expect(call('EnableKeyManagementServiceLowPriority', { EnableLowPriority: true })).toMatchObject({
      error: { hresult: '8004102E' },
    });
  });

  it('listens on another port once its service was restarted', () => {
    const { lab, call, service } = onHost();
    call('SetKeyManagementServiceListeningPort', { PortNumber: 1700 });
    expect(lab.role(HOST)).toMatchObject({ listeningPort: 1688, nextPort: 1700 });

    service('StopService');
    service('StartService');

    expect(lab.role(HOST).listeningPort).toBe(1700);
    expect(lab.role(HOST)).not.toHaveProperty('nextPort');
  });

  it('lets no client in on a new port before a rule does', () => {
    const { lab, surface, call, service } = onHost();
    const client = lab.world.surface(lab.machine('web-01').id);
    const address = must(lab.machine(HOST).windows.adapters[0]?.addresses[0], 'address');
    expect(client.tcp(address, 1688)).toBe('ok');
    call('SetKeyManagementServiceListeningPort', { PortNumber: 1700 });
    service('StopService');
    service('StartService');
    expect(client.tcp(address, 1700)).toBe('timeout');

    surface.command('New-NetFirewallRule', {
      Name: 'KmsBot-KMS-In-TCP',
      Direction: 'Inbound',
      Action: 'Allow',
      Protocol: 'TCP',
      LocalPort: '1700',
      Enabled: 'True',
      Profile: 'Domain,Private,Public',
    });

    expect(client.tcp(address, 1700)).toBe('ok');
  });
});

describe('the service itself', () => {
  it('stops and starts once, and says so where it is there already', () => {
    const { lab, service } = onHost();

    expect(service('StopService')).toMatchObject({ ok: 0 });
    expect(lab.machine(HOST).windows.service.state).toBe('Stopped');
    expect(service('StopService')).toMatchObject({ ok: 5 });
    expect(service('StartService')).toMatchObject({ ok: 0 });
    expect(service('StartService')).toMatchObject({ ok: 10 });
    expect(lab.machine(HOST).windows.service.state).toBe('Running');
  });

  it('has no methods but these', () => {
    expect(() => onHost().service('PauseService')).toThrow('The lab has no method PauseService of a service');
  });
});
