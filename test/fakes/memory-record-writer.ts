/** Writes to the zones of {@link MemoryZones} as Route 53 does: a batch is judged in order, all of it or nothing. */

import type { WriteRefusal } from '../../bot/domain/records/record-outcome.ts';
import type { RecordChange } from '../../bot/domain/records/record-plan.ts';
import type { ExactSet, NameState } from '../../bot/domain/records/record-set.ts';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import type { RecordWriter, WriteAnswer } from '../../bot/ports.ts';
import { type MemoryZones, nameKey, stateIn } from './memory-zone-states.ts';

export type WriteRequest = Parameters<RecordWriter['write']>[0];

/** What happens to a write instead of going well. */
export type WriteTrouble =
  /** Nothing is written. */
  | { readonly kind: 'thrown'; readonly error: Error }
  /** It is written, and nobody hears of it. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'refused'; readonly why: WriteRefusal; readonly detail: string }
  /** Somebody else writes just before. */
  | { readonly kind: 'overtaken'; readonly by: () => void };

export interface MemoryRecordWriter extends RecordWriter {
  /** Batches that had their effect, in order. */
  readonly written: WriteRequest[];
  /** Every call, `write` and `isInSync`. */
  readonly calls: string[];
  /** Takes the next writes in order. */
  readonly troubles: WriteTrouble[];
  /** Takes the next looks at a change in order: an error to throw. */
  readonly syncTroubles: Error[];
  /** Looks that find a change still on its way. */
  looksBeforeSync: number;
}

/** No troubles; in sync at the first look. */
export const memoryRecordWriter = (sets: MemoryZones): MemoryRecordWriter => {
  const looks = new Map<string, number>();
  const effect = (request: WriteRequest): WriteAnswer => {
    const zone = sets.zones.find(({ zoneId, siteId }) => zoneId === request.zoneId && siteId === request.site.id);
    if (zone === undefined)
      return { kind: 'refused', why: 'zone-gone', detail: `No hosted zone found with ID: ${request.zoneId}` };
    const answer = judged(stateIn(sets.names, zone, request.domain), request.changes);
    if ('kind' in answer) return answer;
    sets.names.set(nameKey(request.zoneId, request.domain), answer.state);
    writer.written.push(request);
    const routeChangeId = `C${writer.written.length}`;
    looks.set(routeChangeId, 0);
    return { kind: 'accepted', routeChangeId };
  };
  const writer: MemoryRecordWriter = {
    written: [],
    calls: [],
    troubles: [],
    syncTroubles: [],
    looksBeforeSync: 0,
    write: async (request) => {
      writer.calls.push('write');
      const trouble = writer.troubles.shift();
      if (trouble?.kind === 'thrown') throw trouble.error;
      if (trouble?.kind === 'refused') return trouble;
      if (trouble?.kind === 'overtaken') trouble.by();
      if (sets.missingRight !== undefined) throw denied(sets.missingRight, request.site.id);
      const answer = effect(request);
      if (trouble?.kind === 'answer-lost') throw new Transient('route53', 'ECONNRESET');
      return answer;
    },
    isInSync: async (site, routeChangeId) => {
      writer.calls.push('isInSync');
      const trouble = writer.syncTroubles.shift();
      if (trouble !== undefined) throw trouble;
      if (sets.missingRight !== undefined) throw denied(sets.missingRight, site.id);
      const looked = looks.get(routeChangeId);
      if (looked === undefined) return false;
      looks.set(routeChangeId, looked + 1);
      return looked >= writer.looksBeforeSync;
    },
  };
  return writer;
};

const denied = (action: string, siteId: string): OperationFailed =>
  new OperationFailed({ kind: 'missing-right', action, function: 'change', siteId });

const isSame = (a: ExactSet, b: ExactSet): boolean =>
  a.ttlSeconds === b.ttlSeconds &&
  a.values.length === b.values.length &&
  a.values.every((each) => b.values.includes(each));

/** The state afterwards, or why there is none. */
const judged = (
  state: NameState,
  changes: readonly RecordChange[],
): Exclude<WriteAnswer, { kind: 'accepted' }> | { readonly state: NameState } => {
  if (state.untouchable !== undefined)
    return { kind: 'refused', why: 'conflict', detail: `The sets there are ${state.untouchable}` };
  const sets = new Map([
    ['SRV', state.srv],
    ['TXT', state.txt],
  ]);
  for (const { action, type, set } of changes) {
    const known = sets.get(type);
    const twice = set.values.find((value, at) => set.values.indexOf(value) !== at);
    if (twice !== undefined) return { kind: 'refused', why: 'value', detail: `Duplicate Resource Record: '${twice}'` };
    if (action === 'CREATE' ? known !== undefined : known === undefined || !isSame(known, set)) {
      return { kind: 'mismatch' };
    }
    sets.set(type, action === 'CREATE' ? set : undefined);
  }
  const [srv, txt] = [sets.get('SRV'), sets.get('TXT')];
  return { state: { ...(srv && { srv }), ...(txt && { txt }) } };
};
