/** What a catalogue says of changes under way and of the audit. */
import type { AuditEvent } from '../../domain/audit/audit-entry.ts';
import type { ChainBreak } from '../../domain/audit/audit-report.ts';
import type { AwaitedDecision, ChangeEnd, ChangePhase } from '../../domain/change/change-status.ts';

export interface JobsTexts {
  readonly none: string;
  /** How many are under way, and how many of them wait for a person. */
  readonly first: (running: number, waiting: number) => string;
  /** None is under way, and these have just ended. */
  readonly onlyEnded: (count: number) => string;
  readonly phase: Readonly<Record<ChangePhase, string>>;
  readonly end: Readonly<Record<ChangeEnd, string>>;
  /** The phases of a change of a record that read otherwise. */
  readonly recordPhase: Readonly<Record<'looking' | 'applying', string>>;
  readonly record: (domain: string) => string;
  readonly waitsFor: Readonly<Record<AwaitedDecision['what'], (until: string) => string>>;
  readonly machines: (done: number, all: number, failed: number, notActivated: number) => string;
  readonly by: (who: string, since: string) => string;
  readonly ended: (when: string) => string;
  readonly more: (count: number) => string;
  readonly cancel: (id: string) => string;
  readonly cancelText: (command: string) => string;
  readonly small: string;
}

export interface AuditTexts {
  readonly notDeployed: string;
  /** `about` may be empty. */
  readonly none: (about: string, since: string) => string;
  readonly first: (count: number, about: string, since: string) => string;
  readonly more: (count: number) => string;
  readonly cut: string;
  /** Who did it: a mention, or the bot itself where nobody did. */
  readonly bot: string;
  /** What happened, after who did it and when. */
  readonly events: Readonly<Record<AuditEvent, (parts: { readonly who: string; readonly asked: string }) => string>>;
  /** The same of a record, where it reads otherwise. */
  readonly recordEvents: Readonly<Record<'void' | 'sent' | 'result', string>>;
  /** How a record's change ended at Route 53; `detail` is its own id of the change, or what it said; it may be empty. */
  readonly recordResults: Readonly<Record<'done' | 'refused' | 'moved' | 'failed', (detail: string) => string>>;
  /** A record, and its values that are taken away and added. */
  readonly record: (domain: string, removed: readonly string[], added: readonly string[]) => string;
  /** A value that stays and becomes ours, or nobody's. */
  readonly adopted: (value: string) => string;
  readonly released: (value: string) => string;
  readonly nodes: (names: string, count: number) => string;
  readonly reason: (reason: string) => string;
  readonly results: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, string>>;
  readonly counts: (done: number, notDone: number) => string;
  readonly sound: (entries: number, head: string) => string;
  readonly soundEmpty: string;
  readonly compare: string;
  readonly broken: Readonly<Record<ChainBreak, (at: number) => string>>;
  readonly brokenStep: (entries: number) => string;
  readonly small: { readonly newest: string; readonly verify: string };
}

export interface AuditCatalogue {
  readonly jobs: JobsTexts;
  readonly audit: AuditTexts;
}
