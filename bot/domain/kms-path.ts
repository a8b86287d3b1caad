/**
 * The way a machine would take to a KMS host now, and how far probing it got.
 *
 * Windows asks an assigned host and nothing else; without one the host cached from the last success, then those that
 * `_vlmcs._tcp` names. A probe that timed out says nothing; a connection that did says that nobody answered.
 */
import type { HostPort, InspectionRecord, KmsTarget, LicenceProduct, SrvLookup } from './inspection-record.ts';

/** How far one target let itself be followed. */
export type TargetState = 'good' | 'unresolved' | 'no-answer' | 'refused' | 'not-kms' | 'unknown';

/** A target on the way, and how far it could be followed. */
export interface ProbedTarget {
  readonly host: string;
  readonly state: TargetState;
  /** Its name led to an address. */
  readonly resolved: boolean;
}

/** How the machine would look for a host now. */
export interface KmsPath {
  /** The host Windows was told to use, where it was. */
  readonly assigned?: HostPort;
  /** The domains discovery would ask; absent when that was not read; empty with an assigned host. */
  readonly lookups?: readonly SrvLookup[];
  /** The targets the machine would contact, in the order of the record. */
  readonly targets: readonly ProbedTarget[];
  /** The host cached from an earlier success answers: discovery is not needed. */
  readonly cacheAnswers: boolean;
}

/** Follows the machine's configuration as far as the record tells. */
export function kmsPath(record: InspectionRecord, product: LicenceProduct | undefined): KmsPath {
  const service = record.service.read ? record.service.value : undefined;
  const targets = record.targets.read ? record.targets.value : [];
  const assigned = product?.assigned ?? service?.assigned;
  if (assigned !== undefined) {
    const probed = targets.filter((target) => target.origins.includes('assigned')).map(probedTarget);
    return { assigned, lookups: [], targets: probed, cacheAnswers: false };
  }
  const lookups = lookupsOf(record, product?.lookupDomain ?? service?.lookupDomain);
  const cached = targets.filter((target) => target.origins.includes('discovered'));
  return {
    targets: discoveredTargets(record, lookups, targets),
    cacheAnswers: service?.hostCaching === true && cached.some((target) => targetState(target) === 'good'),
    ...(lookups === undefined ? {} : { lookups }),
  };
}

/** With a lookup domain only that one is asked. */
function lookupsOf(record: InspectionRecord, lookupDomain: string | undefined): readonly SrvLookup[] | undefined {
  if (!record.srvLookups.read) return undefined;
  const lookups = record.srvLookups.value;
  if (lookupDomain === undefined) return lookups;
  const asked = lookups.filter((lookup) => lookup.domain === lookupDomain.toLowerCase().replace(/\.$/, ''));
  return asked.length === 0 ? undefined : asked;
}

/** The targets that SRV answers name. One that the record has no room for is there, but unknown. */
function discoveredTargets(
  record: InspectionRecord,
  lookups: readonly SrvLookup[] | undefined,
  targets: readonly KmsTarget[],
): readonly ProbedTarget[] {
  if (lookups === undefined) return targets.filter((target) => target.origins.includes('srv')).map(probedTarget);
  const named = new Map(lookups.flatMap(answersOf).map((answer) => [`${answer.target}:${answer.port}`, answer.target]));
  const probed = targets.filter((target) => named.delete(`${target.host}:${target.port}`)).map(probedTarget);
  const unprobed = [...named.values(), ...(record.dropped.srv === undefined ? [] : ['(dropped)'])];
  return [...probed, ...unprobed.map((host) => ({ host, state: 'unknown', resolved: false }) as const)];
}

const answersOf = (lookup: SrvLookup) => (lookup.outcome.found ? lookup.outcome.answers : []);

const probedTarget = (target: KmsTarget): ProbedTarget => ({
  host: target.host,
  state: targetState(target),
  resolved: target.resolution.ok === true,
});

/** What probing a target proved. */
export function targetState(target: KmsTarget): TargetState {
  const { resolution } = target;
  if (resolution.ok === false) return resolution.why === 'timeout' ? 'unknown' : 'unresolved';
  if (target.tcp === undefined) return 'unknown';
  if (target.tcp === 'refused') return 'refused';
  if (target.tcp === 'timeout' || target.tcp === 'unreachable') return 'no-answer';
  return target.tcp === 'ok' ? boundState(target.bind) : 'unknown';
}

/** A busy host is one; a run that only connects says no more than that something listens. */
function boundState(bind: KmsTarget['bind']): TargetState {
  if (bind === undefined || bind === 'ok' || bind === 'busy') return 'good';
  return typeof bind === 'string' ? 'not-kms' : 'unknown';
}
