/** Mending of what lies in the machine's own licence. */
import { gvlkTail, skuOf } from '../world/editions.ts';
import type { WindowsNode } from '../world/law-context.ts';
import { kmsClientProduct, licenceKind, officeClientProduct, windowsProduct } from '../world/licence-products.ts';
import type { Mends } from './mend.ts';
import { contactsFor } from './mend-counts.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Installs the client setup key of the machine's own edition; what was set for the product stays set. */
function installGvlk({ windows }: WindowsNode): boolean {
  if (gvlkTail(windows.generation, windows.edition) === undefined) return false;
  const old = windowsProduct(windows);
  const key = kmsClientProduct(windows.generation, windows.edition);
  if (old?.partialKey === key.partialKey) return false;
  const { kmsHost = '', kmsPort = 0, lookupDomain = '', activationTypeEnabled = 0 } = old ?? {};
  const others = windows.products.filter((product) => product !== old);
  windows.products = [{ ...key, kmsHost, kmsPort, lookupDomain, activationTypeEnabled }, ...others];
  return true;
}

function convertEdition(node: WindowsNode): boolean {
  const { windows } = node;
  if (!windows.edition.endsWith('Eval')) return false;
  windows.edition = windows.edition.replace(/Eval$/, '');
  windows.sku = skuOf(windows.edition);
  return installGvlk(node);
}

function removeHostKey(world: ScenarioWorld, node: WindowsNode): boolean {
  if (node.windows.kmsHostRole === undefined) return false;
  delete node.windows.kmsHostRole;
  const address = node.windows.adapters[0]?.addresses[0] ?? '';
  for (const zone of world.state.zones) {
    const names = zone.recordSets.filter((set) => set.type === 'A' && set.values.includes(address));
    for (const set of zone.recordSets.filter((known) => known.type === 'SRV')) {
      set.values = set.values.filter((value) => !names.some((name) => value.endsWith(` ${name.name}`)));
    }
    zone.recordSets = zone.recordSets.filter((set) => set.values.length > 0);
  }
  return installGvlk(node);
}

/** Ways of mending licences. */
export const MENDS_OF_LICENCES: Mends<
  | 'no-key'
  | 'wrong-key'
  | 'evaluation-edition'
  | 'other-channel'
  | 'accidental-host'
  | 'own-host-key-not-activated'
  | 'kms-switched-off'
  | 'service-disabled'
  | 'licence-damaged'
  | 'office'
> = {
  'no-key': (_, node) => installGvlk(node),
  'wrong-key': (_, node) => installGvlk(node),
  'evaluation-edition': (_, node) => convertEdition(node),
  'other-channel': (_, node) => installGvlk(node),
  'accidental-host': removeHostKey,
  'own-host-key-not-activated': (_, { windows }) => {
    const product = windowsProduct(windows);
    if (windows.kmsHostRole === undefined || product === undefined) return false;
    windows.kmsHostRole.activated = true;
    Object.assign(product, { status: 1, statusReason: '00000000', endsAtMs: 0 });
    return true;
  },
  'kms-switched-off': (_, { windows }) => {
    const product = windowsProduct(windows);
    if (product === undefined || product.activationTypeEnabled === 0) return false;
    product.activationTypeEnabled = 0;
    return true;
  },
  'service-disabled': (_, { windows }) => {
    if (windows.service.startMode !== 'Disabled') return false;
    windows.service.startMode = 'Auto';
    return true;
  },
  'licence-damaged': (_, { windows }) => {
    if (windows.licensingFault === undefined) return false;
    delete windows.licensingFault;
    return true;
  },
  office: (world, node, cause) => mendOffice(world, node, cause.of),
};

function mendOffice(world: ScenarioWorld, node: WindowsNode, of: string): boolean {
  if (of === 'other-channel') {
    const at = node.windows.products.findIndex(
      (known) => known.app === 'office' && licenceKind(known) !== 'kms-client',
    );
    if (at < 0) return false;
    node.windows.products[at] = officeClientProduct();
    return true;
  }
  const roles = world.state.nodes.flatMap((known) => known.windows?.kmsHostRole?.office ?? []);
  if (of === 'no-office-host-key') {
    for (const office of roles) Object.assign(office, { activated: true, contacts: contactsFor(5, world.now()) });
    return roles.length > 0;
  }
  if (of !== 'count-too-low') return false;
  for (const office of roles) Object.assign(office.contacts, contactsFor(5, world.now()));
  return roles.length > 0;
}
