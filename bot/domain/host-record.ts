/**
 * The host half of the inspection record, parsed: what a machine that holds a KMS host key says of itself.
 *
 * Read from `SoftwareLicensingService`, the firewall's registry policy, and the logs *Key Management Service* (12290)
 * and *Application* (12293, 12294). Each part fails by itself.
 */
import type { Hresult } from './hresult.ts';
import type { BindResult, Guid, Port, TcpResult } from './inspection-record.ts';

/** Requests since the host was installed; only differences between two samples mean something. */
export interface RequestCounters {
  readonly total: number;
  readonly failed: number;
  /** By the client's licence status when it asked, 0–5. */
  readonly byStatus: readonly [number, number, number, number, number, number];
}

/**
 * What the Windows firewall does with connections to the listening port: the built-in rule `SPPSVC-In-TCP`, or another
 * that names the port, local or from group policy. Port ranges and the remote addresses of a rule are not looked at.
 */
export interface FirewallRule {
  /** A rule lets clients in, in one profile at least. */
  readonly enabled: boolean;
  /** Profiles the rule holds in; empty means every profile (and says nothing where it is not enabled). */
  readonly profiles: readonly ('domain' | 'private' | 'public')[];
  /** Profiles whose firewall is on; a rule that is off only matters there. */
  readonly firewallOn: readonly ('domain' | 'private' | 'public')[];
  /** Profile of the connected network, where it could be told. */
  readonly active?: 'domain' | 'private' | 'public';
}

/** The KMS host role of one machine. */
export interface HostRole {
  /** `KeyManagementServiceCurrentCount`; absent when the host was never asked. Saturates at 50 (10 with servers only). */
  readonly count?: number;
  /** `RequiredClientCount`: what the most demanding client needs; 0 when the host was never asked. */
  readonly requiredCount: number;
  readonly requests: RequestCounters;
  readonly activationIntervalMinutes: number;
  readonly renewalIntervalMinutes: number;
  /** 1688 unless changed; never 0. */
  readonly listeningPort: Port;
  readonly publishing: boolean;
  readonly lowPriority: boolean;
  /**
   * What connecting to its own port on 127.0.0.1 gives; no firewall stands in between. `tcp` is the word `unsaid` where
   * there was no time left to try.
   */
  readonly listening: { readonly tcp: TcpResult; readonly bind?: BindResult };
}

/** A CMID that several machine names used at the same time. */
export interface DuplicateCmid {
  readonly cmid: Guid;
  /** At most three; `machines` counts them all. */
  readonly names: readonly string[];
  readonly machines: number;
}

/** Event 12290 of the last thirty days, newest first, as far as time allowed. */
export interface RequestDigest {
  /** How far back it got: 30 days, the log's beginning, or where the time limit stopped it. */
  readonly sinceMs: number;
  /** False where the time limit stopped it. */
  readonly complete: boolean;
  /** Events read. */
  readonly events: number;
  /** Distinct CMIDs whose requests were honoured: the real fleet. */
  readonly clients: number;
  /** Of these, how many need 25 (client Windows); the rest need 5. */
  readonly clientWindows: number;
  /** Distinct CMIDs by whole days since their last contact: index 0 is the last 24 hours; at most 30 entries. */
  readonly byDay: readonly number[];
  /** Failures by code, most frequent first, at most eight. */
  readonly failures: readonly { readonly code: Hresult; readonly events: number; readonly newestMs: number }[];
  /** At most five, those of the most machines first. */
  readonly duplicates: readonly DuplicateCmid[];
}

/** The host's last attempts at publishing its SRV record. */
export interface PublishingEvents {
  /** Event 12294. */
  readonly success?: { readonly atMs: number; readonly domain: string };
  /** Event 12293. */
  readonly failure?: { readonly atMs: number; readonly code: Hresult; readonly domain: string };
}
