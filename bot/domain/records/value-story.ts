/** One value of a record: whose it is, what it names, and what is wrong with it. */
import { answersItself, isActivated, isStopped } from '../diagnosis/known-host.ts';
import { strangerNamed } from '../hosts/host-clients.ts';
import { notOurs } from '../not-ours.ts';
import { isWithin } from './dns-name.ts';
import { resolvedNow } from './machine-views.ts';
import { findHost, type HostFound, type HostSources } from './named-host.ts';
import type { Ownership } from './record-set.ts';
import type { ZoneRead } from './records-input.ts';
import type { ValueConcern, ValueStory } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { parseSrv } from './srv-record.ts';

/** What values are judged with, beside what their hosts are found in. */
export interface ValueSources extends HostSources {
  readonly zones: readonly ZoneRead[];
  /** Names, addresses and networks of the configuration. */
  readonly knownHosts: readonly string[];
}

/** Tells one value; `zone` holds it. */
export function tellValue(text: string, ownership: Ownership, zone: ZoneRead, sources: ValueSources): ValueStory {
  const answer = parseSrv(text);
  if (answer === undefined) return { text, ownership, concerns: [{ kind: 'unreadable' }] };
  const found = findHost(answer, sources);
  const place = placeOf(answer.target, zone, sources);
  return {
    text,
    answer,
    ownership,
    host: found.named,
    ...(place === undefined ? {} : { addresses: place.addresses }),
    concerns: concernsOf(answer, found, place, sources),
  };
}

interface Place {
  readonly by: string;
  readonly addresses: readonly string[];
}

/** A machine that finds an address knows of one; else the zone of the name says, and last a machine that finds none. */
function placeOf(target: string, own: ZoneRead, { zones, views }: ValueSources): Place | undefined {
  const now = resolvedNow(views, target);
  if (now !== undefined && now.addresses.length > 0) return now;
  const holding = [own, ...zones].filter(
    ({ name, addresses }) => isWithin(target, name) && Object.hasOwn(addresses, target),
  );
  const places = holding.map(({ name, addresses }) => ({ by: name, addresses: addresses[target] ?? [] }));
  return places.find(({ addresses }) => addresses.length > 0) ?? places[0] ?? now;
}

/** Worst first. Without an address nobody can get through: that is told alone. */
function concernsOf(
  answer: SrvAnswer,
  found: HostFound,
  place: Place | undefined,
  sources: ValueSources,
): readonly ValueConcern[] {
  const { named, node } = found;
  if (node?.host.key === 'none') return [{ kind: 'no-kms-host' }];
  if (place?.addresses.length === 0 && named.reached + named.now.reached === 0)
    return [{ kind: 'target-without-address', by: place.by }];
  const stranger = strangerOf(answer, place, sources);
  if (stranger !== undefined) return [stranger];
  const port = portConcern(answer, found);
  if (port !== undefined) return [port];
  const dead = deadConcern(found);
  if (dead !== undefined) return [dead];
  return [...activationConcern(found), ...reachConcern(found)];
}

function strangerOf({ target }: SrvAnswer, place: Place | undefined, sources: ValueSources): ValueConcern | undefined {
  const { fleet, knownHosts } = sources;
  const why =
    strangerNamed(fleet, target)?.why ?? notOurs({ host: target, addresses: place?.addresses ?? [] }, knownHosts);
  return why === undefined ? undefined : { kind: 'unknown-host', why };
}

/** By its own record of now, or because clients reach it elsewhere and not here. */
function portConcern(answer: SrvAnswer, { node, otherPort, named }: HostFound): ValueConcern | undefined {
  const own = node?.facts.askedNow === true ? node.host.role?.listeningPort : undefined;
  const port = own ?? (named.now.reached === 0 ? otherPort : undefined);
  return port === undefined || port === answer.port ? undefined : { kind: 'wrong-port', port };
}

/** Fewer machines than these may fail for reasons of their own. */
const SEVERAL = 2;

function deadConcern({ node, named }: HostFound): ValueConcern | undefined {
  const { reached, failed, now } = named;
  const machines = Math.max(failed, now.failed);
  if (now.reached > 0) return undefined;
  if (node?.facts.node.presence.kind === 'not-running') return { kind: 'host-dead', why: 'not-running', machines };
  if (node?.facts.askedNow === true && (isStopped(node.host) === true || answersItself(node.host) === false))
    return { kind: 'host-dead', why: 'not-answering', machines };
  const isSilent = node === undefined || !node.facts.askedNow || node.facts.record === undefined;
  return isSilent && reached === 0 && machines >= SEVERAL
    ? { kind: 'host-dead', why: 'unreached', machines }
    : undefined;
}

const activationConcern = ({ node }: HostFound): readonly ValueConcern[] =>
  node?.facts.askedNow === true && isActivated(node.host) === false ? [{ kind: 'host-not-activated' }] : [];

function reachConcern({ named: { reached, failed, now } }: HostFound): readonly ValueConcern[] {
  const machines = Math.max(failed, now.failed);
  return machines === 0 ? [] : [{ kind: 'not-reached', machines, reached: Math.max(reached, now.reached) }];
}

/** Whether a client that is sent there is known to get nothing. */
export const isUseless = ({ answer, host, concerns }: ValueStory): boolean =>
  answer === undefined ||
  host?.alive === false ||
  concerns.some(({ kind }) => kind !== 'not-reached' && kind !== 'unknown-host');
