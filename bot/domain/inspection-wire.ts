/**
 * The inspection record as `KmsBot-Inspect` prints it: one line, a prefix and ASCII JSON.
 *
 * This file is the contract between the document's PowerShell and everything that reads it. Keys are short because
 * the whole line, prefix and line end included, must stay within {@link WIRE_LIMIT_BYTES}: `ListCommandInvocations`
 * cuts a step's output at 2,500 bytes, and a page of fifty nodes is only enough while nothing is cut.
 *
 * Rules of the format, version 1:
 * - Keys stand in the order of these interfaces. A value that was not read is `null` (or its key absent where the key
 *   is marked optional) and the probe that failed is named in `err`. Nothing is ever guessed.
 * - HRESULTs are eight upper-case hexadecimal digits without prefix. Times are whole Unix seconds, UTC.
 * - Every character outside 0x20–0x7E, and `"` and `\`, is escaped; beyond ASCII always as `\uXXXX`, lower-case hex.
 * - DNS names are lower-case without trailing dot.
 */

/** Prefix of a line of plain ASCII JSON. */
export const WIRE_PREFIX = 'KMSBOT1 ';

/** Prefix of a line of base64 of gzip of the same JSON, used when the plain line would be too long. */
export const WIRE_PREFIX_COMPRESSED = 'KMSBOT1Z ';

/** Bytes of the printed line, prefix and line end (CR LF) included. */
export const WIRE_LIMIT_BYTES = 2400;

/** A short, locale-free code for why a probe has no value, e.g. `timeout`, `missing`, or eight hex digits of an HRESULT. */
export type WireError = string;

/** One keyed licence product (`SoftwareLicensingProduct` with a `PartialProductKey`); the Windows product first. */
export interface WireProduct {
  /** Activation ID, lower-case GUID. */
  id: string;
  /** `w` Windows, `o` Office, else the application's GUID in lower case. */
  app: string;
  /** `LicenseFamily`, else the edition in `Name`, e.g. `ServerDatacenter`. */
  fam: string;
  /** The channel token in `Description`, e.g. `VOLUME_KMSCLIENT`, `VOLUME_KMS_WS22`, `VOLUME_MAK`, `RETAIL`. */
  ch: string;
  /** Last five characters of the key. */
  key: string;
  /** `LicenseStatus`, 0–6. */
  st: number;
  /** `LicenseStatusReason`, eight hex digits. */
  why: string;
  /** `GracePeriodRemaining`, minutes. */
  min: number;
  /** `VLActivationType`: 0 never, 1 Active Directory, 2 KMS, 3 token. */
  vt: number;
  /** `VLActivationTypeEnabled`: 0 all, 1 Active Directory, 2 KMS, 3 token. */
  ve: number;
  /** Assigned KMS host of this product (name, port; port 0 = default), when set. */
  kms?: [string, number];
  /** Lookup domain of this product, when set. */
  look?: string;
  /** Host last discovered through DNS (name, port, address or empty), when known. */
  disc?: [string, number, string];
}

/** `SoftwareLicensingService`, the parts a client's activation depends on. */
export interface WireService {
  /** `Version`. */
  ver: string;
  /** `ClientMachineID`, lower-case GUID. */
  cmid: string;
  /** 1 when `IsKeyManagementServiceMachine`. */
  host: 0 | 1;
  /** 1 when host caching is on. */
  cache: 0 | 1;
  /** `RemainingWindowsReArmCount`. */
  rearm: number;
  /** Globally assigned KMS host (name, port; port 0 = default), when set. */
  kms?: [string, number];
  /** Global lookup domain, when set. */
  look?: string;
}

/** One network adapter that has IP. */
export interface WireAdapter {
  ip: string[];
  gw: string[];
  dns: string[];
  /** Connection-specific suffix (`DNSDomain`), empty when none. */
  sfx: string;
}

/** One DNS server: did it answer a query, and (extra) a ping. */
export interface WireDnsServer {
  ip: string;
  /** `ok` when any DNS answer came (NXDOMAIN included), else the error. */
  q: 'ok' | WireError;
  /** 1 answered ICMP, 0 did not. Never decisive. */
  ping: 0 | 1;
}

/** The SRV answers for `_vlmcs._tcp.<domain>` through the machine's own resolver. */
export interface WireSrv {
  d: string;
  /** Answers: priority, weight, port, index into `tgt` (or the name itself where the target was cut). */
  a?: [number, number, number, number | string][];
  /** Error instead of answers: `nxdomain`, `nodata`, `servfail`, `refused`, `timeout`, or eight hex digits. */
  e?: WireError;
}

/** One host that could activate this machine, and what probing it gave. */
export interface WireTarget {
  /** Name or address as found. */
  n: string;
  p: number;
  /** Where it was found: `s` SRV, `a` assigned, `d` discovered before, `z` Amazon's own servers. Several letters possible. */
  by: string;
  /** Addresses it resolves to. */
  ip?: string[];
  /** Resolution error, as in {@link WireSrv.e}. */
  e?: WireError;
  /** TCP connect: `ok`, `timeout`, `refused`, `unreachable`, or another code. */
  tcp?: string;
  /**
   * RPC bind of the KMS interface: `ok`, `rejected` (an RPC server without the KMS interface), `busy` (bind_nak),
   * `closed`, `silent`, `other` (not DCE/RPC); absent when this run does not bind.
   */
  bind?: string;
  /** `not-ours` when the target was resolved only. */
  skip?: 'not-ours';
}

/** The newest client events in the Application log. */
export interface WireEvents {
  /** Up to three 12288 of the newest attempt, newest first: time, HRESULT, host:port. */
  q: [number, string, string][];
  /** The newest 12289: time, HRESULT, status flags (hex), activated 0/1, count on the host. */
  r: [number, string, string, number, number] | null;
}

/** A link-local route: destination, next hop, interface index, metric. */
export type WireRoute = [string, string, number, number];

/** `SoftwareLicensingService` of a KMS host. Numbers as CIM has them: 4294967295 stands for -1, never asked. */
export interface WireHost {
  /** `KeyManagementServiceCurrentCount`. */
  n: number;
  /** `RequiredClientCount`. */
  need: number;
  /** Requests: total, failed, then by the client's licence status 0–5. */
  rq: [number, number, number, number, number, number, number, number];
  /** `VLActivationInterval`, `VLRenewalInterval`; minutes. */
  iv: [number, number];
  /** `KeyManagementServiceListeningPort`, 1688 in place of 0. */
  p: number;
  /** 1 when `KeyManagementServiceDnsPublishing`. */
  pub: 0 | 1;
  /** 1 when `KeyManagementServiceLowPriority`. */
  low: 0 | 1;
  /** Connecting to its own port on 127.0.0.1, as {@link WireTarget.tcp}; absent when not tried. */
  tcp?: string;
  /** As {@link WireTarget.bind}. */
  bind?: string;
}

/** The Windows firewall before the listening port. Profiles by letter: `d` domain, `p` private, `u` public. */
export interface WireFirewall {
  /** Profiles in which an active inbound rule lets TCP to the listening port in. */
  r: string;
  /** Profiles whose firewall is on. */
  on: string;
  /** Profile of the connected network; absent where it could not be told, or where there are several. */
  a?: string;
}

/** Event 12290 of the last thirty days, newest first. */
export interface WireRequests {
  /** How far back it got. */
  s: number;
  /** 1 when that is thirty days or the log's beginning, 0 when the time limit stopped it. */
  ok: 0 | 1;
  /** Events read. */
  n: number;
  /** Distinct CMIDs whose requests were honoured, and how many of them need 25. */
  c: number;
  w: number;
  /** Those CMIDs by whole days since their last honoured contact, without trailing zeros. */
  d: number[];
  /** At most eight failures: HRESULT, events, time of the newest; most frequent first. */
  f: [string, number, number][];
  /** At most five CMIDs that several names used at the same time: CMID, names in all, at most three of the names. */
  dup: [string, number, string[]][];
}

/** The newest attempts at publishing the SRV record. */
export interface WirePublishing {
  /** Event 12294: time, DNS domain. */
  ok: [number, string] | null;
  /** Event 12293: time, HRESULT, DNS domain. */
  no: [number, string, string] | null;
}

export interface WireRecord {
  v: 1;
  /** The machine's own clock. */
  at: number;
  /** Computer name, as Windows reports it. */
  name: string;
  os: {
    /** Build and revision, e.g. `20348.2031`. */
    b: string;
    /** `EditionID`. */
    ed: string;
    /** `OperatingSystemSKU`. */
    sku: number;
    /** `ProductType`: 1 workstation, 2 domain controller, 3 server. */
    pt: number;
    /** UI language, e.g. `ja-JP`. */
    ui: string;
    /** `DomainRole`, 0–5; 0 and 2 are workgroup machines. */
    role: number;
  } | null;
  /** From instance metadata (IMDSv2); null on machines that have none. */
  aws: { ami: string; vpc: string; bp: string[] } | null;
  svc: WireService | null;
  prod: WireProduct[] | null;
  /** `sppsvc`: Win32_Service State (`Running`, `Stopped`, …) and StartMode (`Auto`, `Manual`, `Disabled`). */
  spp: [string, string] | null;
  /** Registry: SkipRearm, DisableDnsPublishing (null when absent), DnsDomainPublishList lines. */
  reg: { skip: number; nopub: number | null; list: string[] } | null;
  /** Adapters, primary suffix, search list. */
  net: { if: WireAdapter[]; sfx: string; list: string[] } | null;
  dns: WireDnsServer[] | null;
  srv: WireSrv[] | null;
  tgt: WireTarget[] | null;
  /** Offset of the machine's clock in seconds (positive: ahead), and the server asked; null where none answered. */
  clk: [number, string] | null;
  evt: WireEvents | null;
  /** Routes to 169.254.169.x. */
  rt: WireRoute[] | null;
  /** The KMS host half, this key and the next three: absent on machines without a KMS host key. */
  host?: WireHost | null;
  fw?: WireFirewall | null;
  req?: WireRequests | null;
  pub?: WirePublishing | null;
  /** Probes that failed, by key of this record (`svc`, `evt`, …), and why. Empty object when none did. */
  err: Record<string, WireError>;
  /** What was dropped for size: counts by key (`srv` answers, `tgt` targets, `dom` candidate domains, `dup` duplicate names); absent when nothing was. */
  cut?: Partial<Record<'srv' | 'tgt' | 'dom' | 'dup' | 'txt', number>>;
}
