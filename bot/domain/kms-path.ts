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
  readonly port: number;
  readonly state: TargetState;
  /** Where its name led; empty when it led nowhere, or was not followed. */
  readonly addresses: readonly string[];
}

/** How the machine would look for a host now. */
export interface KmsPath {
  /** The host Windows was told to use, where it was. */
  readonly assigned?: HostPort;
  /** The one domain it was told to look in, where it was; discovery asks no other. */
  readonly lookupDomain?: string;
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
  const lookupDomain = product?.lookupDomain ?? service?.lookupDomain;
  const lookups = lookupsOf(record, lookupDomain);
  const cached = targets.filter((target) => target.origins.includes('discovered'));
  return {
    targets: discoveredTargets(record, lookups, targets),
    cacheAnswers: service?.hostCaching === true && cached.some((target) => targetState(target) === 'good'),
    ...(lookups === undefined ? {} : { lookups }),
    ...(lookupDomain === undefined ? {} : { lookupDomain }),
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
  const named = new Map(lookups.flatMap(answersOf).map((answer) => [`${answer.target}:${answer.port}`, answer]));
  const probed = targets.filter((target) => named.delete(`${target.host}:${target.port}`)).map(probedTarget);
  const unprobed = [...named.values()].map(({ target, port }) => unknownTarget(target, port));
  return [...probed, ...unprobed, ...(record.dropped.srv === undefined ? [] : [unknownTarget('(dropped)', 0)])];
}

const answersOf = (lookup: SrvLookup) => (lookup.outcome.found ? lookup.outcome.answers : []);

const unknownTarget = (host: string, port: number): ProbedTarget => ({ host, port, state: 'unknown', addresses: [] });

/** A target as probing left it. */
export const probedTarget = (target: KmsTarget): ProbedTarget => ({
  host: target.host,
  port: target.port,
  state: targetState(target),
  addresses: target.resolution.ok === true ? target.resolution.addresses : [],
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
