/** Which KMS host would serve a machine, were it asked. */

import { targetState } from '../kms-path.ts';
import type { HostName } from './cause.ts';
import {
  domainOf,
  endpointOf,
  isAddress,
  isAmazonServer,
  isHostName,
  KMS_PORT,
  plainHost,
  portOf,
} from './host-words.ts';
import { answersItself, hostNameOf, isActivated, isClosed, isStopped, type KnownHost } from './known-host.ts';
import { fits, type Look } from './look.ts';
import { joinTarget, type WayTarget } from './way-target.ts';

/** A host that would, and how well that is known. */
export interface ServingHost {
  readonly host: HostName;
  /** Domain of its name; empty for a single label. */
  readonly domain: string;
  readonly known?: KnownHost;
  /** This machine's own probe reached it just now. */
  readonly reached: boolean;
  /** Its own record, a probe or other machines tell of it; else the configuration alone. */
  readonly isSeen: boolean;
}

/** Whether it holds a host key: by its products, or by what its licensing service counts. */
export const isKmsHost = ({ key, role }: KnownHost): boolean =>
  key === undefined ? role !== undefined : key !== 'none';

/**
 * The host that belongs in a record: one that would serve, else one that holds a key and that clients were counted at,
 * whatever is wrong with it now.
 */
export function hostForRecord(look: Look, except: readonly WayTarget[] = []): ServingHost | undefined {
  const serving = servingHost(look, except);
  if (serving !== undefined) return serving;
  const used = look.hosts.filter((host) => isKmsHost(host) && (host.role === undefined || (host.role.count ?? 0) > 0));
  const all = used.map((host) => fromKnown(look, host)).filter(({ host, known }) => !isExcepted(host, known, except));
  return all.sort((one, other) => merit(look, other) - merit(look, one))[0];
}

/** Whether nothing that was read of the host speaks against its activating this machine. */
export function wouldServe(look: Look, host: KnownHost): boolean {
  const { node, role } = host;
  if (!isKmsHost(host)) return false;
  if (node.presence.kind === 'not-running' || isStopped(host) === true || isClosed(host) === true) return false;
  if (answersItself(host) === false || isActivated(host) === false || fits(look, host) === false) return false;
  return role?.count === undefined || role.count + 1 >= look.needed;
}

/** The host that most speaks for, other than those that are excepted; undefined when none is known. */
export const servingHost = (look: Look, except: readonly WayTarget[] = []): ServingHost | undefined =>
  servingHosts(look).find(({ host, known }) => !isExcepted(host, known, except));

/** Several rules ask for them. */
const SERVING = new WeakMap<Look, readonly ServingHost[]>();

function servingHosts(look: Look): readonly ServingHost[] {
  const found = SERVING.get(look);
  if (found !== undefined) return found;
  const known = look.hosts.filter((host) => wouldServe(look, host)).map((host) => fromKnown(look, host));
  const all = [...known, ...fromProbes(look), ...fromFleet(look), ...fromConfiguration(look)];
  const sorted = all
    .map((host) => ({ host, merit: merit(look, host) }))
    .sort((one, other) => other.merit - one.merit)
    .map(({ host }) => host);
  SERVING.set(look, sorted);
  return sorted;
}

function isExcepted(host: HostName, known: KnownHost | undefined, except: readonly WayTarget[]): boolean {
  return except.some(
    (target) =>
      plainHost(target.host) === host.name ||
      (known !== undefined && target.known?.node.id === known.node.id && target.matchedBy !== 'short-name'),
  );
}

function fromKnown(look: Look, host: KnownHost): ServingHost {
  const port = host.role?.listeningPort ?? 1688;
  const named = zoneNameOf(look, host) ?? host.name;
  const reached = goodProbes(look).some(({ known }) => known?.node.id === host.node.id);
  return {
    host: { ...hostNameOf(host, port), name: named },
    domain: domainOf(named),
    known: host,
    reached,
    isSeen: true,
  };
}

/** The name its zone gives it, where its own record does not tell its domain. */
function zoneNameOf(look: Look, { name, addresses, names }: KnownHost): string | undefined {
  if (name.includes('.')) return undefined;
  for (const zone of look.facts.zones) {
    const found = Object.entries(zone.addresses).find(
      ([owner, held]) => held.some((address) => addresses.includes(address)) || names.includes(owner),
    );
    if (found !== undefined) return found[0];
  }
  return undefined;
}

const goodProbes = (look: Look): readonly WayTarget[] => {
  const probes = look.record.targets.read ? look.record.targets.value : [];
  const join = { probes, hosts: look.hosts, requests: [], zones: look.visibleZones, facts: look.facts };
  return probes
    .filter((probe) => targetState(probe) === 'good' && !probe.origins.includes('amazon'))
    .map(({ host, port }) => joinTarget({ host, port, origin: 'srv', priority: 0 }, join));
};

/** Hosts outside Systems Manager that answered this machine. */
const fromProbes = (look: Look): readonly ServingHost[] =>
  goodProbes(look)
    .filter(({ known }) => known === undefined)
    .map(({ host, port }) => {
      const name = plainHost(host);
      return { host: { name, port: portOf(port) }, domain: domainOf(name), reached: true, isSeen: true };
    });

/** Hosts that other machines reach. */
const fromFleet = (look: Look): readonly ServingHost[] =>
  (look.facts.fleet?.reach ?? [])
    .filter(({ reached }) => reached > 0)
    .map(({ host }) => endpointOf(host))
    .filter(({ host }) => !isAmazonServer(host) && !isManaged(look, host))
    .map(({ host, port }) => ({ host: { name: host, port }, domain: domainOf(host), reached: false, isSeen: true }));

/** Names of hosts outside Systems Manager that the configuration gives, but those that nobody reaches. */
const fromConfiguration = (look: Look): readonly ServingHost[] =>
  look.facts.knownHosts
    .map(plainHost)
    .filter((name) => isHostName(name) && !isAddress(name) && !isManaged(look, name) && !isLost(look, name))
    .map((name) => ({ host: { name, port: KMS_PORT }, domain: domainOf(name), reached: false, isSeen: false }));

const isManaged = ({ hosts }: Look, name: string): boolean =>
  hosts.some(({ names, addresses }) => names.includes(name) || addresses.includes(name));

const isLost = ({ facts }: Look, name: string): boolean =>
  (facts.fleet?.reach ?? []).some(
    ({ host, reached, failed }) => endpointOf(host).host === name && reached === 0 && failed > 0,
  );

function merit(look: Look, { host, domain, reached, known }: ServingHost): number {
  const remembered = look.product?.discovered?.host;
  const inZone = look.facts.zones.some(({ srv }) => srv.some(({ target }) => target === host.name));
  const isOwn = look.way.discovery.domains.includes(domain);
  const count = known?.role?.count ?? 0;
  return (
    (reached ? 16 : 0) +
    (remembered !== undefined && plainHost(remembered) === host.name ? 8 : 0) +
    (isOwn ? 4 : 0) +
    (inZone ? 2 : 0) +
    (count >= look.needed ? 1 : 0)
  );
}
