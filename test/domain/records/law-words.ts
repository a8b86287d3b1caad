/** The words that the laws of records are written in; whose a value is, they read from the marks for themselves. */
import { planRecords } from '../../../bot/domain/records/plan-records.ts';
import type { RecordPlan, RecordPlanned, RecordRequest } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { formatSrv, parseSrv } from '../../../bot/domain/records/srv-record.ts';
import { BOTS } from './sample-records.ts';
import { PLACE } from './zone-file.ts';

export const OURS: string = BOTS[0];

export const planned = (
  asked: RecordRequest,
  state: NameState,
  { owner = OURS, change = 'cnow' }: { readonly owner?: string; readonly change?: string } = {},
): RecordPlanned => planRecords(asked, { place: PLACE, state, owner, change });

export const planIn = (made: RecordPlanned): RecordPlan | undefined => (made.kind === 'plan' ? made.plan : undefined);

export const valuesOf = ({ srv }: NameState): readonly string[] => srv?.values ?? [];
export const textsOf = ({ txt }: NameState): readonly string[] => txt?.values ?? [];

/** What a value means, as one text; empty for one that is no answer. */
export const meaningOf = (text: string): string => {
  const answer = parseSrv(text);
  return answer === undefined ? '' : formatSrv(answer);
};

export const isMarkOf =
  (owner: string) =>
  (text: string): boolean =>
    text.startsWith(`"kms-bot owner=${owner} change=`);

/** Bots that claim a value. */
export const claimants = (state: NameState, meaning: string): readonly string[] =>
  meaning === ''
    ? []
    : BOTS.filter((bot) => textsOf(state).some((text) => isMarkOf(bot)(text) && text.endsWith(` srv=${meaning}"`)));

/** Whether a value is this bot's alone, and there once. */
export const isOwned = (state: NameState, text: string, owner: string): boolean => {
  const meaning = meaningOf(text);
  const times = valuesOf(state).filter((other) => meaningOf(other) === meaning).length;
  return times === 1 && claimants(state, meaning).join() === owner;
};

const isTakenOver = ({ edits }: RecordPlan, text: string): boolean =>
  edits.some((edit) => edit.kind === 'adopt' && text.endsWith(` srv=${formatSrv(edit.answer)}"`));

/** The hard rules that a plan breaks: nothing of others goes, and no set but the one that the change itself made. */
export const brokenRules = (plan: RecordPlan, mayVanish: boolean, owner = OURS): readonly string[] => {
  const { before, after } = plan;
  const [values, texts] = [new Set(valuesOf(after)), new Set(textsOf(after))];
  const lost = valuesOf(before).filter((text) => !values.has(text) && !isOwned(before, text, owner));
  const gone = textsOf(before).filter((text) => !texts.has(text) && !isMarkOf(owner)(text) && !isTakenOver(plan, text));
  const isEmptied = before.srv !== undefined && after.srv === undefined;
  const isOurFirst = mayVanish && before.srv?.values.length === 1;
  return [
    ...lost.map((text) => `loses the value ${text}`),
    ...gone.map((text) => `loses the text ${text}`),
    ...(isEmptied && !isOurFirst ? ['empties the set'] : []),
  ];
};

/** What a plan changes besides: the order of values, or the TTL of a set that stays. */
export const needlessChanges = ({ before, after }: RecordPlan): readonly string[] => {
  const [now, then] = [new Set(valuesOf(after)), new Set(valuesOf(before))];
  const kept = valuesOf(before).filter((text) => now.has(text));
  const stand = valuesOf(after).filter((text) => then.has(text));
  return [
    ...(kept.join() === stand.join() ? [] : ['moves values']),
    ...(['srv', 'txt'] as const).filter(
      (key) => before[key] && after[key] && before[key].ttlSeconds !== after[key].ttlSeconds,
    ),
  ];
};

/** Where marks and values part: a value that went and left its mark, one that came without, a mark that came alone. */
export const partedMarks = ({ before, after }: RecordPlan): readonly string[] => {
  const gone = valuesOf(before).filter((text) => !valuesOf(after).includes(text));
  const added = valuesOf(after).filter((text) => !valuesOf(before).includes(text));
  const marks = textsOf(after).filter((text) => isMarkOf(OURS)(text) && !textsOf(before).includes(text));
  const meanings = valuesOf(after).map(meaningOf);
  return [
    ...gone.filter((text) => claimants(after, meaningOf(text)).length > 0),
    ...added.filter((text) => claimants(after, meaningOf(text)).join() !== OURS),
    ...marks.filter((text) => !meanings.some((meaning) => text.endsWith(` srv=${meaning}"`))),
  ];
};

/** Values that the lines of a plan do not tell, or tell twice. */
export const untoldValues = ({ before, after, lines }: RecordPlan): readonly string[] => {
  const there = lines.filter(({ what }) => what !== 'added').map(({ text }) => text);
  const stays = lines.filter(({ what }) => what !== 'removed').map(({ text, to }) => to ?? text);
  const isTold = (told: readonly string[], values: readonly string[]) =>
    told.toSorted().join('\n') === values.toSorted().join('\n');
  return [...(isTold(there, valuesOf(before)) ? [] : ['before']), ...(isTold(stays, valuesOf(after)) ? [] : ['after'])];
};
