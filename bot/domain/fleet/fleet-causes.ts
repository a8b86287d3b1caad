/**
 * Causes as only a fleet shows them: what several machines share says more than what each of them can say.
 *
 * A host that answers nobody is dead, and one that answers others is not; a domain in which nobody finds a record lacks
 * it; machines with one CMID are counted as one.
 */
import { isAmazonServer } from '../addresses.ts';
import { causeOf } from '../cause-key.ts';
import type { Cause, CauseKind, NodeResult } from '../check-report.ts';
import type { Finding } from '../finding.ts';
import { type FleetReach, fleetReach } from './fleet-reach.ts';
import { NO_CMID } from './fleet-summary.ts';

/** The results of one check, with each cause named as the whole fleet shows it. In the order given. */
export function withFleetCauses(results: readonly NodeResult[]): readonly NodeResult[] {
  const fleet = fleetOf(results);
  return results.map((result) => refined(result, fleet));
}

/** What all the machines together say. */
interface Fleet {
  readonly reach: FleetReach;
  /** Machines by the cause that was found, or that explains their missed renewals. */
  readonly sharing: ReadonlyMap<string, number>;
  /** Domains in which somebody finds a record, those of the most machines first. */
  readonly recordsIn: readonly string[];
  readonly clones: ReadonlyMap<string, Clones>;
}

/** Machines that share a CMID. */
interface Clones {
  machines: number;
  /** The image of all of them; undefined when they came from several, or none is known. */
  imageId: string | undefined;
}

function fleetOf(results: readonly NodeResult[]): Fleet {
  const sharing = new Map<string, number>();
  const records = new Map<string, number>();
  const clones = new Map<string, Clones>();
  for (const { cause, seen } of results) {
    if (cause !== undefined) add(sharing, shareKey(behind(cause)));
    if (seen?.recordIn !== undefined) add(records, seen.recordIn);
    if (seen?.cmid !== undefined && seen.cmid !== NO_CMID) addClone(clones, seen.cmid, seen.imageId);
  }
  const recordsIn = [...records].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([domain]) => domain);
  return { reach: fleetReach(results), sharing, recordsIn, clones };
}

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

function addClone(clones: Map<string, Clones>, cmid: string, imageId: string | undefined): void {
  const known = clones.get(cmid);
  if (known === undefined) {
    clones.set(cmid, { machines: 1, imageId });
    return;
  }
  known.machines += 1;
  if (known.imageId !== imageId) known.imageId = undefined;
}

const shareKey = ({ kind, subject = '' }: Finding): string => `${kind}|${subject}`;

/** What explains missed renewals, where that is known; any other cause is its own explanation. */
function behind(cause: Finding): Finding {
  const { kind, detail, subject, code } = cause;
  if (kind !== 'renewals-missed' || detail === undefined) return cause;
  // The detail of missed renewals is a kind of cause by its contract.
  const why = { kind: detail as CauseKind, ...(subject === undefined ? {} : { subject }) };
  return code === undefined ? why : { ...why, code };
}

function refined(result: NodeResult, fleet: Fleet): NodeResult {
  const stranger = strangerOf(result);
  if (stranger !== undefined)
    return { ...result, cause: causeOf(stranger), next: { kind: 'diagnose', nodeId: result.nodeId } };
  if (result.cause === undefined) return result;
  const found = REFINEMENTS[behind(result.cause).kind]?.(behind(result.cause), result, fleet);
  return found === undefined ? result : { ...result, cause: causeOf(inPlaceOf(result.cause, found)) };
}

/** Missed renewals stay what they are; only their explanation changes. */
function inPlaceOf(cause: Cause, found: Finding): Finding {
  if (cause.kind !== 'renewals-missed') return found;
  const { kind, subject, code } = found;
  return {
    kind: 'renewals-missed',
    detail: kind,
    ...(subject === undefined ? {} : { subject }),
    ...(code === undefined ? {} : { code }),
  };
}

/** Causes that lie with the licence itself: they stop the machine whomever it asks. */
const OF_THE_LICENCE: readonly CauseKind[] = [
  'no-key',
  'wrong-key',
  'evaluation-edition',
  'other-channel',
  'kms-disabled',
  'probe-failed',
];

/** Said of well machines too: what activates them is not ours. */
function strangerOf({ seen, cause, verdict }: NodeResult): Finding | undefined {
  if (seen?.notOurs === undefined || seen.host === undefined) return undefined;
  if (!('channel' in verdict) || verdict.channel !== 'kms-client') return undefined;
  if (verdict.state === 'activated' && verdict.by !== 'kms') return undefined;
  if (cause !== undefined && OF_THE_LICENCE.includes(cause.kind)) return undefined;
  return { kind: 'unknown-host', subject: seen.host.replace(/:1688$/, ''), detail: seen.notOurs };
}

type Refinement = (cause: Finding, result: NodeResult, fleet: Fleet) => Finding | undefined;

/** How a cause is named better, where the fleet allows it. */
const REFINEMENTS: Readonly<Partial<Record<CauseKind, Refinement>>> = {
  'target-no-answer': (cause, result, fleet) => silentHost(cause, result, fleet, 'dead-srv-target'),
  'assigned-host-dead': (cause, result, fleet) => silentHost(cause, result, fleet, 'retired-assignment'),
  'no-srv-record': missingZone,
  'count-too-low': countedAsOne,
};

/** Amazon's servers are each machine's own way out: what others reach says nothing. */
function silentHost(cause: Finding, result: NodeResult, fleet: Fleet, dead: CauseKind): Finding | undefined {
  const { subject } = cause;
  if (subject === undefined || isAmazonServer(subject)) return undefined;
  const reachedBy = fleet.reach.reachedBy(subject, result);
  if (reachedBy === undefined) return undefined;
  if (reachedBy > 0) return { ...cause, kind: 'path-blocked' };
  if (fleet.reach.isAlive(subject) || (fleet.sharing.get(shareKey(cause)) ?? 0) < 2) return undefined;
  const bySrv = dead !== 'dead-srv-target' || result.seen?.recordIn !== undefined;
  return bySrv ? { ...cause, kind: dead } : undefined;
}

function missingZone(cause: Finding, _result: NodeResult, { sharing, recordsIn }: Fleet): Finding | undefined {
  const { subject } = cause;
  if (subject === undefined || recordsIn.includes(subject) || (sharing.get(shareKey(cause)) ?? 0) < 2) return undefined;
  const [elsewhere] = recordsIn;
  return { kind: 'zone-missing', subject, ...(elsewhere === undefined ? {} : { detail: elsewhere }) };
}

function countedAsOne(_cause: Finding, { seen }: NodeResult, { clones }: Fleet): Finding | undefined {
  const shared = seen?.cmid === undefined ? undefined : clones.get(seen.cmid);
  if (seen?.cmid === undefined || shared === undefined || shared.machines < 2) return undefined;
  const subject = shared.imageId === undefined ? {} : { subject: shared.imageId };
  return { kind: 'duplicate-cmid', ...subject, detail: seen.cmid };
}
