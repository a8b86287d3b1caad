/** The message of a diagnosis: the fact and who acts, why, what to do, what else, ways out. */
import type { DiagnosedKind } from '../../domain/diagnosis/cause.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { Content, LookProgress } from '../../ports.ts';
import { ACTIONS } from '../ids.ts';
import type { Language } from '../messages/language.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { moment, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { doubtsPart, evidencePart, exitsPart, fixPart, officePart } from './diagnosis-parts.ts';
import { firstLine, type Speech, speechOf } from './diagnosis-speech.ts';
import { fixButtons } from './fix-button.ts';
import { progressBar } from './progress.ts';

type Shown = Extract<Content, { kind: 'diagnosis-progress' | 'diagnosis' }>;

/** A diagnosis under way, or done. */
export function diagnosisView(content: Shown, check: CheckTexts, language: Language): Rendered {
  const speech = speechOf(language, check);
  return content.kind === 'diagnosis-progress'
    ? diagnosisProgress(content.progress, speech)
    : finishedDiagnosis(content.diagnosis, speech);
}

function diagnosisProgress(progress: LookProgress, { texts, check }: Speech): Rendered {
  return lookProgress(progress, texts.progress[progress.phase](words(progress.name ?? '', 60)), texts.answered, check);
}

/** What is waited for and how much is done, of any look at a few machines. */
export function lookProgress(
  { phase, asked, answered, waitingSeconds, startedAtMs }: LookProgress,
  doing: string,
  answeredWords: (answered: number, asked: number) => string,
  { report }: CheckTexts,
): Rendered {
  const counted = asked > 0 && phase !== 'looking-up';
  const first = counted ? `${doing} ${progressBar(answered, asked)} ${answeredWords(answered, asked)}` : doing;
  const second = [
    ...(counted && answered < asked ? [report.waitingFor(asked - answered)] : []),
    ...(waitingSeconds === undefined ? [] : [report.goingOnIn(waitingSeconds)]),
    report.started(moment(startedAtMs, 'time')),
  ].join(' · ');
  return { text: `${first}\n${second}`, blocks: [section(first), smallPrint([second])] };
}

function finishedDiagnosis(diagnosis: Diagnosis, speech: Speech): Rendered {
  const first = firstLine(diagnosis, speech);
  const parts = partsOf(diagnosis, speech).filter((part) => part !== '');
  const row = buttons(diagnosis, speech);
  return {
    text: [first, ...parts].join('\n'),
    blocks: [
      section(first),
      ...parts.map((part) => section(part)),
      small(diagnosis, speech),
      ...((isWell(diagnosis) && parts.length === 0) || row.length === 0 ? [] : [actions(row)]),
    ],
  };
}

/** A well machine is one line, unless its Office is not. */
function partsOf(diagnosis: Diagnosis, speech: Speech): readonly string[] {
  const { first, fix, office } = diagnosis;
  if (isWell(diagnosis))
    return office?.first === undefined || office.state === 'well'
      ? []
      : [evidencePart(diagnosis, office.first, speech), fixPart(office.fix, speech)];
  return [
    first === undefined ? '' : evidencePart(diagnosis, first, speech),
    fixPart(fix, speech),
    doubtsPart(diagnosis, speech),
    exitsPart(diagnosis, speech),
    officePart(diagnosis, speech),
  ];
}

const isWell = ({ first, state }: Diagnosis): boolean => first === undefined || state === 'well';

function small({ result, atMs }: Diagnosis, { texts, check }: Speech) {
  const { verdict } = result;
  return smallPrint([
    verdict.state === 'in-grace' ? check.report.graceEnds(moment(verdict.endsAtMs)) : '',
    texts.small.slmgr,
    texts.small.diagnosed(moment(atMs)),
  ]);
}

/** Causes whose other side the KMS hosts' own story shows. */
const ABOUT_HOSTS: readonly DiagnosedKind[] = [
  'record-missing',
  'record-names-dead-host',
  'record-wrong-port',
  'assigned-to-dead-host',
  'path-blocked',
  'host-silent',
  'count-split',
  'duplicate-cmid',
];

/** What mends it first; a person should have to choose between three at most. */
function buttons(diagnosis: Diagnosis, { texts, check }: Speech) {
  const { nodeId, name, first } = diagnosis;
  const hosts = first !== undefined && (first.owner === 'kms-host' || ABOUT_HOSTS.includes(first.cause.kind));
  return [
    ...(isWell(diagnosis) ? [] : fixButtons(diagnosis, texts)),
    button({
      action: ACTIONS.diagnose,
      label: texts.buttons.diagnoseAgain,
      accessibleLabel: check.report.diagnoseLabel(name),
      value: `diagnose ${nodeId}`,
      about: name,
    }),
    button({
      action: ACTIONS.showMachine,
      label: check.report.buttons.showMachine,
      accessibleLabel: check.report.showMachineLabel(name),
      value: `check ${nodeId}`,
      about: name,
    }),
    hosts ? button({ action: ACTIONS.showHosts, label: texts.buttons.showHosts, value: 'hosts' }) : undefined,
  ].flatMap((each) => each ?? []);
}
