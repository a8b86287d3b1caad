/** Everything a look at the records is judged from, gathered beforehand. */
import type { HostFacts, UnreadZone } from '../diagnosis/facts.ts';
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import type { Site } from '../nodes.ts';
import type { OwnedRecord } from './owned-record.ts';
import type { ConfiguredZone, NameState } from './record-set.ts';
import type { Unread } from './records-report.ts';

/** One zone as Route 53 has it, with what stands at the names that matter. */
export interface ZoneRead {
  readonly siteId: string;
  readonly zoneId: string;
  readonly name: string;
  readonly private: boolean;
  readonly vpcIds: readonly string[];
  readonly keptBy?: string;
  /** The zone's own name first, then those wanted domains below it for which no other zone is nearer. */
  readonly names: readonly { readonly domain: string; readonly state: NameState }[];
  /** By target that a survey names and that lies in this zone: empty where it has no such name, absent where it does not tell. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}

/** What the accounts' zones hold, of every site. */
export interface ZonesHeld {
  readonly zones: readonly ZoneRead[];
  /** Zones that the configuration does not name and that hold a domain that machines ask in. */
  readonly others: readonly { readonly zoneId: string; readonly name: string }[];
  readonly unread: readonly UnreadZone[];
  readonly rules: readonly { readonly vpcId: string; readonly domains: readonly string[] }[];
}

export interface RecordsInput {
  readonly held: ZonesHeld;
  /** Zones that were looked at. */
  readonly zones: readonly ConfiguredZone[];
  /** What our marks are told by. */
  readonly owner: string;
  /** What the ledger remembers of values of ours, by zone id. */
  readonly owned: Readonly<Record<string, readonly OwnedRecord[]>>;
  /** KMS hosts, and whatever a value names that is a managed node. */
  readonly hosts: readonly HostFacts[];
  /** Other machines that were asked now, to look from their networks. */
  readonly vantages: readonly HostFacts[];
  /** Absent where nobody has looked at the fleet. */
  readonly fleet?: FleetSummary;
  readonly knownHosts: readonly string[];
  /** Only this domain. */
  readonly only?: string;
  /** Sites and hosts that could not be asked. */
  readonly failed: readonly Unread[];
  readonly sites: readonly Site[];
  readonly startedAtMs: number;
  readonly nowMs: number;
}
