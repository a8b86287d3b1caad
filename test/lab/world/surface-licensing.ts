/**
 * `SoftwareLicensingService` and `SoftwareLicensingProduct` of a machine. Property names and types as in the classes'
 * schema; all numbers unsigned 32-bit, so -1 reads 4294967295.
 *
 * Decisions where Windows is not documented or differs between versions, so that a reader copes with either:
 * - An unset text is null on the service and '' on a product.
 * - `VLActivationType` of a product that was never activated by volume is 0.
 * - Dates (`EvaluationEndDate`, `TrustedTime`) are not there yet.
 * - A KMS client says no `OfflineInstallationId`, nor does a row without key.
 * - Beside the keyed products every machine has rows without key (`PartialProductKey` null), as Windows has hundreds.
 */
import { intervalsOf } from './activation-events.ts';
import { activationId, GENERATIONS } from './editions.ts';
import { currentCount } from './kms-host-law.ts';
import type { WindowsNode } from './law-context.ts';
import { minutesLeft } from './licence-law.ts';
import { licenceKind, OFFICE_APPLICATION, WINDOWS_APPLICATION } from './licence-products.ts';
import { installationIdOf } from './phone-centre.ts';
import type { CimInstance } from './surface.ts';
import type { LabKmsHostRole, LabProduct, LabWindows } from './types.ts';

/** `KeyManagementServiceCurrentCount` where there is none: -1 as unsigned. */
const NO_COUNT = 0xffffffff;

const REQUEST_COUNTERS = [
  'UnlicensedRequests',
  'LicensedRequests',
  'OOBGraceRequests',
  'OOTGraceRequests',
  'NonGenuineGraceRequests',
  'NotificationRequests',
] as const;

/** The one instance of `SoftwareLicensingService`. */
export function licensingService({ windows }: WindowsNode, nowMs: number): CimInstance[] {
  const intervals = clientIntervals(windows);
  return [
    {
      Version: `${GENERATIONS[windows.generation].version}.${windows.build}`,
      ClientMachineID: windows.cmid,
      ...hostProperties(windows.kmsHostRole, nowMs),
      KeyManagementServiceMachine: orNull(windows.kmsHost),
      KeyManagementServicePort: windows.kmsPort,
      KeyManagementServiceLookupDomain: orNull(windows.lookupDomain),
      KeyManagementServiceProductKeyID: null,
      DiscoveredKeyManagementServiceMachineName: orNull(windows.products[0]?.discoveredHost ?? ''),
      DiscoveredKeyManagementServiceMachinePort: windows.products[0]?.discoveredPort ?? 0,
      KeyManagementServiceListeningPort: listeningPort(windows.kmsHostRole),
      KeyManagementServiceDnsPublishing: windows.kmsHostRole?.publishing ?? true,
      KeyManagementServiceLowPriority: windows.kmsHostRole?.lowPriority ?? false,
      KeyManagementServiceHostCaching: windows.hostCaching,
      VLActivationInterval: intervals.activation,
      VLRenewalInterval: intervals.renewal,
      RemainingWindowsReArmCount: windows.rearmsLeft,
      PolicyCacheRefreshRequired: 0,
    },
  ];
}

/** Keyed products in the order of the machine's state, then rows without key. */
export function licensingProducts(node: WindowsNode, nowMs: number): CimInstance[] {
  const { windows } = node;
  return [...windows.products.map((product) => productRow(node, product, nowMs)), ...keylessRows(windows)];
}

function productRow(node: WindowsNode, product: LabProduct, nowMs: number): CimInstance {
  const { windows } = node;
  const intervals = clientIntervals(windows);
  const isHost = licenceKind(product) === 'kms-host';
  return {
    ID: product.id,
    ApplicationID: product.app === 'windows' ? WINDOWS_APPLICATION : OFFICE_APPLICATION,
    Name: product.name,
    Description: product.description,
    LicenseFamily: product.family,
    LicenseIsAddon: false,
    LicenseDependsOn: null,
    PartialProductKey: orNull(product.partialKey),
    ProductKeyChannel: product.channel,
    ProductKeyID: null,
    OfflineInstallationId: licenceKind(product) === 'kms-client' ? null : installationIdOf(node, product),
    LicenseStatus: product.status,
    LicenseStatusReason: Number.parseInt(product.statusReason, 16),
    GracePeriodRemaining: minutesLeft(product, nowMs),
    ExtendedGrace: NO_COUNT,
    GenuineStatus: 0,
    VLActivationType: product.activationType,
    VLActivationTypeEnabled: product.activationTypeEnabled,
    VLActivationInterval: intervals.activation,
    VLRenewalInterval: intervals.renewal,
    KeyManagementServiceMachine: product.kmsHost,
    KeyManagementServicePort: product.kmsPort,
    KeyManagementServiceLookupDomain: product.lookupDomain,
    KeyManagementServiceProductKeyID: '',
    DiscoveredKeyManagementServiceMachineName: product.discoveredHost,
    DiscoveredKeyManagementServiceMachinePort: product.discoveredPort,
    DiscoveredKeyManagementServiceMachineIpAddress: product.discoveredAddress,
    ...hostProperties(isHost ? windows.kmsHostRole : undefined, nowMs),
    RemainingAppReArmCount: windows.rearmsLeft,
    RemainingSkuReArmCount: windows.rearmsLeft,
  };
}

function hostProperties(role: LabKmsHostRole | undefined, nowMs: number): CimInstance {
  const counters = REQUEST_COUNTERS.map((name, status) => [
    `KeyManagementService${name}`,
    role === undefined ? NO_COUNT : (role.totals.byStatus[status] ?? 0),
  ]);
  return {
    IsKeyManagementServiceMachine: role === undefined ? 0 : 1,
    KeyManagementServiceCurrentCount: role === undefined ? NO_COUNT : currentCount(role, nowMs),
    RequiredClientCount: role === undefined ? NO_COUNT : requiredByClients(role),
    KeyManagementServiceTotalRequests: role?.totals.total ?? NO_COUNT,
    KeyManagementServiceFailedRequests: role?.totals.failed ?? NO_COUNT,
    ...Object.fromEntries(counters),
  };
}

function requiredByClients(role: LabKmsHostRole): number {
  return Object.values(role.contacts).reduce((most, contact) => Math.max(most, contact.requiredCount), 5);
}

/** On a host its own settings, on a client what its host told it. */
function clientIntervals(windows: LabWindows): { activation: number; renewal: number } {
  const role = windows.kmsHostRole;
  if (role === undefined) return intervalsOf(windows);
  return { activation: role.activationIntervalMinutes, renewal: role.renewalIntervalMinutes };
}

/** 0 means the default port. */
function listeningPort(role: LabKmsHostRole | undefined): number {
  const port = role?.nextPort ?? role?.listeningPort;
  return port === undefined || port === 1688 ? 0 : port;
}

function keylessRows(windows: LabWindows): CimInstance[] {
  return ['Retail', 'Volume:MAK', 'OEM:NONSLP'].map((channel) => ({
    ID: activationId(windows.generation, `${windows.edition}/keyless`, channel),
    ApplicationID: WINDOWS_APPLICATION.toUpperCase(),
    Name: `Windows(R), ${windows.edition} edition`,
    Description: 'Windows(R) Operating System, RETAIL channel',
    LicenseFamily: windows.edition,
    LicenseIsAddon: false,
    LicenseDependsOn: null,
    PartialProductKey: null,
    ProductKeyChannel: null,
    LicenseStatus: 0,
    LicenseStatusReason: 0xc004f014,
    GracePeriodRemaining: 0,
    IsKeyManagementServiceMachine: 0,
  }));
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
