/**
 * Creating and changing one machine by its declarative state. On creation what is not named gets the default of a
 * healthy machine. On a change what is not named stays; inside `windows` and `agent` too, while lists and `tags` are
 * replaced whole. A `windows` that names every field is taken as the whole state: an optional field missing there
 * (`OPTIONAL_FIELDS`) is removed, as null always does; so are `OWN_FIELDS` of the machine. So `PUT` of what `GET` gave
 * restores exactly that.
 */
import { random, seedOf, whole } from '../random.ts';
import { GENERATIONS, skuOf } from './editions.ts';
import { gatewayOf, healthyNode, healthyWindows, isLicenceIncluded, type NodeSketch } from './healthy-node.ts';
import type { LawContext } from './law-context.ts';
import { kmsClientProduct, setLicensed } from './licence-products.ts';
import { InvalidNode, type NodeBody, readNodeBody, type WindowsBody } from './node-schema.ts';
import type { LabAdapter, LabKmsHostRole, LabNode, LabVpc, LabWindows } from './types.ts';

/** Creates or changes the machine `id`. @throws InvalidNode naming the fields at fault; the world is then unchanged. */
export function putNode(context: LawContext, id: string, body: unknown, nowMs: number): LabNode {
  const named = readNodeBody(body);
  const known = context.index.byId(id);
  const base = known ?? createdFrom(context, id, named, nowMs);
  const put = merged(base, named, () => healthyWindows(sketchOf(context, id, base.site, named, nowMs)));
  refuseContradictions(context, id, named, put);
  if (known === undefined) context.state.nodes.push(put);
  else replace(known, put);
  return known ?? put;
}

/** Keeps the objects' identity: other parts may hold them. */
function replace(known: LabNode, put: LabNode): void {
  const { windows, ...plain } = put;
  for (const field of OWN_FIELDS) if (put[field] === undefined) delete known[field];
  Object.assign(known, plain);
  if (windows === undefined) delete known.windows;
  else if (known.windows === undefined) known.windows = windows;
  else replaceWindows(known.windows, windows);
}

function replaceWindows(known: LabWindows, put: LabWindows): void {
  for (const field of OPTIONAL_FIELDS) if (put[field] === undefined) delete known[field];
  Object.assign(known, put);
}

function createdFrom(context: LawContext, id: string, named: NodeBody, nowMs: number): LabNode {
  if (!/^(i|mi)-[0-9a-f]{8,17}$/.test(id)) throw new InvalidNode(`id: ${id} is neither i-… nor mi-…`);
  const site = named.site ?? context.state.sites[0]?.id ?? '';
  const sketch = sketchOf(context, id, site, named, nowMs);
  const node = healthyNode(sketch);
  if (named.platform === 'linux') delete node.windows;
  else node.windows = licensedNow(healthyWindows(sketch), nowMs);
  return { ...node, platform: named.platform ?? 'windows' };
}

function licensedNow(windows: LabWindows, nowMs: number): LabWindows {
  for (const product of windows.products) setLicensed(product, nowMs);
  return windows;
}

function sketchOf(context: LawContext, id: string, site: string, named: NodeBody, nowMs: number): NodeSketch {
  const vpcs = context.state.vpcs.filter((vpc) => vpc.site === site);
  const vpc = id.startsWith('mi-') ? undefined : (vpcs.find((known) => known.id === named.vpc) ?? vpcs[0]);
  const { generation, edition, language } = named.windows ?? {};
  return {
    id,
    site,
    name: named.name ?? `node-${id.slice(-8)}`,
    address: freeAddress(context, id, vpc),
    nowMs,
    ...(vpc === undefined ? {} : { vpc }),
    ...(generation === undefined ? {} : { generation }),
    ...(edition === undefined ? {} : { edition }),
    ...(language === undefined ? {} : { language }),
    licenceIncluded: isLicenceIncluded(named.usageOperation ?? ''),
  };
}

function freeAddress(context: LawContext, id: string, vpc: LabVpc | undefined): string {
  const network = (vpc?.cidr ?? '192.168.0.0/16').split('.').slice(0, 2).join('.');
  const next = random(seedOf(id));
  for (;;) {
    const address = `${network}.${200 + whole(next, 50)}.${10 + whole(next, 240)}`;
    if (context.index.byAddress(address) === undefined) return address;
  }
}

function merged(base: LabNode, named: NodeBody, freshWindows: () => LabWindows): LabNode {
  const { windows, agent, role, tools, internet, ...plain } = named;
  const own = ownFields(base, named);
  const put = {
    ...without(base),
    ...own,
    ...defined(plain),
    id: base.id,
    agent: { ...base.agent, ...defined(agent ?? {}) },
  };
  if (put.platform === 'linux') {
    const { windows: _none, ...linux } = put;
    return linux;
  }
  if (windows === undefined && base.windows !== undefined) return put;
  return { ...put, windows: mergedWindows(base.windows ?? freshWindows(), windows ?? {}) };
}

/** Fields of a machine that may be absent: named as null, or missing in a whole state, they go. */
const OWN_FIELDS = ['role', 'tools', 'internet'] as const;

function ownFields(base: LabNode, named: NodeBody): Pick<LabNode, (typeof OWN_FIELDS)[number]> {
  const optional: readonly string[] = OWN_FIELDS;
  const whole = Object.keys(base).every((field) => optional.includes(field) || field in named);
  const put = { ...(whole ? {} : base), ...defined(named) };
  return Object.fromEntries(OWN_FIELDS.flatMap((field) => (put[field] == null ? [] : [[field, put[field]]])));
}

function without({ role, tools, internet, ...base }: LabNode): LabNode {
  return base;
}

function mergedWindows(base: LabWindows, named: WindowsBody): LabWindows {
  const { kmsHostRole, firewall, kmsRules, features, licensingFault, products, adapters, service, broken, ...rest } =
    named;
  const { rearmed: _, restartAtMs: _at, backAtMs: _back, bootedAtMs: _booted, ...plain } = rest;
  const put: LabWindows = { ...base, ...derived(base, named), ...defined(plain) };
  put.service = { ...base.service, ...defined(service ?? {}) };
  if (broken !== undefined)
    put.broken = Object.fromEntries(Object.entries(broken).map(([key, value]) => [key, defined(value)]));
  if (adapters !== undefined) put.adapters = adapters.map((adapter, index) => mergedAdapter(base, adapter, index));
  if (products !== undefined) {
    const fallback = kmsClientProduct(put.generation, put.edition);
    put.products = products.map((product, index) => ({ ...(base.products[index] ?? fallback), ...defined(product) }));
  }
  return withOptional(put, base, named);
}

/** What follows from a new generation or edition, unless it was named too. */
function derived(base: LabWindows, named: WindowsBody): Partial<LabWindows> {
  const generation = named.generation ?? base.generation;
  const edition = named.edition ?? base.edition;
  if (generation === base.generation && edition === base.edition) return {};
  const build = generation === base.generation ? base.build : GENERATIONS[generation].build;
  return { build, sku: skuOf(edition) };
}

function mergedAdapter(
  base: LabWindows,
  named: NonNullable<WindowsBody['adapters']>[number],
  index: number,
): LabAdapter {
  const address = named.addresses?.[0];
  const gateways = address === undefined || address.includes(':') ? [] : [gatewayOf(address)];
  const fallback = base.adapters[index] ?? { addresses: [], gateways, dnsServers: [], suffix: '' };
  return { ...fallback, ...defined(named) };
}

/** What may be absent of a restart. */
const RESTART_FIELDS = ['rearmed', 'restartAtMs', 'backAtMs', 'bootedAtMs'] as const;
const OPTIONAL_FIELDS = [
  ...(['kmsHostRole', 'firewall', 'kmsRules', 'features', 'licensingFault'] as const),
  ...RESTART_FIELDS,
] as const;

/** Fields that may be absent: named as null, or missing in a whole state, they go. */
function withOptional(put: LabWindows, base: LabWindows, named: WindowsBody): LabWindows {
  const optional: readonly string[] = OPTIONAL_FIELDS;
  const whole = Object.keys(base).every((field) => optional.includes(field) || field in named);
  const result: LabWindows = { ...put };
  for (const field of OPTIONAL_FIELDS) if (named[field] === null || (whole && !(field in named))) delete result[field];
  if (named.firewall) result.firewall = named.firewall;
  if (named.kmsRules) result.kmsRules = defined(named.kmsRules);
  if (named.features) result.features = named.features;
  if (named.licensingFault) result.licensingFault = named.licensingFault;
  for (const field of RESTART_FIELDS) if (named[field] != null) Object.assign(result, { [field]: named[field] });
  if (named.kmsHostRole) result.kmsHostRole = { ...(put.kmsHostRole ?? newRole()), ...defined(named.kmsHostRole) };
  return result;
}

/** A KMS host as it is where nothing else is said. */
export function newRole(): LabKmsHostRole {
  return {
    keyGroup: '2022',
    activated: true,
    listeningPort: 1688,
    publishing: true,
    firewallOpen: true,
    activationIntervalMinutes: 120,
    renewalIntervalMinutes: 10_080,
    contacts: {},
    totals: { total: 0, failed: 0, byStatus: [0, 0, 0, 0, 0, 0] },
  };
}

function refuseContradictions(context: LawContext, id: string, named: NodeBody, put: LabNode): void {
  const faults: string[] = [];
  if (named.id !== undefined && named.id !== id) faults.push(`id: is ${named.id}, but ${id} was addressed`);
  const { sites, vpcs } = context.state;
  if (!sites.some((site) => site.id === put.site)) {
    faults.push(`site: there is no ${put.site}, but ${sites.map((site) => site.id).join(', ')}`);
  }
  if (put.vpc !== '' && !vpcs.some((vpc) => vpc.id === put.vpc)) faults.push(`vpc: there is no ${put.vpc}`);
  if (id.startsWith('mi-') && put.instanceState !== 'running') faults.push('instanceState: mi-… nodes always run');
  if (put.platform === 'linux' && named.windows !== undefined) faults.push('windows: the platform is linux');
  if (faults.length > 0) throw new InvalidNode(faults.join('; '));
}

/** The object without fields that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
