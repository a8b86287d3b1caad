/**
 * What a machine shows to a document running on it, from its declarative state and the world around it.
 *
 * `broken` of a machine makes questions fail with an HRESULT. Its keys: `cim:<Class>` or `cim:*` (the repository),
 * `events:<Log>` or `events:*`, `imds`. Registry, sockets and resolver have no such switch: their failures are states
 * of the world.
 */
import { machineClock } from './activation-events.ts';
import { isInstance, type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { answersPing, bindFrom, connect, isDomainController, TIME_SYNC } from './network-path.ts';
import type { CimInstance, Outcome, Surface, SurfaceError, WindowsEvent } from './surface.ts';
import { connectionProfiles } from './surface-firewall.ts';
import { licensingProducts, licensingService } from './surface-licensing.ts';
import { registryKey } from './surface-registry.ts';
import { adapterConfigurations, computerSystem, operatingSystem, routes, services } from './surface-system.ts';
import { ask } from './windows-resolver.ts';

/** `WBEM_E_INVALID_CLASS`. */
const INVALID_CLASS = '80041010';
/** `COR_E_EXCEPTION` of a web request that got no connection; a machine outside EC2 waits for the TCP time-out. */
const NO_METADATA: SurfaceError = { hresult: '80131509', afterMs: 21_000 };

/** Answers of one machine at one simulated time. */
export function surfaceOf(context: LawContext, node: WindowsNode, nowMs: number): Surface {
  return {
    clockMs: machineClock(node.windows, nowMs),
    cim: (className) => brokenOr(node, 'cim', className) ?? cim(node, className, nowMs),
    registry: (path) => registryKey(node, path),
    events: (log, ids, max) => brokenOr(node, 'events', log) ?? { ok: eventsOf(node, log, ids, max) },
    dns: (name, type, server) => ask(context, node, name, type, server),
    ping: (address) => answersPing(context, node, address),
    tcp: (address, port) => connect(context, node, address, port),
    bind: (address, port) => bindFrom(context, node, address, port),
    ntp: (server) => ntpOffset(context, node, server),
    imds: () => brokenOr(node, 'imds') ?? identity(node),
  };
}

function brokenOr(node: WindowsNode, question: string, detail?: string): { error: SurfaceError } | undefined {
  const { broken } = node.windows;
  const error = detail === undefined ? broken[question] : (broken[`${question}:${detail}`] ?? broken[`${question}:*`]);
  return error === undefined ? undefined : { error };
}

type CimClass = (node: WindowsNode, nowMs: number) => CimInstance[];

const CIM_CLASSES: Readonly<Record<string, CimClass>> = {
  softwarelicensingservice: licensingService,
  softwarelicensingproduct: licensingProducts,
  win32_operatingsystem: operatingSystem,
  win32_computersystem: computerSystem,
  win32_networkadapterconfiguration: adapterConfigurations,
  win32_ip4routetable: routes,
  win32_service: services,
  msft_netconnectionprofile: connectionProfiles,
};

function cim(node: WindowsNode, className: string, nowMs: number): Outcome<readonly CimInstance[]> {
  const known = CIM_CLASSES[className.toLowerCase()];
  return known === undefined ? { error: { hresult: INVALID_CLASS } } : { ok: known(node, nowMs) };
}

function eventsOf(
  { windows }: WindowsNode,
  log: WindowsEvent['log'],
  ids: readonly number[],
  max: number,
): WindowsEvent[] {
  const found: WindowsEvent[] = [];
  for (let i = windows.events.length - 1; i >= 0 && found.length < max; i--) {
    const event = windows.events[i];
    if (event === undefined || event.log !== log || !ids.includes(event.id)) continue;
    const provider = 'Microsoft-Windows-Security-SPP';
    found.push({ log, provider, id: event.id, recordId: i + 1, timeCreatedMs: event.atMs, data: event.data });
  }
  return found;
}

/** Amazon Time Sync answers EC2 instances, a domain controller those that reach it with its own clock. */
function ntpOffset(context: LawContext, node: WindowsNode, server: string): number | undefined {
  if (node.windows.egressBlocked.includes(123)) return undefined;
  const own = node.windows.clockOffsetSeconds;
  if (server === TIME_SYNC) return isInstance(node) ? 0 - own : undefined;
  const controller = context.index.byAddress(server);
  if (!runsWindows(controller) || !isDomainController(controller)) return undefined;
  return connect(context, node, server, 53) === 'ok' ? controller.windows.clockOffsetSeconds - own : undefined;
}

function identity(node: WindowsNode): ReturnType<Surface['imds']> {
  const reachable = isInstance(node) && !node.windows.egressBlocked.includes(80);
  if (!reachable) return { error: NO_METADATA };
  const { imageId, billingProducts, vpc: vpcId, id: instanceId } = node;
  return { ok: { imageId, billingProducts, vpcId, instanceId } };
}
