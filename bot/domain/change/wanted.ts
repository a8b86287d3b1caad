/** What is known of a machine, and what is wanted there. */
import type { NodeResult } from '../check-report.ts';
import type { HostStory } from '../hosts/host-story.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import type { KeyProbe, KeyUse, StoredKeyLookup } from '../keys/stored-key.ts';
import type { ManagedNode } from '../nodes.ts';
import type { ZoneAddresses } from '../records/record-plan.ts';
import type { ConfiguredZone } from '../records/record-set.ts';
import type { NodeScope } from '../rights/rights.ts';
import type { Reversible } from './actions.ts';
import type { CourseStep } from './course.ts';
import type { PlanWarning, ValueChange } from './plan.ts';

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

/** What a plan is made from beside the machines themselves. */
export interface PlanGiven {
  /** The stored key that the change names; of each site its own. */
  readonly storedKeys?: ReadonlyMap<string, StoredKeyLookup>;
  /** Its activations so far, by site. */
  readonly keyUse?: ReadonlyMap<string, KeyUse>;
  /** What machines said when they were asked to fetch it, by node id. */
  readonly probes?: ReadonlyMap<string, KeyProbe>;
  /** Zones that the configuration names. */
  readonly zones?: readonly ConfiguredZone[];
  /** Every KMS host as it stands now. */
  readonly hosts?: readonly HostStory[];
  /** Values of this host in configured zones: whose they are. */
  readonly records?: readonly {
    readonly domain: string;
    readonly zoneId: string;
    readonly value: string;
    readonly ours: boolean;
  }[];
  /** Addresses that the zone around the name of a machine holds of it; absent where that is not known. */
  readonly named?: ZoneAddresses;
  /** Machines of the fleet that name this host by hand. */
  readonly pinned?: readonly string[];
  readonly nowMs: number;
}

/** What will be done on a machine. */
export interface Wanted extends Reversible {
  readonly changes: readonly ValueChange[];
  readonly thenActivate: boolean;
  readonly course?: readonly CourseStep[];
  readonly warnings?: readonly PlanWarning[];
}
