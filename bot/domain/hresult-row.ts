/** The columns of the tables of result codes. */

/** Where a code arises: on a KMS client, on a KMS host, on a machine talking to Microsoft, or anywhere. */
export type HresultSide = 'client' | 'host' | 'microsoft' | 'any';

/** Who has to act on a code. */
export type HresultActor =
  | 'nobody'
  | 'machine-owner'
  | 'kms-host-owner'
  | 'dns-owner'
  | 'network-owner'
  | 'licence-owner'
  | 'image-owner';

/** Why a code usually appears; one explanation each. */
export type HresultCause =
  | 'normal'
  | 'no-host-reached'
  | 'rpc-failed'
  | 'service-stuck'
  | 'service-disabled'
  | 'count-too-low'
  | 'target-not-kms'
  | 'host-not-activated'
  | 'host-too-old'
  | 'clock-skew'
  | 'never-bound'
  | 'not-qualifying'
  | 'virtual-host'
  | 'policy'
  | 'wrong-key'
  | 'key-blocked'
  | 'no-key'
  | 'hardware-changed'
  /** An expired KMS activation or changed hardware; the code does not say which. */
  | 'out-of-tolerance'
  | 'grace-expired'
  | 'store-damaged'
  | 'use-licence-missing'
  | 'not-elevated'
  | 'upgrade-key'
  | 'oem-data-missing'
  | 'not-genuine'
  | 'digital-licence'
  | 'service-restarting'
  | 'active-directory-object'
  | 'rearm-pending'
  | 'rearms-used-up'
  | 'in-progress'
  | 'no-internet'
  | 'virtual-machine-key'
  | 'confirmation-id-wrong'
  | 'confirmation-id-stale'
  | 'activation-limit'
  | 'proxy'
  | 'no-srv-record'
  | 'dns-server-failing'
  | 'dns-update-refused'
  | 'no-dns-server'
  | 'bad-host-name'
  | 'access-denied'
  | 'key-not-found'
  | 'timed-out'
  | 'rights-damaged'
  | 'bad-parameter'
  | 'file-missing'
  | 'wmi-failing'
  /** WMI lacks the namespace or the class that was asked for. */
  | 'wmi-incomplete'
  | 'wmi-access-denied'
  | 'unclear';

/** Code without prefix, symbol or empty, side, who acts, likely cause. */
export type HresultRow = readonly [
  digits: string,
  symbol: string,
  side: HresultSide,
  actor: HresultActor,
  cause: HresultCause,
];
