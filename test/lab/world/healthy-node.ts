/** A machine in good order: what every seeded machine starts from and what a new one gets for fields not named. */
import { guid, hexDigits, random, seedOf } from '../random.ts';
import { EDITIONS, GENERATIONS, type Generation, skuOf } from './editions.ts';
import { kmsClientProduct } from './licence-products.ts';
import { AMAZON_KMS_V4, METADATA } from './network-path.ts';
import type { LabAdapter, LabNode, LabVpc, LabWindows, WindowsLanguage } from './types.ts';

/** Amazon's product code of licence-included Windows. */
const WINDOWS_BILLING_PRODUCT = 'bp-6ba54002';
/** EC2 usage operation of Windows with the customer's own licence. */
export const BYOL = 'RunInstances:0800';
const LICENCE_INCLUDED = 'RunInstances:0002';

/** Whether an EC2 usage operation bills Windows itself (with or without SQL Server). */
export function isLicenceIncluded(usageOperation: string): boolean {
  return ['0002', '0006', '0102', '0202'].some((code) => usageOperation === `RunInstances:${code}`);
}

/** What has to be known of a machine to make it; the rest follows or is the default. */
export interface NodeSketch {
  readonly id: string;
  readonly site: string;
  readonly name: string;
  readonly address: string;
  /** Absent for hybrid machines. */
  readonly vpc?: LabVpc;
  readonly generation?: Generation;
  readonly edition?: string;
  readonly language?: WindowsLanguage;
  readonly tags?: Readonly<Record<string, string>>;
  readonly imageId?: string;
  readonly licenceIncluded?: boolean;
  readonly nowMs: number;
}

/** The role that machines have unless they are given another. */
const NODE_ROLE = 'windows-node';
const AGENT_VERSION = '3.3.987.0';
/** Where the fleet's own image lives when a sketch names none. */
const DEFAULT_IMAGE = 'ami-0b20f552f63953f0e';

/** A Windows machine that has a client setup key and was not activated yet; everything else as it should be. */
export function healthyWindows(sketch: NodeSketch): LabWindows {
  const generation = sketch.generation ?? '2022';
  const edition = sketch.edition ?? (GENERATIONS[generation].server ? 'ServerDatacenter' : 'Enterprise');
  const server = GENERATIONS[generation].server;
  return {
    generation,
    build: GENERATIONS[generation].build,
    edition,
    sku: skuOf(edition),
    productType: server ? 3 : 1,
    domainRole: server ? 2 : 0,
    domain: '',
    language: sketch.language ?? 'en-US',
    cmid: guid(random(seedOf(sketch.id))),
    products: [kmsClientProduct(generation, edition)],
    kmsHost: '',
    kmsPort: 0,
    lookupDomain: '',
    hostCaching: true,
    rearmsLeft: server ? 1001 : 1,
    skipRearm: false,
    adapters: [adapterOf(sketch)],
    primarySuffix: '',
    searchList: [],
    clockOffsetSeconds: 0,
    service: { state: 'Stopped', startMode: 'Auto' },
    egressBlocked: [],
    routes: sketch.vpc === undefined ? [] : linkLocalRoutes(sketch.address),
    broken: {},
    events: [],
  };
}

function adapterOf({ address, vpc }: NodeSketch): LabAdapter {
  const dnsServers = vpc === undefined ? [] : [vpc.resolver];
  return { addresses: [address], gateways: [gatewayOf(address)], dnsServers, suffix: vpc?.dhcpDomain ?? '' };
}

/** First address of the machine's /24: what AWS and most networks use as the router. */
export function gatewayOf(address: string): string {
  return address.replace(/\.\d+$/, '.1');
}

/** Host routes that the launch agents add for metadata and Amazon's activation servers. */
export function linkLocalRoutes(address: string): [string, string, number, number][] {
  return [...AMAZON_KMS_V4, METADATA].map((to) => [to, gatewayOf(address), 5, 35]);
}

/** A managed node in good order. */
export function healthyNode(sketch: NodeSketch): LabNode {
  const { id, site, name, vpc, nowMs } = sketch;
  const licenceIncluded = sketch.licenceIncluded === true;
  return {
    id,
    site,
    name,
    platform: 'windows',
    instanceState: 'running',
    agent: { registered: true, online: true, version: AGENT_VERSION, lastPingMs: nowMs },
    tags: { ...(sketch.tags ?? { KmsManaged: 'true' }) },
    imageId: vpc === undefined ? '' : (sketch.imageId ?? DEFAULT_IMAGE),
    vpc: vpc?.id ?? '',
    subnet: vpc === undefined ? '' : subnetOf(vpc, sketch.address),
    usageOperation: vpc === undefined ? '' : licenceIncluded ? LICENCE_INCLUDED : BYOL,
    billingProducts: licenceIncluded ? [WINDOWS_BILLING_PRODUCT] : null,
    role: { name: NODE_ROLE, from: vpc === undefined ? 'agent' : 'instance', readsSecrets: true },
    windows: healthyWindows(sketch),
  };
}

function subnetOf(vpc: LabVpc, address: string): string {
  const network = address.split('.').slice(0, 3).join('.');
  return `subnet-${hexDigits(random(seedOf(vpc.id + network)), 17)}`;
}

/** Name as people say it, e.g. `Windows Server 2022 Standard`. */
export function titleOf({ generation, edition }: LabWindows): string {
  const family = generation === '11' ? 'Windows 11' : GENERATIONS[generation].productName;
  return `${family} ${EDITIONS[edition]?.title ?? edition}`;
}
