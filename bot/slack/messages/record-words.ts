/** What a catalogue holds of changes of KMS records: plans, progress, ends and refusals. Values come escaped. */

import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import type { RecordOutcome, WriteRefusal } from '../../domain/records/record-outcome.ts';
import type { HostNote, RecordRefusal } from '../../domain/records/record-plan.ts';
import type { Ownership } from '../../domain/records/record-set.ts';
import type { Safe } from '../mrkdwn.ts';

/** How many values of a record are treated how. */
export interface ValueCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly adopted: number;
  readonly released: number;
  readonly kept: number;
}

export interface RecordPlanTexts {
  /** The record's name, and where it stands; `sees` is who sees the zone. */
  readonly where: (name: string, zone: string, zoneId: string, sees: string) => string;
  readonly public: string;
  /** Networks by their ids; empty where none sees the zone. */
  readonly private: (vpcs: readonly string[], more: number) => string;
  /** Behind a value, without any markup. */
  readonly whose: Readonly<Record<Ownership, string>>;
  readonly kept: (whose: string) => string;
  readonly added: string;
  readonly adopted: (whose: string) => string;
  readonly released: string;
  readonly unreadable: string;
  /** What is known of the host; empty where nothing is. */
  readonly host: (note: HostNote) => string;
  readonly hostUnknown: string;
  /** What is said of one value, one after the other. */
  readonly notes: (parts: readonly string[]) => string;
  readonly moreKept: (count: number) => string;
  readonly moreChanged: (count: number) => string;
  readonly changes: (counts: ValueCounts) => string;
  readonly ttl: Readonly<Record<'default' | 'kept', (seconds: number) => string>>;
  /** How clients spread over the values afterwards. */
  readonly clients: {
    readonly none: (domain: string) => string;
    readonly one: string;
    readonly shared: (hosts: number) => string;
    readonly standby: (first: string) => string;
  };
  /** Activated machines stay with the host they have. */
  readonly activatedStay: string;
  readonly publishes: (hosts: readonly string[]) => string;
  /** Of a host whose zone has no address for it. */
  readonly noAddress: (host: string, zone: string) => string;
  /** Of a domain below the zone's own name. */
  readonly belowZone: (domain: string, zone: string) => string;
  readonly asOf: (when: string) => string;
  readonly undo: string;
  /** The record is new: its undo takes it away. */
  readonly undoOfFirst: string;
}

/** How the machines that were asked see the record. */
export type Seen = 'planned' | 'before' | 'waiting' | 'outlived' | 'otherwise' | 'nothing' | 'unresolved' | 'unreached';

export interface RecordEndTexts {
  /** A whole sentence. */
  readonly sentence: (text: string) => string;
  /** What was done, and whether every name server has it; `lost`: that could not be followed. */
  readonly done: Readonly<Record<'in-sync' | 'not-yet' | 'lost', (fact: string) => string>>;
  /** Machines that see it as planned, by name: behind what was done. */
  readonly sees: Readonly<Record<'add' | 'remove' | 'other', (names: string, count: number, host: string) => string>>;
  /** Machines that see something else, or do not reach the host: behind what was done. */
  readonly but: Readonly<Record<'see' | 'resolve' | 'reach', (count: number, all: number) => string>>;
  readonly nothingToDo: (domain: string) => string;
  readonly notOursYet: (host: string, command: string) => string;
  readonly moved: (domain: string) => string;
  readonly askAgain: (command: string) => string;
  readonly failed: (todo: string, why: WriteRefusal) => string;
  /** What to do now. */
  readonly failedStep: Readonly<Record<WriteRefusal, (change: string) => string>>;
  readonly failedWhy: (detail: string) => string;
  readonly error: (todo: string) => string;
  /** What stands there now. */
  readonly look: (command: string) => string;
  readonly notInSync: (command: string) => string;
  /** The same for want of a right. */
  readonly notFollowed: (right: string, command: string) => string;
  readonly answerLost: (command: string) => string;
  /** Machines with one answer: `detail` is what they got or why nothing, may be empty; `step` is a command. */
  readonly seen: Readonly<
    Record<
      Seen,
      (of: {
        readonly count: number;
        readonly names: string;
        readonly detail: string;
        readonly seconds: number;
      }) => string
    >
  >;
  readonly seenStep: Readonly<Record<Exclude<Seen, 'planned' | 'waiting'>, (command: string) => string>>;
  readonly unasked: Readonly<
    Record<NonNullable<RecordOutcome['unasked']>, (domain: string, command: string) => string>
  >;
  /** What machines without a KMS host do now, with a command: for the one that was asked, or for a look at all. */
  readonly waited: Readonly<Record<'one' | 'several', (command: string) => string>>;
  readonly assignedStay: string;
}

/** A refusal in words. */
export interface RecordRefusalParts {
  readonly domain: string;
  /** The host as it was named. */
  readonly host: string;
  readonly zone: string;
  readonly zoneId: string;
  /** Ids of zones. */
  readonly ids: string;
  /** Another name or service. */
  readonly other: string;
  /** A value as it stands. */
  readonly value: string;
  readonly limit: number;
  /** A command to type, or a line of configuration; empty where none can be named. */
  readonly command: string;
}

type Told = (of: RecordRefusalParts) => string;

/** Kinds that have one sentence, and those that need one for each reason. */
type OneSentence = Exclude<RecordRefusal['kind'], 'untouchable' | 'bad-target' | 'not-ours' | 'set-full'>;

export interface RecordRefusalTexts {
  readonly sentence: Readonly<Record<OneSentence, Told>>;
  /** `other` is a domain of Active Directory that lies in the zone by its name, with so many members. */
  readonly inDirectory: (of: RecordRefusalParts, machines: number) => string;
  readonly untouchable: Readonly<Record<Extract<RecordRefusal, { kind: 'untouchable' }>['why'], Told>>;
  readonly badTarget: Readonly<Record<Extract<RecordRefusal, { kind: 'bad-target' }>['why'], Told>>;
  readonly notOurs: Readonly<Record<Extract<RecordRefusal, { kind: 'not-ours' }>['ownership'], Told>>;
  readonly setFull: Readonly<Record<Extract<RecordRefusal, { kind: 'set-full' }>['of'], Told>>;
  /** What to do now, on a line of its own; empty where the sentence says it. */
  readonly next: Readonly<Partial<Record<RecordRefusal['kind'], Told>>>;
  readonly nextNotOurs: RecordRefusalTexts['notOurs'];
  /** The steps for a zone that is kept elsewhere. */
  readonly elsewhere: (values: FixValues) => readonly Safe[];
  /** Which of both publishes now: the host itself or a person. */
  readonly publishesNow: Readonly<Record<'itself' | 'person' | 'unknown', (host: string) => string>>;
  /** Above several commands to choose from. */
  readonly chooseFrom: string;
  /** Above the values that stand there. */
  readonly standsThere: string;
}

export interface RecordTexts {
  /** The record as the object of a sentence. */
  readonly recordOf: (domain: string) => string;
  readonly looking: (command: string) => string;
  readonly lookingAgain: (command: string) => string;
  readonly waitingAgain: string;
  readonly cardAgain: string;
  readonly cardVoid: (when: string, what: string) => string;
  readonly confirm: {
    readonly approve: (todo: string) => string;
    readonly cancel: (todo: string) => string;
    readonly undo: (did: string) => string;
  };
  readonly plan: RecordPlanTexts;
  readonly writing: {
    readonly first: Readonly<Record<'write' | 'sync' | 'ask', (todo: string) => string>>;
    readonly since: (when: string) => string;
    readonly busy: string;
    readonly cached: (seconds: number) => string;
  };
  readonly ended: RecordEndTexts;
  readonly refusals: RecordRefusalTexts;
  /** Another change of ours was first. */
  readonly overtaken: (domain: string, change: string) => string;
  readonly keepsMoving: (command: string) => string;
  /** Why somebody may not change the record; anything else is `no-rule`. */
  readonly noRight: Readonly<Record<'no-rule' | 'denied' | 'guest' | 'foreign' | 'gone', string>>;
}
