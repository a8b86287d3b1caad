/** Licence products and the licensing service, from CIM rows to the record's shape. */
import type { WireProduct, WireService } from '../../../bot/domain/inspection-wire.ts';
import type { CimInstance } from '../world/surface.ts';
import { guid, hexOf, hostName, lower, number, ordered, text, trimmed } from './text.ts';

const WINDOWS = '55c92734-d682-4d71-983e-d6ec3f16059f';
const OFFICE = /^(?:0ff1ce15|0ff1ce16|59a52881)-a989-479d-af46-f275c6370663$/;
const CHANNEL =
  /(VOLUME_[A-Z0-9_.-]+|TIMEBASED_[A-Z0-9_]+|VIRTUAL_MACHINE_ACTIVATION|RETAIL[A-Z0-9_:]*|OEM[A-Z0-9_:]*)/;

const application = (id: string): string => (id === WINDOWS ? 'w' : OFFICE.test(id) ? 'o' : id);

/** The assigned host of the service's or a product's row, as the record has it. */
export const assigned = (row: CimInstance): { kms?: [string, number] } => {
  const name = lower(trimmed(row.KeyManagementServiceMachine));
  return name === '' ? {} : { kms: [name, number(row.KeyManagementServicePort)] };
};

const lookup = (row: CimInstance): { look?: string } => {
  const look = hostName(row.KeyManagementServiceLookupDomain);
  return look === '' ? {} : { look };
};

const discovered = (row: CimInstance): { disc?: [string, number, string] } => {
  const name = hostName(row.DiscoveredKeyManagementServiceMachineName);
  if (name === '') return {};
  const address = lower(trimmed(row.DiscoveredKeyManagementServiceMachineIpAddress));
  return { disc: [name, number(row.DiscoveredKeyManagementServiceMachinePort), address] };
};

const product = (row: CimInstance): WireProduct => ({
  id: guid(row.ID),
  app: application(guid(row.ApplicationID)),
  fam: text(row.LicenseFamily) || (/, ([^ ,]+) edition/.exec(text(row.Name))?.[1] ?? ''),
  ch: CHANNEL.exec(text(row.Description))?.[1] ?? '',
  key: /^[A-Z0-9]{5}$/.exec(text(row.PartialProductKey))?.[0] ?? '',
  st: number(row.LicenseStatus),
  why: hexOf(number(row.LicenseStatusReason)),
  min: number(row.GracePeriodRemaining),
  vt: number(row.VLActivationType),
  ve: number(row.VLActivationTypeEnabled),
  ...assigned(row),
  ...lookup(row),
  ...discovered(row),
});

const rank = ({ app, st }: WireProduct): string => {
  if (app !== 'w') return app === 'o' ? '4' : '5';
  return st === 1 ? '0' : st !== 0 ? '1' : '3';
};

/** Keyed products with their rows, the Windows product that counts first. Add-ons never decide. */
export const rankedProducts = (rows: readonly CimInstance[]): { row: CimInstance; product: WireProduct }[] => {
  const products = rows
    .map((row) => ({ row, product: product(row) }))
    .filter(({ row, product: { app } }) => app !== 'w' || row.LicenseIsAddon !== true);
  return ordered(products, ({ product: ranked }) => rank(ranked) + ranked.app + ranked.id);
};

/** Keyed products, the Windows product that counts first. Add-ons such as extended security updates never decide. */
export const productsOf = (rows: readonly CimInstance[]): WireProduct[] =>
  rankedProducts(rows).map(({ product: ranked }) => ranked);

/** The licensing service's part of the record. */
export const serviceOf = (row: CimInstance): WireService => ({
  ver: text(row.Version),
  cmid: guid(row.ClientMachineID),
  host: number(row.IsKeyManagementServiceMachine) !== 0 ? 1 : 0,
  cache: row.KeyManagementServiceHostCaching === true ? 1 : 0,
  rearm: number(row.RemainingWindowsReArmCount),
  ...assigned(row),
  ...lookup(row),
});
