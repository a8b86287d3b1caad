import { describe, expect, it } from 'vitest';
import { firewallBefore } from './kms-rules.ts';
import { worldUnderTest } from './world-under-test.ts';

const HOST = 'kms-01';
const SPP = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform';
const RULES = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
const FILE = 'C:\\exports\\one.reg';

const machineOf = (name = HOST) => {
  const lab = worldUnderTest();
  const node = lab.machine(name);
  const surface = lab.world.changeSurface(node.id);
  const rule = (value: string) => {
    const values = surface.registry(RULES);
    return values === 'missing' ? undefined : values[value]?.value;
  };
  return { lab, node, surface, rule, memory: lab.world.memory(node.id) };
};

const OWN = {
  Name: 'KmsBot-KMS-In-TCP',
  Direction: 'Inbound',
  Action: 'Allow',
  Protocol: 'TCP',
  LocalPort: '1700',
  Enabled: 'True',
  Profile: 'Domain,Private',
} as const;

describe('rules of the firewall', () => {
  it.each(['True', 'False'])('the built-in one is switched (%s), and is for port 1688', (Enabled) => {
    const { surface, rule } = machineOf();
    surface.command('Set-NetFirewallRule', { Name: 'SPPSVC-In-TCP', Enabled, Profile: 'Domain, Private' });

    const active = `Active=${Enabled.toUpperCase()}`;
    expect(rule('SPPSVC-In-TCP')).toContain(`|${active}|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=1688|`);
  });

  it('the built-in one can be on before the machine is a host, and the host that it becomes has it so', () => {
    const { node, surface, rule } = machineOf('web-01');
    surface.command('Set-NetFirewallRule', { Name: 'SPPSVC-In-TCP', Enabled: 'True', Profile: 'Domain' });

    expect(node.windows.kmsRules).toEqual({ builtIn: ['domain'] });
    expect(rule('SPPSVC-In-TCP')).toContain('|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=1688|');
    expect(firewallBefore(node.windows)).toEqual({ firewallOpen: true, firewallProfiles: ['domain'] });
    surface.command('Set-NetFirewallRule', { Name: 'SPPSVC-In-TCP', Enabled: 'False', Profile: 'Any' });
    expect(rule('SPPSVC-In-TCP')).toContain('|Active=FALSE|');
  });

  it('one of its own is made, shown and removed', () => {
    const { node, surface, rule } = machineOf();
    surface.command('New-NetFirewallRule', OWN);
    expect(rule(OWN.Name)).toContain('|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=1700|');

    surface.command('Remove-NetFirewallRule', { Name: OWN.Name });

    expect(rule(OWN.Name)).toBeUndefined();
    expect(node.windows).not.toHaveProperty('kmsRules');
  });

  it('one that is not there is neither set nor removed', () => {
    const { surface } = machineOf();

    for (const command of ['Set-NetFirewallRule', 'Remove-NetFirewallRule']) {
      expect(surface.command(command, { Name: OWN.Name, Enabled: 'True', Profile: 'Any' })).toMatchObject({
        error: { hresult: '80070490' },
      });
    }
  });

  it('one of another kind is refused by the lab itself', () => {
    expect(() => machineOf().surface.command('New-NetFirewallRule', { ...OWN, Direction: 'Outbound' })).toThrow(
      'no rule KmsBot-KMS-In-TCP of this kind',
    );
  });
});

describe('the role of Windows Server', () => {
  it('is installed in some minutes, and stays', () => {
    const { node, surface } = machineOf('web-01');
    expect(surface.command('Get-WindowsFeature', { Name: 'VolumeActivation' })).toMatchObject({
      ok: [{ Installed: false }],
    });

    expect(surface.command('Install-WindowsFeature', { Name: 'VolumeActivation' })).toEqual({
      ok: [{ Success: true, RestartNeeded: 'No' }],
      ms: 240_000,
    });

    expect(node.windows.features).toEqual(['VolumeActivation']);
    expect(surface.command('Get-WindowsFeature', { Name: 'VolumeActivation' })).toMatchObject({
      ok: [{ Installed: true }],
    });
  });

  it('does not exist on client Windows', () => {
    const { node, surface } = machineOf('web-01');
    node.windows.generation = '11';

    expect(surface.command('Get-WindowsFeature', { Name: 'VolumeActivation' })).toMatchObject({ ok: [] });
  });
});

describe('reg.exe', () => {
  const run = (surface: ReturnType<typeof machineOf>['surface'], ...words: string[]) =>
    surface.command('reg.exe', { Arguments: words.join('\n') });

  it('exports the key to a file, lists as bytes', () => {
    const { lab, surface, memory } = machineOf();
    lab.role(HOST).publishDomains = ['a'];

    expect(run(surface, 'export', SPP.replace('HKLM:', 'HKLM'), FILE, '/y')).toMatchObject({ ok: [{ ExitCode: 0 }] });
    expect(memory.files[FILE]?.text).toContain('"DnsDomainPublishList"=hex(7):61,00,00,00,00,00\r\n');
  });

  it('ends with 1 where there is no such key', () => {
    const { surface, memory } = machineOf();

    expect(run(surface, 'export', 'HKLM\\SOFTWARE\\Nothing', FILE, '/y')).toMatchObject({ ok: [{ ExitCode: 1 }] });
    expect(memory.files).toEqual({});
  });
});

describe('the list of domains in the registry', () => {
  it('is written, shown and deleted', () => {
    const { lab, surface } = machineOf();
    const value = { type: 'REG_MULTI_SZ', value: ['one.example', 'Two.example, 1, 2'] } as const;

    expect(surface.writeRegistry(SPP, 'DnsDomainPublishList', value)).toEqual({ ok: true });
    expect(surface.registry(SPP)).toMatchObject({ DnsDomainPublishList: value });
    expect(surface.writeRegistry(SPP, 'DnsDomainPublishList', null)).toEqual({ ok: true });
    expect(lab.role(HOST)).not.toHaveProperty('publishDomains');
  });

  it('is no text', () => {
    const outcome = machineOf().surface.writeRegistry(SPP, 'DnsDomainPublishList', { type: 'REG_SZ', value: 'one' });

    expect(outcome).toEqual({ error: { hresult: '8007000D' } });
  });
});
