/** One record: in detail where something is wrong with it, else in one line. */
import { endpointText } from '../../domain/records/living-hosts.ts';
import { type Problem, problemsOf } from '../../domain/records/record-advice.ts';
import type { NetworkUse, RecordStory, ValueStory } from '../../domain/records/records-report.ts';
import { total } from '../../domain/records/suffix-stories.ts';
import { isGrave, isGraveAlone, isTrouble, isWell } from '../../domain/records/worst-records.ts';
import type { RecordsTexts } from '../messages/records-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cutMrkdwn, words } from '../mrkdwn.ts';
import { problemFact, problemStep, type RecordSpeech, valueClause } from './records-problem.ts';

/** Values that one record has room for. */
const VALUES = 4;
/** Facts about a record as a whole that it has room for. */
const FACTS = 2;
/** Networks that one line has room for. */
const NETWORKS = 4;
const LINE = 500;

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** `told`: its worst problem stands in the first line of the message. */
export function recordLines(story: RecordStory, speech: RecordSpeech, told: boolean): string {
  const { texts } = speech;
  const problems = problemsOf(story);
  const [worst] = problems;
  const facts = problems.filter((problem, index) => isFact(problem) && !(told && index === 0));
  const shown = facts.slice(0, FACTS).map((problem) => factLine(story, problem, speech));
  const left = facts.length - shown.length;
  return [
    `*${words(story.place.domain, 80)}*  ${placeWords(story, texts)}`,
    ...valueLines(story, texts),
    ...networkLine(story, texts),
    ...shown,
    ...(left > 0 ? [texts.moreProblems(left)] : []),
    ...(worst === undefined || !isTrouble(story) ? [] : [texts.next(problemStep(story, worst, speech))]),
  ]
    .map((line) => cutMrkdwn(line, LINE))
    .join('\n');
}

/** Marked where somebody has to act on it. */
const factLine = (story: RecordStory, problem: Problem, speech: RecordSpeech): string =>
  `${isGrave(problem.concern, story) ? '⚠' : '–'} ${problemFact(story, problem, speech)}`;

/** That no host of a record serves stands beside each of them. */
const isFact = ({ of, concern }: Problem): boolean => of === 'record' && concern.kind !== 'no-living-host';

function placeWords(story: RecordStory, texts: RecordsTexts): string {
  const { place, set, write, keptBy, spread, values } = story;
  return joined([
    texts.zone[place.private ? 'private' : 'public'],
    set === undefined ? '' : texts.ttl(set.ttlSeconds),
    askingWords(story, texts),
    keptBy === undefined ? (write ? '' : texts.readOnly) : texts.keptBy(words(keptBy, 40)),
    spread === undefined || values.length < 2 ? '' : texts.spread(spread),
  ]);
}

function askingWords({ networks, values, concerns }: RecordStory, texts: RecordsTexts): string {
  if (networks === undefined) return texts.askingUnknown;
  const machines = total(networks, 'machines');
  if (machines === 0) return texts.notAsked;
  const told = networks.filter(isTold);
  const found = total(told, 'found');
  const isThere = values.length > 0 || concerns.some(({ kind }) => kind === 'untouchable');
  if (!isThere) return texts.askingInVain(machines, found);
  const isOpen = told.length < networks.length || (found === 0 && total(networks, 'unanswered') === machines);
  return isOpen ? texts.askingInVain(machines, 0) : texts.asking(machines, found);
}

const isTold = ({ isOverdue }: NetworkUse): boolean => isOverdue !== true;

/** Those that somebody has to mend while there is no room for all; in the order of clients. */
function valueLines({ values }: RecordStory, texts: RecordsTexts): readonly string[] {
  const wanted = new Set(values.length <= VALUES ? values : [...values.filter(isBad), ...values].slice(0, VALUES));
  const shown = values.filter((value) => wanted.has(value));
  const left = values.filter((value) => !wanted.has(value));
  return [
    ...shown.map((value) => `• ${valueWords(value, texts)}`),
    ...(left.length === 0 ? [] : [texts.moreValues(left.length, left.filter(isBad).length)]),
  ];
}

const isBad = ({ concerns }: ValueStory): boolean => concerns.some(isGraveAlone);

function valueWords(value: ValueStory, texts: RecordsTexts): string {
  const { text, host, addresses, concerns, ownership } = value;
  return `${isBad(value) ? '⚠ ' : ''}${code(text, 120)}  ${joined([
    ...concerns.map((concern) => valueClause(concern, texts)),
    isBad(value) ? '' : hostWords(host, texts, concerns.length > 0),
    addresses === undefined || addresses.length === 0 ? '' : words(addresses.slice(0, 2).join(', '), 80),
    entryOf(texts.ownership, ownership) ?? texts.ownership.foreign,
  ])}`;
}

/** What is known of a host that serves; who reaches it may have been told already. */
function hostWords(host: ValueStory['host'], texts: RecordsTexts, isReachTold = false): string {
  if (host === undefined) return '';
  const { alive, seen, count, lastContactDays, reached, now } = host;
  const machines = Math.max(reached, now.reached);
  return joined([
    alive === true ? texts.alive : '',
    isReachTold && seen === 'unknown' ? '' : (entryOf(texts.seen, seen) ?? ''),
    count === undefined ? '' : texts.count(count),
    lastContactDays === undefined ? '' : texts.contact(lastContactDays),
    machines === 0 || isReachTold ? '' : texts.reached(machines),
  ]);
}

/** Only where networks differ, or one of them lacks the record. */
function networkLine({ networks: all = [], values }: RecordStory, texts: RecordsTexts): readonly string[] {
  const networks = all.filter(isTold);
  const isPlain = networks.length < 2 || values.length === 0;
  if (isPlain) return [];
  const shown = networks.slice(0, NETWORKS);
  const parts = shown.map(({ vpcId, found, machines, unanswered }) =>
    texts.network(vpcId === undefined ? '' : words(vpcId, 30), found, machines, unanswered),
  );
  const left = networks.length - shown.length;
  return [texts.networks([...parts, ...(left > 0 ? [texts.more(left)] : [])])];
}

/** Hosts that one line has room for. */
const HOSTS = 2;

/** The record in one line, marked as well only where nothing is open. */
export function recordLine(story: RecordStory, speech: RecordSpeech): string {
  const { texts } = speech;
  const [worst] = problemsOf(story);
  const domain = `*${words(story.place.domain, 80)}*`;
  if (isTrouble(story) && worst !== undefined) return cutMrkdwn(`⚠ ${problemFact(story, worst, speech)}`, LINE);
  const hosts = story.values.slice(0, HOSTS).map(({ answer, host }) => {
    const told = hostWords(host, texts);
    return `${words(answer === undefined ? '' : endpointText(answer), 80)}${told === '' ? '' : `: ${told}`}`;
  });
  const left = story.values.length - hosts.length;
  const isMissing = worst?.of === 'record' && worst.concern.kind === 'no-record';
  const line = joined([
    ...(worst === undefined ? hosts : [isMissing ? texts.noRecordHere : problemFact(story, worst, speech)]),
    left > 0 && worst === undefined ? texts.more(left) : '',
    askingWords(story, texts),
  ]);
  const name = worst === undefined || isMissing ? `${domain}  ` : '';
  return cutMrkdwn(`${isWell(story) ? '✓' : '–'} ${name}${line}`, LINE);
}
