import { describe, expect, it } from 'vitest';
import type { CimInstance, Surface } from './surface.ts';
import { worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;

const surface = (lab: Lab, name: string): Surface => lab.world.surface(lab.machine(name).id);

function rows(lab: Lab, name: string, className: string): readonly CimInstance[] {
  const outcome = surface(lab, name).cim(className);
  if ('error' in outcome) throw new Error(outcome.error.hresult);
  return outcome.ok;
}

const one = (lab: Lab, name: string, className: string): CimInstance => rows(lab, name, className)[0] ?? {};

describe('SoftwareLicensingProduct', () => {
  it('has the keyed product of a client, with days left as minutes and codes as unsigned numbers', () => {
    const lab = worldUnderTest();
    lab.attempt('web-01');

    expect(one(lab, 'web-01', 'SoftwareLicensingProduct')).toMatchObject({
      Description: 'Windows(R) Operating System, VOLUME_KMSCLIENT channel',
      PartialProductKey: '6VM33',
      LicenseStatus: 1,
      LicenseStatusReason: 1074065472,
      GracePeriodRemaining: 259_200,
      VLActivationType: 2,
      DiscoveredKeyManagementServiceMachineName: 'kms-01.corp.example',
      DiscoveredKeyManagementServiceMachineIpAddress: '10.20.1.10',
      KeyManagementServiceMachine: '',
      KeyManagementServiceCurrentCount: 4_294_967_295,
    });
  });

  it('has rows without key beside it, as Windows does', () => {
    const products = rows(worldUnderTest(), 'web-01', 'SoftwareLicensingProduct');

    expect(products.map((product) => product.PartialProductKey)).toEqual(['6VM33', null, null, null]);
  });

  it('has only those on a machine without key', () => {
    const products = rows(worldUnderTest(), 'tool-05', 'SoftwareLicensingProduct');

    expect(products.every((product) => product.PartialProductKey === null)).toBe(true);
  });

  it('lists Office beside Windows', () => {
    const applications = rows(worldUnderTest(), 'db-01', 'SoftwareLicensingProduct').map((row) => row.ApplicationID);

    expect(applications.slice(0, 2)).toEqual([
      '55c92734-d682-4d71-983e-d6ec3f16059f',
      '0ff1ce15-a989-479d-af46-f275c6370663',
    ]);
  });
});

describe('SoftwareLicensingService', () => {
  it('shows a host its count, thresholds and requests', () => {
    const lab = worldUnderTest();
    const { totals } = lab.role('kms-01');

    expect(one(lab, 'kms-01', 'SoftwareLicensingService')).toMatchObject({
      IsKeyManagementServiceMachine: 1,
      KeyManagementServiceCurrentCount: 50,
      RequiredClientCount: 25,
      KeyManagementServiceTotalRequests: totals.total,
      KeyManagementServiceFailedRequests: totals.failed,
      KeyManagementServiceLicensedRequests: totals.byStatus[1],
      KeyManagementServiceListeningPort: 0,
      KeyManagementServiceDnsPublishing: false,
    });
  });

  it('shows a client its CMID, version and overrides, unset ones as null', () => {
    const lab = worldUnderTest();

    expect(one(lab, 'web-01', 'softwarelicensingservice')).toMatchObject({
      Version: '10.0.20348.2762',
      ClientMachineID: lab.machine('web-01').windows.cmid,
      IsKeyManagementServiceMachine: 0,
      KeyManagementServiceMachine: null,
      KeyManagementServiceHostCaching: true,
      VLActivationInterval: 120,
      VLRenewalInterval: 10_080,
    });
    expect(one(lab, 'wiki-01', 'SoftwareLicensingService')).toMatchObject({
      KeyManagementServiceMachine: 'kms-01.corp.example',
      KeyManagementServicePort: 1689,
    });
  });
});

describe('the Win32 classes', () => {
  it.each([
    ['web-01', 'en-US', 1033, '0409'],
    ['web-02', 'ja-JP', 1041, '0411'],
    ['app-02', 'de-DE', 1031, '0407'],
  ])('of %s agree with the registry on the language %s', (name, language, lcid, hex) => {
    const lab = worldUnderTest();

    expect(one(lab, name, 'Win32_OperatingSystem')).toMatchObject({ OSLanguage: lcid, MUILanguages: [language] });
    expect(surface(lab, name).registry('HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language')).toMatchObject({
      InstallLanguage: { type: 'REG_SZ', value: hex },
    });
  });

  it('tell a domain member from a workgroup machine', () => {
    const lab = worldUnderTest();

    expect(one(lab, 'app-ad-01', 'Win32_ComputerSystem')).toMatchObject({
      Domain: 'ad.corp.example',
      DomainRole: 3,
      Workgroup: null,
    });
    expect(one(lab, 'web-01', 'Win32_ComputerSystem')).toMatchObject({
      Name: 'WEB-01',
      DNSHostName: 'web-01',
      DomainRole: 2,
      PartOfDomain: false,
    });
    expect(one(lab, 'dc-01', 'Win32_ComputerSystem')).toMatchObject({ DomainRole: 5 });
  });

  it('have an adapter without IP, and nulls where nothing is set', () => {
    const lab = worldUnderTest();
    const [tunnel, adapter] = rows(lab, 'dmz-01', 'Win32_NetworkAdapterConfiguration');

    expect(tunnel).toMatchObject({ IPEnabled: false, IPAddress: null });
    expect(adapter).toMatchObject({
      IPEnabled: true,
      DNSServerSearchOrder: null,
      DNSDomain: 'ap-northeast-1.compute.internal',
    });
  });

  it("show the routes to Amazon's servers, or that they are missing", () => {
    const lab = worldUnderTest();
    const hops = (name: string) =>
      rows(lab, name, 'Win32_IP4RouteTable').filter((row) => String(row.Destination).startsWith('169.254.169.'));

    expect(hops('shop-01')).toHaveLength(3);
    expect(hops('shop-01')[0]).toMatchObject({ Mask: '255.255.255.255', Metric1: 35 });
    expect(hops('shop-03')).toEqual([]);
  });

  it('show sppsvc stopped on a client at rest and running on a host', () => {
    const lab = worldUnderTest();
    const state = (name: string) => rows(lab, name, 'Win32_Service').find((row) => row.Name === 'sppsvc')?.State;

    expect([state('web-01'), state('kms-01')]).toEqual(['Stopped', 'Running']);
  });

  it('end with an invalid class for one that does not exist', () => {
    expect(surface(worldUnderTest(), 'web-01').cim('Win32_Product')).toEqual({ error: { hresult: '80041010' } });
  });
});

describe('the registry', () => {
  const SPP = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform';

  it.each(['HKLM:\\', 'HKEY_LOCAL_MACHINE\\', 'hklm\\'])('is found under %s', (hive) => {
    const key = surface(worldUnderTest(), 'web-01').registry(`${hive}SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion`);

    expect(key).toMatchObject({
      EditionID: { type: 'REG_SZ', value: 'ServerDatacenter' },
      CurrentBuildNumber: { type: 'REG_SZ', value: '20348' },
      UBR: { type: 'REG_DWORD', value: 2762 },
    });
  });

  it('holds overrides as texts, and nothing where nothing is set', () => {
    const lab = worldUnderTest();

    expect(surface(lab, 'web-01').registry(`HKLM:\\${SPP}`)).toEqual({});
    expect(surface(lab, 'wiki-01').registry(`HKLM:\\${SPP}`)).toEqual({
      KeyManagementServiceName: { type: 'REG_SZ', value: 'kms-01.corp.example' },
      KeyManagementServicePort: { type: 'REG_SZ', value: '1689' },
    });
    expect(surface(lab, 'farm-a').registry(`HKLM:\\${SPP}`)).toEqual({ SkipRearm: { type: 'REG_DWORD', value: 1 } });
  });

  it('holds publishing settings on a host', () => {
    expect(surface(worldUnderTest(), 'kms-01').registry(`HKLM:\\${SPP}`)).toMatchObject({
      DisableDnsPublishing: { type: 'REG_DWORD', value: 1 },
      DnsDomainPublishList: { type: 'REG_MULTI_SZ', value: ['lab.example, 10, 50', 'corp.example'] },
    });
  });

  it('holds the suffixes of the resolver', () => {
    const key = surface(worldUnderTest(), 'app-ad-01').registry(
      'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
    );

    expect(key).toMatchObject({
      Domain: { value: 'ad.corp.example' },
      'NV Domain': { value: 'ad.corp.example' },
      SearchList: { value: 'ad.corp.example,corp.example' },
    });
  });

  it('misses what does not exist', () => {
    expect(surface(worldUnderTest(), 'web-01').registry('HKLM:\\SOFTWARE\\Nothing')).toBe('missing');
  });
});
