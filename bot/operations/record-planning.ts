/** Makes the plan of a record's change from what stands at its name, and again before it is applied. */
import { makeRecordPlan } from '../domain/change/make-plan.ts';
import type { ChangePlan } from '../domain/change/plan.ts';
import { sameState } from '../domain/records/batch.ts';
import { directoryAround } from '../domain/records/directory-domain.ts';
import { parseTarget } from '../domain/records/dns-name.ts';
import { type HostKnowledge, hostNote } from '../domain/records/host-note.ts';
import { planRecords } from '../domain/records/plan-records.ts';
import type { RecordRefusal, RecordRequest, ZoneAddresses } from '../domain/records/record-plan.ts';
import type { NameState, RecordPlace } from '../domain/records/record-set.ts';
import { parseSrv } from '../domain/records/srv-record.ts';
import type { NameRead } from '../ports.ts';
import { type Again, nextPlan } from './change-approval.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { tellStatus } from './change-notes.ts';
import { type PlanSummary, summaryOf } from './change-plan.ts';
import type { Shown } from './message.ts';
import { recordInForce } from './plan-in-force.ts';
import { addressesAsked, addressesInTurn } from './record-addresses.ts';
import { knowledgeOf } from './record-hosts.ts';
import { KMS_PORT, type Placed, type RecordWish } from './record-place.ts';
import { siteOf } from './site-of.ts';

type Where = Extract<Placed, { kind: 'placed' }>;
type Made =
  | { readonly kind: 'plan'; readonly plan: ChangePlan }
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal };

/** A plan that was put in force, or why there is none; goes through checkpoints. */
export type FirstPlan =
  | { readonly kind: 'planned'; readonly plan: PlanSummary }
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal };

/** Reads the zone and the name, and puts the plan in force. */
export const planRecord = async (
  deps: ChangeDeps,
  of: ChangeCase,
  wish: RecordWish,
  where: Where,
): Promise<FirstPlan> => {
  const inZone = await addressesInTurn(deps, wish);
  return deps.workflow.step<FirstPlan>('plan record', async () => {
    const { zone, domain } = where;
    await tellStatus(deps, of, { siteIds: [zone.siteId], domain });
    const read = await deps.recordSets.readName(siteOf(deps, zone.siteId), zone.id, domain);
    const wrong = wrongZone(where, read);
    if (wrong !== undefined || read.kind !== 'read') return refusedBy(wrong ?? gone(where.zone));
    const place = { ...read.place, siteId: zone.siteId, domain };
    const made = await planFor(deps, of, wish, { place, state: read.state, inZone });
    if (made.kind === 'refused') return refusedBy(made.refusal);
    await deps.changes.writePlan(of.id, made.plan);
    return { kind: 'planned', plan: summaryOf(made.plan) };
  });
};

const refusedBy = (refusal: RecordRefusal): FirstPlan => ({ kind: 'refused', refusal: kept(refusal) });

/** A refusal goes through checkpoints, and a set may hold four hundred values. */
const MOST_TEXTS = 20;

const kept = (refusal: RecordRefusal): RecordRefusal =>
  'texts' in refusal ? { ...refusal, texts: refusal.texts.slice(0, MOST_TEXTS) } : refusal;

const gone = ({ name, id }: Where['zone']): RecordRefusal => ({ kind: 'zone-gone', zone: name, zoneId: id });

/** Whether the zone is the one that the configuration means, and the bot's to write in. */
const wrongZone = ({ zone }: Where, read: NameRead): RecordRefusal | undefined => {
  if (read.kind === 'no-such-zone') return gone(zone);
  const { name, id } = zone;
  if (read.place.zone !== name) return { kind: 'zone-renamed', zone: name, zoneId: id, found: read.place.zone };
  return read.keptBy === undefined ? undefined : { kind: 'zone-kept-by-service', zone: name, service: read.keptBy };
};

/** What a plan is made from. */
interface Read {
  readonly place: RecordPlace;
  readonly state: NameState;
  /** Of the host that is to be added; null where it is not known. */
  readonly inZone: ZoneAddresses | null;
}

const planFor = async (
  deps: ChangeDeps,
  of: ChangeCase,
  wish: RecordWish,
  { place, state, inZone }: Read,
): Promise<Made> => {
  const request = await requestOf(deps, of, wish);
  const targets = [...targetsIn(state), ...('target' in request ? [request.target] : [])];
  const inZones = 'target' in request && inZone !== null ? { inZones: new Map([[request.target, inZone]]) } : {};
  const known: HostKnowledge = { ...(await knowledgeOf(deps, targets)), ...inZones };
  const outside = inDirectory(request, place, state, known);
  if (outside !== undefined) return { kind: 'refused', refusal: outside };
  const { owner, digest, clock } = deps;
  const given = { place, state, owner, change: of.id };
  const planned = planRecords(request, { ...given, hostNote: (answer) => hostNote(answer, known) });
  if (planned.kind === 'refused') return planned;
  return { kind: 'plan', plan: makeRecordPlan(of.spec, planned.plan, { digest, nowMs: clock() }) };
};

/** A first record that no machine would see: the domain is one of Active Directory. */
const inDirectory = (
  request: RecordRequest,
  place: RecordPlace,
  { srv }: NameState,
  known: HostKnowledge,
): RecordRefusal | undefined => {
  const directory = directoryAround(place, known.fleet);
  if (request.kind !== 'add' || srv !== undefined || directory === undefined) return undefined;
  const { target, port, priority = 0, weight = 0 } = request;
  const answer = { target, port, priority, weight };
  const publishes = hostNote(answer, known)?.publishes === true ? ({ publishes: true } as const) : {};
  const { domain, zone } = place;
  return { kind: 'zone-elsewhere', domain, answer, ...publishes, directory: { ...directory, zone } };
};

const targetsIn = ({ srv }: NameState): readonly string[] =>
  (srv?.values ?? []).flatMap((value) => parseSrv(value)?.target ?? []);

const REQUESTS = { 'dns-add': 'add', 'dns-remove': 'remove', 'dns-adopt': 'adopt' } as const;

/** What the planner is asked. Of an addition the port is said; elsewhere only where the person said one. */
const requestOf = async (deps: ChangeDeps, of: ChangeCase, wish: RecordWish): Promise<RecordRequest> => {
  if (wish.kind === 'undo') {
    const { inverse, createsSet } = await recordInForce(deps, wish.change);
    return { kind: 'undo', edits: inverse, createdSet: createsSet };
  }
  const { kind, host, priority, weight } = wish.spec;
  const numbers = {
    ...(priority === undefined ? {} : { priority }),
    ...(weight === undefined ? {} : { weight }),
  };
  const parsed = parseTarget(host.host);
  // Its place was found only with a target that can be one.
  if (!parsed.ok) throw new Error(`The target of ${of.id} is ${parsed.why}`);
  const { target } = parsed;
  const request = REQUESTS[kind];
  if (request === 'add') return { kind: request, target, port: host.port || KMS_PORT, ...numbers };
  return { kind: request, target, ...(host.port === 0 ? {} : { port: host.port }), ...numbers };
};

/** Reads the name once more and plans anew where it is not as it was: one call, and one more where it is not. */
export const recordAgain = async (
  deps: ChangeDeps,
  of: ChangeCase,
  wish: RecordWish,
  attempt: number,
  shown: Shown,
): Promise<Again> => {
  const again = await deps.workflow.step(`compare ${attempt}`, async () => {
    const approved = await recordInForce(deps, of.id);
    const made = await replanned(deps, of, wish, approved.place, approved.before);
    if (made.kind === 'plan') await deps.changes.writePlan(nextPlan(of, attempt), made.plan);
    const atMs = deps.clock();
    if (made.kind === 'holds') return { kind: 'holds' as const };
    return made.kind === 'plan'
      ? { kind: 'moved' as const, plan: summaryOf(made.plan), atMs }
      : { kind: 'refused' as const, refusal: { kind: 'record' as const, refusal: kept(made.refusal) }, atMs };
  });
  return { ...again, shown };
};

const replanned = async (
  deps: ChangeDeps,
  of: ChangeCase,
  wish: RecordWish,
  place: RecordPlace,
  before: NameState,
): Promise<Made | { readonly kind: 'holds' }> => {
  const { siteId, zoneId, zone, domain } = place;
  const state = await deps.recordSets.readState(siteOf(deps, siteId), zoneId, domain);
  if (state === undefined) return { kind: 'refused', refusal: { kind: 'zone-gone', zone, zoneId } };
  if (sameState(state, before)) return { kind: 'holds' };
  return planFor(deps, of, wish, { place, state, inZone: await addressesAsked(deps, wish) });
};
