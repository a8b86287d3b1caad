/** Rules about the way to the KMS host, as probed just now. */
import type { CauseKind } from './check-report.ts';
import type { CauseRule, Finding } from './finding.ts';
import type { Facts } from './judge-facts.ts';
import type { ProbedTarget, TargetState } from './kms-path.ts';

/** Only while no target has an address: with one, DNS is either not needed or works. */
export function dnsServersSilent({ record, path }: Facts): Finding | undefined {
  if (!record.dnsServers.read || path.cacheAnswers) return undefined;
  if (path.targets.some((target) => target.resolved)) return undefined;
  const servers = record.dnsServers.value;
  if (servers.some((server) => server.query === 'answers')) return undefined;
  const [first] = servers;
  return first === undefined
    ? { kind: 'dns-server-silent', code: '0x8007267C' }
    : { kind: 'dns-server-silent', subject: first.address };
}

/** A dead assignment stays dead: Windows does not look for another host. */
export function assignedHostDead({ path }: Facts): Finding | undefined {
  if (path.assigned === undefined || !allFailed(path.targets)) return undefined;
  const isDead = path.targets.some(({ state }) => state === 'no-answer' || state === 'refused');
  return isDead ? { kind: 'assigned-host-dead', subject: hostName(path.assigned.host) } : undefined;
}

/** Every domain said so; one that did not answer could have had the record. */
export function noSrvRecord({ path, record }: Facts): Finding | undefined {
  if (path.assigned !== undefined || path.lookups === undefined || path.cacheAnswers) return undefined;
  const saysNo = path.lookups.every(
    ({ outcome }) => !outcome.found && (outcome.why === 'nxdomain' || outcome.why === 'nodata'),
  );
  if (!saysNo || record.dropped.dom !== undefined) return undefined;
  const suffix = record.network.read ? record.network.value.primarySuffix : '';
  const domain = path.lookups.find((lookup) => lookup.domain === suffix) ?? path.lookups[0];
  return domain === undefined ? { kind: 'no-srv-record' } : { kind: 'no-srv-record', subject: domain.domain };
}

/** A rule: every target failed, and one of them in this way. */
export function failedPath(state: TargetState, kind: CauseKind): CauseRule['find'] {
  return ({ path }) => {
    if (path.cacheAnswers || !allFailed(path.targets)) return undefined;
    const target = path.targets.find((each) => each.state === state);
    return target === undefined ? undefined : { kind, subject: hostName(target.host) };
  };
}

/** True when some target is in this state. */
export const hasState = (targets: readonly ProbedTarget[], state: TargetState): boolean =>
  targets.some((target) => target.state === state);

const allFailed = (targets: readonly ProbedTarget[]): boolean =>
  targets.length > 0 && !hasState(targets, 'good') && !hasState(targets, 'unknown');

/** A host as causes name it. */
export const hostName = (written: string): string => written.toLowerCase();

/** Servers answer, but not this question. A lookup that ran out of time proves nothing. */
export function lookupFailing({ path }: Facts): Finding | undefined {
  if (path.lookups === undefined || path.lookups.some(({ outcome }) => outcome.found)) return undefined;
  for (const { outcome } of path.lookups) {
    if (outcome.found) continue;
    if (outcome.why === 'servfail') return { kind: 'status-reason', code: '0x8007232A' };
    if (outcome.why === 'refused') return { kind: 'status-reason', code: '0x8007232D' };
    if (typeof outcome.why === 'object' && 'code' in outcome.why)
      return { kind: 'status-reason', code: outcome.why.code };
  }
  return undefined;
}
