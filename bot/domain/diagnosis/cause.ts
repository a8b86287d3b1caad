/** What can be wrong with a machine: every cause that a diagnosis may name. */
import type { Hresult } from '../hresult.ts';
import type { ProbeKey } from '../inspection-record.ts';
import type { NodeId, NotAskable } from '../nodes.ts';

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
