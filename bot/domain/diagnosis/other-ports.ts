/** Ports at which a host was met, other than the one a record or an assignment says. */
import type { KmsTarget } from '../inspection-record.ts';
import { isUnanswered } from './failing-targets.ts';
import { endpointOf, KMS_PORT, plainHost, portOf } from './host-words.ts';
import type { Look } from './look.ts';
import type { WayTarget } from './way-target.ts';

/** Whether this machine's own probe was answered there just now. */
export const isProbed = ({ record }: Look, target: WayTarget, port: number): boolean =>
  record.targets.read &&
  record.targets.value.some((probe) => isAnswering(probe, target) && portOf(probe.port) === port);

/** Another port of the same host: answering now, used by other machines, or remembered from the last success. */
export function portSeen(look: Look, target: WayTarget): number | undefined {
  const { state, port } = target;
  if (!['no-answer', 'refused', 'not-kms'].includes(state)) return undefined;
  const { record } = look;
  const probed = record.targets.read ? record.targets.value.find((probe) => isAnswering(probe, target)) : undefined;
  if (probed !== undefined) return portOf(probed.port);
  const known = portOfOthers(look, target) ?? portRemembered(look, target);
  return known === port ? undefined : known;
}

/** Of a host that is not reached at an unusual port: the one where KMS hosts listen. */
export const portGuessed = (target: WayTarget): number | undefined =>
  isUnanswered(target) && target.port !== KMS_PORT && !isReachedThere(target) ? KMS_PORT : undefined;

const isReachedThere = ({ reach }: WayTarget): boolean => reach !== undefined && reach.reached > 0;

function isAnswering(probe: KmsTarget, { host, addresses, port }: WayTarget): boolean {
  if (probe.tcp !== 'ok' || (probe.bind !== undefined && probe.bind !== 'ok') || portOf(probe.port) === port)
    return false;
  const { resolution } = probe;
  const isThere = resolution.ok === true && resolution.addresses.some((each) => addresses.includes(each));
  return isThere || plainHost(probe.host) === plainHost(host);
}

/** Other machines reach it at that port, and nobody at this one. */
function portOfOthers({ facts }: Look, target: WayTarget): number | undefined {
  if (isReachedThere(target)) return undefined;
  const names = [plainHost(target.host), ...target.addresses, ...(target.known?.names ?? [])];
  const reached = (facts.fleet?.reach ?? []).find(({ host, reached: machines }) => {
    const other = endpointOf(host);
    return machines > 0 && names.includes(other.host) && other.port !== target.port;
  });
  return reached === undefined ? undefined : endpointOf(reached.host).port;
}

/** Where it answered when it activated this machine last. */
function portRemembered({ product }: Look, { host }: WayTarget): number | undefined {
  const found = product?.discovered;
  return found !== undefined && plainHost(found.host) === plainHost(host) ? portOf(found.port) : undefined;
}
