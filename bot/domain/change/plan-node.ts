/** What a change means for one machine: what will be done there, or why it is left alone. */
import type { Verdict } from '../check-report.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { flushDns } from './actions.ts';
import { amazonFor, discovery, pointing, routingTest } from './assignments.ts';
import type { ChangeSpec, HostSpec, RecordSpec } from './change-spec.ts';
import { type ClientState, clientStateOf } from './client-state.ts';
import { phone, rearm, restart } from './course-plans.ts';
import { hostSetting } from './host-plans.ts';
import { hostRetire } from './host-retire.ts';
import { hostSetup } from './host-setup.ts';
import { activation, activationType, caching, clientKey, lookup } from './licences.ts';
import type { LeftAlone, LeftNode, PlannedNode } from './plan.ts';
import { storedKey } from './stored-key-plan.ts';
import type { NodeFacts, PlanGiven, Wanted } from './wanted.ts';

export type { NodeFacts, PlanGiven } from './wanted.ts';

/** Every change of machines but undo; records have a planner of their own, and so has what takes a change back. */
export type DirectSpec = Exclude<ChangeSpec, RecordSpec | { kind: 'undo' }>;

/** Plans one machine. The same facts give the same plan. */
export const planNode = (spec: DirectSpec, facts: NodeFacts, given: PlanGiven): PlannedNode | LeftNode => {
  const state = stateOf(facts);
  if ('why' in state) return left(facts, state);
  const wanted = wantedBy(spec, { facts, ...state, given });
  return 'why' in wanted ? left(facts, wanted) : planned(facts, wanted);
};

/** How a machine that cannot be changed is told of. */
export const left = ({ node }: Pick<NodeFacts, 'node'>, why: LeftAlone): LeftNode => ({
  nodeId: node.id,
  siteId: node.siteId,
  name: node.name,
  left: why,
});

export const planned = ({ node, scope, result }: NodeFacts, wanted: Wanted): PlannedNode => ({
  nodeId: node.id,
  siteId: node.siteId,
  name: node.name,
  scope,
  ...wanted,
  wasActivated: isActivated(result.verdict),
});

/** Whether Windows is activated, by KMS or otherwise. */
export const isActivated = (verdict: Verdict): boolean =>
  verdict.state === 'activated' || (verdict.state === 'not-a-kms-client' && verdict.licensed);

/** The state a change starts from, or why there is none. A text that was cut would be put back cut. */
export const stateOf = ({
  mayChange,
  record,
  result,
}: NodeFacts): LeftAlone | { readonly state: ClientState; readonly record: InspectionRecord } => {
  if (!mayChange) return { why: 'no-right' };
  if (record === undefined) return silent(result.verdict);
  const state = clientStateOf(record);
  if (state === undefined || (record.dropped.txt ?? 0) > 0) return { why: 'unreadable' };
  return { state, record };
};

const silent = (verdict: Verdict): LeftAlone => {
  switch (verdict.state) {
    case 'no-answer':
    case 'not-asked':
      return { why: 'out-of-reach', detail: verdict.why.kind };
    default:
      return { why: 'unreadable' };
  }
};

/** Everything that one machine is planned from. */
interface Case {
  readonly facts: NodeFacts;
  readonly state: ClientState;
  readonly record: InspectionRecord;
  readonly given: PlanGiven;
}

const wantedBy = (spec: DirectSpec, of: Case): Wanted | LeftAlone => {
  switch (spec.kind) {
    case 'stored-key':
      return storedKey(of.facts, of.state, of.record, of.given);
    case 'phone':
      return phone(of.state);
    case 'rearm':
      return rearm(spec.restart, of.state, of.record);
    case 'restart':
      return restart;
    case 'host-setup':
      return hostSetup(of.facts, of.state, of.record, of.given);
    case 'host-retire':
      return hostRetire(of.facts, of.state, of.record, of.given);
    case 'host-publish':
    case 'host-domains':
    case 'host-port':
    case 'host-intervals':
    case 'host-priority':
    case 'host-firewall':
    case 'host-restart':
      return hostSetting(spec, of.state, of.record, of.given);
    default:
      return clientWantedBy(spec, of);
  }
};

/** What is wanted of a KMS client. */
const clientWantedBy = (
  spec: Exclude<DirectSpec, HostSpec | { kind: 'stored-key' | 'phone' | 'rearm' | 'restart' }>,
  { facts, state, record }: Case,
): Wanted | LeftAlone => {
  switch (spec.kind) {
    case 'activate':
      return activation(state, record);
    case 'point':
      return pointing(spec.to, facts, state, record);
    case 'point-amazon':
      return pointing(amazonFor(record), facts, state, record);
    case 'discover':
      return discovery(facts, state, record);
    case 'activation-type':
      return activationType(spec.to, state);
    case 'lookup':
      return lookup(spec.domain, state, record);
    case 'caching':
      return caching(spec.on, state, record);
    case 'flush-dns':
      return { ...flushDns, changes: [{ what: 'resolver-cache', before: null, after: null }], thenActivate: false };
    case 'client-key':
      return clientKey(state, record);
    case 'test':
      return routingTest(spec.host, facts, state, record);
  }
};
