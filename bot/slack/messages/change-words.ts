/** What a catalogue of changes holds: a sentence for every change, plan, fate, end and refusal there is. */
import type { ChangeRefusal } from '../../domain/change/change-message.ts';
import type { ChangeKind } from '../../domain/change/change-spec.ts';
import type { WireRefusal } from '../../domain/change/change-wire.ts';
import type { Fate } from '../../domain/change/outcome-groups.ts';
import type { RoutingProof, Stands } from '../../domain/change/plan.ts';
import type { NotOurs } from '../../domain/check-report.ts';
import type { LookProgress } from '../../ports.ts';
import type { PlanTexts } from './change-plan-words.ts';
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
}

export type SpecTexts = Readonly<Record<ChangeKind, (parts: SpecParts) => string>>;

/** What is said of machines with one fate; `reason` may be empty. A predicate, so that a number or name can precede it. */
export interface FateParts {
  readonly count: number;
  readonly reason: string;
  /** The licence outlives the failure. */
  readonly still: boolean;
  /** The CIM method or command that failed, as a code span; may be empty. */
  readonly step: string;
  /** What was there before and could not be put back; may be empty. */
  readonly before: string;
}

export interface EndTexts {
  /** Nothing failed; how many of the machines done are activated, and how many are known not to be. */
  readonly done: (fact: string, activated: number, not: number, count: number) => string;
  /** All was done, and some do not reach their KMS host now. */
  readonly butUnreached: (fact: string, count: number, all: number) => string;
  /** Something failed: what was done, and the worst of it. */
  readonly butWorst: (fact: string, count: number, all: number, predicate: string) => string;
  /** Nothing was done. */
  readonly failed: (todo: string, count: number, all: number, predicate: string) => string;
  /** The same where what failed is the whole of it: why. */
  readonly failedWhy: (todo: string, why: string) => string;
  readonly allAlreadySo: (todo: string, count: number) => string;
  /** `why` is how the reason is said of machines left alone. */
  readonly leftAll: (machines: string, why: string) => string;
  readonly nobodyMeant: (command: string) => string;
  readonly seeBelow: (command: string) => string;
  /** No usable answer came, and nothing else: whether it worked is not known. `reason` may be empty. */
  readonly unclear: (todo: string, reason: string) => string;
  /** No answer came, and a second look shows the change in force. `reason` may be empty. */
  readonly doneUnheard: (todo: string, reason: string) => string;
  readonly rejected: (todo: string, by: string) => string;
  readonly expired: (todo: string) => string;
  /** Before anything was sent, or after `done` of `all` machines. `by` may be empty. */
  readonly cancelled: (todo: string, by: string, done: number, all: number) => string;
  readonly stopped: (todo: string, by: string, done: number, all: number) => string;
  readonly error: (todo: string) => string;
}

/** How a change ended, and what became of its machines. */
export interface OutcomeTexts {
  readonly ended: EndTexts;
  /** Predicates: "2 did not activate". */
  readonly fates: Readonly<Record<Fate, (parts: FateParts) => string>>;
  readonly refused: Readonly<Record<WireRefusal, string>>;
  /** Reasons that are words of ours. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly reasonExit: (code: string) => string;
  readonly reasonUnreadable: string;
  readonly reasonRight: (action: string) => string;
  readonly reasonDocument: (document: string) => string;
  /** What to do about a fate; empty where there is nothing. `command` asks for the same again. */
  readonly next: Readonly<Record<Exclude<Fate, 'no-answer'>, (command: string) => string>>;
  /**
   * Where the end is not known: how a second look found the machines, and what to do. `again` asks for the same,
   * `check` looks at the machines, `activate` activates those that are not (empty where all are), `before` is what was there; it may be empty.
   */
  readonly stands: Readonly<
    Record<
      Stands | 'unseen',
      (told: { count: number; again: string; check: string; activate: string; before: string }) => string
    >
  >;
  readonly botOwner: string;
  readonly requester: string;
  /** A sentence and who acts; `who` may be empty. */
  readonly withActor: (sentence: string, who: string) => string;
  readonly outcome: (count: number, predicate: string) => string;
  readonly machinesDone: (count: number, activated: number, known: number) => string;
  readonly moreFates: (groups: number, machines: number) => string;
  readonly seen: {
    readonly well: (count: number, host: string, address: string) => string;
    readonly noName: (count: number, host: string) => string;
    readonly noAnswer: (count: number, host: string) => string;
  };
  readonly couldDiscover: (count: number) => string;
  readonly undoUntil: (when: string) => string;
  readonly proof: Readonly<Record<RoutingProof, (parts: { machine: string; host: string; reason: string }) => string>>;
  readonly attempt: Readonly<Record<'name' | 'address', (target: string, result: string) => string>>;
  readonly activated: string;
  readonly putBack: string;
  readonly notPutBack: string;
  readonly refusals: {
    readonly [K in Exclude<ChangeRefusal['kind'], 'record'>]: (refusal: {
      /** The command as understood, as a code span. */
      readonly command: string;
      readonly why: string;
      readonly right: 'operator' | 'approver';
      readonly machines: number;
      readonly limit: number;
      readonly word: string;
    }) => string;
  };
  /** Why somebody has not a right; anything else is `no-rule`. */
  readonly noRight: Readonly<Record<'no-rule' | 'denied' | 'guest' | 'foreign' | 'gone', string>>;
  readonly notOurs: Readonly<Record<NotOurs, string>>;
  readonly notUndoable: Readonly<Record<'no-undo' | 'too-old' | 'running' | 'undone', string>>;
}

export interface ChangeTexts extends OutcomeTexts {
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
    readonly back: string;
    readonly yes: string;
  };
  readonly confirm: {
    readonly approve: (todo: string) => string;
    readonly cancel: (todo: string) => string;
    readonly undo: (did: string) => string;
    readonly discover: (count: string) => string;
  };
  readonly small: {
    readonly id: (id: string) => string;
    readonly slmgr: Readonly<Record<ChangeKind, string>>;
    readonly started: (when: string) => string;
    readonly ended: (when: string) => string;
  };
}
