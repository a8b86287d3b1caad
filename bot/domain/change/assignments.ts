/** Changes of the assigned KMS host, and the routing test, machine by machine. */
import { licenceModel } from '../diagnosis/licence-model.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { assign } from './actions.ts';
import { AMAZON_HOST, AMAZON_HOST_IPV6, type HostTarget } from './change-spec.ts';
import type { Assignment, ClientState } from './client-state.ts';
import { findsHost } from './found-by-dns.ts';
import { activation, isHost, isKmsClient } from './licences.ts';
import type { LeftAlone, ValueChange } from './plan.ts';
import type { NodeFacts, Wanted } from './wanted.ts';

const AMAZON: readonly string[] = [AMAZON_HOST.host, '169.254.169.251', AMAZON_HOST_IPV6.host];
const isAmazons = (host: string): boolean => AMAZON.includes(host);

/** The IPv6 server stands in where the machine has no IPv4. */
export const amazonFor = ({ network }: InspectionRecord): HostTarget => {
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

export const pointing = (
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

export const discovery = (facts: NodeFacts, state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  if (isHost(record)) return { why: 'host-key' };
  const own = state.product?.assigned ?? null;
  if (state.assigned === null && own === null) return discovering(state, record);
  const { kind } = licenceModel(facts.node, record);
  // By DNS such a machine would be sent to a host that is not for it.
  if (kind === 'licence-included') return { why: 'licence-included' };
  return assigning(state, null);
};

/**
 * A machine that discovers already. Where it is not activated and DNS gives it a host that answers, as after its record
 * was mended, it tries now instead of in two hours; anything else would only repeat a failure.
 */
const discovering = (state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  const waits = isKmsClient(state) && state.product?.status !== 'licensed' && findsHost(record);
  const now = waits ? activation(state, record) : undefined;
  return now === undefined || 'why' in now ? { why: 'already-so' } : now;
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

/** The seeds' test, on a machine that asks KMS hosts at all. */
export const routingTest = (
  host: HostTarget,
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
): Wanted | LeftAlone => {
  if (isHost(record)) return { why: 'host-key' };
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
