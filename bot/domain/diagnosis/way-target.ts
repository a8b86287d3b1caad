/** One host on the machine's way to a licence: what probing, events, records and other machines say of it. */
import type { BindResult, KmsTarget, NetworkFailure, RequestEvent, TcpResult } from '../inspection-record.ts';
import type { HostName } from './cause.ts';
import type { DiagnosisFacts, ZoneFacts } from './facts.ts';
import { domainOf, endpointOf, isAddress, isBelow, plainHost, portOf, shortName } from './host-words.ts';
import { hostNameOf, type KnownHost } from './known-host.ts';
import type { Look } from './look.ts';
import { type SeenState, seenState } from './target-state.ts';

/** Where the machine has it from. */
export type WayOrigin = 'assigned' | 'cached' | 'srv';

/** A host as it is written where the machine finds it. */
export interface Pointer {
  readonly host: string;
  readonly port: number;
  readonly origin: WayOrigin;
  /** The domain whose record names it. */
  readonly domain?: string;
  readonly priority: number;
}

/** Everything known of it. */
export interface WayTarget extends Pointer, SeenState {
  readonly probe?: KmsTarget;
  readonly tcp?: TcpResult;
  readonly bind?: BindResult;
  readonly unresolved?: NetworkFailure;
  /** Resolved only, because it cannot be one of ours. */
  readonly skipped: boolean;
  readonly addresses: readonly string[];
  readonly known?: KnownHost;
  /** `short-name`: only the first label agrees, and no address speaks for it. */
  readonly matchedBy?: 'name' | 'address' | 'short-name';
  /** Its newest request among those of the newest attempt. */
  readonly event?: RequestEvent;
  /** Other machines' latest inspections. */
  readonly reach?: { readonly reached: number; readonly failed: number };
  /** The zone its name lies in, as far as it was read. */
  readonly zone?: ZoneFacts;
}

/** What pointers are joined with. */
export interface JoinWith {
  readonly probes: readonly KmsTarget[];
  readonly hosts: readonly KnownHost[];
  readonly requests: readonly RequestEvent[];
  /** Zones that the machine's network sees. */
  readonly zones: readonly ZoneFacts[];
  readonly facts: DiagnosisFacts;
}

/** Joins everything that is about this host. */
export function joinTarget(pointer: Pointer, join: JoinWith): WayTarget {
  const name = plainHost(pointer.host);
  const port = portOf(pointer.port);
  const probe = join.probes.find((each) => plainHost(each.host) === name && portOf(each.port) === port);
  const zone = isAddress(name) ? undefined : zoneOf(name, join.zones);
  const addresses = addressesOf(name, probe, zone);
  const match = matchHost(name, addresses, join.hosts);
  const event = join.requests.find((request) => isAt(request.host, { name, port, addresses }));
  const reach = reachOf(name, port, join.facts);
  const base = { ...pointer, port, addresses, skipped: probe?.skipped === true };
  return {
    ...base,
    ...seenState(probe, { port, name, zone, event, known: match?.known }),
    ...(probe === undefined ? {} : probedParts(probe)),
    ...(match ?? {}),
    ...(event === undefined ? {} : { event }),
    ...(reach === undefined ? {} : { reach }),
    ...(zone === undefined ? {} : { zone }),
  };
}

const probedParts = (probe: KmsTarget) => ({
  probe,
  ...(probe.tcp === undefined ? {} : { tcp: probe.tcp }),
  ...(probe.bind === undefined ? {} : { bind: probe.bind }),
  ...(probe.resolution.ok === false ? { unresolved: probe.resolution.why } : {}),
});

/** The most specific zone that a name lies in; a private one hides the public one of the same name. */
export function zoneOf(name: string, zones: readonly ZoneFacts[]): ZoneFacts | undefined {
  let best: ZoneFacts | undefined;
  for (const zone of zones) if (isBelow(name, zone.name) && (best === undefined || isCloser(zone, best))) best = zone;
  return best;
}

const isCloser = (one: ZoneFacts, other: ZoneFacts): boolean =>
  one.name.length > other.name.length || (one.name.length === other.name.length && one.private && !other.private);

function addressesOf(name: string, probe: KmsTarget | undefined, zone: ZoneFacts | undefined): readonly string[] {
  if (isAddress(name)) return [name];
  if (probe?.resolution.ok === true) return probe.resolution.addresses.map((address) => address.toLowerCase());
  return probe === undefined ? (zone?.addresses[name] ?? []) : [];
}

type Match = Required<Pick<WayTarget, 'known' | 'matchedBy'>>;

function matchHost(name: string, addresses: readonly string[], hosts: readonly KnownHost[]): Match | undefined {
  const label = isAddress(name) ? undefined : shortName(name);
  const short = label === undefined ? undefined : hosts.find((host) => host.names.includes(label));
  const named =
    hosts.find((host) => host.names.includes(name)) ?? (short !== undefined && isBare(short) ? short : undefined);
  if (named !== undefined) return { known: named, matchedBy: 'name' };
  const placed = hosts.find((host) => addresses.some((each) => host.addresses.includes(each)) && isMeant(host, name));
  if (placed !== undefined) return { known: placed, matchedBy: 'address' };
  return short === undefined ? undefined : { known: short, matchedBy: 'short-name' };
}

/** By another name than its own only a host is meant that clients use: else the address is that of another machine. */
const isMeant = ({ names, role }: KnownHost, name: string): boolean =>
  isAddress(name) || names.includes(shortName(name)) || role === undefined || (role.count ?? 0) > 0;

/** Its domains are not known: the computer name is all there is to go by. */
const isBare = ({ names }: KnownHost): boolean => names.every((name) => domainOf(name) === '');

/** Whether an event's `host:port` means this host: by name, by the name's first labels, or by address. */
function isAt(
  written: string,
  { name, port, addresses }: { readonly name: string; readonly port: number; readonly addresses: readonly string[] },
): boolean {
  const asked = endpointOf(written);
  if (asked.port !== port || asked.host === '') return false;
  return asked.host === name || name.startsWith(`${asked.host}.`) || addresses.includes(asked.host);
}

function reachOf(name: string, port: number, { fleet }: DiagnosisFacts): WayTarget['reach'] {
  return fleet?.reach.find(({ host }) => {
    const other = endpointOf(host);
    return other.host === name && other.port === port;
  });
}

/** How sentences name it: as people know the host, where it is known, else as it is written. */
export function targetName({ known, matchedBy, host, port }: WayTarget): HostName {
  const written = { name: plainHost(host), port };
  if (known === undefined || matchedBy === 'short-name') return written;
  const isFuller = domainOf(known.name) === '' && domainOf(written.name) !== '';
  return isFuller ? { ...hostNameOf(known, port), name: written.name } : hostNameOf(known, port);
}

/** DNS answered that there is no address; a server that failed to answer says nothing of the name. */
export function isNameless({ state, unresolved }: WayTarget): boolean {
  if (state !== 'unresolved') return false;
  if (typeof unresolved === 'object') return 'word' in unresolved;
  return unresolved === undefined || unresolved === 'nxdomain' || unresolved === 'nodata';
}

/** The domain whose record names it, as far as that is known; else the zone of its own name. */
export const recordDomain = ({ way }: Look, { domain, zone }: WayTarget): string =>
  domain ?? zone?.name ?? way.discovery.domains[0] ?? '';

/** True when following it ended in a failure. */
export const isDead = ({ state }: WayTarget): boolean => state !== 'good' && state !== 'unknown';

/** Other machines' latest inspections reached it. */
export const isReachedByOthers = ({ reach }: WayTarget): boolean => reach !== undefined && reach.reached > 0;

/** Other machines ask it too, and none of them reached it. */
export const isLostToOthers = ({ reach }: WayTarget): boolean =>
  reach !== undefined && reach.reached === 0 && reach.failed > 0;
