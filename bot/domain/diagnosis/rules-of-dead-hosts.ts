/** Rules about hosts that are no more, and that a record or an assignment still names. */
import type { HostName } from './cause.ts';
import { line } from './evidence.ts';
import { isConfigured, isRetired, isSameHost, isUnanswered } from './failing-targets.ts';
import { plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { type Candidate, sureIf } from './rule.ts';
import { hostForRecord } from './serving-host.ts';
import { pointerLine, probeLines, reachLines } from './target-evidence.ts';
import { type Find, isSeen, lines } from './target-rule.ts';
import { isLostToOthers, isNameless, recordDomain, targetName, type WayTarget } from './way-target.ts';
import { hiddenAddresses } from './zone-addresses.ts';

/** A record whose host is no more, while another belongs there. */
export const recordNamesDeadHost: Find = (look, target) => {
  if (target.origin !== 'srv' || !isUnanswered(target) || target.tcp === 'unreachable') return undefined;
  if (isConfigured(look, target) && !isLostToOthers(target)) return undefined;
  const alive = hostForRecord(look, look.way.targets);
  const isReplaced = alive !== undefined || (look.facts.knownHosts.length > 0 && !isConfigured(look, target));
  if (!isReplaced || !isRetired(target)) return undefined;
  if (alive?.isSeen !== true && isRemembered(look, target)) return undefined;
  const cause = {
    kind: 'record-names-dead-host',
    target: plainHost(target.host),
    recordIn: recordDomain(look, target),
    ...(alive === undefined ? {} : { alive: alive.host }),
  } as const;
  const other = alive?.reached === true ? [line('other-host-answers', look.self, [alive.host.name])] : [];
  const evidence = lines(look, target, [...reachLines(look, target), ...other]);
  const isProven = isSeen(target) && alive?.reached === true && target.reach !== undefined;
  return { cause, confidence: sureIf(isProven), evidence };
};

/** It activated this machine the last time. */
const isRemembered = ({ product }: Look, { host }: WayTarget): boolean =>
  product?.discovered !== undefined && plainHost(product.discovered.host) === plainHost(host);

/** Where the machine would go instead: what discovery finds, else a host that it could be sent to. */
function insteadOf(look: Look, target: WayTarget): HostName | undefined {
  const { targets } = look.way.discovery;
  const others = targets.filter((other) => !isSameHost(other, target));
  const found = others.find(({ state }) => state === 'good') ?? others.find((other) => !isRetired(other));
  if (found !== undefined) return targetName(found);
  return targets.length > others.length ? undefined : hostForRecord(look, [target])?.host;
}

/** A dead assignment stays dead: Windows looks for no other host. */
const assignedToDeadHost: Find = (look, target) => {
  if (target.origin !== 'assigned' || !isUnanswered(target)) return undefined;
  const alive = insteadOf(look, target);
  const { targets } = look.way.discovery;
  if (alive === undefined && !(targets.length > 0 && targets.every((other) => !isSameHost(other, target))))
    return undefined;
  const answers = look.way.discovery.targets.some(({ state }) => state === 'good');
  const cause = {
    kind: 'assigned-to-dead-host',
    host: target.host,
    ...(alive === undefined ? {} : { alive }),
  } as const;
  const other = answers && alive !== undefined ? [line('other-host-answers', look.self, [alive.name])] : [];
  const evidence = [pointerLine(look, target), ...probeLines(look, target), ...other];
  return { cause, confidence: sureIf(isSeen(target) && answers), evidence };
};

/** Assigned by hand to a host that nobody is known to reach, and that nobody could look at. */
export function assignedElsewhere(look: Look): Candidate | undefined {
  const [target] = look.way.targets;
  if (target?.origin !== 'assigned' || target.skipped || !isRetired(target)) return undefined;
  if (isNameless(target) && hiddenAddresses(look, plainHost(target.host)).length === 0) return undefined;
  if (target.state === 'not-kms' || target.state === 'good' || isConfigured(look, target)) return undefined;
  const alive = insteadOf(look, target);
  const cause = {
    kind: 'assigned-to-dead-host',
    host: target.host,
    ...(alive === undefined ? {} : { alive }),
  } as const;
  return { cause, confidence: 'possible', evidence: [pointerLine(look, target)] };
}

/** The assignment where the host is a stranger; after the host's own causes where it is a host of ours. */
export const assignedToStranger: Find = (look, target) =>
  target.known === undefined || isRetired(target) ? assignedToDeadHost(look, target) : undefined;

/** The assignment where the host is ours and its own causes were told before. */
export const assignedToOneOfOurs: Find = (look, target) =>
  target.known === undefined || isRetired(target) ? undefined : assignedToDeadHost(look, target);
