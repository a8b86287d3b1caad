/**
 * Office on KMS: its products ask the host that Windows asks, before Windows does, and are counted apart. Microsoft,
 * "Overview of volume activation of Office": a host needs the Office key, and five clients.
 */
import { type Exchange, fullName, requiredFor, writeRequestEvent, writeResponseEvent } from './activation-events.ts';
import type { WindowsNode } from './law-context.ts';
import { licenceKind, setLicensed } from './licence-products.ts';
import type { KmsService } from './network-path.ts';
import { CMID_LIFETIME, DEFAULT_ACTIVATION_MINUTES, DEFAULT_RENEWAL_MINUTES } from './time-spans.ts';
import type { LabOfficeHost, LabProduct } from './types.ts';

const CODE = { noKey: 'C004F042', tooFew: 'C004F038' } as const;

/** Lets every Office product of a machine ask the host; nothing where the host's Office side is not modelled. */
export function askForOffice(
  service: KmsService,
  client: WindowsNode,
  { windows, atMs, target }: Omit<Exchange, 'product'> & { readonly target: string },
): void {
  const office = officeOf(service);
  if (office === undefined) return;
  for (const product of windows.products.filter(isOfficeClient)) {
    ask(office, client, { windows, product, atMs }, target);
  }
}

function ask(office: LabOfficeHost, client: WindowsNode, exchange: Exchange, target: string): void {
  const { windows, product, atMs } = exchange;
  if (!office.activated) {
    writeRequestEvent(exchange, target, CODE.noKey);
    refuse(product, CODE.noKey);
    return;
  }
  const requiredCount = Number(requiredFor(windows, product));
  office.contacts[windows.cmid] = { atMs, name: fullName(client), requiredCount };
  const count = officeCount(office, atMs);
  const hresult = count >= requiredCount ? '00000000' : CODE.tooFew;
  const intervals = { activationMinutes: DEFAULT_ACTIVATION_MINUTES, renewalMinutes: DEFAULT_RENEWAL_MINUTES };
  writeRequestEvent(exchange, target, '00000000');
  writeResponseEvent(exchange, { hresult, count, ...intervals }, hresult === '00000000');
  if (hresult === '00000000') setLicensed(product, atMs);
  else refuse(product, hresult);
}

/** What is not licensed shows the last refusal as its reason; an assumption, as for Windows. */
function refuse(product: LabProduct, hresult: string): void {
  if (product.status !== 1) product.statusReason = hresult;
}

/** Office clients of the last thirty days. */
export function officeCount(office: LabOfficeHost, atMs: number): number {
  return Object.values(office.contacts).filter((contact) => atMs - contact.atMs <= CMID_LIFETIME).length;
}

/** Where the host's Office side is not modelled, Office is licensed along with Windows. */
export function renewOffice({ windows, atMs }: Exchange, service: KmsService): void {
  if (officeOf(service) !== undefined) return;
  for (const product of windows.products.filter(isOfficeClient)) setLicensed(product, atMs);
}

function officeOf(service: KmsService): LabOfficeHost | undefined {
  return service.kind === 'node' ? service.node.windows.kmsHostRole?.office : undefined;
}

function isOfficeClient(product: LabProduct): boolean {
  return product.app === 'office' && licenceKind(product) === 'kms-client';
}
