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
  /** The inverse of an earlier change, on the machines it changed. */
  | { readonly kind: 'undo'; readonly change: string };

export type ChangeKind = ChangeSpec['kind'];

/** The changes that go to many machines; the others name one. */
export const ONE_MACHINE_ONLY: readonly ChangeKind[] = ['test'];

/** Amazon's activation servers: the IPv6 one where a machine has no IPv4 (AWS, "Unable to activate Windows"). */
export const AMAZON_HOST: HostTarget = { host: '169.254.169.250', port: 1688 };
export const AMAZON_HOST_IPV6: HostTarget = { host: '[fd00:ec2::250]', port: 1688 };
