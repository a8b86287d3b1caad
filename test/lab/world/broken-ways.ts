/**
 * The ways in which a machine of the seeded world does not activate, or cannot be read. Each changes the world and
 * nothing else; what the machine's attempts then give follows from the laws. `hresult` is what they are known to give.
 */
import { gvlkTail } from './editions.ts';
import type { WindowsNode } from './law-context.ts';
import { evaluationProduct, retailProduct, windowsProduct } from './licence-products.ts';
import { ADDRESS } from './seeded-network.ts';
import { DAY } from './time-spans.ts';
import type { LabProduct, WorldState } from './types.ts';

/** One way of being broken. */
export interface BrokenWay {
  readonly description: string;
  /** Eight hex digits of the HRESULT that the machine's own attempts end in; `00000000` where activation itself works. */
  readonly hresult: string;
  readonly apply: (node: WindowsNode, state: WorldState, nowMs: number) => void;
}

/** CMID that every clone of one image carries. */
const CLONED_CMID = '7d2f0c1a-5b64-4e0f-9a37-c3185e2d6b90';

const way = (description: string, hresult: string, apply: BrokenWay['apply']): BrokenWay => ({
  description,
  hresult,
  apply,
});

const assigned =
  (host: string, port = 0): BrokenWay['apply'] =>
  (node) => {
    node.windows.kmsHost = host;
    node.windows.kmsPort = port;
  };

const inDomain =
  (suffix: string): BrokenWay['apply'] =>
  (node) => {
    for (const adapter of node.windows.adapters) adapter.suffix = suffix;
    node.windows.searchList = [];
  };

const asking =
  (...servers: string[]): BrokenWay['apply'] =>
  (node) => {
    for (const adapter of node.windows.adapters) adapter.dnsServers = servers;
  };

const product =
  (change: (product: LabProduct, node: WindowsNode) => void): BrokenWay['apply'] =>
  (node) => {
    const found = windowsProduct(node.windows);
    if (found !== undefined) change(found, node);
  };

const unreadable =
  (question: string, hresult: string): BrokenWay['apply'] =>
  (node) => {
    node.windows.broken[question] = { hresult };
  };

/** Every way, by the id that the rows of the fleet use. */
export const BROKEN_WAYS = {
  'stale-srv': way('its zone names only a host that was retired', 'C004F074', inDomain('aws.corp.example')),
  'retired-host': way('assigned to a host that was retired', 'C004F074', assigned('kms-old.corp.example')),
  'no-srv': way('its zone has no SRV record', '8007232B', inDomain('branch.example')),
  'wrong-suffix': way('its search list holds a mistyped domain', '8007232B', (node) => {
    inDomain('')(node, EMPTY, 0);
    node.windows.searchList = ['corp.exmaple'];
  }),
  'unresolved-target': way('its zone names a host that has no address', 'C004F074', inDomain('stage.example')),
  'security-group': way('a security group drops its way to the host', 'C004F074', (node, state) => {
    state.blocked.push({ from: node.id, to: ADDRESS.kmsHost, port: 1688 });
  }),
  'egress-blocked': way('its own firewall drops outgoing 1688', 'C004F074', (node) => {
    node.windows.egressBlocked = [1688];
  }),
  'host-firewall': way('assigned to a host whose firewall lets nobody in', 'C004F074', assigned('app-03.corp.example')),
  'clock-skewed': way('its clock is more than five hours ahead', 'C004F06C', (node) => {
    node.windows.clockOffsetSeconds = 5 * 3600 + 720;
  }),
  'wrong-gvlk': way(
    'carries the setup key of another edition',
    'C004F069',
    product((found, node) => {
      const other = node.windows.edition === 'ServerStandard' ? 'ServerDatacenter' : 'ServerStandard';
      found.partialKey = gvlkTail(node.windows.generation, other) ?? 'T83GX';
    }),
  ),
  'no-key': way('has no key', 'C004F014', (node) => {
    node.windows.products = [];
  }),
  'retail-key': way('built from retail media', '80072EFD', (node) => {
    node.windows.products = [retailProduct(node.windows.generation, node.windows.edition)];
  }),
  evaluation: way('an evaluation edition whose time ran out', 'C004F069', (node, _, nowMs) => {
    node.windows.edition = 'ServerStandardEval';
    node.windows.sku = 79;
    node.windows.products = [evaluationProduct(node.windows.generation, 'ServerStandardEval', nowMs - 12 * DAY)];
  }),
  'directory-only': way(
    'may be activated by Active Directory only',
    'C004F081',
    product((found) => {
      found.activationTypeEnabled = 1;
    }),
  ),
  'host-too-old': way("newer than its host's key", 'C004F042', () => {}),
  'count-too-low': way('its host has too few clients', 'C004F038', () => {}),
  'host-not-activated': way(
    'assigned to a host that lost its activation',
    'C004F041',
    assigned('kms-new.corp.example'),
  ),
  'dns-silent': way('its DNS server was switched off', '8007232A', asking(ADDRESS.goneDnsServer)),
  'no-dns-server': way('has no DNS server', '8007267C', asking()),
  cloned: way('shares its CMID with the machines of one image', 'C004F038', (node) => {
    node.windows.cmid = CLONED_CMID;
    node.windows.skipRearm = true;
  }),
  'wrong-port': way(
    'assigned to a port on which its host does not listen',
    'C004F074',
    assigned('kms-01.corp.example', 1689),
  ),
  'foreign-service': way('assigned to something that is no KMS host', 'C004F074', assigned(ADDRESS.printGateway)),
  'amazon-routes': way("lacks the routes to Amazon's servers", 'C004F074', (node) => {
    node.windows.routes = [];
  }),
  'byol-on-amazon': way(
    "brings its own licence, but asks Amazon's servers",
    'C004F074',
    assigned('169.254.169.250', 1688),
  ),
  'malformed-host': way('assigned to a text that is no host name', '8007007B', assigned('http://kms-01.corp.example')),
  'wrong-lookup-domain': way('its lookup domain does not exist', '8007232B', (node) => {
    node.windows.lookupDomain = 'kms.corp.exmaple';
  }),
  'record-of-wrong-type': way("its zone's record is no SRV record", '8007251D', (node) => {
    inDomain('')(node, EMPTY, 0);
    node.windows.searchList = [node.windows.domain];
  }),
  'service-disabled': way('its Software Protection service is disabled', '80070422', (node) => {
    node.windows.service = { state: 'Stopped', startMode: 'Disabled' };
  }),
  'cim-unreadable': way('its CIM repository is damaged', '00000000', unreadable('cim:*', '80041014')),
  'licensing-unreadable': way(
    'its licensing provider fails',
    '00000000',
    unreadable('cim:SoftwareLicensingProduct', '80041001'),
  ),
  'events-unreadable': way(
    'its Application log cannot be read',
    '00000000',
    unreadable('events:Application', '80070005'),
  ),
} as const satisfies Record<string, BrokenWay>;

const EMPTY: WorldState = { sites: [], nodes: [], vpcs: [], zones: [], foreignHosts: [], blocked: [] };

/** Id of a way. */
export type BrokenWayId = keyof typeof BROKEN_WAYS;

/** Ways that need nothing of their network, so that any machine can be broken in them. */
export const WAYS_ANYWHERE = [
  'retired-host',
  'wrong-suffix',
  'security-group',
  'egress-blocked',
  'clock-skewed',
  'wrong-gvlk',
  'no-key',
  'retail-key',
  'host-not-activated',
  'dns-silent',
  'wrong-port',
  'byol-on-amazon',
] as const satisfies readonly BrokenWayId[];
