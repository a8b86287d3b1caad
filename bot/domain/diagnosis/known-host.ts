/** A KMS host that is a managed node, and what its own record says of it. */
import { namesOf } from '../client-seen.ts';
import { type KeyGroup, keyGroupOf } from '../host-generations.ts';
import type { DuplicateCmid, FirewallRule, HostRole } from '../host-record.ts';
import { isHostProduct } from '../inspection-host.ts';
import type { InspectionRecord, LicenceProduct, Probe, ServiceState } from '../inspection-record.ts';
import type { ManagedNode } from '../nodes.ts';
import type { HostName } from './cause.ts';
import { clockOf, type MeasuredClock } from './clock.ts';
import type { HostFacts } from './facts.ts';
import { isAddress, plainHost } from './host-words.ts';

/** Everything known of one host; what was not read is absent. */
export interface KnownHost {
  readonly node: ManagedNode;
  readonly record?: InspectionRecord;
  readonly askedNow: boolean;
  readonly atMs: number;
  /** As people and records call it. */
  readonly name: string;
  /** Lower-case; the computer name and that name in its domains. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly service?: ServiceState;
  readonly role?: HostRole;
  readonly firewall?: FirewallRule;
  /** The product of its host key; `none` where the products were read and there is no host key among them. */
  readonly key?: LicenceProduct | 'none';
  readonly keyGroup?: KeyGroup;
  readonly clock?: MeasuredClock;
  readonly duplicates: readonly DuplicateCmid[];
  readonly build?: number;
}

const readOf = <T>(probe: Probe<T> | undefined): T | undefined => (probe?.read === true ? probe.value : undefined);

/** Hosts as read already: a fleet is diagnosed against the same few. */
const READ = new WeakMap<HostFacts, KnownHost>();

/** Reads a host's record. */
export function knownHost(facts: HostFacts, nowMs: number): KnownHost {
  const known = READ.get(facts);
  if (known !== undefined && (facts.recordAtMs !== undefined || known.atMs === nowMs)) return known;
  const read = readHost(facts, nowMs);
  READ.set(facts, read);
  return read;
}

function readHost(facts: HostFacts, nowMs: number): KnownHost {
  const { node, record, askedNow } = facts;
  const atMs = facts.recordAtMs ?? nowMs;
  if (record === undefined) {
    const name = node.name.toLowerCase();
    return { node, askedNow, atMs, name, names: [name], addresses: [], duplicates: [] };
  }
  const names = namesOf(record).map(plainHost);
  return {
    node,
    record,
    askedNow,
    atMs,
    name: names.find((each) => each.includes('.') && !isAddress(each)) ?? record.computerName.toLowerCase(),
    names: names.filter((each) => !isAddress(each)),
    addresses: addressesOf(record),
    ...roleOf(record, askedNow ? atMs : undefined),
  };
}

type RoleFacts = Omit<KnownHost, 'node' | 'record' | 'askedNow' | 'atMs' | 'name' | 'names' | 'addresses'>;

function roleOf(record: InspectionRecord, readAtMs: number | undefined): RoleFacts {
  const service = readOf(record.sppsvc);
  const role = readOf(record.hostRole);
  const firewall = readOf(record.firewall);
  const clock = clockOf(record, readAtMs);
  return {
    duplicates: readOf(record.requestDigest)?.duplicates ?? [],
    ...(service === undefined ? {} : { service }),
    ...(role === undefined ? {} : { role }),
    ...(firewall === undefined ? {} : { firewall }),
    ...(clock === undefined ? {} : { clock }),
    ...(record.os.read ? { build: record.os.value.build } : {}),
    ...keyOf(record),
  };
}

function keyOf({ products }: InspectionRecord): Pick<RoleFacts, 'key' | 'keyGroup'> {
  if (!products.read) return {};
  const key = products.value.find((product) => product.application === 'windows' && isHostProduct(product));
  if (key === undefined) return { key: 'none' };
  const keyGroup = keyGroupOf(key.channelToken);
  return keyGroup === undefined ? { key } : { key, keyGroup };
}

const addressesOf = ({ network }: InspectionRecord): readonly string[] =>
  network.read
    ? network.value.adapters.flatMap(({ addresses }) => addresses.map((address) => address.toLowerCase()))
    : [];

/** How sentences name it. */
export const hostNameOf = (host: KnownHost, port?: number): HostName => ({
  name: host.name,
  nodeId: host.node.id,
  ...(port === undefined ? {} : { port }),
});

/** True where its own firewall lets no client in; undefined where that was not read. */
export function isClosed({ firewall }: KnownHost): boolean | undefined {
  if (firewall === undefined) return undefined;
  const { enabled, profiles, firewallOn, active } = firewall;
  if (active === undefined) return closedEverywhere(firewall);
  if (!firewallOn.includes(active)) return false;
  return !(enabled && (profiles.length === 0 || profiles.includes(active)));
}

/** Without the profile in use: closed or open only where that holds in every profile. */
function closedEverywhere({ enabled, profiles, firewallOn }: FirewallRule): boolean | undefined {
  const closed = firewallOn.filter((profile) => !enabled || (profiles.length > 0 && !profiles.includes(profile)));
  if (closed.length === 0) return false;
  return closed.length === 3 ? true : undefined;
}

/** True where the service that answers clients does not run. */
export const isStopped = ({ service }: KnownHost): boolean | undefined =>
  service === undefined ? undefined : service.state.toLowerCase() !== 'running';

/** True where a KMS host answers on 127.0.0.1; false where nothing or a stranger does. */
export function answersItself({ role }: KnownHost): boolean | undefined {
  if (role === undefined || typeof role.listening.tcp !== 'string') return undefined;
  if (role.listening.tcp !== 'ok') return false;
  const { bind } = role.listening;
  return bind === undefined || bind === 'ok' || bind === 'busy';
}

/** True where something listens at its port, a KMS host or a stranger. */
export const isListening = ({ role }: KnownHost): boolean | undefined =>
  role === undefined || typeof role.listening.tcp !== 'string' ? undefined : role.listening.tcp === 'ok';

/** Whether its host key is activated; undefined where that was not read. */
export const isActivated = ({ key }: KnownHost): boolean | undefined =>
  key === undefined ? undefined : key !== 'none' && key.status === 'licensed';
