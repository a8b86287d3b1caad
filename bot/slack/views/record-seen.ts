/** What machines' own DNS gives after a change of a record: those that see it, and those that see something else. */
import { type Hresult, hresultFromDigits } from '../../domain/hresult.ts';
import type { RecordOutcome, ResolverAnswer } from '../../domain/records/record-outcome.ts';
import type { RecordPlan } from '../../domain/records/record-plan.ts';
import { ACTIONS } from '../ids.ts';
import type { Seen } from '../messages/record-words.ts';
import { entryOf, inTable } from '../messages/wording.ts';
import { code, cutMrkdwn, words } from '../mrkdwn.ts';
import { button } from './blocks.ts';
import { type ChangeSpeech, namesOf } from './change-speech.ts';
import { codeMeaning } from './check-words.ts';
import type { OutcomeLine } from './outcome-lines.ts';

const LINE = 900;

/** How one machine sees the record. */
export const seenAs = ({ gives, reaches, unresolved, outlived }: ResolverAnswer): Seen => {
  if (gives === 'before' && outlived === true) return 'outlived';
  if (gives === 'planned' && unresolved === true) return 'unresolved';
  return gives === 'planned' && reaches === false ? 'unreached' : (entryOf(SEEN, gives) ?? 'otherwise');
};

const SEEN: Readonly<Record<string, Seen>> = {
  planned: 'planned',
  before: 'before',
  otherwise: 'otherwise',
  nothing: 'nothing',
};

/** What somebody has to look at; an old answer in a cache goes by itself. */
export const isAmiss = (answer: ResolverAnswer): boolean =>
  ['otherwise', 'nothing', 'outlived', 'unresolved', 'unreached'].includes(seenAs(answer));

/** Worst first. */
const ORDER: readonly Seen[] = [
  'nothing',
  'otherwise',
  'outlived',
  'unresolved',
  'unreached',
  'before',
  'waiting',
  'planned',
];

/** A line for each way in which machines see it; none where all see it as planned, which the first line tells. */
export function seenLines(
  { answers, inSync }: RecordOutcome,
  plan: RecordPlan | undefined,
  speech: ChangeSpeech,
): readonly OutcomeLine[] {
  const how = (answer: ResolverAnswer): Seen => {
    const seen = seenAs(answer);
    // What name servers do not have yet is in no cache.
    return seen === 'before' && inSync === false ? 'waiting' : seen;
  };
  const groups = ORDER.map((seen) => ({ seen, answers: answers.filter((answer) => how(answer) === seen) })).filter(
    (group) => group.answers.length > 0,
  );
  if (groups.every(({ seen }) => seen === 'planned')) return [];
  return groups.map(({ seen, answers: each }, index) => {
    const accessory = index === 0 && each.some(isAmiss) ? diagnose(each[0], speech) : undefined;
    const text = seenLine(seen, each, plan, speech);
    return { text: cutMrkdwn(text, LINE), ...(accessory === undefined ? {} : { accessory }) };
  });
}

function seenLine(seen: Seen, answers: readonly ResolverAnswer[], plan: RecordPlan | undefined, speech: ChangeSpeech) {
  const say = speech.say.record.ended;
  const told = say.seen[seen]({
    count: answers.length,
    names: namesOf(answers),
    detail: detailOf(seen, answers[0], speech),
    seconds: plan?.before.srv?.ttlSeconds ?? plan?.ttl.seconds ?? 0,
  });
  if (seen === 'planned' || seen === 'waiting') return told;
  const command =
    seen === 'before'
      ? `set ${answers.map(typable).join(' ')} flushdns`
      : `diagnose ${answers.slice(0, 1).map(typable).join('')}`;
  return `${told}\n      ${say.seenStep[seen](code(`/kms ${command}`, 200))}`;
}

/** How a machine is named in a command. */
export const typable = ({ name, nodeId }: ResolverAnswer): string => (/^[\w.-]+$/.test(name) ? name : nodeId);

/** What they got, or why nothing; may be empty. */
function detailOf(seen: Seen, answer: ResolverAnswer | undefined, { check }: ChangeSpeech): string {
  if (seen === 'otherwise')
    return (
      answer?.values
        .slice(0, 2)
        .map((value) => code(value, 100))
        .join(', ') ?? ''
    );
  if (seen !== 'nothing' || answer?.code === undefined) return '';
  const hresult = hresultIn(answer.code);
  return hresult === undefined ? words(inTable(check.card.failed, answer.code), 80) : codeMeaning(hresult, check);
}

const hresultIn = (text: string): Hresult | undefined => hresultFromDigits(text.replace(/^0x/i, ''));

function diagnose(answer: ResolverAnswer | undefined, { check: { report } }: ChangeSpeech) {
  if (answer === undefined) return undefined;
  const { name, nodeId } = answer;
  return button({
    action: ACTIONS.diagnose,
    label: report.buttons.diagnose,
    accessibleLabel: report.diagnoseLabel(name),
    value: `diagnose ${nodeId}`,
    about: name,
  });
}
