/** Everything a diagnosis is made from, gathered beforehand. */
import type { NodeResult } from '../check-report.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import type { Evidence } from '../judge.ts';
import type { ManagedNode, NodeId } from '../nodes.ts';

/** One KMS host as far as it could be asked. */
export interface HostFacts {
  readonly node: ManagedNode;
  /** Its record of the same command, or the ledger's; absent when there is neither. */
  readonly record?: InspectionRecord;
  /** When that record was read; the host was not asked now when this is before the diagnosis began. */
  readonly recordAtMs?: number;
  readonly askedNow: boolean;
}

/** A value of an SRV record set, as the zone holds it. */
export interface ZoneSrv {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** Lower-case without trailing dot; also an address or a single label, where somebody wrote that. */
  readonly target: string;
}

/** One Route 53 zone that concerns the machine. Names lower-case without trailing dot. */
export interface ZoneFacts {
  readonly siteId: string;
  readonly zoneId: string;
  readonly name: string;
  readonly private: boolean;
  /** VPCs it is associated with; empty for a public one. */
  readonly vpcIds: readonly string[];
  /** Values of `_vlmcs._tcp.<name>`; empty when there is no such SRV set. */
  readonly srv: readonly ZoneSrv[];
  /** Types of records at that name that are not SRV, e.g. `TXT`. */
  readonly otherTypes: readonly string[];
  /**
   * Addresses that the zone holds for targets in it, by name: empty where it has no such name, absent where it does not
   * tell (an alias, another name, too many to look up).
   */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** Values of `_vlmcs._tcp.<domain>` for domains asked in that lie in this zone below its own name, where there are. */
  readonly below?: Readonly<Record<string, readonly ZoneSrv[]>>;
}

/** A zone that should have been read and was not. */
export interface UnreadZone {
  readonly name: string;
  readonly why: 'missing-right' | 'not-in-route53' | 'unreachable';
  readonly action?: string;
}

/** What the ledger knows of other machines, as of their latest inspections. */
export interface FleetFacts {
  /** Machines with the same CMID, this one not among them. */
  readonly sameCmid: readonly { readonly nodeId: NodeId; readonly name: string; readonly imageId?: string }[];
  /** All machines with that CMID, this one among them; more than are named where a whole image was cloned. */
  readonly cmidMachines?: number;
  /** By host (`name:port`, lower-case): machines whose latest inspection reached it, or did not. */
  readonly reach: readonly { readonly host: string; readonly reached: number; readonly failed: number }[];
}

/** Everything a diagnosis is made from. */
export interface DiagnosisFacts {
  readonly node: ManagedNode;
  /** What asking the machine gave. */
  readonly evidence: Evidence;
  readonly hosts: readonly HostFacts[];
  readonly zones: readonly ZoneFacts[];
  readonly unreadZones: readonly UnreadZone[];
  /** Forwarding rules of Route 53 Resolver that hold in the machine's VPC: domains, lower-case without trailing dot. */
  readonly resolverRules: readonly string[];
  readonly fleet?: FleetFacts;
  /** The machine's own earlier result, where the ledger has one. */
  readonly before?: { readonly result: NodeResult; readonly atMs: number };
  /** Hosts outside Systems Manager that the configuration names: names, addresses or networks. */
  readonly knownHosts: readonly string[];
  readonly nowMs: number;
}
