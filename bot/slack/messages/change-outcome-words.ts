/** What a catalogue says of how changes end: a sentence for every fate, end and refusal there is. */
import type { ChangeRefusal } from '../../domain/change/change-message.ts';
import type { WireRefusal } from '../../domain/change/change-wire.ts';
import type { Fate } from '../../domain/change/outcome-groups.ts';
import type { RoutingProof, Stands } from '../../domain/change/plan.ts';
import type { NotOurs } from '../../domain/check-report.ts';
import type { Unreadable } from './change-plan-words.ts';

/** What is said of machines with one fate; `reason` may be empty. A predicate, so that a number or name can precede it. */
export interface FateParts {
  readonly count: number;
  readonly reason: string;
  /** The licence outlives the failure. */
  readonly still: boolean;
  /** What failed: a step by its name, or a CIM method or command as a code span; may be empty. */
  readonly step: string;
  /** What was there before and could not be put back; may be empty. */
  readonly before: string;
}

export interface EndTexts {
  /** Nothing failed; how many of the machines done are activated, and how many are known not to be. */
  readonly done: (fact: string, activated: number, not: number, count: number) => string;
  /** The same of keys that activate once and for good; all are activated. */
  readonly doneForGood: (fact: string, count: number) => string;
  /** All was done, and some do not reach their KMS host now. */
  readonly butUnreached: (fact: string, count: number, all: number) => string;
  /** All was done, and a record still names a port that the KMS host has left. */
  readonly butOldPort: (fact: string, port: number) => string;
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

/** Why a stored key cannot be used. Names and tags come as code spans. */
export interface StoredKeyTexts {
  /** `nearest` may be empty. */
  readonly notFound: (name: string, site: string, nearest: readonly string[]) => string;
  readonly badlyTagged: (name: string, tags: readonly string[]) => string;
  readonly ambiguous: (name: string) => string;
  readonly notEncrypted: (name: string) => string;
  /** A tag that is missing, or whose value is none of the agreed ones. */
  readonly missingTag: (tag: string) => string;
  readonly wrongTag: (tag: string, value: string) => string;
  /** What each tag may be; anything else is `other`. */
  readonly tag: Readonly<Record<'kind' | 'group' | 'edition' | 'used' | 'other', string>>;
  /** What is stored there; at least one name. */
  readonly known: (names: readonly string[]) => string;
  /** Where a key is stored: a secret, or a parameter. */
  readonly where: (secret: string, parameter: string) => string;
}

/** How a change ended, and what became of its machines. */
export interface OutcomeTexts {
  readonly ended: EndTexts;
  /** Predicates: "2 did not activate". */
  readonly fates: Readonly<Record<Fate, (parts: FateParts) => string>>;
  readonly refused: Readonly<Record<WireRefusal, string>>;
  /** A secret that a machine cannot fetch. */
  readonly unreadable: (parts: Unreadable) => string;
  /** In place of a code that says that AWS was not reached. */
  readonly noAws: string;
  /** Steps of documents that have a name people know; others stand as code spans. */
  readonly steps: Readonly<Record<string, string>>;
  readonly details: DetailTexts;
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
    /** DNS names this port with a host that listens elsewhere. */
    readonly oldPort: (host: string, port: number) => string;
  };
  readonly couldDiscover: (count: number) => string;
  /** DNS names a host more: machines that have one assigned do not ask. */
  readonly discoverNext: string;
  readonly undoUntil: (when: string) => string;
  readonly proof: Readonly<Record<RoutingProof, (parts: { machine: string; host: string; reason: string }) => string>>;
  readonly attempt: Readonly<Record<'name' | 'address', (target: string, result: string) => string>>;
  readonly activated: string;
  readonly putBack: string;
  readonly notPutBack: string;
  readonly refusals: {
    readonly [K in Exclude<ChangeRefusal['kind'], 'record' | 'stored-key'>]: (refusal: {
      /** The command as understood, as a code span. */
      readonly command: string;
      readonly why: string;
      readonly right: 'operator' | 'approver';
      readonly machines: number;
      readonly limit: number;
      readonly word: string;
    }) => string;
  };
  readonly storedKey: StoredKeyTexts;
  /** Why somebody has not a right; anything else is `no-rule`. */
  readonly noRight: Readonly<Record<'no-rule' | 'denied' | 'guest' | 'foreign' | 'gone', string>>;
  readonly notOurs: Readonly<Record<NotOurs, string>>;
  readonly notUndoable: Readonly<Record<'no-undo' | 'too-old' | 'running' | 'undone', string>>;
}

/** What a document did beside the change itself. */
export interface DetailTexts {
  readonly via: Readonly<Record<'tools' | 'instance' | 'agent', string>>;
  /** How keys and Confirmation IDs were fetched: the ways one after the other. */
  readonly fetched: (ways: readonly string[]) => string;
  /** Where the registry was exported to, as a code span. */
  readonly saved: (path: string) => string;
  readonly published: (domain: string) => string;
  /** `reason` is the meaning of the code of event 12293. */
  readonly notPublished: (domain: string, reason: string) => string;
  /** Neither event came in time. */
  readonly publishingUnknown: (domain: string) => string;
  readonly rearms: (left: number) => string;
  /** Reasons of event 12293 that mean something else than for a client that looks. */
  readonly notPublishedWhy: Readonly<Record<string, string>>;
  readonly clients: ClientTexts;
}

/** What one client of a domain sees of a host that began to publish there. */
export interface ClientTexts {
  readonly well: (domain: string, machine: string) => string;
  /** Its DNS does not name the host in this domain. */
  readonly unfound: (domain: string, machine: string) => string;
  readonly noName: (domain: string, machine: string) => string;
  readonly noAnswer: (domain: string, machine: string) => string;
  /** It finds the host; whether it reaches it was not tried. */
  readonly found: (domain: string, machine: string) => string;
  readonly nobody: (domain: string) => string;
}
