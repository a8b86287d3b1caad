/** The rows of a check as a file, in one language. */
import { reportCsv as csvOf, type ReportWords } from '../domain/report-csv.ts';
import type { ReportCsv } from '../ports.ts';
import type { Language } from './messages/language.ts';
import { checkTexts } from './messages/reports.ts';
import { plain } from './mrkdwn.ts';
import { actorWords, causeSentence, nextStep, stateWords } from './views/check-words.ts';

/** Excel reads a file as UTF-8 only when it begins so. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A table of results with the words of the language; no markup, nothing invisible, no keys. */
export const reportCsv = (language: Language): ReportCsv => {
  const words = wordsOf(language);
  return (results) =>
    BYTE_ORDER_MARK +
    csvOf(
      results.map((result) => ({ ...result, name: plain(result.name) })),
      words,
    );
};

function wordsOf(language: Language): ReportWords {
  const say = checkTexts[language];
  return {
    headers: say.report.csv,
    state: (verdict) => stateWords(verdict, say),
    cause: (cause) => causeSentence(cause, say, plain),
    next: (next, cause) => {
      const step = nextStep(next, cause, say);
      const ownRow = next.kind === 'diagnose' && step === say.report.next.diagnose;
      return ownRow ? `/kms check ${plain(next.nodeId)}` : step.replaceAll('`', '');
    },
    actor: (cause) => actorWords(cause, say),
  };
}
