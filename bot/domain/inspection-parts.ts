/** Readers of the parts of an inspection record that describe the machine and its licence. */
import {
  type Decoder,
  listOf,
  mapped,
  objectOf,
  optional,
  orNull,
  type Refined,
  refined,
  text,
  tupleOf,
} from './decode.ts';
import { boolean, guid, hostPort, hresult, indexInto, nonEmpty, port, texts, uint32 } from './inspection-fields.ts';
import type {
  Guid,
  InstanceIdentity,
  LicenceProduct,
  LicensingRegistry,
  LicensingService,
  NetworkSettings,
  OperatingSystem,
  Port,
  ServiceState,
  VolumeActivationType,
} from './inspection-record.ts';
import { LICENCE_STATUSES } from './licence-status.ts';

/** The object without the keys that have no value. */
export type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** The values that are there, without the keys of those that are not. */
export const present = <T extends object>(values: T): Partial<Present<T>> => {
  const kept: Partial<Record<keyof T, unknown>> = {};
  for (const key of Object.keys(values) as (keyof T)[]) if (values[key] !== undefined) kept[key] = values[key];
  return kept as Partial<Present<T>>;
};

/** `Win32_OperatingSystem.ProductType`, from 1. */
const MACHINE_KINDS = [undefined, 'workstation', 'domain-controller', 'server'] as const;

/** `Win32_ComputerSystem.DomainRole`: standalone workstation and standalone server are in no domain. */
const WORKGROUP_ROLES: readonly number[] = [0, 2];

const build = refined(text, (written): Refined<{ build: number; revision: number | undefined }> => {
  const match = /^(\d{4,6})(?:\.(\d{1,6}))?$/.exec(written);
  if (match === null) return { why: 'is not a build number' };
  const [, number, revision] = match;
  return { value: { build: Number(number), revision: revision === undefined ? undefined : Number(revision) } };
});

const machineKind = refined(indexInto(MACHINE_KINDS), (kind) =>
  kind === undefined ? { why: 'is not within 1 and 3' } : { value: kind },
);

/** `os` of the record. */
export const operatingSystem: Decoder<OperatingSystem> = mapped(
  objectOf({ b: build, ed: text, sku: uint32, pt: machineKind, ui: text, role: uint32 }),
  (wire) => ({
    build: wire.b.build,
    edition: wire.ed,
    sku: wire.sku,
    kind: wire.pt,
    uiLanguage: wire.ui,
    domainJoined: !WORKGROUP_ROLES.includes(wire.role),
    ...present({ revision: wire.b.revision }),
  }),
);

/** `aws` of the record. */
export const instanceIdentity: Decoder<InstanceIdentity> = mapped(
  objectOf({ ami: text, vpc: text, bp: orNull(texts) }),
  (wire) => ({ imageId: wire.ami, vpcId: wire.vpc, billingProducts: wire.bp ?? [] }),
);

const assignment = { kms: optional(hostPort), look: nonEmpty };

/** `svc` of the record. */
export const licensingService: Decoder<LicensingService> = mapped(
  objectOf({ ver: text, cmid: guid, host: boolean, cache: boolean, rearm: uint32, ...assignment }),
  (wire) => ({
    version: wire.ver,
    cmid: wire.cmid,
    isKmsHost: wire.host,
    hostCaching: wire.cache,
    rearmsLeft: wire.rearm,
    ...present({ assigned: wire.kms, lookupDomain: wire.look }),
  }),
);

const ACTIVATION_TYPES: readonly VolumeActivationType[] = ['any', 'active-directory', 'kms', 'token'];

const application = mapped(text, (written): LicenceProduct['application'] => {
  if (written === 'w') return 'windows';
  return written === 'o' ? 'office' : (written as Guid);
});

/** At most the last five characters: a longer text could be a whole key and is not taken in. */
const keyTail = refined(text, (written) =>
  /^[A-Za-z0-9]{0,5}$/.test(written) ? { value: written.toUpperCase() } : { why: 'is not the end of a key' },
);

const discovered = mapped(tupleOf<[string, Port, string]>(text, port, text), ([host, number, address]) => ({
  host,
  port: number,
  address,
}));

/** One of `prod` of the record. */
export const licenceProduct: Decoder<LicenceProduct> = mapped(
  objectOf({
    id: guid,
    app: application,
    fam: text,
    ch: text,
    key: keyTail,
    st: indexInto(LICENCE_STATUSES),
    why: hresult,
    min: uint32,
    vt: indexInto(ACTIVATION_TYPES),
    ve: indexInto(ACTIVATION_TYPES),
    disc: optional(discovered),
    ...assignment,
  }),
  (wire) => ({
    activationId: wire.id,
    application: wire.app,
    family: wire.fam,
    channelToken: wire.ch,
    keyTail: wire.key,
    status: wire.st,
    reason: wire.why,
    minutesLeft: wire.min,
    allowed: wire.ve,
    ...present({
      activatedBy: wire.vt === 'any' ? undefined : wire.vt,
      assigned: wire.kms,
      lookupDomain: wire.look,
      discovered: wire.disc,
    }),
  }),
);

/** `spp` of the record. */
export const serviceState: Decoder<ServiceState> = mapped(
  tupleOf<[string, string]>(text, text),
  ([state, startMode]) => ({ state, startMode }),
);

/** `reg` of the record. */
export const licensingRegistry: Decoder<LicensingRegistry> = mapped(
  objectOf({ skip: uint32, nopub: orNull(uint32), list: texts }),
  (wire) => ({
    skipRearm: wire.skip === 1,
    publishList: wire.list,
    ...present({ disableDnsPublishing: wire.nopub }),
  }),
);

const adapter = mapped(objectOf({ ip: texts, gw: texts, dns: texts, sfx: text }), (wire) => ({
  addresses: wire.ip,
  gateways: wire.gw,
  dnsServers: wire.dns,
  suffix: wire.sfx,
}));

/** `net` of the record. */
export const networkSettings: Decoder<NetworkSettings> = mapped(
  objectOf({ if: listOf(adapter), sfx: text, list: texts }),
  (wire) => ({ adapters: wire.if, primarySuffix: wire.sfx, searchList: wire.list }),
);
