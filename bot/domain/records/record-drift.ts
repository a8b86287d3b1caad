/** What has become of values that the bot wrote: by its own marks, and by what the ledger remembers of them. */
import { readMark } from './marks.ts';
import type { OwnedRecord } from './owned-record.ts';
import type { NameState } from './record-set.ts';
import type { RecordConcern } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { parseSrv, sameAnswer } from './srv-record.ts';

/** What stands at one name against what was left there; `remembered` are the values of this domain only. */
export function driftOf(state: NameState, remembered: readonly OwnedRecord[], owner: string): readonly RecordConcern[] {
  if (state.untouchable !== undefined) return [];
  const values = (state.srv?.values ?? []).flatMap((text) => parseSrv(text) ?? []);
  const marks = (state.txt?.values ?? [])
    .flatMap((text) => readMark(text) ?? [])
    .filter((mark) => mark.owner === owner);
  const marked = marks.map(({ answer }) => answer);
  const has = (some: readonly SrvAnswer[], answer: SrvAnswer) => some.some((each) => sameAnswer(each, answer));
  return [
    ...remembered
      .filter(({ answer }) => !has(marked, answer) && !has(values, answer))
      .map(({ answer, atMs }): RecordConcern => ({ kind: 'lost', answer, atMs })),
    ...marked
      .filter((answer) => !has(values, answer))
      .map((answer): RecordConcern => ({ kind: 'mark-without-value', answer })),
    ...remembered
      .filter(({ answer }) => !has(marked, answer) && has(values, answer))
      .map(({ answer }): RecordConcern => ({ kind: 'mark-lost', answer })),
  ];
}
