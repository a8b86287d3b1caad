/** What a change is asked to do, the same for every machine it goes to. */

/** A KMS host as a client is given it. */
export interface HostTarget {
  /** As `slmgr /skms` stores it: lower-case, IPv6 in brackets. */
  readonly host: string;
  /** 0 where none was given: the client uses 1688. */
  readonly port: number;
}

/** A change of client settings, as a person asks for it. */
export type ChangeSpec =
  | { readonly kind: 'activate' }
  | { readonly kind: 'point'; readonly to: HostTarget }
  /** Amazon's own activation servers; licence-included machines only. */
  | { readonly kind: 'point-amazon' }
  | { readonly kind: 'discover' }
  | { readonly kind: 'activation-type'; readonly to: 'auto' | 'kms' | 'ad' }
  /** `null` clears the lookup domain. */
  | { readonly kind: 'lookup'; readonly domain: string | null }
  | { readonly kind: 'caching'; readonly on: boolean }
  | { readonly kind: 'flush-dns' }
  /** The public client setup key of each machine's own edition. */
  | { readonly kind: 'client-key' }
  /** The seeds' active routing test, of one machine. */
  | { readonly kind: 'test'; readonly host: HostTarget }
  /** A key that is kept as a secret, by its name; the machine fetches it itself. */
  | { readonly kind: 'stored-key'; readonly key: string }
  /** Activation without internet, of one machine. */
  | { readonly kind: 'phone' }
  /** Resets the grace period of one machine; in force after a restart, which is made only where it was asked for. */
  | { readonly kind: 'rearm'; readonly restart: boolean }
  /** Restarts one machine, to bring an earlier rearm into force. */
  | { readonly kind: 'restart' }
  /** The inverse of an earlier change, on the machines or the record it changed. */
  | { readonly kind: 'undo'; readonly change: string }
  | HostSpec
  | RecordSpec;

/** One line of `DnsDomainPublishList`; priority and weight are 0 where none is written. */
export interface PublishDomain {
  /** Lower-case, ASCII, without trailing dot. */
  readonly domain: string;
  readonly priority?: number;
  readonly weight?: number;
}

/** A change of one KMS host, as a person asks for it. */
export type HostSpec =
  /** A KMS host from a plain machine, with the stored host key of this name. */
  | { readonly kind: 'host-setup'; readonly key: string }
  | { readonly kind: 'host-publish'; readonly on: boolean }
  /** The domains beside its own that it publishes in; empty for none. */
  | { readonly kind: 'host-domains'; readonly domains: readonly PublishDomain[] }
  | { readonly kind: 'host-port'; readonly port: number }
  /** Minutes, 15 to 43,200 each. */
  | { readonly kind: 'host-intervals'; readonly activationMinutes: number; readonly renewalMinutes: number }
  | { readonly kind: 'host-priority'; readonly low: boolean }
  /** Lets clients in, in the domain and private profiles only. */
  | { readonly kind: 'host-firewall' }
  | { readonly kind: 'host-restart' }
  | { readonly kind: 'host-retire' };

/** A change of the KMS record of one domain, as a person asks for it. */
export interface RecordSpec {
  /** `dns-adopt`: a value that somebody else made becomes ours, and stays as it is. */
  readonly kind: 'dns-add' | 'dns-remove' | 'dns-adopt';
  /** A domain, or the id of a configured zone. As it was typed, lower-case; an id upper-case. */
  readonly zone: string;
  /** Port 0 where none was given. */
  readonly host: HostTarget;
  readonly priority?: number;
  readonly weight?: number;
}

export type ChangeKind = ChangeSpec['kind'];

/** Whether the change is one of a record, not of machines. */
export const isRecordSpec = (spec: ChangeSpec): spec is RecordSpec =>
  spec.kind === 'dns-add' || spec.kind === 'dns-remove' || spec.kind === 'dns-adopt';

/** The changes that go to many machines; the others name one. */
export const ONE_MACHINE_ONLY: readonly ChangeKind[] = [
  'test',
  'phone',
  'rearm',
  'restart',
  'host-setup',
  'host-publish',
  'host-domains',
  'host-port',
  'host-intervals',
  'host-priority',
  'host-firewall',
  'host-restart',
  'host-retire',
];

/** Changes of several steps, some of which wait for people: they are carried out as a course, not in waves. */
export const COURSES = ['phone', 'rearm', 'restart', 'host-setup', 'host-retire'] as const;
export type CourseKind = (typeof COURSES)[number];

/** Whether a change is carried out step by step on one machine. */
export const isCourse = ({ kind }: ChangeSpec): boolean => COURSES.some((course) => course === kind);

/** Changes that always need a second person, whatever their plan holds. */
export const ALWAYS_APPROVED: readonly ChangeKind[] = [
  ...COURSES,
  'stored-key',
  'host-publish',
  'host-domains',
  'host-port',
  'host-intervals',
  'host-priority',
  'host-firewall',
  'host-restart',
];

/** Amazon's activation servers: the IPv6 one where a machine has no IPv4 (AWS, "Unable to activate Windows"). */
export const AMAZON_HOST: HostTarget = { host: '169.254.169.250', port: 1688 };
export const AMAZON_HOST_IPV6: HostTarget = { host: '[fd00:ec2::250]', port: 1688 };
