/** The end of a change of a record: what stands there now, what machines see of it, and how to take it back. */
import type { ChangeMessage } from '../../domain/change/change-message.ts';
import { isRecordSpec } from '../../domain/change/change-spec.ts';
import { ACTIONS } from '../ids.ts';
import type { Seen } from '../messages/record-words.ts';
import { entryOf, hostAndPort } from '../messages/wording.ts';
import { code, mention, moment, words } from '../mrkdwn.ts';
import { actions, type Rendered, section, smallPrint } from './blocks.ts';
import { asking, smallOf } from './change-parts.ts';
import { refusalSentence } from './change-refusal.ts';
import { type ChangeSpeech, didOf, inDialog, namesOf, todoOf, whomOf } from './change-speech.ts';
import type { Ended } from './end-parts.ts';
import type { OutcomeLine } from './outcome-lines.ts';
import { commandInZone, lookCommand } from './record-command.ts';
import { recordLines } from './record-lines.ts';
import { nextNote } from './record-next.ts';
import { refusalNotes } from './record-refusal.ts';
import { isAmiss, seenAs, seenLines } from './record-seen.ts';

/** Everything the lines of an end are made from. */
interface RecordEnding {
  readonly asked: string;
  readonly change: ChangeMessage;
  readonly stage: Ended;
  readonly speech: ChangeSpeech;
}

/** Whether it is a record that was changed, or was to be. */
export const isAboutRecord = ({ spec }: ChangeMessage, { plan, refusal }: Ended): boolean =>
  isRecordSpec(spec) || plan?.records !== undefined || refusal?.kind === 'record';

/** A change of a record that is over. */
export function recordEndView(ending: RecordEnding): Rendered {
  const first = firstLine(ending);
  const lines = linesOf(ending);
  const undo = undoButton(ending);
  return {
    text: [first, ...lines.map(({ text }) => text)].join('\n'),
    blocks: [
      section(first),
      ...lines.map(({ text, accessory }) => section(text, accessory)),
      smallPrint(smallPrintOf(ending)),
      ...(undo === undefined ? [] : [actions([undo])]),
    ],
  };
}

const domainOf = ({ change: { spec }, stage: { plan } }: RecordEnding): string =>
  plan?.records?.place.domain ?? (isRecordSpec(spec) ? spec.zone : '');

const meantBy = ({ stage: { plan } }: RecordEnding) => (plan === undefined ? [] : whomOf(plan));

function firstLine(ending: RecordEnding): string {
  const { asked, change, stage, speech } = ending;
  const { say } = speech;
  const by = mention(stage.decidedBy ?? '');
  const todo = todoOf(change.spec, meantBy(ending), speech);
  switch (stage.end) {
    case 'refused':
      return `⚠ ${refusalSentence(stage.refusal, code(`/kms ${asked}`, 150), speech, change.spec)}`;
    case 'nothing-to-do':
      return `✓ ${say.record.ended.nothingToDo(words(domainOf(ending), 100))}`;
    case 'rejected':
      return say.ended.rejected(todo, by);
    case 'expired':
      return `⚠ ${say.ended.expired(todo)}`;
    case 'cancelled':
      return say.ended.cancelled(todo, by, 0, 0);
    case 'stopped':
      return `⚠ ${say.ended.stopped(todo, by, 0, 0)}`;
    case 'error':
      return `⚠ ${say.record.ended.error(todo)}`;
    default:
      return appliedLine(ending, todo);
  }
}

function appliedLine(ending: RecordEnding, todo: string): string {
  const { change, stage, speech } = ending;
  const { say, check } = speech;
  const texts = say.record.ended;
  const { record } = stage;
  if (record === undefined) return `⚠ ${texts.error(todo)}`;
  if (record.result === 'moved') return `⚠ ${movedWords(ending, words(domainOf(ending), 100), record.by)}`;
  if (record.result === 'failed') return `⚠ ${texts.failed(todo, record.why ?? 'malformed')}`;
  const fact = texts.done[reached(ending)](didOf(change.spec, meantBy(ending), speech));
  const amiss = record.answers.filter(isAmiss);
  if (amiss.length > 0) {
    const are = (seen: Seen) => amiss.every((answer) => seenAs(answer) === seen);
    const actor = check.codes.actor[are('unreached') ? 'network-owner' : 'dns-owner'];
    const what = are('unreached') ? 'reach' : are('unresolved') ? 'resolve' : 'see';
    const but = texts.but[what](amiss.length, record.answers.length);
    return `⚠ ${say.withActor(fact + but, actor)}`;
  }
  return `${record.inSync === false ? '⚠' : '✓'} ${texts.sentence(fact + seesWords(ending))}`;
}

const movedWords = ({ speech }: RecordEnding, domain: string, by: string | undefined): string => {
  const { record } = speech.say;
  return by === undefined ? record.ended.moved(domain) : record.overtaken(domain, code(by, 64));
};

const reached = ({ stage: { record } }: RecordEnding): 'in-sync' | 'not-yet' | 'lost' =>
  record?.answerLost === true ? 'lost' : record?.inSync === false ? 'not-yet' : 'in-sync';

/** Machines that see it as planned; nothing where none does. */
function seesWords({ change: { spec }, stage, speech }: RecordEnding): string {
  const seeing = (stage.record?.answers ?? []).filter(({ gives }) => gives === 'planned');
  if (seeing.length === 0) return '';
  const kind = spec.kind === 'dns-add' ? 'add' : spec.kind === 'dns-remove' ? 'remove' : 'other';
  const host = isRecordSpec(spec) ? hostAndPort({ name: spec.host.host, port: spec.host.port }) : '';
  return speech.say.record.ended.sees[kind](namesOf(seeing), seeing.length, words(host, 100));
}

function linesOf(ending: RecordEnding): readonly OutcomeLine[] {
  const { change, stage, speech } = ending;
  const plain = (...texts: readonly string[]): readonly OutcomeLine[] =>
    texts.filter((text) => text !== '').map((text) => ({ text }));
  if (stage.end === 'refused') return plain(...refusalNotes(stage.refusal, change.spec, speech));
  if (stage.end === 'nothing-to-do') return plain(standing(ending), notOursYet(ending));
  const look = speech.say.record.ended.look(lookCommand(domainOf(ending)));
  if (stage.end === 'error') return plain(look);
  if (!APPLIED.includes(stage.end)) return [];
  if (stage.record?.result !== 'done') return plain(...notWritten(ending));
  const next = nextNote(change.spec, stage, speech);
  return [
    ...seenLines(stage.record, stage.plan?.records, speech),
    ...plain(syncNote(ending), unaskedNote(ending), next, assignedNote(ending), undoNote(ending)),
  ];
}

const APPLIED: readonly Ended['end'][] = ['done', 'partly', 'failed'];

const standing = ({ stage: { plan }, speech }: RecordEnding): string =>
  plan?.records === undefined ? '' : recordLines(plan.records, speech).join('\n');

/** What is there already without being ours may be taken over. */
function notOursYet({ change: { spec }, stage: { plan }, speech }: RecordEnding): string {
  if (spec.kind !== 'dns-add' || plan?.records === undefined) return '';
  const line = plan.records.lines.find(
    ({ ownership, answer }) => ownership === 'foreign' && answer?.target === spec.host.host,
  );
  if (line === undefined) return '';
  const host = words(spec.host.host, 100);
  return speech.say.record.ended.notOursYet(host, commandInZone({ ...spec, kind: 'dns-adopt' }, spec.zone));
}

function notWritten(ending: RecordEnding): readonly string[] {
  const { asked, change, stage, speech } = ending;
  const texts = speech.say.record.ended;
  const look = texts.look(lookCommand(domainOf(ending)));
  const { record } = stage;
  if (record?.result === 'moved') return [texts.askAgain(code(`/kms ${asked}`, 200))];
  const step = entryOf(texts.failedStep, record?.why ?? 'malformed') ?? texts.failedStep.malformed;
  const detail = record?.detail ? [texts.failedWhy(code(record.detail, 400))] : [];
  return [...detail, step(code(change.id, 20)), look];
}

function syncNote(ending: RecordEnding): string {
  const texts = ending.speech.say.record.ended;
  const command = lookCommand(domainOf(ending));
  const state = reached(ending);
  if (state === 'lost') return texts.answerLost(command);
  if (state !== 'not-yet') return '';
  const right = ending.stage.record?.missingRight;
  return right === undefined ? texts.notInSync(command) : texts.notFollowed(code(right, 80), command);
}

function unaskedNote(ending: RecordEnding): string {
  const { stage, speech } = ending;
  const { unasked } = speech.say.record.ended;
  const why = stage.record?.unasked;
  if (why === undefined) return '';
  const tell = Object.hasOwn(unasked, why) ? unasked[why] : unasked['no-answer'];
  return tell(words(domainOf(ending), 100), lookCommand(domainOf(ending)));
}

/** Only where clients are told of a host that they were not told of before: what is taken away draws nobody. */
const assignedNote = ({ stage: { plan }, speech }: RecordEnding): string =>
  plan?.records?.lines.some(({ what }) => what === 'added' || what === 'changed') === true
    ? speech.say.record.ended.assignedStay
    : '';

const undoNote = ({ stage: { undoUntilMs }, speech }: RecordEnding): string =>
  undoUntilMs === undefined ? '' : speech.say.undoUntil(moment(undoUntilMs, 'date'));

function undoButton(ending: RecordEnding) {
  const { change, stage, speech } = ending;
  if (stage.undoUntilMs === undefined) return undefined;
  const { say } = speech;
  const text = say.record.confirm.undo(didOf(change.spec, meantBy(ending), speech, inDialog));
  return asking({ action: ACTIONS.undoChange, label: say.buttons.undo, value: `undo ${change.id}` }, text, speech);
}

const smallPrintOf = ({ change, stage, speech }: RecordEnding): readonly string[] => {
  const by = APPLIED.includes(stage.end) ? mention(stage.decidedBy ?? '') : '';
  return [
    by === '' ? '' : speech.say.applying.decidedBy(by),
    ...smallOf(change, speech),
    speech.say.small.ended(moment(stage.endedAtMs)),
  ];
};
