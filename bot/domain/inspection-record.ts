/**
 * What one machine said about itself, parsed: every probe either gave a value or says why not.
 *
 * `parseInspection` makes these from the wire form; the letters of the wire stay behind it. Names of hosts and domains
 * are lower-case without trailing dot, as the wire has them; a host a person once assigned is kept as they wrote it,
 * sound or not.
 */
import type { FirewallRule, HostRole, PublishingEvents, RequestDigest } from './host-record.ts';
import type { Hresult } from './hresult.ts';
import type { LicenceStatus } from './licence-status.ts';

declare const portBrand: unique symbol;
/** A TCP port, 0–65535; 0 where Windows means its default, 1688. */
export type Port = number & { readonly [portBrand]: true };

declare const guidBrand: unique symbol;
/** A GUID in lower case, without braces. */
export type Guid = string & { readonly [guidBrand]: true };

/** Probes of the inspection, by their keys on the wire; the order is the order of the record. */
export const PROBES = [
  'os',
  'aws',
  'svc',
  'prod',
  'spp',
  'reg',
  'net',
  'dns',
  'srv',
  'tgt',
  'clk',
  'evt',
  'rt',
  'host',
  'fw',
  'req',
  'pub',
] as const;
/** One of the probes. */
export type ProbeKey = (typeof PROBES)[number];

/** Why a probe has no value. */
export type ProbeFailure =
  /** Its own time limit passed: says nothing good or bad about the machine. */
  | { readonly kind: 'timeout' }
  /** The thing asked for does not exist on this machine. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'code'; readonly code: Hresult }
  /** The machine said something there, but not in the agreed form; where and what is wrong. */
  | { readonly kind: 'malformed'; readonly at: string; readonly why: string }
  /** No value and no error either. */
  | { readonly kind: 'unsaid' }
  /** An error word this version does not know. */
  | { readonly kind: 'other'; readonly word: string };

/** What a probe gave, or why it gave nothing. */
export type Probe<T> =
  | { readonly read: true; readonly value: T }
  | { readonly read: false; readonly why: ProbeFailure };

/** Everything one run of the inspection told. */
export interface InspectionRecord {
  readonly version: 1;
  /** The machine's own clock when it looked, which may be wrong; event times are of the same clock. */
  readonly atMs: number;
  readonly computerName: string;
  readonly os: Probe<OperatingSystem>;
  /** `undefined` inside a value: the machine has no instance metadata. */
  readonly aws: Probe<InstanceIdentity | undefined>;
  readonly service: Probe<LicensingService>;
  /** Every product that has a key; empty when none has. */
  readonly products: Probe<readonly LicenceProduct[]>;
  readonly sppsvc: Probe<ServiceState>;
  readonly registry: Probe<LicensingRegistry>;
  readonly network: Probe<NetworkSettings>;
  readonly dnsServers: Probe<readonly DnsServer[]>;
  readonly srvLookups: Probe<readonly SrvLookup[]>;
  readonly targets: Probe<readonly KmsTarget[]>;
  /** `undefined` inside a value: no time server answered. */
  readonly clock: Probe<ClockOffset | undefined>;
  readonly events: Probe<ClientEvents>;
  readonly routes: Probe<readonly LinkLocalRoute[]>;
  /** This and the next three: `undefined` inside a value where the machine holds no KMS host key. */
  readonly hostRole: Probe<HostRole | undefined>;
  readonly firewall: Probe<FirewallRule | undefined>;
  readonly requestDigest: Probe<RequestDigest | undefined>;
  readonly publishing: Probe<PublishingEvents | undefined>;
  /** Counts of what was dropped for size, by the wire's keys; empty when nothing was. */
  readonly dropped: Readonly<Partial<Record<DroppedKey, number>>>;
}

/** What a record may have had no room for: SRV answers, targets, candidate domains, names of duplicates, texts. */
export const DROPPED_KEYS = ['srv', 'tgt', 'dom', 'dup', 'txt'] as const;
/** One kind of thing a record may have had no room for. */
export type DroppedKey = (typeof DROPPED_KEYS)[number];

/** Which Windows it is. */
export interface OperatingSystem {
  readonly build: number;
  /** Update build revision, e.g. 2031 of `20348.2031`; absent when not told. */
  readonly revision?: number;
  /** `EditionID`, e.g. `ServerStandard`. */
  readonly edition: string;
  readonly sku: number;
  readonly kind: 'workstation' | 'domain-controller' | 'server';
  readonly uiLanguage: string;
  readonly domainJoined: boolean;
}

/** What instance metadata says of an EC2 instance. */
export interface InstanceIdentity {
  readonly imageId: string;
  readonly vpcId: string;
  readonly billingProducts: readonly string[];
}

/** A host a client was told or has found. */
export interface HostPort {
  readonly host: string;
  readonly port: Port;
}

/** `SoftwareLicensingService`: what holds for the machine as a whole. */
export interface LicensingService {
  readonly version: string;
  readonly cmid: Guid;
  readonly isKmsHost: boolean;
  readonly hostCaching: boolean;
  readonly rearmsLeft: number;
  readonly assigned?: HostPort;
  readonly lookupDomain?: string;
}

/** `VLActivationType` and `VLActivationTypeEnabled` in words. */
export type VolumeActivationType = 'any' | 'active-directory' | 'kms' | 'token';

/** `SoftwareLicensingProduct`: one product that has a key. */
export interface LicenceProduct {
  readonly activationId: Guid;
  /** Windows, Office, or another application's GUID. */
  readonly application: 'windows' | 'office' | Guid;
  readonly family: string;
  /** The channel token of `Description`, e.g. `VOLUME_KMSCLIENT`. */
  readonly channelToken: string;
  /** Last five characters of the key. */
  readonly keyTail: string;
  readonly status: LicenceStatus;
  readonly reason: Hresult;
  /** Minutes until the present state ends; 0 with a licensed product: never. */
  readonly minutesLeft: number;
  /** What succeeded last; absent when nothing ever did. */
  readonly activatedBy?: Exclude<VolumeActivationType, 'any'>;
  readonly allowed: VolumeActivationType;
  readonly assigned?: HostPort;
  readonly lookupDomain?: string;
  readonly discovered?: HostPort & { readonly address: string };
}

/** The Software Protection service, in the words of `Win32_Service`. */
export interface ServiceState {
  readonly state: string;
  readonly startMode: string;
}

/** Settings of volume activation that only the registry shows. */
export interface LicensingRegistry {
  readonly skipRearm: boolean;
  /** `DisableDnsPublishing`; absent when the value is. */
  readonly disableDnsPublishing?: number;
  readonly publishList: readonly string[];
}

/** A network adapter that has IP. */
export interface NetworkAdapter {
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dnsServers: readonly string[];
  /** Connection-specific suffix; empty when none. */
  readonly suffix: string;
}

/** How the machine finds names. */
export interface NetworkSettings {
  readonly adapters: readonly NetworkAdapter[];
  readonly primarySuffix: string;
  readonly searchList: readonly string[];
}

/** How asking something of the network went wrong. */
export type NetworkFailure =
  | 'nxdomain'
  | 'nodata'
  | 'servfail'
  | 'refused'
  | 'timeout'
  | { readonly code: Hresult }
  | { readonly word: string };

/** A DNS server of the machine, asked directly. */
export interface DnsServer {
  readonly address: string;
  /** `answers` when any DNS answer came, NXDOMAIN included. */
  readonly query: 'answers' | NetworkFailure;
  /** ICMP; never decisive. */
  readonly ping: boolean;
}

/** One answer to `_vlmcs._tcp`. */
export interface SrvAnswer {
  readonly priority: number;
  readonly weight: number;
  readonly port: Port;
  readonly target: string;
}

/** What the machine's own resolver says of `_vlmcs._tcp` in one domain. */
export interface SrvLookup {
  readonly domain: string;
  readonly outcome:
    | { readonly found: true; readonly answers: readonly SrvAnswer[] }
    | { readonly found: false; readonly why: NetworkFailure };
}

/** How connecting ended; another word than these is kept as it is. */
export type TcpResult = 'ok' | 'timeout' | 'refused' | 'unreachable' | { readonly word: string };

/** `rejected`: an RPC server without the KMS interface; `busy`: it refused for now; `other`: not DCE/RPC. */
export type BindResult = 'ok' | 'rejected' | 'busy' | 'closed' | 'silent' | 'other' | { readonly word: string };

/** Where a host was found: by SRV, assigned, cached from before, or Amazon's own. */
export type TargetOrigin = 'srv' | 'assigned' | 'discovered' | 'amazon';

/** A host that could activate the machine, and what probing it gave. */
export interface KmsTarget {
  readonly host: string;
  readonly port: Port;
  readonly origins: readonly TargetOrigin[];
  readonly resolution:
    | { readonly ok: true; readonly addresses: readonly string[] }
    | { readonly ok: false; readonly why: NetworkFailure }
    /** Neither addresses nor an error were told. */
    | { readonly ok: 'unsaid' };
  /** Absent when not tried. */
  readonly tcp?: TcpResult;
  /** Absent when this run does not bind. */
  readonly bind?: BindResult;
  /** Resolved only, because it cannot be one of ours. */
  readonly skipped: boolean;
}

/** How far the clock is off, and whom it was compared with. */
export interface ClockOffset {
  /** Positive: the machine is ahead. */
  readonly seconds: number;
  readonly server: string;
}

/** Event 12288: a request to a KMS host, and how it went. */
export interface RequestEvent {
  readonly atMs: number;
  readonly code: Hresult;
  /** `host:port`, verbatim. */
  readonly host: string;
}

/** Event 12289: a KMS host's response. */
export interface ResponseEvent {
  readonly atMs: number;
  readonly code: Hresult;
  readonly statusFlags: number;
  readonly activated: boolean;
  /** Clients the host had counted. */
  readonly count: number;
}

/** The newest attempt, as the event log tells it. */
export interface ClientEvents {
  /** The newest attempt's requests, newest first. */
  readonly requests: readonly RequestEvent[];
  readonly response?: ResponseEvent;
}

/** A route to 169.254.169.x. */
export interface LinkLocalRoute {
  readonly destination: string;
  readonly nextHop: string;
  readonly interfaceIndex: number;
  readonly metric: number;
}
