/** What is wrong with a record, in words: the fact, and what can be done. */
import { endpointText, livingHost } from '../../domain/records/living-hosts.ts';
import { adviceFor, type Problem } from '../../domain/records/record-advice.ts';
import type {
  RecordConcern,
  RecordStory,
  RecordsReport,
  ValueConcern,
  ValueStory,
} from '../../domain/records/records-report.ts';
import { formatSrv } from '../../domain/records/srv-record.ts';
import { total } from '../../domain/records/suffix-stories.ts';
import type { ProblemParts, RecordsTexts } from '../messages/records-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, moment, words } from '../mrkdwn.ts';

/** Hosts that a sentence names. */
const NAMED = 3;

/** What records are told with. */
export interface RecordSpeech {
  readonly texts: RecordsTexts;
  readonly report: RecordsReport;
}

/** The sentence of a problem, without its full stop. */
export function problemFact(story: RecordStory, problem: Problem, { texts }: RecordSpeech): string {
  const parts = partsOf(story, problem, texts);
  if (problem.of === 'record') return texts.records[problem.concern.kind].fact(parts);
  if (problem.value.answer === undefined) return texts.unreadableFact(parts.domain);
  return texts.valueFact(parts.domain, parts.host, valueClause(problem.concern, texts));
}

/** What a value's host is or does. */
export const valueClause = (concern: ValueConcern, texts: RecordsTexts): string => {
  const clause = texts.values[concern.kind].clause as (concern: ValueConcern) => string;
  return clause(concern) ?? '';
};

/** What can be done about it; a whole sentence. */
export function problemStep(story: RecordStory, problem: Problem, { texts, report }: RecordSpeech): string {
  const { command } = adviceFor(story, problem, report);
  const shown = command === undefined ? '' : code(`/kms ${command}`, 300);
  const { step } = problem.of === 'record' ? texts.records[problem.concern.kind] : texts.values[problem.concern.kind];
  const host = livingHost(report, story.place.domain);
  const offer = host === undefined ? '' : words(endpointText(host), 80);
  return step(shown, { ...partsOf(story, problem, texts), offer });
}

function partsOf(story: RecordStory, problem: Problem, texts: RecordsTexts): ProblemParts {
  const { concern } = problem;
  const shared = {
    domain: words(story.place.domain, 80),
    network: '',
    rule: '',
    offer: '',
    elsewhere: '',
    wasThere: false,
    when: '',
    machines: 0,
    host: '',
  };
  if (problem.of === 'value') {
    return { ...shared, host: valueName(problem.value) };
  }
  return {
    ...shared,
    host: hostOf(story, problem.concern, texts),
    ...('machines' in concern ? { machines: concern.machines } : {}),
    ...('vpcId' in concern && concern.vpcId !== undefined ? { network: words(concern.vpcId, 30) } : {}),
    ...('rule' in concern ? { rule: words(concern.rule, 80) } : {}),
    ...('atMs' in concern ? { when: moment(concern.atMs, 'date') } : {}),
    ...(concern.kind === 'no-record'
      ? {
          machines: total(story.networks, 'stranded'),
          elsewhere: words(concern.elsewhere ?? '', 80),
          wasThere: (story.networks ?? []).some(({ isOverdue, isGone }) => isOverdue === true || isGone === true),
        }
      : {}),
  };
}

/** The host of a value; the value itself where it names none that can be read. */
const valueName = ({ answer, text }: ValueStory): string =>
  answer === undefined ? code(text, 80) : words(endpointText(answer), 80);

function hostOf({ values }: RecordStory, concern: RecordConcern, texts: RecordsTexts): string {
  switch (concern.kind) {
    case 'no-living-host': {
      const hosts = values.map(valueName);
      const more = hosts.length - NAMED;
      return [...hosts.slice(0, NAMED), ...(more > 0 ? [texts.more(more)] : [])].join(', ');
    }
    case 'lost':
    case 'mark-without-value':
    case 'mark-lost':
      return code(formatSrv(concern.answer), 120);
    case 'resolvers-differ':
      return words(concern.host.replace(/:1688$/, ''), 80);
    case 'untouchable':
      return entryOf(texts.untouchable, concern.why) ?? words(concern.why, 40);
    default:
      return '';
  }
}
