/** The message of a look at the KMS records: the worst fact and who acts, records in trouble in detail, the rest in lines. */
import type { Button } from '@slack/types';
import { adviceFor, ownerOf, problemsOf } from '../../domain/records/record-advice.ts';
import { needsFile } from '../../domain/records/records-csv.ts';
import type { RecordStory, RecordsReport } from '../../domain/records/records-report.ts';
import { total } from '../../domain/records/suffix-stories.ts';
import { isTrouble, isWell } from '../../domain/records/worst-records.ts';
import type { Content } from '../../ports.ts';
import { builtCommand } from '../built-command.ts';
import { ACTIONS } from '../ids.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { code, cut, moment, plain, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { lookProgress } from './diagnosis.ts';
import { recordLine, recordLines } from './records-lines.ts';
import { problemFact, type RecordSpeech } from './records-problem.ts';
import { suffixLines, unreadLine, unreadName, unrecordedLines } from './records-rest.ts';

/** Records that are told in detail. */
const DETAILED = 4;
/** Characters that these may take, and those that have a line each. */
const ROOM = { detailed: 5_000, lines: 2_200 };
/** Records that have a line each. */
const LINES = 20;
/** Names that a sentence has room for. */
const NAMED = 5;

type Shown = Extract<Content, { kind: 'records-progress' | 'records' }>;

/** A look at the records under way, or done. */
export function recordsView(content: Shown, check: CheckTexts): Rendered {
  const { records: texts } = check;
  if (content.kind === 'records-progress')
    return lookProgress(content.progress, texts.progress[content.progress.phase], texts.answered, check);
  return finishedRecords(content.asked, { texts, report: content.report }, check);
}

function finishedRecords(asked: string, speech: RecordSpeech, check: CheckTexts): Rendered {
  const { texts, report } = speech;
  const first = firstLine(speech);
  const parts = isNothing(report) ? nothingParts(speech) : bodyParts(speech);
  const row = buttons(asked, speech);
  return {
    text: [first, ...parts].join('\n'),
    blocks: [
      section(first),
      ...parts.map((part) => section(part)),
      smallPrint([
        nslookup(speech),
        report.fleetAtMs === undefined ? '' : texts.small.fleet(moment(report.fleetAtMs)),
        report.sites.length > 1 ? check.report.small.sites(report.sites.map(({ id }) => words(id, 20)).join(', ')) : '',
        texts.small.looked(moment(report.finishedAtMs)),
      ]),
      ...(row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** How a record is looked up by hand; an example where none is configured. */
const nslookup = ({ texts, report: { records, unconfigured } }: RecordSpeech): string => {
  const domain = unconfigured === true ? 'corp.example' : records[0]?.place.domain;
  return domain === undefined ? '' : texts.small.nslookup(words(domain, 80).replace(/`/g, ''));
};

const isNothing = ({ unconfigured, noSuchZone }: RecordsReport): boolean =>
  unconfigured === true || noSuchZone !== undefined;

const nothingParts = ({ texts, report }: RecordSpeech): readonly string[] =>
  report.unconfigured === true ? [texts.first.unconfiguredStep] : [];

function firstLine(speech: RecordSpeech): string {
  const { texts, report } = speech;
  const { records, suffixes, withoutRecord, noSuchZone } = report;
  if (report.unconfigured === true) return `⚠ ${texts.first.unconfigured}`;
  if (noSuchZone !== undefined) {
    const known = noSuchZone.known.slice(0, NAMED).map((name) => words(name, 80));
    return `⚠ ${texts.first.noSuchZone(code(noSuchZone.word, 80), known, noSuchZone.known.length - known.length)}`;
  }
  const trouble = worstFact(speech);
  if (trouble !== undefined) return `⚠ ${trouble}`;
  const unread = report.unread.filter(({ of }) => of === 'zone' || of === 'list');
  if (unread.length > 0) {
    const names = unread.slice(0, NAMED).map((each) => unreadName(each, texts));
    return `⚠ ${texts.first.unread(names, unread.length - names.length, records.length)}`;
  }
  const stranded = suffixes.find(({ networks }) => total(networks, 'stranded') > 0);
  if (stranded !== undefined)
    return `⚠ ${texts.first.noRecord(words(stranded.domain, 80), total(stranded.networks, 'stranded'))}`;
  const [host] = withoutRecord;
  if (host !== undefined) return `⚠ ${texts.first.unrecorded(words(host.name, 80))}`;
  return wellLine(speech);
}

function worstFact(speech: RecordSpeech): string | undefined {
  const { texts, report } = speech;
  const [story] = report.records;
  if (story === undefined || !isTrouble(story)) return undefined;
  const [problem] = problemsOf(story);
  if (problem === undefined) return undefined;
  const bad = report.records.filter(isTrouble).length;
  return texts.first.worst(problemFact(story, problem, speech), ownerOf(problem), bad, report.records.length);
}

/** Well only where every host answers and it is known who asks; a domain that nobody misses a record in is told by itself. */
function wellLine(speech: RecordSpeech): string {
  const { texts, report } = speech;
  const [only, ...others] = report.records;
  const [problem] = only === undefined ? [] : problemsOf(only);
  if (only !== undefined && others.length === 0 && problem !== undefined)
    return `– ${texts.first.worst(problemFact(only, problem, speech), 'nobody', 1, 1)}`;
  const filled = report.records.filter(({ values }) => values.length > 0);
  const open = filled.filter((story) => !isWell(story)).length;
  const unread = report.unread.length > 0 || report.fleetAtMs === undefined;
  return open === 0 && !unread
    ? `✓ ${texts.first.well(filled.length, words(filled[0]?.place.domain ?? '', 80))}`
    : `– ${texts.first.open(report.records.length, Math.max(open, 1))}`;
}

/** Records in detail while there is room, the others in a line each; then everything beside them. */
function bodyParts(speech: RecordSpeech): readonly string[] {
  const { texts, report } = speech;
  const detailed = detailedRecords(report);
  let room = ROOM.detailed;
  const inDetail = detailed.flatMap((story, index) => {
    const lines = recordLines(story, speech, index === 0 && (isTrouble(story) || report.records.length === 1));
    room -= lines.length;
    return room < 0 ? [] : [lines];
  });
  const lines = lineRecords(report.records.slice(inDetail.length), speech);
  return [
    ...inDetail,
    ...[lines, unrecordedLines(speech), suffixLines(speech)].flatMap((part) =>
      part.length === 0 ? [] : [part.join('\n')],
    ),
    ...unreadLine(speech),
    ...(report.fleetAtMs === undefined ? [texts.noFleet] : []),
    ...(needsFile(report) ? [texts.inFile] : []),
  ];
}

/** Those in trouble; the only one that was asked for in any case. */
function detailedRecords({ records }: RecordsReport): readonly RecordStory[] {
  const [only, ...others] = records;
  return only !== undefined && others.length === 0 ? [only] : records.filter(isTrouble).slice(0, DETAILED);
}

function lineRecords(records: readonly RecordStory[], speech: RecordSpeech): readonly string[] {
  let room = ROOM.lines;
  const lines = records.slice(0, LINES).flatMap((story) => {
    const line = recordLine(story, speech);
    room -= line.length;
    return room < 0 ? [] : [line];
  });
  const left = records.slice(lines.length);
  return left.length === 0 ? lines : [...lines, speech.texts.moreRecords(left.length, left.filter(isTrouble).length)];
}

/** The change or look that mends the worst, and the same look again. */
function buttons(asked: string, speech: RecordSpeech): readonly Button[] {
  const { texts, report } = speech;
  const advised = report.records.filter(isTrouble).flatMap((story) => {
    const [problem] = problemsOf(story);
    const { command, plans } = problem === undefined ? {} : adviceFor(story, problem, report);
    const built = builtCommand(command);
    return built === undefined ? [] : [{ domain: story.place.domain, command: built, plans: plans === true }];
  });
  const plan = advised.find(({ plans }) => plans);
  const diagnose = advised.find(({ command }) => command.startsWith('diagnose '));
  return [
    plan === undefined ? undefined : planButton(plan.domain, plan.command, texts),
    diagnose === undefined
      ? undefined
      : button({ action: ACTIONS.diagnose, label: texts.buttons.diagnose, value: diagnose.command }),
    isNothing(report)
      ? undefined
      : button({ action: ACTIONS.checkAgain, label: texts.buttons.lookAgain, value: asked }),
  ].flatMap((each) => each ?? []);
}

const planButton = (domain: string, value: string, { buttons: labels, confirmPlan }: RecordSpeech['texts']) =>
  button({
    action: ACTIONS.fix,
    label: labels.plan,
    accessibleLabel: `${labels.plan}: ${plain(domain)}`,
    value,
    confirm: {
      title: labels.plan,
      text: confirmPlan(cut(plain(`/kms ${value}`), 120)),
      confirm: labels.plan,
      deny: labels.notNow,
    },
  });
