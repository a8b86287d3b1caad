/** The order of concerns and of records: worst first by what it does to machines. */
import type { RecordConcern, RecordStory, ValueConcern } from './records-report.ts';
import { total } from './suffix-stories.ts';

/** What keeps machines from every host, then from some, then what will, then what is untidy. */
const WORST_FIRST: readonly (RecordConcern['kind'] | ValueConcern['kind'])[] = [
  'no-living-host',
  'no-record',
  'hidden-by-rule',
  'not-associated',
  'not-found-by-machines',
  'lost',
  'unreadable',
  'target-without-address',
  'no-kms-host',
  'unknown-host',
  'host-dead',
  'wrong-port',
  'host-not-activated',
  'mark-without-value',
  'resolvers-differ',
  'not-reached',
  'mark-lost',
  'untouchable',
];

/** What stands behind all that anybody has to act on. */
const TOLD_ONLY = 100;

type Concern = RecordConcern | ValueConcern;

const machinesOf = (concern: Concern): number => ('machines' in concern ? concern.machines : 0);

/**
 * Whether somebody has to act. A domain without a record is nobody's trouble while its machines find one elsewhere, or
 * while nobody knows who asks there; it is one where they found it and nobody knows whether they still do. A rule that hides a zone from nobody, and a name that answers otherwise, are told only.
 */
export function isGrave(concern: Concern, { networks }: Pick<RecordStory, 'networks'>): boolean {
  if (concern.kind === 'no-record')
    return (
      total(networks, 'stranded') > 0 ||
      (networks ?? []).some(({ isOverdue, isGone }) => isOverdue === true || isGone === true)
    );
  if (concern.kind === 'hidden-by-rule') return concern.machines > 0;
  return isGraveAlone(concern);
}

/** A host that few do not reach is not the record's fault, and one that a single machine tried is not known. */
export const isGraveAlone = (concern: Concern): boolean =>
  concern.kind === 'not-reached'
    ? concern.reached > 0 && concern.machines > concern.reached
    : concern.kind !== 'untouchable';

/** The smaller, the worse. */
const badness = (concern: Concern, story: Pick<RecordStory, 'networks'>): number =>
  WORST_FIRST.indexOf(concern.kind) + (isGrave(concern, story) ? 0 : TOLD_ONLY);

/** Worst first; of one kind those of most machines. */
export const concernsInOrder = <T extends { readonly concern: Concern }>(
  story: Pick<RecordStory, 'networks'>,
  problems: readonly T[],
): readonly T[] =>
  [...problems].sort(
    (a, b) => badness(a.concern, story) - badness(b.concern, story) || machinesOf(b.concern) - machinesOf(a.concern),
  );

const allConcerns = ({ concerns, values }: RecordStory): readonly Concern[] => [
  ...concerns,
  ...values.flatMap((value) => value.concerns),
];

/** Whether anything of it needs somebody to act. */
export const isTrouble = (story: RecordStory): boolean => allConcerns(story).some((concern) => isGrave(concern, story));

/** Every host is known to be alive, and whoever asks finds it: anything less is not known to be well. */
export const isWell = (story: RecordStory): boolean =>
  story.networks !== undefined &&
  story.values.length > 0 &&
  allConcerns(story).length === 0 &&
  story.values.every(({ host }) => host?.alive === true);

const worst = (story: RecordStory): number =>
  Math.min(2 * TOLD_ONLY, ...allConcerns(story).map((concern) => badness(concern, story)));

export const compareRecords = (a: RecordStory, b: RecordStory): number =>
  worst(a) - worst(b) ||
  total(b.networks, 'machines') - total(a.networks, 'machines') ||
  (a.place.domain < b.place.domain ? -1 : a.place.domain > b.place.domain ? 1 : 0) ||
  (a.place.zoneId < b.place.zoneId ? -1 : 1);
