/** Rules about the way to the KMS host, as probed just now. */
import type { CauseKind } from './check-report.ts';
import type { CauseRule, Finding } from './finding.ts';
import type { Facts } from './judge-facts.ts';
import { type ProbedTarget, probedTarget, type TargetState } from './kms-path.ts';

/** Only while no target has an address: with one, DNS is either not needed or works. */
export function dnsServersSilent({ record, path }: Facts): Finding | undefined {
  if (!record.dnsServers.read || path.cacheAnswers) return undefined;
  if (path.targets.some(({ addresses }) => addresses.length > 0)) return undefined;
  const servers = record.dnsServers.value;
  if (servers.some((server) => server.query === 'answers')) return undefined;
  const [first] = servers;
  return first === undefined
    ? { kind: 'no-dns-server', code: '0x8007267C' }
    : { kind: 'dns-server-silent', subject: first.address };
}

/** The port a KMS host listens on unless told otherwise. */
const KMS_PORT = 1688;

/** The assigned machine is a KMS host, but on the port that KMS hosts use and not on the assigned one. */
export function assignedWrongPort({ path, record }: Facts): Finding | undefined {
  const { assigned } = path;
  if (assigned === undefined || !record.targets.read || !allFailed(path.targets)) return undefined;
  const [asked] = path.targets;
  if (asked === undefined || asked.port === KMS_PORT || asked.port === 0) return undefined;
  const isThere = record.targets.value
    .map(probedTarget)
    .some((target) => target.port === KMS_PORT && target.state === 'good' && isSameMachine(target, asked));
  return isThere ? { kind: 'assigned-wrong-port', subject: `${hostName(asked.host)}:${asked.port}` } : undefined;
}

const isSameMachine = (one: ProbedTarget, other: ProbedTarget): boolean =>
  hostName(one.host) === hostName(other.host) || one.addresses.some((address) => other.addresses.includes(address));

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
  if (path.lookupDomain !== undefined && domain !== undefined)
    return { kind: 'lookup-domain-empty', subject: domain.domain };
  return domain === undefined ? { kind: 'no-srv-record' } : { kind: 'no-srv-record', subject: domain.domain };
}

/** A rule: every target failed, and one of them in this way. */
export function failedPath(state: TargetState, kind: CauseKind): CauseRule['find'] {
  return ({ path }) => {
    if (path.cacheAnswers || !allFailed(path.targets)) return undefined;
    const target = path.targets.find((each) => each.state === state);
    if (target === undefined) return undefined;
    return { kind: asAssigned(kind, path), subject: hostName(target.host) };
  };
}

/** The same trouble with a host that was assigned by hand: DNS has no part in it. */
const OF_ASSIGNED: Readonly<Partial<Record<CauseKind, CauseKind>>> = {
  'target-unresolved': 'assigned-unresolved',
  'target-not-kms': 'assigned-not-kms',
};

/** The kind of a cause about a target, as it is when the target was assigned by hand. */
export const asAssigned = (kind: CauseKind, { assigned }: Facts['path']): CauseKind =>
  assigned === undefined ? kind : (OF_ASSIGNED[kind] ?? kind);

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
