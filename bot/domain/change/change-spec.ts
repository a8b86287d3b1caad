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
  /** The inverse of an earlier change, on the machines or the record it changed. */
  | { readonly kind: 'undo'; readonly change: string }
  | RecordSpec;

/** One line of `DnsDomainPublishList`; priority and weight are 0 where none is written. */
export interface PublishDomain {
  /** Lower-case, ASCII, without trailing dot. */
  readonly domain: string;
  readonly priority?: number;
  readonly weight?: number;
}

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
export const ONE_MACHINE_ONLY: readonly ChangeKind[] = ['test'];

/** Amazon's activation servers: the IPv6 one where a machine has no IPv4 (AWS, "Unable to activate Windows"). */
export const AMAZON_HOST: HostTarget = { host: '169.254.169.250', port: 1688 };
export const AMAZON_HOST_IPV6: HostTarget = { host: '[fd00:ec2::250]', port: 1688 };
