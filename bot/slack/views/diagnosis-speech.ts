/** What the lines of a diagnosis share: the catalogues of one language, and causes as clauses. */
import type { DiagnosedCause } from '../../domain/diagnosis/cause.ts';
import type { Diagnosis, RankedCause } from '../../domain/diagnosis/diagnosis.ts';
import type { Hresult } from '../../domain/hresult.ts';
import { knownHresult } from '../../domain/hresult-table.ts';
import { type CodeMeaning, type Escaped, escaped } from '../escaped.ts';
import { type DiagnosisCatalogue, diagnoses } from '../messages/diagnoses.ts';
import type { Language } from '../messages/language.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { moment, words } from '../mrkdwn.ts';
import { fitting } from './card-headline.ts';
import { codeMeaning } from './check-words.ts';

/** Everything that is needed to say something about a diagnosis. */
export interface Speech extends DiagnosisCatalogue {
  readonly check: CheckTexts;
  readonly meaning: CodeMeaning;
}

export const speechOf = (language: Language, check: CheckTexts): Speech => ({
  ...diagnoses[language],
  check,
  meaning: (code: Hresult) => codeMeaning(code, check),
});

/** A cause as a clause, every text in it made safe. */
export function clauseOf(cause: DiagnosedCause, { texts, meaning }: Speech): string {
  const tell = texts.causes[cause.kind] as (of: Escaped<DiagnosedCause>) => string;
  return tell(escaped(cause, meaning));
}

/** The cause as the first line says it, with how sure it is. */
export const becauseOf = ({ cause, confidence }: RankedCause, speech: Speech): string =>
  speech.texts.because[confidence](clauseOf(cause, speech));

/** The fact and who acts. */
export function firstLine(diagnosis: Diagnosis, speech: Speech): string {
  const { first, state } = diagnosis;
  if (first === undefined || state === 'well') return wellLine(diagnosis, speech);
  return `⚠ ${badLine(diagnosis, first, speech)}`;
}

function wellLine({ result, name, office }: Diagnosis, speech: Speech): string {
  const { texts, check } = speech;
  const until = untilOf(result);
  if (office?.state === 'failing' && office.first !== undefined) {
    const { first } = office;
    return `⚠ ${texts.first.officeOnly(words(name, 60), until, becauseOf(first, speech), texts.acts(first.owner))}`;
  }
  return `✓ ${result.verdict.state === 'activated' ? texts.first.well(words(name, 60), until) : fitting(result, check.card)}`;
}

const untilOf = ({ verdict }: Diagnosis['result']): string =>
  verdict.state === 'activated' && verdict.expiresAtMs !== undefined ? moment(verdict.expiresAtMs, 'date') : '';

const missedOf = ({ verdict }: Diagnosis['result']): number =>
  verdict.state === 'activated' ? verdict.missedRenewals : 0;

function badLine(diagnosis: Diagnosis, first: RankedCause, speech: Speech): string {
  const { result } = diagnosis;
  const { texts } = speech;
  const name = words(diagnosis.name, 60);
  const because = becauseOf(first, speech);
  const acts = texts.acts(first.owner);
  const { verdict } = result;
  switch (first.cause.kind) {
    case 'works-now':
      return texts.first.worksNow(name, words(first.cause.host, 80), untilOf(result), missedOf(result));
    case 'not-asked':
    case 'no-answer':
    case 'unreadable':
      return texts.first.notDiagnosed(name, texts.because.sure(clauseOf(first.cause, speech)), acts);
    case 'accidental-host':
      return texts.first.noClient(name, because, acts);
    case 'own-host-key-not-activated':
      return texts.first.hostItself(name, saysNoMore(first.cause.code) ? ` (${first.cause.code})` : because, acts);
    case 'office':
      return texts.first.office(name, because, acts);
    default:
      if (verdict.state === 'activated')
        return texts.first.renewalsFail(name, untilOf(result), verdict.missedRenewals, because, acts);
      return first.cause.kind === 'code-only'
        ? texts.first.codeOnly(name, texts.because.sure(clauseOf(first.cause, speech)), acts)
        : texts.first.cannotActivate(name, because, acts);
  }
}

/** The code for a host that is not activated, which the sentence has said. */
const saysNoMore = (code: Hresult): boolean => knownHresult(code)?.cause === 'host-not-activated';
