/** Mending of the way between a machine and its host. */
import type { WindowsNode } from '../world/law-context.ts';
import { AMAZON_KMS_V4, firewallOf } from '../world/network-path.ts';
import { addressesOfHost, findHost, portOfHost } from './look-up.ts';
import type { Mends } from './mend.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Lets the machine's traffic to these addresses and this port through, at its own end and on the way. */
export function openPath(
  { state }: ScenarioWorld,
  node: WindowsNode,
  addresses: readonly string[],
  port: number,
): boolean {
  const { windows } = node;
  const before = state.blocked.length + windows.egressBlocked.length;
  windows.egressBlocked = windows.egressBlocked.filter((blocked) => blocked !== port);
  state.blocked = state.blocked.filter(
    (rule) =>
      rule.cut !== undefined || !isBetween(rule.from, node) || rule.port !== port || !addresses.includes(rule.to),
  );
  return state.blocked.length + windows.egressBlocked.length < before;
}

const isBetween = (from: string, { id, vpc }: WindowsNode): boolean => [id, vpc, '*'].includes(from);

/** Ways of mending paths. */
export const MENDS_OF_PATHS: Mends<'path-blocked' | 'host-firewall-closed' | 'path-cut'> = {
  'path-blocked': (world, node, { host, address }) => {
    const found = findHost(world, host);
    const amazon = AMAZON_KMS_V4.some((known) => known === address);
    if (found === undefined && !amazon) return false;
    const addresses = [address, ...(found === undefined ? [] : addressesOfHost(found))];
    return openPath(world, node, addresses, host.port || (found === undefined ? 1688 : portOfHost(found)));
  },
  'host-firewall-closed': (world, _, { host }) => {
    const found = findHost(world, host);
    const role = found !== undefined && 'node' in found ? found.node.windows.kmsHostRole : undefined;
    if (role === undefined || found === undefined || !('node' in found)) return false;
    const { active } = firewallOf(found.node.windows);
    role.firewallOpen = true;
    if (role.firewallProfiles !== undefined) role.firewallProfiles = [...new Set([...role.firewallProfiles, active])];
    return true;
  },
  'path-cut': (world, node, { host }) => {
    const found = findHost(world, host);
    if (found === undefined) return false;
    const { state } = world;
    const before = state.blocked.length;
    const addresses = addressesOfHost(found);
    state.blocked = state.blocked.filter(
      (rule) => rule.cut === undefined || !isBetween(rule.from, node) || !addresses.includes(rule.to),
    );
    return state.blocked.length < before;
  },
};
