/** What of a KMS client a change can touch, as one inspection or one changing document saw it. */
import type { Guid, HostPort, InspectionRecord, LicenceProduct, VolumeActivationType } from '../inspection-record.ts';
import type { LicenceStatus } from '../licence-status.ts';
import { type HostSettings, hostSettingsOf } from './host-settings.ts';

/** An assigned KMS host, or null where none is assigned. Port 0 means the default, 1688. */
export type Assignment = HostPort | null;

/** The Windows product that `slmgr` means when it is given no activation id. */
export interface WindowsProduct {
  readonly activationId: Guid;
  readonly channelToken: string;
  /** Last five characters of the key. */
  readonly keyTail: string;
  readonly status: LicenceStatus;
  readonly allowed: VolumeActivationType;
  readonly assigned: Assignment;
  readonly lookupDomain: string | null;
}

/** The client's switches, machine-wide and of its Windows product. */
export interface ClientState {
  readonly assigned: Assignment;
  readonly lookupDomain: string | null;
  readonly hostCaching: boolean;
  /** `RemainingWindowsReArmCount`. */
  readonly rearmsLeft: number;
  /** Null where no Windows product has a key. */
  readonly product: WindowsProduct | null;
  /** Absent where the machine is no KMS host, or its settings were not read. */
  readonly host?: HostSettings;
}

/** Of several keyed Windows products the licensed one, else the first; `slmgr` stops at the first. */
export const windowsProductOf = (products: readonly LicenceProduct[]): LicenceProduct | undefined => {
  const windows = products.filter(({ application }) => application === 'windows');
  return windows.find(({ status }) => status === 'licensed') ?? windows[0];
};

const productState = (product: LicenceProduct): WindowsProduct => ({
  activationId: product.activationId,
  channelToken: product.channelToken,
  keyTail: product.keyTail,
  status: product.status,
  allowed: product.allowed,
  assigned: product.assigned ?? null,
  lookupDomain: product.lookupDomain ?? null,
});

/** The state a record shows; undefined where the licensing service or its products could not be read. */
export const clientStateOf = (
  record: Pick<InspectionRecord, 'service' | 'products'> & Partial<InspectionRecord>,
): ClientState | undefined => {
  const { service, products } = record;
  if (!service.read || !products.read) return undefined;
  const windows = windowsProductOf(products.value);
  const host = service.value.isKmsHost ? hostSettingsOf(record) : undefined;
  return {
    assigned: service.value.assigned ?? null,
    lookupDomain: service.value.lookupDomain ?? null,
    hostCaching: service.value.hostCaching,
    rearmsLeft: service.value.rearmsLeft,
    product: windows === undefined ? null : productState(windows),
    ...(host === undefined ? {} : { host }),
  };
};
