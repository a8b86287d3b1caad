/** What a change means for one machine: what will be done there, or why it is left alone. */
import type { NodeResult, Verdict } from '../check-report.ts';
import { licenceModel } from '../diagnosis/licence-model.ts';
import { selectGvlk, tailOf } from '../gvlk.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import type { ManagedNode } from '../nodes.ts';
import type { NodeScope } from '../rights/rights.ts';
import { activate, assign, flushDns, installKey, type Reversible, setCaching, setLookup, setType } from './actions.ts';
import { AMAZON_HOST, AMAZON_HOST_IPV6, type ChangeSpec, type HostTarget } from './change-spec.ts';
import { type Assignment, type ClientState, clientStateOf } from './client-state.ts';
import type { LeftAlone, LeftNode, PlannedNode, ValueChange } from './plan.ts';

/** What is known of a machine that was meant. */
export interface NodeFacts {
  readonly node: ManagedNode;
  /** With only those tags that rights rules name. */
  readonly scope: NodeScope;
  /** Whether the person may change this machine. */
  readonly mayChange: boolean;
  /** How it answered this time. */
  readonly result: NodeResult;
  /** What it said this time; absent where it said nothing of use. */
  readonly record?: InspectionRecord;
}

/** Every kind but undo, which has a planner of its own. */
export type DirectSpec = Exclude<ChangeSpec, { kind: 'undo' }>;

/** Plans one machine. The same facts give the same plan. */
export const planNode = (spec: DirectSpec, facts: NodeFacts): PlannedNode | LeftNode => {
  const state = stateOf(facts);
  if ('why' in state) return left(facts, state);
  const wanted = wantedBy(spec, facts, state.state, state.record);
  return 'why' in wanted ? left(facts, wanted) : planned(facts, wanted);
};

/** How a machine that cannot be changed is told of. */
export const left = ({ node }: Pick<NodeFacts, 'node'>, why: LeftAlone): LeftNode => ({
  nodeId: node.id,
  siteId: node.siteId,
  name: node.name,
  left: why,
});

/** What will be done on a machine. */
export interface Wanted extends Reversible {
  readonly changes: readonly ValueChange[];
  readonly thenActivate: boolean;
}

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

const wantedBy = (
  spec: DirectSpec,
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
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
      return lookup(spec.domain, state);
    case 'caching':
      return state.hostCaching === spec.on
        ? { why: 'already-so' }
        : { ...setCaching(spec.on), changes: [caching(state.hostCaching, spec.on)], thenActivate: false };
    case 'flush-dns':
      return { ...flushDns, changes: [{ what: 'resolver-cache', before: null, after: null }], thenActivate: false };
    case 'client-key':
      return clientKey(state, record);
    case 'test':
      return routingTest(spec.host, facts, state, record);
  }
};

const channel = ({ product }: ClientState) => (product === null ? 'none' : channelOf(product.channelToken));

const isKmsClient = (state: ClientState): boolean => channel(state) === 'kms-client';

/** What `/ato` itself refuses, and what would use up an activation for nothing. */
const activation = (state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  const { product } = state;
  if (product === null) return { why: 'no-product' };
  const is = channel(state);
  if (is === 'evaluation') return { why: 'evaluation' };
  if (product.status === 'licensed' && is === 'mak') return { why: 'mak-licensed' };
  if (product.status === 'licensed' && is !== 'kms-client') return { why: 'already-so' };
  if (product.allowed === 'token') return { why: 'token-only' };
  if (record.sppsvc.read && record.sppsvc.value.startMode === 'Disabled') return { why: 'service-disabled' };
  const changes: ValueChange[] = [{ what: 'activation', before: product.status, after: 'licensed' }];
  return { ...activate(product.keyTail), changes, thenActivate: false };
};

const AMAZON: readonly string[] = [AMAZON_HOST.host, '169.254.169.251', AMAZON_HOST_IPV6.host];
const isAmazons = (host: string): boolean => AMAZON.includes(host);

/** The IPv6 server stands in where the machine has no IPv4. */
const amazonFor = ({ network }: InspectionRecord): HostTarget => {
  const addresses = network.read ? network.value.adapters.flatMap((adapter) => adapter.addresses) : [];
  const hasIpv4 = addresses.length === 0 || addresses.some((address) => !address.includes(':'));
  return hasIpv4 ? AMAZON_HOST : AMAZON_HOST_IPV6;
};

/** Amazon's servers are for machines whose licence is included, and those machines are for no other. */
const wrongModel = (host: string, { node }: NodeFacts, record: InspectionRecord): LeftAlone | undefined => {
  const { kind } = licenceModel(node, record);
  if (!isAmazons(host)) return kind === 'licence-included' ? { why: 'licence-included' } : undefined;
  if (kind === 'licence-included') return undefined;
  return { why: kind === 'byol' ? 'byol' : 'licence-model-unknown' };
};

const isHost = ({ service }: InspectionRecord): boolean => service.read && service.value.isKmsHost;

const pointing = (
  to: HostTarget,
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
): Wanted | LeftAlone => {
  const refused = isHost(record) ? ({ why: 'host-key' } as const) : wrongModel(to.host, facts, record);
  if (refused !== undefined) return refused;
  const now = state.assigned;
  const isThere = now !== null && now.host === to.host && (now.port || 1688) === (to.port || 1688);
  if (isThere && (state.product?.assigned ?? null) === null) return { why: 'already-so' };
  return assigning(state, [to.host, to.port]);
};

const discovery = (facts: NodeFacts, state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  const own = state.product?.assigned ?? null;
  if (state.assigned === null && own === null) return { why: 'already-so' };
  const { kind } = licenceModel(facts.node, record);
  // By DNS such a machine would be sent to a host that is not for it.
  if (kind === 'licence-included') return { why: 'licence-included' };
  return assigning(state, null);
};

const assigning = (state: ClientState, to: readonly [string, number] | null): Wanted => ({
  ...assign(state, to),
  changes: [
    { what: 'assignment', before: assignment(state.assigned), after: to === null ? null : shown(to[0], to[1]) },
    ...ownAssignment(state.product?.assigned ?? null),
  ],
  thenActivate: isKmsClient(state),
});

const ownAssignment = (own: Assignment): ValueChange[] =>
  own === null ? [] : [{ what: 'product-assignment', before: assignment(own), after: null }];

const shown = (host: string, port: number): string => (port === 0 ? host : `${host}:${port}`);
const assignment = (of: Assignment): string | null => (of === null ? null : shown(of.host, of.port));

const TYPES = { auto: 'any', kms: 'kms', ad: 'active-directory' } as const;

const activationType = (to: keyof typeof TYPES, state: ClientState): Wanted | LeftAlone => {
  const { product } = state;
  if (product === null) return { why: 'no-product' };
  if (!isKmsClient(state)) return { why: 'not-client' };
  if (product.allowed === TYPES[to]) return { why: 'already-so' };
  const changes: ValueChange[] = [{ what: 'activation-type', before: product.allowed, after: TYPES[to] }];
  return { ...setType(product.allowed, TYPES[to]), changes, thenActivate: true };
};

const lookup = (domain: string | null, state: ClientState): Wanted | LeftAlone => {
  const own = state.product?.lookupDomain ?? null;
  if (state.lookupDomain === domain && own === null) return { why: 'already-so' };
  const changes: ValueChange[] = [
    { what: 'lookup-domain', before: state.lookupDomain, after: domain },
    ...(own === null ? [] : [{ what: 'product-lookup-domain' as const, before: own, after: null }]),
  ];
  return { ...setLookup(state, domain), changes, thenActivate: isKmsClient(state) };
};

const caching = (before: boolean, after: boolean): ValueChange => ({
  what: 'host-caching',
  before: before ? 'on' : 'off',
  after: after ? 'on' : 'off',
});

const clientKey = (state: ClientState, { os }: InspectionRecord): Wanted | LeftAlone => {
  if (!os.read) return { why: 'unreadable' };
  const choice = selectGvlk(os.value);
  if (choice.kind === 'evaluation') return { why: 'evaluation' };
  if (choice.kind !== 'found') return { why: 'edition' };
  const tail = tailOf(choice.gvlk.key);
  const before = state.product?.keyTail ?? '';
  if (before === tail) return { why: 'already-so' };
  const changes: ValueChange[] = [{ what: 'key', before: before === '' ? null : before, after: tail }];
  return { ...installKey(tail, before), changes, thenActivate: true };
};

/** The seeds' test, on a machine that asks KMS hosts at all. */
const routingTest = (
  host: HostTarget,
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
): Wanted | LeftAlone => {
  if (state.product === null) return { why: 'no-product' };
  if (!isKmsClient(state)) return { why: 'not-client' };
  const refused = wrongModel(host.host, facts, record);
  if (refused !== undefined) return refused;
  const options = { host: host.host, port: host.port, address: addressIn(record, host.host) };
  return {
    action: { document: 'KmsBot-TestRouting', options },
    inverse: { none: 'leaves-nothing' },
    changes: [{ what: 'assignment', before: assignment(state.assigned), after: assignment(state.assigned) }],
    thenActivate: false,
  };
};

/** The host's address as the machine's own probe found it; brackets for IPv6. */
const addressIn = ({ targets }: InspectionRecord, host: string): string | null => {
  const known = targets.read ? targets.value.find((target) => target.host === host) : undefined;
  const address = known?.resolution.ok === true ? known.resolution.addresses[0] : undefined;
  if (address === undefined) return null;
  return address.includes(':') ? `[${address}]` : address;
};
