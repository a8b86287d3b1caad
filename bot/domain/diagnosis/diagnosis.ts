/**
 * A diagnosis: one named cause of why a machine does not activate, what proves it, what else it could be, and the fix.
 *
 * Made from {@link DiagnosisFacts} alone: pure, total, and the same for the same facts.
 */
import type { NodeResult } from '../check-report.ts';
import type { Hresult } from '../hresult.ts';
import type { InspectionRecord, ProbeKey } from '../inspection-record.ts';
import type { Evidence } from '../judge.ts';
import type { ManagedNode, NodeId, NotAskable } from '../nodes.ts';

/** Names a host in sentences: `name` as people know it, `port` where it matters. */
export interface HostName {
  readonly name: string;
  readonly port?: number;
  /** Present where the host is a managed node. */
  readonly nodeId?: NodeId;
}

/**
 * What is wrong. Mending exactly this, and nothing else, lets the machine's next attempt succeed (or, where two things
 * are wrong, fail differently). Every kind has a sentence, an owner and a fix.
 */
export type DiagnosedCause =
  // The machine's own licence.
  | { readonly kind: 'no-key'; readonly gvlk?: string }
  | { readonly kind: 'wrong-key'; readonly editionOfKey: string; readonly gvlk?: string }
  | { readonly kind: 'evaluation-edition' }
  /** Retail, OEM, MAK, AVMA or an unknown channel where KMS seems intended. */
  | { readonly kind: 'other-channel'; readonly channel: string; readonly code?: Hresult; readonly gvlk?: string }
  /** A KMS host key on a machine that no configuration, record or client knows as a host. */
  | { readonly kind: 'accidental-host'; readonly gvlk?: string }
  /** This machine is itself a KMS host and has lost its activation, or never had it. */
  | { readonly kind: 'own-host-key-not-activated'; readonly code: Hresult }
  | { readonly kind: 'kms-switched-off'; readonly allowed: 'active-directory' | 'token' }
  | { readonly kind: 'service-disabled' }
  /** Store, tampering, entitlement: what section 5 of the codes calls a matter of the licence itself. */
  | { readonly kind: 'licence-damaged'; readonly code: Hresult }
  // Names.
  | { readonly kind: 'no-dns-server' }
  | { readonly kind: 'dns-server-silent'; readonly servers: readonly string[] }
  /** Servers answer, but not this question. */
  | { readonly kind: 'dns-failing'; readonly domain: string; readonly code: Hresult }
  /** No `_vlmcs` record in any domain that is known; `domain` is where it belongs, `host` who belongs in it. */
  | { readonly kind: 'record-missing'; readonly domain: string; readonly host?: HostName }
  /** A record exists in a domain that this machine never asks. */
  | { readonly kind: 'suffix-without-record'; readonly domains: readonly string[]; readonly recordIn: string }
  /** The name exists, but holds no SRV record. */
  | { readonly kind: 'record-of-wrong-type'; readonly domain: string; readonly host?: HostName }
  | { readonly kind: 'lookup-domain-empty'; readonly domain: string; readonly recordIn?: string }
  /** The zone has the record; this machine's network does not see the zone. */
  | { readonly kind: 'zone-not-associated'; readonly zone: string; readonly zoneId: string; readonly vpcId: string }
  /** The zone has the record and is associated; this machine's resolver still says no. */
  | {
      readonly kind: 'resolver-differs';
      readonly zone: string;
      readonly servers: readonly string[];
      /** A forwarding rule of Route 53 Resolver that beats the zone, where one was seen. */
      readonly ruleFor?: string;
    }
  | { readonly kind: 'target-without-address'; readonly target: string; readonly recordIn: string }
  /** The record names a host that is no more, and another one answers. */
  | {
      readonly kind: 'record-names-dead-host';
      readonly target: string;
      readonly recordIn: string;
      readonly alive?: HostName;
    }
  | {
      readonly kind: 'record-wrong-port';
      readonly target: string;
      readonly port: number;
      readonly right: number;
      readonly recordIn: string;
    }
  /** The host's name leads to an address that is not the host's. */
  | { readonly kind: 'address-stale'; readonly host: string; readonly address: string; readonly right: string }
  // Assignment.
  | { readonly kind: 'assigned-to-dead-host'; readonly host: string; readonly alive?: HostName }
  | { readonly kind: 'assigned-to-unknown-name'; readonly host: string }
  /** Not a host name at all: a URL, blanks, an IPv6 address without brackets. */
  | { readonly kind: 'assigned-malformed'; readonly host: string }
  | { readonly kind: 'assigned-wrong-port'; readonly host: string; readonly port: number; readonly right: number }
  /** Pointed at a host that cannot be ours: loopback, a public address or a name the configuration does not know. */
  | {
      readonly kind: 'unknown-host';
      readonly host: string;
      readonly why: 'loopback' | 'public-address' | 'link-local' | 'unknown-name';
    }
  | { readonly kind: 'byol-on-amazon'; readonly host: string }
  | { readonly kind: 'licence-included-elsewhere'; readonly host: string }
  | { readonly kind: 'amazon-routes-missing'; readonly missing: readonly string[] }
  // The way to the host, and the host.
  | { readonly kind: 'path-blocked'; readonly host: HostName; readonly address: string }
  | { readonly kind: 'host-firewall-closed'; readonly host: HostName }
  | { readonly kind: 'host-service-stopped'; readonly host: HostName }
  | { readonly kind: 'host-not-running'; readonly host: HostName; readonly state: string }
  /** Nothing listens there, and more is not known of the host. */
  | { readonly kind: 'host-refuses'; readonly host: HostName }
  /** Nothing answers there, and the host cannot be asked whose side is at fault. */
  | { readonly kind: 'host-silent'; readonly host: HostName }
  | { readonly kind: 'foreign-service'; readonly host: HostName; readonly speaks: 'rpc' | 'other' }
  /** The host answers a bind to itself or to others, and to this machine it does not. */
  | { readonly kind: 'path-cut'; readonly host: HostName }
  | { readonly kind: 'host-busy'; readonly host: HostName }
  | { readonly kind: 'host-not-activated'; readonly host: HostName }
  | { readonly kind: 'host-key-too-old'; readonly host: HostName; readonly keyGroup?: string; readonly needs?: string }
  | {
      readonly kind: 'clock-off';
      readonly where: 'client' | 'host';
      readonly host?: HostName;
      readonly seconds?: number;
    }
  | { readonly kind: 'count-too-low'; readonly host: HostName; readonly count: number; readonly needed: number }
  /** Machines share this one's CMID and count as one. */
  | {
      readonly kind: 'duplicate-cmid';
      readonly cmid: string;
      readonly machines: number;
      readonly imageId?: string;
      readonly skipRearm: boolean;
    }
  | { readonly kind: 'count-split'; readonly hosts: readonly HostName[]; readonly needed: number }
  /** Whatever failed works now; the next attempt succeeds. */
  | { readonly kind: 'works-now'; readonly host: string }
  /** Office, judged in its own group; `of` is why, about the Office product. */
  | {
      readonly kind: 'office';
      readonly of: 'no-office-host-key' | 'count-too-low' | 'other-channel' | 'code';
      readonly code?: Hresult;
    }
  // No cause can be named.
  | { readonly kind: 'not-asked'; readonly why: NotAskable }
  | { readonly kind: 'no-answer'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly probes: readonly ProbeKey[] }
  /** Only a code is known, and this is what it means. */
  | { readonly kind: 'code-only'; readonly code: Hresult };

export type DiagnosedKind = DiagnosedCause['kind'];

/** Who has to act. */
export type Owner = 'machine' | 'kms-host' | 'dns' | 'network' | 'licensing' | 'aws-account' | 'nobody';

/**
 * `sure`: the probe that proves it was read and proves it. `likely`: everything read fits and nothing else explains it.
 * `possible`: it fits, and so does something else, or a probe that decides was not read.
 */
export type Confidence = 'sure' | 'likely' | 'possible';

/** One observation: what was seen, where, and when. Which sentence is said of it, `kind` decides. */
export interface EvidenceLine {
  readonly kind: EvidenceKind;
  /** The machine, zone or host that said it. */
  readonly where: string;
  readonly atMs: number;
  /** What the sentence needs, in its order; hostile until escaped. */
  readonly words: readonly string[];
  readonly code?: Hresult;
}

/** Sentences of evidence. The words each needs stand behind it. */
export const EVIDENCE = [
  'product', // edition, channel, key tail
  'status', // licence state
  'no-product', //
  'evaluation', // edition
  'activation-type', // allowed type
  'service-state', // state, start mode
  'dns-server', // address, `answers` or the error
  'no-dns-server', //
  'srv-found', // domain, target, port
  'srv-missing', // domain, error
  'srv-not-asked', // domain
  'zone-has-record', // zone, value
  'zone-lacks-record', // zone
  'zone-not-associated', // zone, VPC
  'resolver-rule', // domain, VPC
  'resolves', // host, addresses
  'does-not-resolve', // host, error
  'address-of-host', // host, its own addresses
  'tcp', // host, port, result
  'bind', // host, port, result
  'host-listening', // host, port, result on 127.0.0.1
  'host-service', // host, state
  'host-firewall', // host, `on` or `off`
  'host-state', // host, instance state or presence
  'host-count', // host, count, needed
  'host-key', // host, key group
  'host-licence', // host, licence state
  'host-log', // host, code, events
  'host-clock', // host, seconds
  'clock', // seconds, server
  'assigned', // host, port
  'not-ours', // host, why
  'licence-model', // usage operation or billing product
  'route-missing', // destination
  'request-event', // host, code (12288)
  'response-event', // code, count (12289)
  'others-succeed', // host, machines
  'others-fail', // host, machines
  'duplicate-cmid', // CMID, machines
  'image', // image id, machines
  'skip-rearm', //
  'other-host-answers', // host
  'missed-renewals', // number
  'status-reason', // (code)
  'last-seen', // presence
  'office-product', // family, state
] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

/** A cause with its standing. */
export interface RankedCause {
  readonly cause: DiagnosedCause;
  readonly confidence: Confidence;
  readonly owner: Owner;
  /** Strongest first, at most six. */
  readonly evidence: readonly EvidenceLine[];
  /** The rule that found it. */
  readonly rule: string;
}

/** Why something that was thought of is less likely. */
export type LessLikely =
  | 'other-explains-it' // everything seen follows from the cause named first
  | 'contradicted' // a probe speaks against it
  | 'not-proven' // nothing speaks for it but the symptom
  | 'second-fault'; // holds as well: shows once the first is mended

export interface RunnerUp extends RankedCause {
  readonly lessLikely: LessLikely;
}

/** What could not be looked at. */
export type Unseen =
  | { readonly kind: 'probe'; readonly where: string; readonly probe: ProbeKey; readonly why: string }
  | { readonly kind: 'dropped'; readonly where: string; readonly what: string }
  | {
      readonly kind: 'host-not-asked';
      readonly host: string;
      readonly why: 'offline' | 'no-agent' | 'not-in-fleet' | 'no-answer';
    }
  | {
      readonly kind: 'zone-not-read';
      readonly zone: string;
      readonly why: 'missing-right' | 'not-in-route53' | 'unreachable';
      readonly action?: string;
    }
  | { readonly kind: 'security-groups' };

/**
 * What to do: a change the bot will be able to plan (`command`, without `/kms`), or guidance with this case's values
 * filled in. `slmgr` is the same by hand, where one exists.
 */
export interface Fix {
  readonly kind: FixKind;
  /** What the steps name; those that are not known are absent, and the steps do without. */
  readonly values: FixValues;
  readonly command?: string;
  readonly slmgr?: string;
  /** A fix that must not be used here, and why: e.g. Amazon's servers for a machine that brings its own licence. */
  readonly refused?: { readonly what: string; readonly why: 'byol' | 'licence-included' };
}

/** Values of this case that steps may name. Verbatim, hostile until escaped. */
export interface FixValues {
  /** The KMS host meant, and its port. */
  readonly host?: string;
  readonly port?: string;
  /** The KMS host's node id, where it is a managed node. */
  readonly hostNode?: string;
  /** An address: the right one where another is wrong. */
  readonly address?: string;
  readonly wrong?: string;
  /** Domain that the machine asks in; where the record belongs. */
  readonly domain?: string;
  /** Domain that has the record already. */
  readonly recordIn?: string;
  readonly zone?: string;
  readonly zoneId?: string;
  readonly vpcId?: string;
  /** `route53` where the zone is known to be there, else `elsewhere`. */
  readonly zoneKind?: 'route53' | 'elsewhere';
  /** DNS servers, or whatever else is listed, joined by `, `. */
  readonly servers?: string;
  readonly gvlk?: string;
  readonly edition?: string;
  readonly channel?: string;
  /** Generation of the host key, and the one needed. */
  readonly keyGroup?: string;
  readonly needs?: string;
  /** Update the host's Windows needs, e.g. `KB5034765 (February 2024)`. */
  readonly update?: string;
  readonly code?: string;
  readonly count?: string;
  readonly needed?: string;
  readonly machines?: string;
  readonly imageId?: string;
  readonly seconds?: string;
  readonly state?: string;
  /** Whether the machine is a domain member: time comes from its domain, suffixes from its policy. */
  readonly joined?: 'yes' | 'no';
  /** Routes that are missing. */
  readonly routes?: string;
}

/** Each has its steps in the catalogue. */
export type FixKind =
  | 'install-gvlk'
  | 'convert-edition'
  | 'decide-channel'
  | 'set-activation-type'
  | 'enable-service'
  | 'repair-store'
  | 'licensing-support'
  | 'give-dns-server'
  | 'repair-dns-server'
  | 'create-record' // Route 53 value, or Microsoft DNS and BIND steps
  | 'change-record'
  | 'publish-in-domain' // DnsDomainPublishList, record in the client's zone, suffix by DHCP option 15, lookup domain
  | 'clear-lookup-domain'
  | 'associate-zone'
  | 'repair-forwarding'
  | 'fix-address'
  | 'clear-assignment'
  | 'leave-unknown-host' // back to discovery, and tell the security team
  | 'assign-amazon'
  | 'add-amazon-routes'
  | 'open-path' // client egress, security groups, network ACLs, host ingress
  | 'open-host-firewall'
  | 'start-host-service'
  | 'start-host'
  | 'move-foreign-service'
  | 'activate-host'
  | 'renew-host-key' // key and host updates
  | 'sync-clock'
  | 'raise-count'
  | 'reseal-image' // rearm, restart, rebuild without SkipRearm
  | 'consolidate-hosts'
  | 'activate-now'
  | 'investigate-host'
  | 'remove-host-key'
  | 'office-host-key'
  | 'make-askable'
  | 'ask-again'
  | 'explain-code'
  | 'none';

/** The three exits of every failed diagnosis: repair what is broken, set up a KMS host, fall back to a MAK. */
export type Exit = 'repair' | 'set-up-host' | 'mak';

/** A diagnosis of one machine. */
export interface Diagnosis {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  readonly os?: string;
  /** What a check says of the same machine. */
  readonly result: NodeResult;
  /** `failing` has a first cause; `well` may carry warnings about what will fail later (renewals missed). */
  readonly state: 'failing' | 'warning' | 'well' | 'unknown';
  /** Absent only when the machine is well. */
  readonly first?: RankedCause;
  readonly fix: Fix;
  readonly runnersUp: readonly RunnerUp[];
  readonly unseen: readonly Unseen[];
  /** The likely one first; empty when the machine is well. */
  readonly exits: readonly Exit[];
  /** Office in a group of its own, where a product of it has a key. */
  readonly office?: { readonly state: 'well' | 'failing'; readonly first?: RankedCause; readonly fix: Fix };
  readonly atMs: number;
}

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
  /** Lower-case without trailing dot. */
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
