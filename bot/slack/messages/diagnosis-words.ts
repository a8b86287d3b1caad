/** What a catalogue of diagnoses holds: a sentence for every cause, observation, owner and blind spot there is. */
import type { DiagnosedCause, DiagnosedKind } from '../../domain/diagnosis/cause.ts';
import type { Confidence, EvidenceKind, Exit, LessLikely, Owner, Unseen } from '../../domain/diagnosis/diagnosis.ts';
import type { Fix } from '../../domain/diagnosis/fix-kinds.ts';
import type { LookProgress } from '../../ports.ts';
import type { Escaped } from '../escaped.ts';

/** A cause of one kind with its texts made safe. */
export type EscapedCause<K extends DiagnosedKind = DiagnosedKind> = Escaped<Extract<DiagnosedCause, { kind: K }>>;

/** A clause without capital or full stop in English; a polite sentence without its full stop in Japanese. */
export type CauseTexts = { readonly [K in DiagnosedKind]: (cause: EscapedCause<K>) => string };

/** What an observation's sentence is made of. */
export interface EvidenceParts {
  /** The words in their order, empty where there are fewer. */
  readonly words: readonly [string, string, string, string];
  /** A code's meaning with the code behind it; empty when there is none. */
  readonly code: string;
  /** When it was seen; empty where that is now. */
  readonly at: string;
}

export type EvidenceTexts = Readonly<Record<EvidenceKind, (parts: EvidenceParts) => string>>;

export type UnseenTexts = {
  readonly [K in Unseen['kind']]: (unseen: Escaped<Extract<Unseen, { kind: K }>>) => string;
};

/** What the first line says before the cause. All of these stand alone in a notification. */
export interface FirstLineTexts {
  /** `cause` comes with its confidence, `acts` with the owner. */
  readonly cannotActivate: (name: string, cause: string, acts: string) => string;
  /** `missed` is 0 when the machine is activated and the next renewal is what will fail; `until` may be empty. */
  readonly renewalsFail: (name: string, until: string, missed: number, cause: string, acts: string) => string;
  /** Nobody has to act; `until` is empty where the machine is not activated. */
  readonly worksNow: (name: string, host: string, until: string, missed: number) => string;
  readonly notDiagnosed: (name: string, cause: string, acts: string) => string;
  /** A KMS host key where a client's belongs. */
  readonly noClient: (name: string, cause: string, acts: string) => string;
  /** A KMS host that is itself not activated. */
  readonly hostItself: (name: string, cause: string, acts: string) => string;
  readonly office: (name: string, cause: string, acts: string) => string;
  readonly codeOnly: (name: string, cause: string, acts: string) => string;
  readonly well: (name: string, until: string) => string;
  /** Windows is well, and Office is not. */
  readonly officeOnly: (name: string, until: string, cause: string, acts: string) => string;
}

/** Changes that a button under a diagnosis or a card starts. */
export type FixButton =
  | 'activate'
  | 'discover'
  | 'point-amazon'
  | 'point'
  | 'set-type'
  | 'set-lookup'
  | 'set'
  | 'key'
  | 'test'
  | 'record'
  | 'phone'
  | 'rearm'
  | 'firewall'
  | 'restart-service'
  | 'publish';

export interface DiagnosisTexts {
  readonly progress: Readonly<Record<LookProgress['phase'], (name: string) => string>>;
  readonly answered: (answered: number, asked: number) => string;
  readonly first: FirstLineTexts;
  /** The cause as the first line says it: plain when sure. */
  readonly because: Readonly<Record<Confidence, (clause: string) => string>>;
  readonly causes: CauseTexts;
  /** Who acts, as a noun; `nobody` is the whole note. */
  readonly owner: Readonly<Record<Owner, string>>;
  readonly acts: (owner: Owner) => string;
  /** Heading of the evidence; `asked` is when the machine was asked. */
  readonly why: (confidence: string, asked: string) => string;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly evidence: EvidenceTexts;
  /** Where and when, where that is not the machine and now. */
  readonly seenAt: (sentence: string, place: string, when: string) => string;
  /** A time by the clock of the machine, which is ahead of ours. */
  readonly ownClock: (when: string) => string;
  readonly whatToDo: string;
  /** A command of this bot that does it. */
  readonly byCommand: (command: string) => string;
  readonly byHand: (command: string) => string;
  readonly refused: Readonly<Record<NonNullable<Fix['refused']>['why'], string>>;
  readonly secondFault: (clause: string) => string;
  readonly lessLikely: (clause: string, why: string) => string;
  readonly lessLikelyHeading: string;
  readonly lessLikelyWhy: Readonly<Record<LessLikely, string>>;
  readonly unseenHeading: string;
  readonly unseen: UnseenTexts;
  readonly more: (count: number) => string;
  /** All three, the likely one first. */
  readonly exits: (first: string, others: readonly string[], isRepairFirst: boolean) => string;
  readonly exit: Readonly<Record<Exit, string>>;
  readonly office: {
    readonly heading: string;
    readonly well: string;
    readonly failing: (cause: string, acts: string) => string;
  };
  /** Between two things of a list in running text. */
  readonly listed: (items: readonly string[]) => string;
  readonly buttons: {
    readonly diagnoseAgain: string;
    readonly showHosts: string;
    /** By the change that the fix is. */
    readonly fix: Readonly<Record<FixButton, string>>;
    readonly notNow: string;
  };
  /** What a person is asked before a fix is carried out; `command` as it would be typed. */
  readonly confirmFix: (machine: string, command: string) => string;
  /** The same of a change that always needs an approver. */
  readonly confirmApproved: (machine: string, command: string) => string;
  /** The same of a record. */
  readonly confirmRecord: (command: string) => string;
  readonly small: { readonly slmgr: string; readonly diagnosed: (when: string) => string };
}
