/** Mending of hosts that were assigned by hand, and of Amazon's own. */
import { linkLocalRoutes } from '../world/healthy-node.ts';
import type { WindowsNode } from '../world/law-context.ts';
import { AMAZON_KMS_V4 } from '../world/network-path.ts';
import type { Mends } from './mend.ts';

/** Back to discovery, for the machine and each of its products. */
export function clearAssignment({ windows }: WindowsNode): boolean {
  const assigned = [windows, ...windows.products].filter((holder) => holder.kmsHost !== '');
  for (const holder of assigned) Object.assign(holder, { kmsHost: '', kmsPort: 0 });
  return assigned.length > 0;
}

const clear = (_: unknown, node: WindowsNode): boolean => clearAssignment(node);

/** Ways of mending assignments. */
export const MENDS_OF_ASSIGNMENT: Mends<
  | 'assigned-to-dead-host'
  | 'assigned-to-unknown-name'
  | 'assigned-malformed'
  | 'assigned-wrong-port'
  | 'unknown-host'
  | 'byol-on-amazon'
  | 'licence-included-elsewhere'
  | 'amazon-routes-missing'
> = {
  'assigned-to-dead-host': clear,
  'assigned-to-unknown-name': clear,
  'assigned-malformed': clear,
  'assigned-wrong-port': (_, { windows }, { port, right }) => {
    const wrong = [windows, ...windows.products].filter((holder) => holder.kmsHost !== '' && holder.kmsPort === port);
    for (const holder of wrong) holder.kmsPort = right;
    return wrong.length > 0;
  },
  'unknown-host': clear,
  'byol-on-amazon': clear,
  'licence-included-elsewhere': (_, { windows }) => {
    for (const product of windows.products) Object.assign(product, { kmsHost: '', kmsPort: 0 });
    Object.assign(windows, { kmsHost: AMAZON_KMS_V4[0], kmsPort: 1688 });
    return true;
  },
  'amazon-routes-missing': (_, { windows }) => {
    const address = windows.adapters[0]?.addresses[0];
    if (address === undefined) return false;
    windows.routes = linkLocalRoutes(address);
    return true;
  },
};
