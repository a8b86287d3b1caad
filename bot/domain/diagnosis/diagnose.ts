/**
 * The diagnosis of one machine: one named cause with what proves it, what else it could be, what could not be seen, and
 * the fix. Pure and total: the same facts give the same diagnosis, and every machine gets one.
 */
import type { NodeResult } from '../check-report.ts';
import { type InspectionRecord, PROBES } from '../inspection-record.ts';
import { judge } from '../judge.ts';
import { LATE_FROM_MISSED_RENEWALS } from '../licence.ts';
import type { DiagnosedCause } from './cause.ts';
import { causeOwner } from './cause-owner.ts';
import { contradicted } from './contradicted.ts';
import type { Diagnosis, RankedCause, Unseen } from './diagnosis.ts';
import { line } from './evidence.ts';
import { exitsOf } from './exits.ts';
import type { DiagnosisFacts } from './facts.ts';
import { type FixContext, fixFor, NO_FIX } from './fix.ts';
import { licenceModel } from './licence-model.ts';
import { hasRead, type Look, lookAt } from './look.ts';
import { officeOf } from './office.ts';
import { foresees, rank } from './rank.ts';
import type { Found } from './rule.ts';
import { isHostByAccident } from './rules-of-the-licence.ts';
import { ranked, runnersUp } from './runners-up.ts';
import { servingHost } from './serving-host.ts';
import { HOST_HALF, unseenOf } from './unseen.ts';

/** Diagnoses one machine. Never throws. */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const { node, evidence, nowMs } = facts;
  const result = judge({ node, evidence, nowMs });
  if (evidence.kind === 'output' && evidence.reading.kind === 'record')
    return diagnoseRecord(facts, evidence.reading.record, result);
  const cause = untold(facts);
  const first: RankedCause = {
    cause,
    confidence: 'sure',
    owner: causeOwner(cause),
    evidence: cause.kind === 'not-asked' ? [line('last-seen', lastSeen(facts), [node.presence.kind])] : [],
    rule: 'no record',
  };
  return {
    ...baseOf(facts, result),
    state: 'unknown',
    first,
    fix: fixFor(cause, contextOf(facts)),
    unseen: zonesUnread(facts),
    exits: [],
  };
}

/** When its agent was heard of last; now, where it is there or was never heard of. */
function lastSeen({ node, nowMs }: DiagnosisFacts) {
  const atMs = 'lastSeenMs' in node.presence ? (node.presence.lastSeenMs ?? nowMs) : nowMs;
  return { where: node.name, atMs };
}

/** Why there is no record. */
function untold({ evidence }: DiagnosisFacts): DiagnosedCause {
  if (evidence.kind === 'not-asked') return { kind: 'not-asked', why: evidence.why };
  if (evidence.kind === 'no-answer') return { kind: 'no-answer', why: evidence.why.kind };
  const { reading } = evidence;
  return { kind: 'no-answer', why: reading.kind === 'record' ? 'unsaid' : reading.why.kind };
}

const zonesUnread = ({ unreadZones }: DiagnosisFacts): readonly Unseen[] =>
  unreadZones.map(({ name, why, action }) => ({
    kind: 'zone-not-read',
    zone: name,
    why,
    ...(action === undefined ? {} : { action }),
  }));

const baseOf = ({ node, nowMs }: DiagnosisFacts, result: NodeResult) => ({
  nodeId: node.id,
  siteId: node.siteId,
  name: node.name,
  ...(result.os === undefined ? {} : { os: result.os }),
  result,
  runnersUp: [],
  atMs: nowMs,
});

function contextOf({ node, zones, unreadZones, resolverRules }: DiagnosisFacts, look?: Look): FixContext {
  const serving = look === undefined ? undefined : servingHost(look);
  const os = look?.record.os.read === true ? look.record.os.value : undefined;
  const builds = (look?.hosts ?? []).flatMap(({ node: host, build }) =>
    build === undefined ? [] : [[host.id, build] as const],
  );
  return {
    node,
    zones,
    unreadZones,
    resolverRules,
    model: licenceModel(node, look?.record).kind,
    hostBuilds: Object.fromEntries(builds),
    ...(serving?.isSeen === true ? { serving: serving.host } : {}),
    ...(look?.os === undefined ? {} : { os: look.os }),
    ...(os === undefined ? {} : { joined: os.domainJoined }),
  };
}

function diagnoseRecord(facts: DiagnosisFacts, record: InspectionRecord, result: NodeResult): Diagnosis {
  const look = lookAt(facts, record, result);
  const state = stateOf(look);
  const office = officeOf(look, state === 'failing', () => contextOf(facts, look));
  const base = { ...baseOf(facts, result), ...(office === undefined ? {} : { office }) };
  if (state === 'well') return { ...base, unseen: unseenOf(look, undefined), state, fix: NO_FIX, exits: [] };
  const all = rank(look);
  const named = state === 'warning' ? all.filter(isWarning) : all;
  const best = named.find((found) => !isGuess(look, found));
  const first = best === undefined ? unreadable(look) : ranked(best);
  const { cause } = first;
  const others = [...runnersUp(named), ...contradicted(look, cause)].slice(0, MOST_RUNNERS_UP);
  const exits = exitsOf({ cause, model: look.model.kind, hasHost: hasHost(look) });
  const unseen = unseenOf(look, best?.rule.stage);
  return { ...base, unseen, state, first, fix: fixFor(cause, contextOf(facts, look)), runnersUp: others, exits };
}

/** Runners-up shown at most. */
const MOST_RUNNERS_UP = 3;

/** Of a machine whose licence could not be read, that it may work now or that there is a code says nothing. */
const isGuess = ({ products }: Look, { rule, confidence }: Found): boolean =>
  products === 'unread' && confidence === 'possible' && (rule.stage === 'now' || rule.stage === 'rest');

/** Everything that could tell is unread. */
function unreadable({ record, self }: Look): RankedCause {
  const probes = PROBES.filter((probe) => !HOST_HALF.includes(probe) && !hasRead(record, probe));
  const cause: DiagnosedCause = { kind: 'unreadable', probes };
  return {
    cause,
    confidence: 'possible',
    owner: causeOwner(cause),
    evidence: [line('last-seen', self, ['online'])],
    rule: 'nothing read',
  };
}

/** What is activated still warns where the next renewal would fail. */
function stateOf(look: Look): Diagnosis['state'] {
  const { verdict } = look.result;
  if (verdict.state === 'unknown') return 'unknown';
  if (verdict.state === 'not-a-kms-client' && verdict.licensed)
    return verdict.channel === 'kms-host' && isHostByAccident(look) ? 'warning' : 'well';
  if (verdict.state !== 'activated') return 'failing';
  if (verdict.by !== 'kms') return 'well';
  const isLate = verdict.missedRenewals >= LATE_FROM_MISSED_RENEWALS;
  return isLate || foresees(look) ? 'warning' : 'well';
}

/** What would stop a renewal; that it works now is no warning of a machine that is not late. */
const isWarning = ({ cause }: Found): boolean => cause.kind !== 'code-only';

const hasHost = ({ hosts, facts, way }: Look): boolean =>
  hosts.length > 0 ||
  facts.knownHosts.length > 0 ||
  way.targets.length > 0 ||
  facts.zones.some(({ srv }) => srv.length > 0);
