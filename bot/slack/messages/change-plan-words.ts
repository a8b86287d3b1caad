/** What a catalogue holds of plans: every value, reason, way back and need for an approver. */
import type { LeftAlone, NeedsApproval, NoUndo, ValueChange } from '../../domain/change/plan.ts';

/** Why a machine is left alone, apart from those that need a detail. */
export type LeftWhy = Exclude<LeftAlone['why'], 'out-of-reach' | 'no-undo'>;

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
  readonly tested: (host: string) => string;
  /** Names, and how many there are. */
  readonly group: (names: string, count: number) => string;
  readonly moreGroups: (groups: number, machines: number) => string;
  readonly leftHeading: (count: number) => string;
  readonly left: Readonly<Record<LeftWhy, string>>;
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
