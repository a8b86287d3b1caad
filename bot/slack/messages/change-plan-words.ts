/** What a catalogue holds of plans: every value, reason, way back and need for an approver. */
import type { FirewallProfileName } from '../../domain/change/host-settings.ts';
import type { LeftAlone, NeedsApproval, NoUndo, PlanWarning, ValueChange } from '../../domain/change/plan.ts';

/** Why a machine is left alone, apart from those that need a detail. */
export type LeftWhy = Exclude<LeftAlone['why'], 'out-of-reach' | 'no-undo' | keyof LeftDetails>;

/** Why a secret cannot be fetched: texts made safe, each may be empty. */
export interface Unreadable {
  /** The action that is refused and the role that lacks it, as code spans. */
  readonly need: string;
  readonly who: string;
  /** The deployment's policy that gives it, as a code span. */
  readonly policy: string;
  /** What failed, and why, where no action was refused. */
  readonly step: string;
  readonly reason: string;
}

/** Machines left alone for a reason that has values of the case in it. */
export interface LeftDetails {
  readonly 'key-unreadable': (parts: Unreadable) => string;
  readonly 'client-host-key-on-server': (group: string) => string;
  readonly 'server-host-key-on-client': (group: string) => string;
  readonly 'host-windows': (group: string) => string;
  /** `editions` is empty where the key is for any. */
  readonly 'mak-edition': (group: string, editions: string, found: FoundWindows) => string;
  readonly 'key-used-up': (hosts: number, here: number) => string;
  /** `when` the first client loses its activation; may be empty. */
  readonly threshold: (parts: ThresholdParts) => string;
}

/** What runs on a machine that a MAK does not fit: texts made safe; `group` is empty where no key is for it, both where that is not told. */
export interface FoundWindows {
  readonly group: string;
  readonly edition: string;
}

/** A host that would fall below what its clients need. */
export interface ThresholdParts {
  /** Empty where it goes without saying. */
  readonly host: string;
  readonly count: number;
  readonly needed: number;
  readonly when: string;
}

/** A record that names a host with the port it leaves. Texts are names with ports, made safe. */
export interface OldPortParts {
  readonly domain: string;
  readonly port: number;
  /** Commands as code spans; `adopt` is empty where the value is the bot's own. */
  readonly adopt: string;
  readonly add: string;
  readonly remove: string;
}

/** What is said of each warning. */
export interface WarningTexts {
  readonly 'client-host-activates': (group: string) => string;
  readonly 'key-use': (use: Omit<Extract<PlanWarning, { why: 'key-use' }>, 'why'>) => string;
  readonly 'mak-use': string;
  readonly 'ends-activation': Readonly<Record<'microsoft' | 'kms', string>>;
  readonly 'last-rearm': string;
  readonly 'firewall-port': (port: number) => string;
  /** `addresses` may be empty. */
  readonly 'no-address': (host: string, zone: string, addresses: string) => string;
  readonly 'not-publishing': string;
  readonly 'record-names-old-port': (parts: OldPortParts) => string;
  readonly 'low-priority': string;
  readonly threshold: (parts: ThresholdParts) => string;
  /** `names` are the first few of so many machines. */
  readonly 'pinned-clients': (names: string, machines: number) => string;
  readonly 'restart-interrupts': string;
  readonly 'foreign-record': (domain: string, value: string) => string;
}

export interface PlanTexts {
  /** Labels of values. */
  readonly values: Readonly<Record<ValueChange['what'], string>>;
  /** Where there is no value. */
  readonly none: Readonly<Record<ValueChange['what'], string>>;
  /** Values that are words of ours: licence states, kinds of activation, `on` and `off`. */
  readonly valueWords: Readonly<Record<string, string>>;
  readonly key: (tail: string) => string;
  /** One value: its label, what is there and what will be. */
  readonly change: (label: string, before: string, after: string) => string;
  readonly cacheEmptied: string;
  readonly serviceRestarts: string;
  readonly machineRestarts: string;
  readonly minutes: (minutes: number) => string;
  readonly profiles: Readonly<Record<FirewallProfileName, string>>;
  /** Between profiles. */
  readonly and: string;
  /** The steps of a course, in order. */
  readonly steps: (steps: readonly string[]) => string;
  readonly warning: (text: string) => string;
  readonly warnings: WarningTexts;
  readonly tested: (host: string) => string;
  /** Names, and how many there are. */
  readonly group: (names: string, count: number) => string;
  readonly moreGroups: (groups: number, machines: number) => string;
  readonly leftHeading: (count: number) => string;
  readonly left: Readonly<Record<LeftWhy, string>>;
  readonly leftDetails: LeftDetails;
  /** How an evaluation edition is converted: a heading and steps. */
  readonly convertEvaluation: readonly string[];
  readonly leftNoUndo: (why: string) => string;
  readonly moreLeft: (reasons: number, machines: number) => string;
  /** How many machines, and in which waves: the sizes one after the other. */
  readonly waves: (sizes: readonly number[]) => string;
  readonly thenActivates: (count: number, all: number) => string;
  /** Where there is nothing to take back. */
  readonly nothingToUndo: string;
  readonly undo: { readonly all: string; readonly some: (count: number, why: string) => string };
  readonly noUndo: (why: string) => string;
  readonly noUndoWhy: Readonly<Record<NoUndo, string>>;
  readonly needs: Readonly<Record<NeedsApproval['why'], (limit: number) => string>>;
}
