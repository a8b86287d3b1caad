/** Which hosts would answer the machine's next attempt, and what they would make of it. */
import type { Hresult } from '../hresult.ts';
import { endpointOf, plainHost } from './host-words.ts';
import { isActivated } from './known-host.ts';
import { fits, type Look } from './look.ts';
import type { WayTarget } from './way-target.ts';

/** Microsoft, "Error 0xC004F06C when activating Windows": four hours either way. */
export { CLOCK_TOLERANCE_SECONDS } from '../rules-of-the-answers.ts';

/**
 * Hosts that the next attempt may end at, the likeliest first: the cached one while it answers, else those of the
 * lowest priority that answer, the one that answered last first among equals. Where nothing was probed, those that may.
 */
export function answering({ way, attempt }: Look): readonly WayTarget[] {
  if (way.cached?.state === 'good') return [way.cached];
  const good = way.targets.filter(({ state }) => state === 'good');
  const open = good.length > 0 ? good : way.targets.filter(({ state }) => state === 'unknown');
  const lowest = Math.min(...open.map(({ priority }) => priority));
  const tier = open.filter(({ priority }) => priority === lowest);
  return [...tier].sort((one, other) => Number(isAnswerer(other, attempt)) - Number(isAnswerer(one, attempt)));
}

/** Whether the newest attempt was answered by this host. */
export function isAnswerer(target: WayTarget, attempt: Look['attempt']): boolean {
  const answered = attempt?.answeredBy;
  if (answered === undefined) return false;
  const name = plainHost(target.host);
  const isNamed = answered.host === name || name.startsWith(`${answered.host}.`);
  const isKnown = target.known?.names.includes(answered.host) === true && target.matchedBy !== 'short-name';
  return answered.port === target.port && (isNamed || isKnown || target.addresses.includes(answered.host));
}

/** The code that this host refused the newest attempt with; the licence's own reason where the log was not read. */
export function refusalBy(look: Look, target: WayTarget): Hresult | undefined {
  const { attempt, record, product } = look;
  if (attempt?.refusal !== undefined && isAnswerer(target, attempt)) return attempt.refusal;
  if (record.events.read || product === undefined || product.status === 'licensed') return undefined;
  return product.reason;
}

/** Clients the host has counted, this machine among them once it has asked; undefined where it is not known. */
export function countAt(look: Look, target: WayTarget): number | undefined {
  const { attempt } = look;
  const isCounted = isAnswerer(target, attempt) || (look.facts.fleet?.sameCmid.length ?? 0) > 0;
  const now = target.known?.role?.count;
  if (now !== undefined) return isCounted ? now : now + 1;
  return isAnswerer(target, attempt) ? attempt?.response?.count : undefined;
}

/** How far apart the clocks of machine and host are, positive where the machine is ahead; undefined unless both are known. */
export function skewTo({ clock }: Look, { known }: WayTarget): number | undefined {
  if (clock === undefined || known?.clock === undefined || !known.askedNow) return undefined;
  return clock.seconds - known.clock.seconds;
}

/** True where the host's own record shows that it would activate this machine now. */
export function isProvenToServe(look: Look, target: WayTarget): boolean {
  const { known } = target;
  if (known === undefined || !known.askedNow || isActivated(known) !== true || fits(look, known) !== true) return false;
  const skew = skewTo(look, target);
  const count = countAt(look, target);
  return skew !== undefined && Math.abs(skew) <= 14_400 && count !== undefined && count >= look.needed;
}

/** The newest request, as an endpoint; undefined where there is none. */
export const lastAsked = ({ attempt }: Look) =>
  attempt?.requests[0] === undefined ? undefined : endpointOf(attempt.requests[0].host);
