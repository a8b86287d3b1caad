/** Licence products as they stand in a machine's licence store. */
import { activationId, GENERATIONS, type Generation, gvlkTail } from './editions.ts';
import { ACTIVATION_VALID, GRACE } from './time-spans.ts';
import type { LabProduct, LabWindows } from './types.ts';

/** Application ID of Windows; Microsoft, `slmgr.vbs`. */
export const WINDOWS_APPLICATION = '55c92734-d682-4d71-983e-d6ec3f16059f';
/** Application ID of Office 2013 and later. */
export const OFFICE_APPLICATION = '0ff1ce15-a989-479d-af46-f275c6370663';

/** How a product wants to be activated, read from the channel token in its description. */
export type LicenceKind = 'kms-client' | 'kms-host' | 'mak' | 'retail' | 'oem' | 'evaluation' | 'avma';

const TOKENS: readonly (readonly [string, LicenceKind])[] = [
  ['VOLUME_KMSCLIENT', 'kms-client'],
  ['VOLUME_KMS', 'kms-host'],
  ['VOLUME_MAK', 'mak'],
  ['TIMEBASED_EVAL', 'evaluation'],
  ['VIRTUAL_MACHINE_ACTIVATION', 'avma'],
  ['OEM_', 'oem'],
];

/** The product's kind; what carries no known token counts as retail. */
export function licenceKind(product: LabProduct): LicenceKind {
  return TOKENS.find(([token]) => product.description.includes(token))?.[1] ?? 'retail';
}

/** The product Windows itself runs on: the first Windows product with a key; undefined where there is no key. */
export function windowsProduct(windows: LabWindows): LabProduct | undefined {
  return windows.products.find((product) => product.app === 'windows' && product.partialKey !== '');
}

interface Blueprint {
  readonly generation: Generation;
  readonly edition: string;
  readonly token: string;
  readonly channel: string;
  readonly partialKey: string;
}

function windowsProductOf(blueprint: Blueprint): LabProduct {
  const { generation, edition, token, channel, partialKey } = blueprint;
  return {
    id: activationId(generation, edition, channel),
    app: 'windows',
    name: `Windows(R), ${edition} edition`,
    description: `Windows(R) Operating System, ${token} channel`,
    family: edition,
    partialKey,
    channel,
    status: 0,
    statusReason: 'C004F056',
    endsAtMs: 0,
    activationType: 0,
    activationTypeEnabled: 0,
    kmsHost: '',
    kmsPort: 0,
    lookupDomain: '',
    discoveredHost: '',
    discoveredPort: 0,
    discoveredAddress: '',
  };
}

/** A KMS client's product, never activated: its edition's own client setup key. */
export function kmsClientProduct(generation: Generation, edition: string): LabProduct {
  const partialKey = gvlkTail(generation, edition) ?? '';
  return windowsProductOf({ generation, edition, token: 'VOLUME_KMSCLIENT', channel: 'Volume:GVLK', partialKey });
}

/** A KMS host's product, activated for good. The tail is invented: host keys are secret. */
export function kmsHostProduct(generation: Generation, edition: string, keyGroup: string): LabProduct {
  const suffix = GENERATIONS[generation].server ? `WS${keyGroup.replace('20', '')}` : `W${keyGroup}`;
  const blueprint = { generation, edition, token: `VOLUME_KMS_${suffix}`, channel: 'Volume:CSVLK' };
  return permanent(windowsProductOf({ ...blueprint, partialKey: 'H7KQ2' }));
}

/** A product activated with Microsoft by a multiple activation key. The tail is invented. */
export function makProduct(generation: Generation, edition: string): LabProduct {
  const blueprint = { generation, edition, token: 'VOLUME_MAK', channel: 'Volume:MAK', partialKey: 'M4KX7' };
  return permanent(windowsProductOf(blueprint));
}

/** A retail product that never was activated. The tail is invented. */
export function retailProduct(generation: Generation, edition: string): LabProduct {
  const blueprint = { generation, edition, token: 'RETAIL', channel: 'Retail', partialKey: 'R3T4L' };
  return { ...windowsProductOf(blueprint), status: 5, statusReason: 'C004F009' };
}

/** An evaluation edition's product, licensed until `endsAtMs`. The tail is invented. */
export function evaluationProduct(generation: Generation, edition: string, endsAtMs: number): LabProduct {
  const blueprint = { generation, edition, token: 'TIMEBASED_EVAL', channel: 'Retail:TB:Eval', partialKey: '3V4LY' };
  return { ...windowsProductOf(blueprint), status: 1, statusReason: '00000000', endsAtMs };
}

/** An Office volume product on a Windows machine; activated by the same KMS hosts with its own key's count of 5. */
export function officeClientProduct(): LabProduct {
  return {
    ...windowsProductOf({
      generation: '10',
      edition: 'Office24ProPlus2024VL',
      token: 'VOLUME_KMSCLIENT',
      channel: 'Volume:GVLK',
      partialKey: 'H4TKW',
    }),
    app: 'office',
    name: 'Office 24, Office24ProPlus2024VL_KMS_Client_AE edition',
    description: 'Office 24, VOLUME_KMSCLIENT channel',
    family: 'Office24ProPlus2024VL_KMS_Client_AE',
  };
}

function permanent(product: LabProduct): LabProduct {
  return { ...product, status: 1, statusReason: '00000000', endsAtMs: 0 };
}

/** Activated with Microsoft, for good. */
export function setPermanent(product: LabProduct): void {
  Object.assign(product, permanent(product));
}

/** Licensed by KMS since `sinceMs`: valid for 180 days from then. 0x4004F040 is normal for volume activation. */
export function setLicensed(product: LabProduct, sinceMs: number): void {
  product.status = 1;
  product.statusReason = '4004F040';
  product.endsAtMs = sinceMs + ACTIVATION_VALID;
  product.activationType = 2;
}

/** In initial grace since `sinceMs`. */
export function setInitialGrace(product: LabProduct, sinceMs: number): void {
  product.status = 2;
  product.statusReason = '4004F00C';
  product.endsAtMs = sinceMs + GRACE;
}

/** Notification: not, or no longer, bound to a KMS host. */
export function setNotification(product: LabProduct): void {
  product.status = 5;
  product.statusReason = licenceKind(product) === 'kms-client' ? 'C004F056' : 'C004F009';
  product.endsAtMs = 0;
}
