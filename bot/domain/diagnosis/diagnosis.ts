/**
 * A diagnosis: one named cause of why a machine does not activate, what proves it, what else it could be, and the fix.
 *
 * Made from {@link DiagnosisFacts} alone: pure, total, and the same for the same facts.
 */
import type { NodeResult } from '../check-report.ts';
import type { Hresult } from '../hresult.ts';
import type { ProbeKey } from '../inspection-record.ts';
import type { NodeId } from '../nodes.ts';
import type { DiagnosedCause } from './cause.ts';
import type { Fix } from './fix-kinds.ts';

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
