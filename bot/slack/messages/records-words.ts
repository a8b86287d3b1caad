/** What a catalogue of KMS records holds: a sentence for everything that may be wrong with one. Values come escaped. */
import type { Owner } from '../../domain/diagnosis/diagnosis.ts';
import type { Ownership } from '../../domain/records/record-set.ts';
import type {
  NamedHost,
  RecordConcern,
  Spread,
  SuffixStory,
  Unread,
  ValueConcern,
} from '../../domain/records/records-report.ts';
import type { LookProgress } from '../../ports.ts';

type Of<T, K> = Extract<T, { readonly kind: K }>;

/** Where a problem is, and what it is about; empty where there is nothing of the kind. */
export interface ProblemParts {
  readonly domain: string;
  /** The hosts of the record, or the value meant. */
  readonly host: string;
  readonly machines: number;
  /** A network in words, e.g. `vpc-1` or machines outside EC2. */
  readonly network: string;
  readonly rule: string;
  /** A host that serves and could be named; empty where none is known. */
  readonly offer: string;
  /** The domain that other DNS servers answer; empty where the zone does. */
  readonly elsewhere: string;
  /** Machines found the record when the fleet was looked at. */
  readonly wasThere: boolean;
  readonly when: string;
}

/** A sentence without its full stop, which stands alone in a notification; and what can be done, a whole sentence. */
export interface RecordProblemText {
  readonly fact: (parts: ProblemParts) => string;
  /** `command` plans it or looks further; empty where none does. */
  readonly step: (command: string, parts: ProblemParts) => string;
}

export type RecordProblemTexts = Readonly<Record<RecordConcern['kind'], RecordProblemText>>;

/** Said of a host named before, e.g. `has no address`; and what can be done. */
export type ValueProblemTexts = {
  readonly [K in ValueConcern['kind']]: {
    readonly clause: (concern: Of<ValueConcern, K>) => string;
    readonly step: (command: string, parts: ProblemParts) => string;
  };
};

export interface RecordsTexts {
  readonly progress: Readonly<Record<LookProgress['phase'], string>>;
  readonly answered: (answered: number, asked: number) => string;
  readonly first: {
    readonly unconfigured: string;
    readonly unconfiguredStep: string;
    readonly noSuchZone: (word: string, known: readonly string[], more: number) => string;
    /** `bad` of `all` records have something; nothing is said of a single one. */
    readonly worst: (fact: string, owner: Owner, bad: number, all: number) => string;
    readonly unread: (names: readonly string[], more: number, read: number) => string;
    readonly noRecord: (domain: string, machines: number) => string;
    readonly unrecorded: (host: string) => string;
    readonly well: (records: number, domain: string) => string;
    /** Nothing is wrong as far as was looked; `unknown` records have hosts or machines that nobody looked at. */
    readonly open: (records: number, unknown: number) => string;
  };
  readonly records: RecordProblemTexts;
  readonly untouchable: Readonly<Record<Of<RecordConcern, 'untouchable'>['why'], string>>;
  readonly values: ValueProblemTexts;
  /** The sentence of a value's problem as the first line has it. */
  readonly valueFact: (domain: string, host: string, clause: string) => string;
  /** The same of a value that names no host. */
  readonly unreadableFact: (domain: string) => string;
  readonly zone: Readonly<Record<'private' | 'public', string>>;
  readonly keptBy: (service: string) => string;
  readonly readOnly: string;
  readonly ttl: (seconds: number) => string;
  /** Who asks there; `found` of them find it. */
  readonly asking: (machines: number, found: number) => string;
  /** The same where the zone has no record: `found` of them get one from elsewhere. */
  readonly askingInVain: (machines: number, found: number) => string;
  readonly notAsked: string;
  readonly askingUnknown: string;
  readonly spread: (spread: Spread) => string;
  readonly ownership: Readonly<Record<Ownership, string>>;
  readonly alive: string;
  readonly seen: Readonly<Record<NamedHost['seen'], string>>;
  readonly count: (count: number) => string;
  readonly reached: (machines: number) => string;
  readonly contact: (days: number) => string;
  readonly moreValues: (count: number, bad: number) => string;
  /** Networks one after the other, each with how many find it. */
  readonly networks: (parts: readonly string[]) => string;
  /** `unanswered` of them got no answer at all. */
  readonly network: (vpcId: string, found: number, machines: number, unanswered: number) => string;
  readonly outsideEc2: string;
  readonly noRecordHere: string;
  readonly next: (step: string) => string;
  readonly moreProblems: (count: number) => string;
  readonly moreRecords: (count: number, bad: number) => string;
  /** Commands are empty where none can be named: one that puts it into a record, one that makes it a client again. */
  readonly unrecorded: (host: string, publishes: boolean, command: string, clientKey: string) => string;
  readonly moreUnrecorded: (count: number) => string;
  readonly suffix: Readonly<
    Record<
      SuffixStory['why'],
      (domain: string, networks: string, found: number, machines: number, zoneId: string) => string
    >
  >;
  readonly withStep: (line: string, step: string) => string;
  readonly suffixStep: (domain: string, host: string) => string;
  readonly moreSuffixes: (count: number) => string;
  readonly unreadHeading: string;
  readonly unread: Readonly<Record<Unread['of'], (name: string) => string>>;
  readonly unreadWhy: Readonly<Record<Unread['why'], (action: string) => string>>;
  readonly more: (count: number) => string;
  readonly noFleet: string;
  readonly inFile: string;
  readonly buttons: {
    readonly plan: string;
    readonly notNow: string;
    readonly lookAgain: string;
    readonly diagnose: string;
  };
  readonly confirmPlan: (command: string) => string;
  readonly small: {
    readonly nslookup: (domain: string) => string;
    readonly fleet: (when: string) => string;
    readonly looked: (when: string) => string;
  };
}
