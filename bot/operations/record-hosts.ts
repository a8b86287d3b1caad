/** What is known of the KMS hosts that values name, from the ledger alone: no machine is asked for it. */
import type { FleetSummary, KmsHostNode } from '../domain/fleet/fleet-summary.ts';
import type { HostKnowledge } from '../domain/records/host-note.ts';
import { fleetOf } from './host-facts.ts';
import type { OperationDeps } from './operation-deps.ts';

/** About the hosts of these names, lower-case. Runs inside a step. */
export const knowledgeOf = async (
  deps: Pick<OperationDeps, 'ledger' | 'sites'>,
  targets: readonly string[],
): Promise<HostKnowledge> => {
  const fleet = await fleetOf(
    deps,
    deps.sites.map(({ id }) => id),
  );
  if (fleet === undefined) return { publishers: new Set() };
  const named = hostsNamed(fleet, new Set(targets));
  const all = await Promise.all(named.map(async (host) => ((await publishes(deps, host)) ? host.knownAs : [])));
  return { fleet, publishers: new Set(all.flat()) };
};

const hostsNamed = ({ kmsHosts }: FleetSummary, names: ReadonlySet<string>): readonly KmsHostNode[] =>
  kmsHosts.filter(({ knownAs }) => knownAs.some((name) => names.has(name)));

/** By its newest record; one that tells nothing of it is not said to. */
const publishes = async ({ ledger }: Pick<OperationDeps, 'ledger'>, host: KmsHostNode): Promise<boolean> => {
  const stored = await ledger.readLatest(host.siteId, host.nodeId);
  const role = stored?.record?.hostRole;
  return role?.read === true && role.value?.publishing === true;
};
