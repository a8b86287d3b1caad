/** What a catalogue of changes holds: a sentence for every change, plan, stage and end there is. */
import type { ChangeKind } from '../../domain/change/change-spec.ts';
import type { LookProgress } from '../../ports.ts';
import type { OutcomeTexts } from './change-outcome-words.ts';
import type { PlanTexts } from './change-plan-words.ts';
import type { CourseTexts } from './course-words.ts';
import type { RecordTexts } from './record-words.ts';

/** What a change is about, its texts made safe for the place they go to; what a kind lacks is empty. */
export interface SpecParts {
  /** The one machine by name, or several by number; of an undo also a record, and empty where it is not known. */
  readonly machines: string;
  /** A KMS host, with its port where that is not the usual one. */
  readonly host: string;
  /** A lookup domain; empty where it is cleared. */
  readonly domain: string;
  /** The kind of activation to allow. */
  readonly to: 'auto' | 'kms' | 'ad';
  readonly on: boolean;
  /** The earlier change that is taken back. */
  readonly change: string;
  /** The record that is changed, as the object of a sentence. */
  readonly record: string;
  /** Its host stands in the record already, and only its numbers change. */
  readonly renumbered: boolean;
  /** Name of a stored key. */
  readonly key: string;
  /** Domains that a host publishes in beside its own; empty for none. */
  readonly domains: string;
  /** Minutes between two attempts to activate, and between two renewals. */
  readonly activation: string;
  readonly renewal: string;
  readonly port: string;
  /** Of the priority of a host. */
  readonly low: boolean;
  /** Whether a rearm is followed by a restart. */
  readonly restart: boolean;
}

export type SpecTexts = Readonly<Record<ChangeKind, (parts: SpecParts) => string>>;

export interface ChangeTexts extends OutcomeTexts {
  /** Changes of several steps, and activation by phone. */
  readonly course: CourseTexts;
  /** What is said of records in place of machines. */
  readonly record: RecordTexts;
  readonly machines: (count: number) => string;
  /** Where it is not known how many. */
  readonly someMachines: string;
  /** An infinitive in English, a noun in Japanese: what is to be done. */
  readonly todo: SpecTexts;
  /** The same once it is done. */
  readonly did: SpecTexts;
  /** As the heading of a dialog. */
  readonly ask: (todo: string) => string;
  /** The machines are looked at once more, after an approval or a wave. */
  readonly lookingAgain: (command: string) => string;
  readonly looking: Readonly<Record<LookProgress['phase'], (command: string) => string>>;
  readonly answered: (answered: number, asked: number) => string;
  readonly waiting: {
    readonly first: (todo: string, until: string) => string;
    readonly again: string;
  };
  readonly applying: {
    readonly first: (todo: string) => string;
    readonly verifying: (todo: string) => string;
    readonly done: (done: number, all: number) => string;
    readonly failed: (count: number) => string;
    readonly wave: (wave: number, waves: number) => string;
    readonly decidedBy: (by: string) => string;
  };
  readonly paused: {
    readonly first: (todo: string, wave: number, waves: number, worse: number, done: number) => string;
    readonly rest: (count: number, until: string) => string;
    readonly goOnText: (todo: string, count: number) => string;
  };
  readonly plan: PlanTexts;
  readonly card: {
    readonly wanted: (group: string, requester: string, todo: string) => string;
    readonly again: string;
    /** A message shows less of a plan than there is. */
    readonly inFile: string;
    readonly expires: (when: string) => string;
    readonly approved: (by: string, when: string, what: string) => string;
    readonly rejected: (by: string, when: string, what: string) => string;
    readonly brokeGlass: (by: string, when: string, what: string) => string;
    readonly cancelled: (by: string, when: string, what: string) => string;
    readonly expired: (when: string, what: string) => string;
    readonly void: (when: string, what: string) => string;
    readonly asked: (todo: string, requester: string) => string;
  };
  readonly glass: {
    readonly first: (by: string, todo: string, when: string) => string;
    readonly reason: (reason: string) => string;
    readonly next: (group: string) => string;
  };
  readonly buttons: {
    readonly approve: string;
    readonly reject: string;
    readonly breakGlass: string;
    readonly goOn: string;
    readonly cancel: string;
    readonly undo: string;
    readonly discover: string;
    readonly enterConfirmation: string;
    readonly byPhone: string;
    readonly restart: string;
    readonly back: string;
    readonly yes: string;
  };
  readonly confirm: {
    readonly approve: (todo: string) => string;
    readonly cancel: (todo: string) => string;
    readonly undo: (did: string) => string;
    readonly discover: (count: string) => string;
    readonly discoverAll: string;
    readonly byPhone: (machine: string) => string;
    readonly restart: (machine: string) => string;
  };
  readonly small: {
    readonly id: (id: string) => string;
    readonly slmgr: Readonly<Record<ChangeKind, string>>;
    readonly started: (when: string) => string;
    readonly ended: (when: string) => string;
  };
}
