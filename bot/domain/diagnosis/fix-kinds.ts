/** What can be done about a cause, and the values its steps name. */

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
  /** Numbers of the record; 0 each where they are not given. */
  readonly priority?: string;
  readonly weight?: string;
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
