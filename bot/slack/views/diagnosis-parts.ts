/** The paragraphs of a diagnosis: evidence, fix, what else it could be, what was not seen, ways out, Office. */
import type { DiagnosedKind } from '../../domain/diagnosis/cause.ts';
import type { Diagnosis, EvidenceKind, EvidenceLine, RankedCause, Unseen } from '../../domain/diagnosis/diagnosis.ts';
import type { Fix } from '../../domain/diagnosis/fix-kinds.ts';
import { builtCommand } from '../built-command.ts';
import { type Escaped, escaped, escapedText } from '../escaped.ts';
import { code, cutMrkdwn, moment, plain, words } from '../mrkdwn.ts';
import { becauseOf, clauseOf, type Speech } from './diagnosis-speech.ts';

/** More lines prove no more. */
const EVIDENCE_LINES = 5;
const RUNNERS_UP = 2;
const UNSEEN = 3;
const LINE = 600;
/** What was seen longer before the diagnosis than this is given its time. */
const RECENT_MS = 15 * 60_000;

/** Heading and numbered observations. */
export function evidencePart(diagnosis: Diagnosis, { confidence, evidence }: RankedCause, speech: Speech): string {
  const { texts } = speech;
  const lines = evidence
    .filter(tells)
    .slice(0, EVIDENCE_LINES)
    .map((line, index) => ` ${index + 1}. ${evidenceLine(line, diagnosis, speech)}`);
  if (lines.length === 0) return '';
  return [texts.why(texts.confidence[confidence], moment(diagnosis.atMs)), ...lines].join('\n');
}

/** An address leads to itself. */
const tells = ({ kind, words: [host, address] }: EvidenceLine): boolean => kind !== 'resolves' || host !== address;

/** Kinds whose code stands apart from their words, whichever place it came in. */
const BY_CODE: readonly EvidenceKind[] = ['request-event', 'response-event', 'host-log', 'status-reason'];
/** Kinds that end in a list of addresses. */
const WITH_LIST: readonly EvidenceKind[] = ['resolves', 'address-of-host'];
const isCode = (text: string): text is `0x${string}` => /^0x[0-9A-F]{8}$/.test(text);

/** One observation, with where and when, where that is not the machine and now. */
export function evidenceLine(line: EvidenceLine, { name, atMs }: Diagnosis, { texts, meaning }: Speech): string {
  const isOld = Math.abs(atMs - line.atMs) > RECENT_MS;
  const coded = BY_CODE.includes(line.kind);
  const told = line.code ?? (coded ? line.words.find(isCode) : undefined);
  const raw = coded ? line.words.filter((word) => !isCode(word)) : line.words;
  const listed = WITH_LIST.includes(line.kind) ? [raw[0] ?? '', raw.slice(1).join(', ')] : raw;
  const [one = '', two = '', three = '', four = ''] = listed.map((word) => escapedText(word, meaning, 120));
  const sentence = texts.evidence[line.kind]({
    words: [one, two, three, four],
    code: told === undefined || Number(told) === 0 ? '' : meaning(told),
    at: isOld ? moment(line.atMs) : '',
  });
  const place = isSaid(line.where, name, sentence) ? '' : words(line.where, 60);
  const time = isOld && line.kind !== 'last-seen' ? moment(line.atMs) : '';
  const when = time !== '' && line.atMs > atMs ? texts.ownClock(time) : time;
  return cutMrkdwn(place === '' && when === '' ? sentence : texts.seenAt(sentence, place, when), LINE);
}

/** Whether the reader knows already where it was seen: at the machine itself, or where the sentence says. */
function isSaid(where: string, name: string, sentence: string): boolean {
  const short = where.toLowerCase().split('.')[0] ?? '';
  return short === (name.toLowerCase().split('.')[0] ?? '') || sentence.toLowerCase().includes(words(short, 60));
}

/** What to do, and what must not be done. */
export function fixPart(fix: Fix, { texts, fixes }: Speech, heading = texts.whatToDo): string {
  const { headline, steps } = fixes[fix.kind](fix.values);
  const all = [headline, ...steps].join('\n');
  const command = builtCommand(fix.command);
  const hand = byHand(fix.slmgr, all);
  const { refused } = fix;
  return [
    headline === '' ? '' : `${heading}  ${headline}`,
    ...steps.map((step, index) => (steps.length === 1 ? step : ` ${index + 1}. ${step}`)),
    ...(command === undefined ? [] : [texts.byCommand(code(`/kms ${command}`))]),
    ...(command !== undefined || hand === undefined ? [] : [texts.byHand(code(hand))]),
    ...(refused === undefined ? [] : [texts.refused[refused.why]]),
  ]
    .filter((line) => line !== '')
    .map((line) => cutMrkdwn(line, LINE))
    .join('\n');
}

/** The same by hand, where the steps do not say it; one with a key in it would be shown without. */
const byHand = (slmgr: string | undefined, steps: string): string | undefined =>
  slmgr === undefined || slmgr !== plain(slmgr) || steps.includes(code(slmgr).slice(1, -1)) ? undefined : slmgr;

/** Runners-up that say nothing about the world: what a code means, and that something works. */
const EMPTY: readonly DiagnosedKind[] = ['code-only', 'works-now'];

/** Nor that a host is silent, where something above explains its silence. */
const tellsMore = ({ cause, lessLikely }: Diagnosis['runnersUp'][number]): boolean =>
  !EMPTY.includes(cause.kind) && !(cause.kind === 'host-silent' && lessLikely === 'other-explains-it');

/** What else is wrong, what it could have been, and what could not be looked at. */
export function doubtsPart({ runnersUp, unseen }: Diagnosis, speech: Speech): string {
  const { texts } = speech;
  const telling = runnersUp.filter(tellsMore);
  const second = telling.filter(({ lessLikely }) => lessLikely === 'second-fault');
  const less = telling.filter(({ lessLikely }) => lessLikely !== 'second-fault');
  const left = unseen.length - UNSEEN;
  return [
    ...second.slice(0, RUNNERS_UP).map(({ cause }) => texts.secondFault(clauseOf(cause, speech))),
    under(
      texts.lessLikelyHeading,
      less
        .slice(0, RUNNERS_UP)
        .map(({ cause, lessLikely }) => texts.lessLikely(clauseOf(cause, speech), texts.lessLikelyWhy[lessLikely])),
    ),
    unseen.length === 0
      ? ''
      : `${texts.unseenHeading}  ${texts.listed([
          ...unseen.slice(0, UNSEEN).map((each) => unseenWords(each, speech)),
          ...(left > 0 ? [texts.more(left)] : []),
        ])}`,
  ]
    .filter((line) => line !== '')
    .map((line) => cutMrkdwn(line, 2 * LINE))
    .join('\n');
}

/** One thing stands behind its heading, several below it. */
const under = (heading: string, lines: readonly string[]): string =>
  lines.length < 2
    ? lines.map((line) => `${heading}  ${line}`).join('')
    : [heading, ...lines.map((line) => `• ${line}`)].join('\n');

function unseenWords(unseen: Unseen, { texts, meaning }: Speech): string {
  const tell = texts.unseen[unseen.kind] as (of: Escaped<Unseen>) => string;
  return tell(escaped(unseen, meaning));
}

/** The three exits, the likely one first; a machine that no KMS host may activate gains nothing by another one. */
export function exitsPart({ exits, fix }: Diagnosis, { texts }: Speech): string {
  const isAmazons = fix.refused?.why === 'licence-included';
  const [first, ...others] = exits.filter((exit) => exit !== 'set-up-host' || !isAmazons);
  if (first === undefined || others.length === 0) return '';
  const named = others.map((exit) => texts.exit[exit]);
  return texts.exits(texts.exit[first], named, first === 'repair');
}

/** Office, judged by itself; empty where the machine has none. */
export function officePart({ office }: Diagnosis, speech: Speech): string {
  if (office === undefined) return '';
  const { heading, well, failing } = speech.texts.office;
  if (office.state === 'well' || office.first === undefined) return `${heading}  ${well}`;
  const { first, fix } = office;
  const line = `${heading}  ${failing(becauseOf(first, speech), speech.texts.acts(first.owner))}`;
  return [line, fixPart(fix, speech)].filter((part) => part !== '').join('\n');
}
