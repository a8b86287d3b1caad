/** Everything the rules of a diagnosis look at: one machine's record, joined with hosts, zones and the fleet. */
import type { ActivationChannel, NodeResult } from '../check-report.ts';
import { activates } from '../host-generations.ts';
import type { InspectionRecord, LicenceProduct, Probe, ProbeKey } from '../inspection-record.ts';
import { type Facts, factsOf } from '../judge-facts.ts';
import { channelOf, primaryProduct } from '../licence.ts';
import type { Edition } from '../windows-edition.ts';
import { type Attempt, attemptOf } from './attempt.ts';
import { clockOf, type MeasuredClock } from './clock.ts';
import type { Seen } from './evidence.ts';
import type { DiagnosisFacts, ZoneFacts } from './facts.ts';
import { type KnownHost, knownHost } from './known-host.ts';
import { type LicenceModel, licenceModel } from './licence-model.ts';
import { type Way, wayOf } from './way.ts';

/** What rules see. */
export interface Look {
  readonly facts: DiagnosisFacts;
  readonly record: InspectionRecord;
  /** What a check says. */
  readonly result: NodeResult;
  /** The record as a check's rules see it. */
  readonly judged: Facts;
  /** This machine, now. */
  readonly self: Seen;
  /** `unread`: nothing is known of its licence. */
  readonly products: 'found' | 'none' | 'unread';
  readonly product?: LicenceProduct;
  readonly channel: ActivationChannel;
  /** Inferred from the licensing service and the product where Windows itself was not read. */
  readonly os?: Edition;
  readonly needed: 5 | 25;
  readonly model: LicenceModel;
  readonly hosts: readonly KnownHost[];
  /** Zones that this machine's network sees. */
  readonly visibleZones: readonly ZoneFacts[];
  readonly vpcId?: string;
  readonly way: Way;
  readonly attempt?: Attempt;
  readonly clock?: MeasuredClock;
}

/** Joins what is known about a machine that gave a record. */
export function lookAt(facts: DiagnosisFacts, record: InspectionRecord, result: NodeResult): Look {
  const primary = record.products.read ? primaryProduct(record.products.value) : undefined;
  const product = primary?.kind === 'found' ? primary.product : undefined;
  const os = editionOf(record, product);
  const attempt = attemptOf(record, os?.kind);
  const vpcId = (record.aws.read ? record.aws.value?.vpcId : undefined) ?? facts.node.vpcId;
  const visibleZones = facts.zones.filter((zone) => sees(zone, vpcId));
  const hosts = facts.hosts.filter(({ node }) => node.id !== facts.node.id).map((host) => knownHost(host, facts.nowMs));
  const probes = record.targets.read ? record.targets.value : [];
  const join = { probes, hosts, requests: attempt?.requests ?? [], zones: visibleZones, facts };
  const clock = clockOf(record, facts.nowMs);
  return {
    facts,
    record,
    result,
    judged: factsOf(record, product),
    self: { where: facts.node.name, atMs: facts.nowMs },
    products: primary === undefined || primary.kind === 'ambiguous' ? 'unread' : primary.kind,
    channel: product === undefined ? 'none' : channelOf(product.channelToken),
    needed: os?.kind === 'workstation' ? 25 : 5,
    model: licenceModel(facts.node, record),
    hosts,
    visibleZones,
    way: wayOf({ record, product, join }),
    ...(product === undefined ? {} : { product }),
    ...(os === undefined ? {} : { os }),
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(clock === undefined ? {} : { clock }),
  };
}

/** A public zone answers everywhere; a private one in the networks it is associated with, unknown ones included. */
const sees = (zone: ZoneFacts, vpcId: string | undefined): boolean =>
  !zone.private || (vpcId !== undefined && zone.vpcIds.includes(vpcId));

/** The licensing service's version carries the build, and a product's family is the edition it is for. */
function editionOf(record: InspectionRecord, product: LicenceProduct | undefined): Edition | undefined {
  if (record.os.read) return record.os.value;
  const build = record.service.read ? /^\d+\.\d+\.(\d+)/.exec(record.service.value.version)?.[1] : undefined;
  if (build === undefined || product === undefined) return undefined;
  const kind = /^server/i.test(product.family) && !/^serverrdsh/i.test(product.family) ? 'server' : 'workstation';
  return { build: Number(build), edition: product.family, kind };
}

/** True when this probe of the machine gave a value. */
export function hasRead(record: InspectionRecord, key: ProbeKey): boolean {
  return probeOf(record, key).read;
}

/** A probe of the machine by its key. */
export const probeOf = (record: InspectionRecord, key: ProbeKey): Probe<unknown> => PROBE_OF[key](record);

const PROBE_OF: Readonly<Record<ProbeKey, (record: InspectionRecord) => Probe<unknown>>> = {
  os: ({ os }) => os,
  aws: ({ aws }) => aws,
  svc: ({ service }) => service,
  prod: ({ products }) => products,
  spp: ({ sppsvc }) => sppsvc,
  reg: ({ registry }) => registry,
  net: ({ network }) => network,
  dns: ({ dnsServers }) => dnsServers,
  srv: ({ srvLookups }) => srvLookups,
  tgt: ({ targets }) => targets,
  clk: ({ clock }) => clock,
  evt: ({ events }) => events,
  rt: ({ routes }) => routes,
  host: ({ hostRole }) => hostRole,
  fw: ({ firewall }) => firewall,
  req: ({ requestDigest }) => requestDigest,
  pub: ({ publishing }) => publishing,
};

/** Whether a host's key activates this Windows; undefined where either is not known. */
export function fits({ os }: Look, { keyGroup }: KnownHost): boolean | undefined {
  return os === undefined || keyGroup === undefined ? undefined : activates(keyGroup, os);
}
