/** What `KmsBot-Inspect` asks of a machine, by the names of Windows. A surface answers at least these. */
import type { CimInstance } from '../world/surface.ts';

/** One WQL query: class, properties named, and the WHERE clause as a predicate over whole instances. */
export interface CimQuestion {
  readonly className: string;
  readonly properties: readonly string[];
  /** Properties that an older Windows lacks; asked again without them. */
  readonly newer?: readonly string[];
  readonly where?: { readonly property: string; readonly holds: (instance: CimInstance) => boolean };
}

const assignment = [
  'KeyManagementServiceMachine',
  'KeyManagementServicePort',
  'KeyManagementServiceLookupDomain',
] as const;

/** The queries by the name that the document gives each. All in `root\cimv2`. */
export const CIM_QUESTIONS = {
  os: {
    className: 'Win32_OperatingSystem',
    properties: ['BuildNumber', 'OperatingSystemSKU', 'ProductType', 'MUILanguages'],
  },
  computer: { className: 'Win32_ComputerSystem', properties: ['Name', 'Domain', 'DomainRole'] },
  svc: {
    className: 'SoftwareLicensingService',
    properties: [
      'Version',
      'ClientMachineID',
      'IsKeyManagementServiceMachine',
      'KeyManagementServiceHostCaching',
      'RemainingWindowsReArmCount',
      ...assignment,
    ],
  },
  prod: {
    className: 'SoftwareLicensingProduct',
    properties: [
      'ID',
      'ApplicationID',
      'Name',
      'Description',
      'LicenseFamily',
      'LicenseIsAddon',
      'PartialProductKey',
      'LicenseStatus',
      'LicenseStatusReason',
      'GracePeriodRemaining',
      ...assignment,
      'DiscoveredKeyManagementServiceMachineName',
      'DiscoveredKeyManagementServiceMachinePort',
    ],
    newer: ['DiscoveredKeyManagementServiceMachineIpAddress', 'VLActivationType', 'VLActivationTypeEnabled'],
    where: { property: 'PartialProductKey', holds: (row) => row.PartialProductKey !== null },
  },
  spp: {
    className: 'Win32_Service',
    properties: ['State', 'StartMode'],
    where: { property: 'Name', holds: (row) => String(row.Name).toLowerCase() === 'sppsvc' },
  },
  net: {
    className: 'Win32_NetworkAdapterConfiguration',
    properties: ['IPAddress', 'DefaultIPGateway', 'DNSServerSearchOrder', 'DNSDomain'],
    where: { property: 'IPEnabled', holds: (row) => row.IPEnabled === true },
  },
  rt: {
    className: 'Win32_IP4RouteTable',
    properties: ['Destination', 'NextHop', 'InterfaceIndex', 'Metric1'],
    where: { property: 'Destination', holds: (row) => String(row.Destination).startsWith('169.254.169.') },
  },
} as const satisfies Record<string, CimQuestion>;

/** What is asked of a KMS host beside them. */
export const HOST_QUESTIONS = {
  role: {
    className: 'SoftwareLicensingService',
    properties: [
      'KeyManagementServiceCurrentCount',
      'RequiredClientCount',
      'KeyManagementServiceTotalRequests',
      'KeyManagementServiceFailedRequests',
      'KeyManagementServiceUnlicensedRequests',
      'KeyManagementServiceLicensedRequests',
      'KeyManagementServiceOOBGraceRequests',
      'KeyManagementServiceOOTGraceRequests',
      'KeyManagementServiceNonGenuineGraceRequests',
      'KeyManagementServiceNotificationRequests',
      'KeyManagementServiceListeningPort',
      'KeyManagementServiceDnsPublishing',
      'KeyManagementServiceLowPriority',
      'VLActivationInterval',
      'VLRenewalInterval',
    ],
  },
  /** In the namespace `root\\StandardCimv2`. */
  network: { className: 'MSFT_NetConnectionProfile', properties: ['NetworkCategory'] },
} as const satisfies Record<string, CimQuestion>;

/** What changing documents ask beside them, of a KMS host and of its service. */
export const SETTING_QUESTIONS = {
  svc: {
    className: CIM_QUESTIONS.svc.className,
    properties: [
      ...CIM_QUESTIONS.svc.properties,
      'KeyManagementServiceListeningPort',
      'KeyManagementServiceDnsPublishing',
      'KeyManagementServiceLowPriority',
      'VLActivationInterval',
      'VLRenewalInterval',
    ],
  },
  service: { ...CIM_QUESTIONS.spp, properties: ['Name', 'State', 'ProcessId'] },
  kind: { className: CIM_QUESTIONS.os.className, properties: ['ProductType'] },
} as const satisfies Record<string, CimQuestion>;

/** Every property of a class that some question names. */
export const propertiesAsked = (className: string): string[] =>
  [CIM_QUESTIONS, HOST_QUESTIONS, SETTING_QUESTIONS]
    .flatMap((questions) => Object.values<CimQuestion>(questions))
    .filter((question) => question.className === className)
    .flatMap(({ properties, newer = [], where }) => [...properties, ...newer, ...(where ? [where.property] : [])]);

/** Registry keys read, and of each the values that matter. */
export const REGISTRY_QUESTIONS = {
  /** `EditionID` (REG_SZ), `UBR` (REG_DWORD, absent on the oldest). */
  windows: 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
  /**
   * `SkipRearm`, `DisableDnsPublishing` (REG_DWORD), `DnsDomainPublishList` (REG_MULTI_SZ), and on a host whose port was
   * changed `KeyManagementServiceListeningPort` (REG_SZ).
   */
  spp: 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform',
  /** `Hostname`, `Domain` (primary suffix), `SearchList` (comma-separated), all REG_SZ. */
  tcpip: 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
  /** The same by policy: `SearchList`, `PrimaryDnsSuffix`, `NV PrimaryDnsSuffix`; most machines have no such key. */
  policy: 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient',
} as const;

/**
 * Where the firewall keeps its own settings, and where group policy puts others. Below each: `FirewallRules`, a text a
 * rule ([MS-GPFAS] 2.2.2.19), and a key a profile with `EnableFirewall` and `AllowLocalPolicyMerge` (REG_DWORD).
 */
export const FIREWALL_KEYS = {
  local: 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy',
  policy: 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall',
} as const;

/** The client events are those of this provider in the Application log. */
export const EVENT_PROVIDER = 'Microsoft-Windows-Security-SPP';
/** Requests and responses apart: event id and how many of the newest are read. */
export const CLIENT_EVENTS = [
  [12288, 3],
  [12289, 4],
] as const;

/** What a KMS host writes when it publishes its SRV record: success, failure. One of each is read. */
export const PUBLISHING_EVENTS = [
  [12294, 1],
  [12293, 1],
] as const;
/** The log of requests to a KMS host, the event, and more of them than any log holds. */
export const REQUEST_LOG = 'Key Management Service';
export const REQUEST_EVENT = 12290;
export const EVERY_EVENT = 1_000_000;

/** Amazon Time Sync, asked before the Active Directory domain. */
export const TIME_SERVER = '169.254.169.123';
