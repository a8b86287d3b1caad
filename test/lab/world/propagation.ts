/**
 * Changes through Route 53 are accepted at once and answered by the name servers later (INSYNC). Whatever else changes a
 * zone is answered at once, also on top of a change that is still on its way.
 */
import { isDeepStrictEqual } from 'node:util';
import type { LabPropagation, LabRecordSet, LabZone, WorldState } from './types.ts';

/** What tells one record set of a zone from another. */
export function setKey({ name, type, setIdentifier = '' }: LabRecordSet): string {
  return `${name} ${type} ${setIdentifier}`;
}

/** Puts these sets in the place of the zone's own; the name servers go on answering as before until `untilMs`. */
export function changeSets(zone: LabZone, sets: readonly LabRecordSet[], untilMs: number): void {
  const before = byKey(zone.recordSets);
  const after = byKey(sets);
  const touched = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  const change = touched.map((key) => pair(before.get(key), after.get(key)));
  zone.recordSets.splice(0, zone.recordSets.length, ...sets);
  if (change.length > 0) zone.propagating = [...(zone.propagating ?? []), { untilMs, sets: change }];
}

/** Lets every change that is due by now have reached the name servers. */
export function propagate(state: WorldState, nowMs: number): void {
  for (const zone of state.zones) {
    const left = zone.propagating?.filter(({ untilMs }) => untilMs > nowMs) ?? [];
    if (left.length > 0) zone.propagating = left;
    else delete zone.propagating;
  }
}

/** What the name servers answer from, as of the last {@link propagate}; of routed sets the one that is the answer. */
export function answeringSets(zone: LabZone): readonly LabRecordSet[] {
  const { propagating = [], recordSets } = zone;
  const served = propagating.length === 0 ? recordSets : withoutPending(recordSets, propagating);
  return served.some(isRouted) ? served.filter((set) => !isRouted(set) || set === chosenOf(served, set)) : served;
}

function withoutPending(recordSets: readonly LabRecordSet[], propagating: readonly LabPropagation[]): LabRecordSet[] {
  const current = byKey(recordSets);
  const pending = [...overall(propagating)].filter(([key, { became }]) => isDeepStrictEqual(current.get(key), became));
  const hidden = new Set(pending.map(([key]) => key));
  const formers = pending.flatMap(([, { former }]) => (former === undefined ? [] : [former]));
  return [...recordSets.filter((set) => !hidden.has(setKey(set))), ...formers];
}

/** For each touched set: as it was before the first change that is on its way, and as the last one left it. */
function overall(propagating: readonly LabPropagation[]): Map<string, LabPropagation['sets'][number]> {
  const all = new Map<string, LabPropagation['sets'][number]>();
  for (const { former, became } of propagating.flatMap(({ sets }) => sets)) {
    const set = former ?? became;
    if (set === undefined) continue;
    const known = all.get(setKey(set));
    all.set(setKey(set), pair(known === undefined ? former : known.former, became));
  }
  return all;
}

/** Copies, so that whoever edits a set of the zone by hand is seen to have done so. */
function pair(former: LabRecordSet | undefined, became: LabRecordSet | undefined): LabPropagation['sets'][number] {
  return {
    ...(former === undefined ? {} : { former: structuredClone(former) }),
    ...(became === undefined ? {} : { became: structuredClone(became) }),
  };
}

function byKey(sets: readonly LabRecordSet[]): Map<string, LabRecordSet> {
  return new Map(sets.map((set) => [setKey(set), set]));
}

function isRouted(set: LabRecordSet): boolean {
  return set.setIdentifier !== undefined;
}

/** Route 53 draws one by weight for each question; the lab always takes the likeliest, so that its answers are known. */
function chosenOf(sets: readonly LabRecordSet[], { name, type }: LabRecordSet): LabRecordSet | undefined {
  const alike = sets.filter((set) => isRouted(set) && set.name === name && set.type === type);
  return alike.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0))[0];
}
