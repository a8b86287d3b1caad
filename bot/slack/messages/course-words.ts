/** What a catalogue says of changes of several steps: what each step is, how far it has come, and what it found. */
import type { CourseKind } from '../../domain/change/change-spec.ts';
import type { CourseState, CourseStepName } from '../../domain/change/course.ts';

/** A step in the words of its place: short as part of a list, and as what failed. */
export interface CourseTexts {
  /** As part of a list: what is done. */
  readonly steps: Readonly<Record<CourseStepName, string>>;
  /** A step that is only taken where the one before could not do it. */
  readonly ifNeeded: (step: string) => string;
  /** A sign of each state, and the word that says the same. */
  readonly signs: Readonly<Record<CourseState, string>>;
  readonly states: Readonly<Record<CourseState, string>>;
  /** Sign, step, state and details; details may be empty. */
  readonly line: (sign: string, step: string, state: string, details: readonly string[]) => string;
  /** Steps that are still to do, in order. */
  readonly rest: (steps: readonly string[]) => string;
  readonly since: (when: string) => string;
  /** What a step that is under way waits for, in place of its state; empty where it is only at work. */
  readonly waitsFor: Readonly<Record<CourseStepName, string>>;
  /** How many of the steps that count are done, and which is under way. */
  readonly first: (todo: string, done: number, all: number, step: string) => string;
  /** What a step found: by its word, the value made safe. */
  readonly facts: Readonly<Record<string, (value: string) => string>>;
  /** Why a step failed or ended of which no document said anything; anything else is a reason of outcomes. */
  readonly why: Readonly<Record<string, string>>;
  /** A fact that has no words of its own. */
  readonly fact: (word: string, value: string) => string;
  readonly phone: PhoneTexts;
  readonly ended: CourseEndTexts;
}

/** A change that waits for a Confirmation ID. */
export interface PhoneTexts {
  /** `again` after a Confirmation ID that was not taken. */
  readonly first: (machine: string, until: string, again: boolean) => string;
  /** What to do, and who may. */
  readonly how: string;
  readonly who: string;
  readonly attempt: (attempt: number, of: number) => string;
  /** Why the one before was not taken; `reason` may be empty. */
  readonly problem: (reason: string) => string;
}

export interface CourseEndTexts {
  /** All steps are done. */
  readonly done: Readonly<Record<CourseKind, (machine: string, restarted: boolean) => string>>;
  /** Some steps are done, one failed; or none is. `reason` may be empty. */
  readonly partly: (todo: string, done: number, all: number, step: string, reason: string) => string;
  readonly failed: (todo: string, step: string, reason: string) => string;
  /** Nobody entered a Confirmation ID in time, or the change was cancelled; `by` may be empty. */
  readonly noConfirmation: (todo: string) => string;
  readonly cancelled: (todo: string, by: string, done: number, all: number) => string;
  /** How to go on: the command, as a code span. */
  readonly goOn: Readonly<Record<CourseKind, (command: string) => string>>;
  /** A new host against its thresholds. */
  readonly counting: (count: number) => string;
  /** What the first clients have to do. */
  readonly firstClients: string;
  readonly retired: string;
  readonly restartLater: string;
  /** After a restart; `command` activates it now. */
  readonly notActivated: (command: string) => string;
}
