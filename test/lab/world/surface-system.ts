/**
 * `Win32_*` classes of a machine. Decisions a reader can rely on:
 * - `Win32_ComputerSystem.Name` is the NetBIOS name in capitals, `DNSHostName` the name as it was typed.
 * - A text or list that is not set is null, never empty (`DefaultIPGateway`, `DNSServerSearchOrder`, `DNSDomain` …).
 * - Not every adapter has IP: one tunnel adapter with `IPEnabled` false and nulls stands before the others.
 * - The UI language is the system's: `OSLanguage` (LCID) and `MUILanguages` of `Win32_OperatingSystem` agree with the
 *   registry's `InstallLanguage`; LocalSystem has no language of its own in the lab.
 * - The marketing name in `Caption` is the same in every language, adapter descriptions and `Description` are not.
 */
import { machineClock } from './activation-events.ts';
import { GENERATIONS } from './editions.ts';
import { gatewayOf, titleOf } from './healthy-node.ts';
import type { WindowsNode } from './law-context.ts';
import { bootedAt } from './restart-law.ts';
import type { CimInstance } from './surface.ts';
import type { LabAdapter, LabWindows, WindowsLanguage } from './types.ts';

/** Language identifiers ([MS-LCID]). */
export const LCID: Readonly<Record<WindowsLanguage, number>> = { 'en-US': 1033, 'ja-JP': 1041, 'de-DE': 1031 };

/** Index of the first adapter that has IP. */
const FIRST_INTERFACE = 5;

const ADAPTER_NAME: Readonly<Record<WindowsLanguage, string>> = {
  'en-US': 'Amazon Elastic Network Adapter',
  'ja-JP': 'Amazon Elastic Network Adapter (イーサネット)',
  'de-DE': 'Amazon Elastic Network Adapter – Netzwerkgerät',
};

/** `Win32_OperatingSystem`. */
export function operatingSystem(node: WindowsNode): CimInstance[] {
  const { windows, name } = node;
  const [build = ''] = windows.build.split('.');
  const version = GENERATIONS[windows.generation].version;
  return [
    {
      Caption: `Microsoft ${titleOf(windows)}`,
      Version: `${version}.${build}`,
      BuildNumber: build,
      OperatingSystemSKU: windows.sku,
      ProductType: windows.productType,
      OSLanguage: LCID[windows.language],
      MUILanguages: [windows.language],
      Locale: LCID[windows.language].toString(16).padStart(4, '0'),
      CSName: name.toUpperCase(),
      OSArchitecture: windows.language === 'ja-JP' ? '64 ビット' : windows.language === 'de-DE' ? '64-Bit' : '64-bit',
      WindowsDirectory: 'C:\\Windows',
      LastBootUpTime: cimTime(machineClock(windows, bootedAt(node))),
    },
  ];
}

/** A time as CIM writes it, in UTC. */
function cimTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-T:]/g, '')}.000000+000`;
}

/** `Win32_ComputerSystem`. */
export function computerSystem(node: WindowsNode): CimInstance[] {
  const { windows, name } = node;
  const member = windows.domain !== '';
  return [
    {
      Name: name.toUpperCase(),
      DNSHostName: name,
      Domain: member ? windows.domain : 'WORKGROUP',
      Workgroup: member ? null : 'WORKGROUP',
      PartOfDomain: member,
      DomainRole: windows.domainRole,
      Manufacturer: node.id.startsWith('mi-') ? 'VMware, Inc.' : 'Amazon EC2',
      Model: node.id.startsWith('mi-') ? 'VMware7,1' : 't3.large',
    },
  ];
}

/** `Win32_NetworkAdapterConfiguration`: the adapter without IP first. */
export function adapterConfigurations({ windows, name }: WindowsNode): CimInstance[] {
  return [withoutIp(), ...windows.adapters.map((adapter, index) => withIp(windows, name, adapter, index))];
}

function withoutIp(): CimInstance {
  return {
    Index: 0,
    InterfaceIndex: 2,
    Description: 'Microsoft Kernel Debug Network Adapter',
    IPEnabled: false,
    DHCPEnabled: true,
    IPAddress: null,
    IPSubnet: null,
    DefaultIPGateway: null,
    DNSServerSearchOrder: null,
    DNSDomain: null,
    DNSDomainSuffixSearchOrder: null,
    DNSHostName: null,
    MACAddress: null,
  };
}

function withIp(windows: LabWindows, name: string, adapter: LabAdapter, index: number): CimInstance {
  return {
    Index: index + 1,
    InterfaceIndex: FIRST_INTERFACE + index,
    Description: ADAPTER_NAME[windows.language],
    IPEnabled: true,
    DHCPEnabled: true,
    IPAddress: listOrNull(adapter.addresses),
    IPSubnet: listOrNull(adapter.addresses.map((address) => (address.includes(':') ? '64' : '255.255.255.0'))),
    DefaultIPGateway: listOrNull(adapter.gateways),
    DNSServerSearchOrder: listOrNull(adapter.dnsServers),
    DNSDomain: adapter.suffix === '' ? null : adapter.suffix,
    DNSDomainSuffixSearchOrder: listOrNull(windows.searchList),
    DNSHostName: name,
    MACAddress: '06:5A:1E:00:00:01',
  };
}

/** Default route, the subnet's own, and the host routes of the machine's state. Link-local routes are /32. */
export function routes({ windows }: WindowsNode): CimInstance[] {
  const own = windows.adapters.flatMap((adapter, index) => adapterRoutes(adapter, FIRST_INTERFACE + index));
  const host = windows.routes.map(([to, hop, itf, metric]) => route(to, '255.255.255.255', hop, itf, metric));
  return [...own, ...host];
}

function adapterRoutes(adapter: LabAdapter, interfaceIndex: number): CimInstance[] {
  const v4 = adapter.addresses.filter((address) => !address.includes(':'));
  const gateways = adapter.gateways.filter((gateway) => !gateway.includes(':'));
  return [
    ...gateways.map((gateway) => route('0.0.0.0', '0.0.0.0', gateway, interfaceIndex, 25)),
    ...v4.map((address) =>
      route(gatewayOf(address).replace(/1$/, '0'), '255.255.255.0', '0.0.0.0', interfaceIndex, 281),
    ),
  ];
}

function route(destination: string, mask: string, hop: string, interfaceIndex: number, metric: number): CimInstance {
  return {
    Destination: destination,
    Mask: mask,
    NextHop: hop,
    InterfaceIndex: interfaceIndex,
    Metric1: metric,
    Protocol: 3,
    Type: hop === '0.0.0.0' ? 3 : 4,
  };
}

/** `sppsvc` from the machine's state; the other services of the list run. */
export function services({ windows }: WindowsNode): CimInstance[] {
  const { state, startMode } = windows.service;
  return [
    service('sppsvc', 'Software Protection', state, startMode),
    service('AmazonSSMAgent', 'Amazon SSM Agent', 'Running', 'Auto'),
    service('Dnscache', windows.language === 'ja-JP' ? 'DNS クライアント' : 'DNS Client', 'Running', 'Auto'),
    service('W32Time', windows.language === 'de-DE' ? 'Windows-Zeitgeber' : 'Windows Time', 'Running', 'Manual'),
  ];
}

function service(name: string, displayName: string, state: string, startMode: string): CimInstance {
  const started = state === 'Running';
  // Of one machine each service has a process of its own; the number says nothing else.
  const ProcessId = started ? 4 * (name.length + 300) : 0;
  return {
    Name: name,
    DisplayName: displayName,
    State: state,
    StartMode: startMode,
    Started: started,
    Status: 'OK',
    ProcessId,
  };
}

function listOrNull(list: readonly string[]): readonly string[] | null {
  return list.length === 0 ? null : list;
}
