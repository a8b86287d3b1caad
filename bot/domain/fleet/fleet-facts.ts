/** What a fleet's summary says of one of its machines. */
import type { FleetFacts } from '../diagnosis/facts.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import type { ManagedNode } from '../nodes.ts';
import type { FleetSummary } from './fleet-summary.ts';

/**
 * The facts a diagnosis takes of other machines.
 *
 * Of a CMID that many machines share a few are named, and `cmidMachines` counts them all, this one among them. Without
 * a record nothing is known of the machine's own CMID.
 */
export function fleetFactsFor(
  summary: FleetSummary,
  node: ManagedNode,
  record: InspectionRecord | undefined,
): FleetFacts {
  const cmid = record?.service.read ? record.service.value.cmid : undefined;
  const shared = cmid === undefined ? undefined : summary.duplicates.find((each) => each.cmid === cmid);
  const others = (shared?.examples ?? []).filter(({ nodeId }) => nodeId !== node.id);
  return {
    sameCmid: others,
    ...(shared === undefined || others.length === 0 ? {} : { cmidMachines: shared.machines }),
    reach: summary.reach,
  };
}
