/** Mending of DNS servers: those that are silent, fail, or do not forward. */
import { gatewayOf } from '../world/healthy-node.ts';
import type { WindowsNode } from '../world/law-context.ts';
import { isDomainController } from '../world/network-path.ts';
import type { WorldState } from '../world/types.ts';
import type { Mends } from './mend.ts';
import { openPath } from './mend-paths.ts';
import type { ScenarioWorld } from './scenario-world.ts';

function giveServers(world: ScenarioWorld, node: WindowsNode, silent: readonly string[]): boolean {
  const resolver = resolverFor(world.state, node);
  if (resolver === undefined) return false;
  for (const adapter of node.windows.adapters) {
    adapter.dnsServers = adapter.dnsServers.filter((server) => !silent.includes(server));
    if (adapter.dnsServers.length === 0) adapter.dnsServers = [resolver];
  }
  return true;
}

/** A member's controller, else the resolver of its VPC. */
function resolverFor(state: WorldState, { windows, vpc }: WindowsNode): string | undefined {
  const controllers = state.nodes.filter(
    (node) => node.windows?.domain === windows.domain && isDomainController(node as WindowsNode),
  );
  const controller = windows.domain === '' ? undefined : controllers.find((node) => node.instanceState === 'running');
  return controller?.windows?.adapters[0]?.addresses[0] ?? state.vpcs.find((known) => known.id === vpc)?.resolver;
}

/** Silent servers: the way there and the gateway are put right; a server that is gone is replaced. */
function wakeServers(world: ScenarioWorld, node: WindowsNode, servers: readonly string[]): boolean {
  for (const adapter of node.windows.adapters) {
    const [address = ''] = adapter.addresses;
    if (adapter.gateways.length === 0) adapter.gateways = [gatewayOf(address)];
  }
  openPath(world, node, servers, 53);
  const stillSilent = servers.filter((server) => {
    const outcome = world.surface(node.id).dns('localhost', 'A', server);
    return 'win32' in outcome && outcome.win32 === 1460;
  });
  return stillSilent.length === 0 || giveServers(world, node, stillSilent);
}

/** Servers that answer wrongly: appliances are put right, controllers of the domain started. */
function repairServers({ state }: ScenarioWorld, node: WindowsNode, domain: string): boolean {
  const asked = node.windows.adapters.flatMap((adapter) => adapter.dnsServers);
  const rules = state.vpcs.flatMap((vpc) => vpc.resolverRules ?? []).filter((rule) => isWithin(domain, rule.domain));
  const servers = [...asked, ...rules.flatMap((rule) => rule.servers)];
  let repaired = false;
  for (const server of state.dnsServers ?? []) {
    if (!servers.includes(server.address) || server.rcode === undefined) continue;
    delete server.rcode;
    repaired = true;
  }
  for (const other of state.nodes) {
    const down = other.windows?.productType === 2 && other.instanceState !== 'running';
    if (!down || !isWithin(domain, other.windows?.domain ?? '')) continue;
    other.instanceState = 'running';
    repaired = true;
  }
  return repaired;
}

const isWithin = (name: string, domain: string): boolean =>
  domain !== '' && (name === domain || name.endsWith(`.${domain}`));

function forwardProperly(world: ScenarioWorld, node: WindowsNode, zone: string, servers: readonly string[]): boolean {
  const { state } = world;
  const vpcs = state.zones.filter((known) => known.name === zone).flatMap((known) => known.vpcs);
  const view = vpcs.includes(node.vpc) ? node.vpc : (vpcs[0] ?? node.vpc);
  const wrong = (state.dnsServers ?? []).filter((server) => servers.includes(server.address) && server.vpc !== view);
  for (const server of wrong) server.vpc = view;
  return wrong.length > 0;
}

function removeRule({ state }: ScenarioWorld, { vpc }: WindowsNode, domain: string): boolean {
  const own = state.vpcs.find((known) => known.id === vpc);
  const before = own?.resolverRules?.length ?? 0;
  if (own?.resolverRules) own.resolverRules = own.resolverRules.filter((rule) => rule.domain !== domain);
  const directory = state.zones.filter(
    (zone) => zone.name === domain && zone.hostedBy === 'active-directory' && zone.vpcs.includes(vpc),
  );
  for (const zone of directory) zone.vpcs = zone.vpcs.filter((known) => known !== vpc);
  return (own?.resolverRules?.length ?? 0) < before || directory.length > 0;
}

/** Ways of mending servers. */
export const MENDS_OF_SERVERS: Mends<'no-dns-server' | 'dns-server-silent' | 'dns-failing' | 'resolver-differs'> = {
  'no-dns-server': (world, node) =>
    node.windows.adapters.every((adapter) => adapter.dnsServers.length === 0) && giveServers(world, node, []),
  'dns-server-silent': (world, node, { servers }) => wakeServers(world, node, servers),
  'dns-failing': (world, node, { domain }) => repairServers(world, node, domain),
  'resolver-differs': (world, node, { zone, servers, ruleFor }) =>
    ruleFor === undefined ? forwardProperly(world, node, zone, servers) : removeRule(world, node, ruleFor),
};
