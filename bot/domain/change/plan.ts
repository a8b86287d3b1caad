/**
 * A change before anyone carries it out: machine by machine what is there, what will be, what undoes it, and which
 * machines are left alone and why. Value by value, so that what is approved is what is applied.
 */
import type { KeyGroup } from '../host-generations.ts';
import type { NodeId } from '../nodes.ts';
import type { RecordPlan } from '../records/record-plan.ts';
import type { NodeScope } from '../rights/rights.ts';
import type { ChangeSpec } from './change-spec.ts';
import type { ChangeDocument, ChangeOptions, WireRefusal } from './change-wire.ts';
import type { CourseStep } from './course.ts';

/** A value that a change sets, shown before and after. Verbatim, hostile until escaped. */
export interface ValueChange {
  readonly what:
    | 'assignment'
    | 'product-assignment'
    | 'lookup-domain'
    | 'product-lookup-domain'
    | 'activation-type'
    | 'host-caching'
    | 'resolver-cache'
    | 'key'
    | 'activation'
    | 'rearms'
    | 'restart'
    | 'host-role'
    | 'publishing'
    | 'publish-list'
    | 'listening-port'
    | 'activation-interval'
    | 'renewal-interval'
    | 'priority'
    | 'firewall'
    | 'service'
    /** `after`: the value; `before` null. In `domain` of Route 53. */
    | 'record';
  /** Null for none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What a changing document is to do on a machine. */
export interface NodeAction {
  readonly document: ChangeDocument;
  readonly options: ChangeOptions;
}

/** Why a change has no undo. */
export type NoUndo =
  /** An activation is not taken back. */
  | 'activation'
  /** The key that was there is not a public one: nobody knows it whole. */
  | 'unknown-key'
  /** There was no key. */
  | 'no-key-before'
  /** What it does leaves nothing behind. */
  | 'leaves-nothing'
  /** A rearm is used up, and the CMID is another one. */
  | 'rearm'
  | 'restart'
  /** A host that was set up is taken back by retiring it. */
  | 'host-setup'
  /** A host that was retired is set up again. */
  | 'host-retired';

/** One machine that will be changed. */
export interface PlannedNode {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  /** With only those tags that rights rules name. */
  readonly scope: NodeScope;
  readonly changes: readonly ValueChange[];
  readonly action: NodeAction;
  /** Activate afterwards: what was changed shows in the next attempt. */
  readonly thenActivate: boolean;
  /** What undoes it, or why nothing does. */
  readonly inverse: NodeAction | { readonly none: NoUndo };
  /** Whether the machine was activated when the plan was made. */
  readonly wasActivated: boolean;
  /** Of a change of several steps: all of them, in order; `action` is the one that matters most. */
  readonly course?: readonly CourseStep[];
  /** What people should know before they approve: may be warned of, and stands in the card. */
  readonly warnings?: readonly PlanWarning[];
}

/** What is not a reason against a change, and yet a reason to think. Numbers and names, told by the catalogues. */
export type PlanWarning =
  /** What a host on client Windows may activate. */
  | { readonly why: 'client-host-activates'; readonly group: KeyGroup }
  /** Activations of the stored key: counted by the bot, and the limit. */
  | {
      readonly why: 'key-use';
      readonly hosts: number;
      readonly ofHosts: number;
      readonly here: number;
      readonly ofHere: number;
      readonly before: number;
    }
  /** Each machine takes an activation out of the MAK's pool, which no undo gives back. */
  | { readonly why: 'mak-use' }
  /** A rearm ends an activation: one of Microsoft's is not had again by itself, one of a KMS host is. */
  | { readonly why: 'ends-activation'; readonly by: 'microsoft' | 'kms' }
  /** No rearm is left afterwards. */
  | { readonly why: 'last-rearm' }
  /** The firewall's built-in rule knows port 1688 only. */
  | { readonly why: 'firewall-port'; readonly port: number }
  /** The zone around the host's name holds no address of it: clients that are told of it do not reach it. */
  | { readonly why: 'no-address'; readonly host: string; readonly zone: string; readonly addresses: readonly string[] }
  /** It will publish nowhere, since publishing is off. */
  | { readonly why: 'not-publishing' }
  /** A record that names this host with the port it is about to leave: clients that ask there would get no answer. */
  | {
      readonly why: 'record-names-old-port';
      readonly domain: string;
      /** The host as the record names it: a name that was read as one. */
      readonly host: string;
      readonly from: number;
      readonly to: number;
      /** Whether the bot may change it; a value of somebody else's, or one outside the configured zones, it may not. */
      readonly ours: boolean;
    }
  /** Low priority may starve the KMS. */
  | { readonly why: 'low-priority' }
  /** Clients of the retired host would stand below a threshold elsewhere; `missedAtMs`: when the first loses its activation. */
  | {
      readonly why: 'threshold';
      readonly host: string;
      readonly count: number;
      readonly needed: number;
      readonly missedAtMs?: number;
    }
  /** Machines that name this host by hand: they find no other by themselves. */
  | { readonly why: 'pinned-clients'; readonly names: readonly string[]; readonly machines: number }
  | { readonly why: 'restart-interrupts' }
  /** A record of this host that the bot may not change. */
  | { readonly why: 'foreign-record'; readonly domain: string; readonly value: string };

/** Why a machine that was meant is left alone. */
export type LeftAlone =
  | { readonly why: 'already-so' }
  /** Cannot be asked, or did not answer. */
  | { readonly why: 'out-of-reach'; readonly detail: string }
  | { readonly why: 'unreadable' }
  /** The document would refuse it: told beforehand. */
  | { readonly why: WireRefusal }
  /** Amazon's servers for a machine that brings its own licence, or the other way round. */
  | { readonly why: 'licence-included' | 'byol' | 'licence-model-unknown' }
  /** The person has no right on this machine. */
  | { readonly why: 'no-right' }
  /** Undo: the machine is not as the change left it. */
  | { readonly why: 'changed-since' }
  /** Undo: there is no way back on this machine. */
  | { readonly why: 'no-undo'; readonly reason: NoUndo }
  /** Undo: the change did nothing there. */
  | { readonly why: 'not-changed-then' }
  /** The stored key: the machine cannot fetch it, with the missing right where AWS names it. */
  | {
      readonly why: 'key-unreadable';
      readonly need?: string;
      readonly who?: string;
      readonly step?: string;
      readonly code?: string;
    }
  | { readonly why: 'key-malformed' }
  /** A host key where clients are meant: it would make a host of a client. */
  | { readonly why: 'host-key-for-client' }
  /** A MAK where a host key is needed. */
  | { readonly why: 'mak-for-host' }
  /** A host key of client Windows on a server, or of Windows Server on a client. */
  | { readonly why: 'client-host-key-on-server' | 'server-host-key-on-client'; readonly group: string }
  /** This Windows may not hold a host key of that generation. */
  | { readonly why: 'host-windows'; readonly group: string }
  /** Azure Edition cannot be a KMS host. */
  | { readonly why: 'azure-edition' }
  /** The MAK is for other editions, or another Windows. */
  | {
      readonly why: 'mak-edition';
      readonly editions: readonly string[] | 'any';
      readonly group: string;
      /** What runs there; the group is absent where no key is for that Windows. */
      readonly found?: { readonly group?: string; readonly edition: string };
    }
  /** The key's activations are used up: counted by the bot. */
  | { readonly why: 'key-used-up'; readonly hosts: number; readonly here: number }
  /** Nothing on it is activated by telephone: its key is neither a MAK nor a KMS host key. */
  | { readonly why: 'no-phone' }
  /** Retiring it would leave clients below a threshold, or without any host. */
  | { readonly why: 'threshold'; readonly needed: number; readonly count: number; readonly missedAtMs?: number }
  | { readonly why: 'no-other-host' };

export interface LeftNode {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  readonly left: LeftAlone;
}

/** Why a plan needs a second person. */
export type NeedsApproval =
  | { readonly why: 'many'; readonly limit: number }
  | { readonly why: 'all' }
  | { readonly why: 'no-undo' }
  | { readonly why: 'always' };

export interface ChangePlan {
  readonly spec: ChangeSpec;
  readonly nodes: readonly PlannedNode[];
  readonly left: readonly LeftNode[];
  /** The record that is changed instead of machines; there are none then. */
  readonly records?: RecordPlan;
  /** Absent where the requester's own right suffices. */
  readonly approval?: NeedsApproval;
  /** Over what will be done and what it was made from: two equal plans have equal digests. */
  readonly digest: string;
  readonly madeAtMs: number;
}

/** How a machine is compared with its plan: as before it, as planned, or neither. */
export type Stands = 'before' | 'planned' | 'otherwise';

/** How one machine ended. */
export interface NodeOutcome {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  readonly result:
    | 'done'
    | 'same'
    | 'moved'
    | 'refused'
    | 'failed'
    | 'busy'
    /** No result came: the agent was lost, the run was cut, or the output is not ours. */
    | 'no-answer'
    /** Not sent: the change was cancelled or stopped before its turn. */
    | 'not-sent';
  readonly why?: WireRefusal;
  readonly step?: string;
  readonly code?: string;
  /** After a failure half way: whether the state before was put back. Absent where nothing had been changed. */
  readonly restored?: boolean;
  readonly detail?: string;
  /** Where the document's end is not known: how a second look found the machine. Absent where none could be had. */
  readonly stands?: Stands;
  /** Whether the machine is activated after the change; absent where that could not be read. */
  readonly activated?: boolean;
  /** Result code of the activation that followed the change. */
  readonly activationCode?: string;
  /** What the verification saw of its KMS host: by name and by address. */
  readonly reach?: Reach;
  /** An explicit assignment is left, and discovery would find a host that answers. */
  readonly couldDiscover?: true;
  readonly test?: readonly RoutingAttempt[];
  /** How a secret was fetched. */
  readonly via?: 'tools' | 'instance' | 'agent';
  /** The action that a machine's role lacks, and the role. */
  readonly need?: string;
  readonly who?: string;
  /** Where the registry was exported to. */
  readonly saved?: string;
  /** Publishing per domain, after the service was restarted: `00000000`, a code, or `none` in time. */
  readonly published?: readonly { readonly domain: string; readonly code: string }[];
  /** `RemainingWindowsReArmCount` afterwards. */
  readonly rearmsLeft?: number;
}

/** The KMS host as the machine sees it after a change. */
export interface Reach {
  readonly host: string;
  /** The name leads to an address. */
  readonly byName: boolean;
  /** The address answers on the port; undefined where it was not tried. */
  readonly byAddress?: boolean;
  readonly address?: string;
  /** The port that a record names with this machine, where it is itself a KMS host and listens on another by now. */
  readonly oldPort?: number;
}

/** One attempt of the routing test. */
export interface RoutingAttempt {
  readonly by: 'name' | 'address';
  readonly target: string;
  /** Eight upper-case hex digits; `00000000` where it activated. */
  readonly code: string;
}

/** What the routing test proved (the seeds, "test by FQDN, then by address"). */
export type RoutingProof =
  /** By name it works: what is wrong is the SRV record, or how the machine discovers. */
  | 'srv'
  /** By address it works, by name it does not. */
  | 'name-resolution'
  /** Neither works: firewall or routing, or the host. */
  | 'path'
  /** The host answered and refused: the path is fine. */
  | 'host-refuses'
  | 'undecided';
