/** The values of a record and what becomes of each, in a block of fixed width, as DNS tools show them. */
import { SHOWN_VALUES } from '../../domain/change/plan-csv.ts';
import type { RecordLine, RecordPlan } from '../../domain/records/record-plan.ts';
import type { Ownership } from '../../domain/records/record-set.ts';
import type { RecordPlanTexts } from '../messages/record-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cut, preformatted, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';

const VALUE = 110;
/** What a section has room for, with what escaping may add. */
const BLOCK = 2_500;
/** Values beyond this are not waited for in a column. */
const COLUMN = 48;
const VPCS = 3;

/** The record's name and who sees it, then its values. */
export function recordLines(plan: RecordPlan, speech: ChangeSpeech): readonly string[] {
  const say = speech.say.record.plan;
  return [whereLine(plan, say), valueBlock(plan, say)].filter((line) => line !== '');
}

function whereLine({ place }: RecordPlan, say: RecordPlanTexts): string {
  const { domain, zone, zoneId, vpcIds } = place;
  const named = vpcIds.slice(0, VPCS).map((vpc) => words(vpc, 30));
  const sees = place.private ? say.private(named, vpcIds.length - named.length) : say.public;
  return say.where(code(`_vlmcs._tcp.${domain}`, 120), words(zone, 100), words(zoneId, 40), sees);
}

function valueBlock({ lines }: RecordPlan, say: RecordPlanTexts): string {
  const shown: RecordLine[] = [];
  const rows: string[][] = [];
  const width = Math.min(COLUMN, Math.max(0, ...lines.slice(0, SHOWN_VALUES).map(({ text }) => text.length)));
  const chosen = chooseLines(lines);
  for (const line of chosen) {
    const added = rowsOf(line, width, say);
    if (preformatted([...rows.flat(), ...added]).length > BLOCK) break;
    rows.push(added);
    shown.push(line);
  }
  const left = lines.filter((line) => !shown.includes(line));
  const kept = left.filter(({ what }) => what === 'kept').length;
  return preformatted([
    ...rows.flat(),
    ...(left.length > kept ? [say.moreChanged(left.length - kept)] : []),
    ...(kept > 0 ? [say.moreKept(kept)] : []),
  ]);
}

/** What changes comes before what is kept, where not all have room; in the order clients try them. */
function chooseLines(lines: readonly RecordLine[]): readonly RecordLine[] {
  const changed = lines.filter(({ what }) => what !== 'kept').slice(0, SHOWN_VALUES);
  const kept = lines.filter(({ what }) => what === 'kept').slice(0, SHOWN_VALUES - changed.length);
  return lines.filter((line) => changed.includes(line) || kept.includes(line));
}

function rowsOf(line: RecordLine, width: number, say: RecordPlanTexts): string[] {
  const row = (sign: string, text: string, notes: readonly string[]): string => {
    const note = say.notes(notes.filter((each) => each !== ''));
    const value = cut(text, VALUE);
    return `${sign}  ${note === '' ? value : `${value.padEnd(width)}  ${note}`}`;
  };
  const whose = whoseWords(line.ownership, say);
  const unread = line.answer === undefined ? say.unreadable : '';
  switch (line.what) {
    case 'added':
      return [row('+', line.text, [say.added, hostWords(line, say)])];
    case 'removed':
      return [row('−', line.text, [whose, unread, hostWords(line, say)])];
    case 'changed':
      return [row('−', line.text, [whose]), row('+', line.to ?? '', [hostWords(line, say)])];
    case 'adopted':
      return [row(' ', line.text, [say.adopted(whose), hostWords(line, say)])];
    case 'released':
      return [row(' ', line.text, [say.released])];
    case 'kept':
      return [row(' ', line.text, [say.kept(whose), unread, knownWords(line, say)])];
  }
}

const whoseWords = (ownership: Ownership, { whose }: RecordPlanTexts): string =>
  entryOf(whose, ownership) ?? whose.foreign;

const knownWords = ({ host }: RecordLine, say: RecordPlanTexts): string => (host === undefined ? '' : say.host(host));

/** Who agrees to a change has to know when nothing is known of the host. */
const hostWords = (line: RecordLine, say: RecordPlanTexts): string => knownWords(line, say) || say.hostUnknown;
