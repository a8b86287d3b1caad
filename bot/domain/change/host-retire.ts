/** A KMS host that goes: its records first, then its clients, at last its key. */
import type { InspectionRecord } from '../inspection-record.ts';
import type { ClientState } from './client-state.ts';
import type { CourseStep } from './course.ts';
import { setPublishing, setPublishList } from './host-actions.ts';
import { listChange, publishingChanges } from './host-plans.ts';
import { isHost, ownClientKey } from './licences.ts';
import { ownDomain } from './own-record.ts';
import type { LeftAlone, PlanWarning, ValueChange } from './plan.ts';
import { leavingClients, type RetirementRisk, retirementRisk, stayingHosts } from './retirement-risk.ts';
import type { NodeFacts, PlanGiven, Wanted } from './wanted.ts';

/** Plans the whole retirement, or says whose clients would be left without a host. */
export const hostRetire = (
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
  given: PlanGiven,
): Wanted | LeftAlone => {
  if (record.service.read && !isHost(record)) return { why: 'not-host' };
  const convert = ownClientKey(state, record);
  if ('why' in convert) return convert;
  if (state.host === undefined) return { why: 'unreadable' };
  const risk = riskOf(facts, record, given);
  const refused = refusalFor(risk);
  if (refused !== undefined) return refused;
  return {
    action: convert.action,
    inverse: { none: 'host-retired' },
    changes: [...recordChanges(given), ...publishChanges(state.host, record), ...convert.changes],
    thenActivate: false,
    course: stepsOf(state.host, convert.action),
    ...warned([...riskWarnings(risk), ...pinnedWarnings(given), ...foreignWarnings(given)]),
  };
};

const riskOf = ({ node }: NodeFacts, record: InspectionRecord, given: PlanGiven): RetirementRisk => {
  const digest = record.requestDigest.read ? record.requestDigest.value : undefined;
  const role = record.hostRole.read ? record.hostRole.value : undefined;
  const leaving = leavingClients(digest, role, given.nowMs);
  const names = namesOf(record, node.name);
  return retirementRisk(leaving, stayingHosts(given.hosts ?? [], { nodeId: node.id, names }));
};

const refusalFor = (risk: RetirementRisk): LeftAlone | undefined => {
  if (risk.kind === 'no-other-host') return { why: 'no-other-host' };
  if (risk.kind !== 'threshold') return undefined;
  const { kind: _, ...told } = risk;
  return { why: 'threshold', ...told };
};

/** As other machines may call it, lower-case. */
const namesOf = (record: InspectionRecord, name: string): readonly string[] => {
  const bare = [name, record.computerName].map((each) => each.toLowerCase());
  const domain = ownDomain(record);
  return domain === undefined ? bare : [...bare, ...bare.map((each) => `${each}.${domain}`)];
};

type Host = NonNullable<ClientState['host']>;

const stepsOf = ({ publishList }: Host, convert: Wanted['action']): readonly CourseStep[] => {
  const list = setPublishList(publishList, null).action;
  return [
    { step: 'drain' },
    { step: 'unpublish', action: setPublishing(false).action, ...(publishList === null ? {} : { afterwards: list }) },
    { step: 'watch' },
    { step: 'convert', action: convert },
    { step: 'verify' },
  ];
};

const ours = ({ records = [] }: PlanGiven, isOurs: boolean) => records.filter((each) => each.ours === isOurs);

const recordChanges = (given: PlanGiven): readonly ValueChange[] =>
  ours(given, true).map(({ domain, value }) => ({
    what: 'record',
    before: `_vlmcs._tcp.${domain} ${value}`,
    after: null,
  }));

const publishChanges = ({ publishing, publishList }: Host, record: InspectionRecord): readonly ValueChange[] => [
  ...(publishing ? publishingChanges(false, record) : []),
  ...(publishList === null ? [] : [listChange(publishList, null)]),
];

const warned = (warnings: readonly PlanWarning[]): Pick<Wanted, 'warnings'> =>
  warnings.length === 0 ? {} : { warnings };

const riskWarnings = (risk: RetirementRisk): readonly PlanWarning[] => {
  if (risk.kind !== 'warn') return [];
  const { hosts, needed, missedAtMs } = risk;
  const dated = missedAtMs === undefined ? {} : { missedAtMs };
  return hosts.map(({ name, count }) => ({ why: 'threshold', host: name, count, needed, ...dated }));
};

/** Names that a message has room for. */
const NAMED = 5;

const pinnedWarnings = ({ pinned = [] }: PlanGiven): readonly PlanWarning[] =>
  pinned.length === 0 ? [] : [{ why: 'pinned-clients', names: pinned.slice(0, NAMED), machines: pinned.length }];

const foreignWarnings = (given: PlanGiven): readonly PlanWarning[] =>
  ours(given, false).map(({ domain, value }) => ({ why: 'foreign-record', domain, value }));
