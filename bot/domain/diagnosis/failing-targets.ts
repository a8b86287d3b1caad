/** Hosts on the way that fail, those first that a cause is to be sought at. */
import { isIn } from '../addresses.ts';
import { isAddress, isAmazonServer, plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { isReachedByOthers, type WayTarget } from './way-target.ts';

/** Its name and its address belong to the host that is known by it. */
export const isHost = ({ known, matchedBy, addresses, host }: WayTarget): boolean =>
  known !== undefined &&
  matchedBy !== 'short-name' &&
  (isAddress(host) ||
    addresses.length === 0 ||
    known.addresses.length === 0 ||
    addresses.some((each) => known.addresses.includes(each)));

/** One host, by its name, its node, or an address; at whatever port. */
export const isSameHost = (one: WayTarget, other: WayTarget): boolean =>
  plainHost(one.host) === plainHost(other.host) ||
  (one.known !== undefined && one.known.node.id === other.known?.node.id) ||
  one.addresses.some((address) => other.addresses.includes(address));

/** Nobody is there any more, as far as is known. */
export function isRetired(target: WayTarget): boolean {
  if (isReachedByOthers(target)) return false;
  if (target.known === undefined) return true;
  const { node } = target.known;
  const isGone =
    node.presence.kind === 'not-running' && /^(terminated|shutting-down)$/.test(node.presence.instanceState);
  return isGone || !isHost(target) || !node.inFleet;
}

/** The configuration names it as a host of ours. */
export const isConfigured = ({ facts }: Look, { host, addresses }: WayTarget): boolean =>
  facts.knownHosts.includes(plainHost(host)) ||
  (facts.knownHosts.length > 0 && addresses.some((address) => isIn(address, facts.knownHosts)));

/**
 * Failing hosts of a way on which none answers. A record may name standbys that are dead for years beside the host that
 * everybody uses: where one of ours is among them, the others are no cause; else those count that are asked first.
 */
export function failing(look: Look): readonly WayTarget[] {
  const known = FAILING.get(look) ?? failingOf(look);
  FAILING.set(look, known);
  return known;
}

/** Every rule about hosts asks for them. */
const FAILING = new WeakMap<Look, readonly WayTarget[]>();

function failingOf(look: Look): readonly WayTarget[] {
  const { way } = look;
  if (way.works) return [];
  const all = way.targets.length > 0 ? way.targets : way.cached === undefined ? [] : [way.cached];
  const asked = all.filter(({ skipped, host }) => !skipped && !isAmazonServer(host));
  const ours = asked.filter((target) => !isRetired(target));
  if (ours.length > 0) return ours;
  const configured = asked.filter((target) => isConfigured(look, target));
  if (configured.length > 0) return configured;
  const lowest = Math.min(...asked.map(({ priority }) => priority));
  return asked.filter(({ priority }) => priority === lowest);
}

/** Nothing came back, or something else says that nothing would. */
export const isUnanswered = ({ state }: WayTarget): boolean => state === 'no-answer' || state === 'refused';
