/** A change of several steps on one machine, some of which wait for people or for days. */
import type { NodeAction, NodeOutcome } from './plan.ts';

/** What a step is about, in the order of a set-up and of a retirement. */
export type CourseStepName =
  /** The role *Volume Activation Services*. */
  | 'role'
  | 'key'
  /** Online, with Microsoft. */
  | 'activate'
  /** With an Installation ID and a Confirmation ID. */
  | 'phone'
  | 'firewall'
  /** The service restarted, and its port answering. */
  | 'listen'
  /** The host publishes its record itself. */
  | 'publish'
  /** A record in a configured zone of Route 53. */
  | 'record'
  | 'verify'
  | 'rearm'
  | 'restart'
  /** The machine is back after its restart. */
  | 'return'
  /** Its records taken out of the configured zones. */
  | 'drain'
  /** It does not publish any more. */
  | 'unpublish'
  /** Its clients renew elsewhere. */
  | 'watch'
  /** A KMS client again. */
  | 'convert';

/** One step as planned. */
export interface CourseStep {
  readonly step: CourseStepName;
  /** What its document is told; absent where no document of a machine carries it out. */
  readonly action?: NodeAction;
  /** What its document is told after that; both are done, or the step is not. */
  readonly afterwards?: NodeAction;
  /** Only where the step before could not do it: `phone` after `activate`. */
  readonly ifNeeded?: true;
}

export type CourseState =
  | 'to-do'
  | 'doing'
  /** Waits for a person. */
  | 'waiting'
  | 'done'
  /** It was so already. */
  | 'same'
  | 'not-needed'
  | 'failed';

/** How far a step has come. Carries no key, no Installation ID and no Confirmation ID. */
export interface CourseProgress {
  readonly step: CourseStepName;
  readonly state: CourseState;
  readonly sinceMs?: number;
  /** What its document said. */
  readonly outcome?: NodeOutcome;
  /** What the step found, in a word and a value each, e.g. `count` `3`, `domain` `corp.example`. Verbatim, hostile until escaped. */
  readonly facts?: Readonly<Record<string, string>>;
}
