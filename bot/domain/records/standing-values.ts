/** Values of a set by what they say. */
import { type StandingValue, valuesIn } from './marks.ts';
import type { NameState } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { parseSrv, sameAnswer } from './srv-record.ts';

/** A value that says something. */
export type ReadableValue = StandingValue & { readonly answer: SrvAnswer };

export const isReadable = (value: StandingValue): value is ReadableValue => value.answer !== undefined;

/** The values that say this, in whatever spelling; several only where a set holds one answer twice. */
export const sayingIn = (state: NameState, owner: string, answer: SrvAnswer): readonly ReadableValue[] =>
  valuesIn(state, owner)
    .filter(isReadable)
    .filter((value) => sameAnswer(value.answer, answer));

/** Values, readable or not, that name a host. */
export const textsNaming = (state: NameState, target: string): readonly string[] =>
  (state.srv?.values ?? []).filter((text) => parseSrv(text)?.target === target);
