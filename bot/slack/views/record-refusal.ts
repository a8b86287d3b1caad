/** Why no change of a record is planned: what was understood, why not, and what to do now. */

import type { ChangeRefusal } from '../../domain/change/change-message.ts';
import { type ChangeSpec, isRecordSpec, type RecordSpec } from '../../domain/change/change-spec.ts';
import type { RecordRefusal } from '../../domain/records/record-plan.ts';
import { parseSrv } from '../../domain/records/srv-record.ts';
import type { RecordRefusalParts } from '../messages/record-words.ts';
import { entryOf, hostAndPort } from '../messages/wording.ts';
import { code, preformatted, type Safe, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { commandInZone, lookCommand, recordCommand } from './record-command.ts';

/** Zones and values named one below the other. */
const LISTED = 8;
const NAME = 100;

/** The refusal as a sentence. */
export function recordRefusalSentence(refusal: RecordRefusal, spec: ChangeSpec, { say }: ChangeSpeech): string {
  const { sentence, untouchable, badTarget, notOurs, setFull } = say.record.refusals;
  const parts = partsOf(refusal, spec);
  switch (refusal.kind) {
    case 'untouchable':
      return untouchable[refusal.why](parts);
    case 'bad-target':
      return badTarget[refusal.why](parts);
    case 'set-full':
      return (entryOf(setFull, refusal.of) ?? setFull.set)(parts);
    case 'zone-elsewhere':
      return refusal.directory === undefined
        ? sentence['zone-elsewhere'](parts)
        : say.record.refusals.inDirectory(parts, refusal.directory.machines);
    case 'not-ours':
      return (entryOf(notOurs, refusal.ownership) ?? notOurs.foreign)(parts);
    default:
      return sentence[refusal.kind](parts);
  }
}

const specOf = (spec: ChangeSpec): RecordSpec | undefined => (isRecordSpec(spec) ? spec : undefined);

function partsOf(refusal: RecordRefusal, spec: ChangeSpec): RecordRefusalParts {
  const asked = specOf(spec);
  const fields: Readonly<Record<string, unknown>> = { ...refusal };
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const host =
    text('host') ||
    text('target') ||
    (asked === undefined ? '' : hostAndPort({ ...asked.host, name: asked.host.host }));
  return {
    domain: words(text('domain') || asked?.zone || '', NAME),
    host: words(host, NAME),
    zone: words(zoneOf(refusal), NAME),
    zoneId: words(text('zoneId'), 40),
    ids: idsOf(refusal)
      .map((id) => words(id, 40))
      .join(', '),
    other: words(otherOf(refusal), NAME),
    value: code(text('text'), 200),
    limit: 'limit' in refusal ? refusal.limit : 0,
    command: commandFor(refusal, asked),
  };
}

const zoneOf = (refusal: RecordRefusal): string => {
  if (refusal.kind === 'zone-elsewhere') return refusal.directory?.zone ?? '';
  return 'zone' in refusal ? refusal.zone : '';
};

const otherOf = (refusal: RecordRefusal): string => {
  switch (refusal.kind) {
    case 'zone-elsewhere':
      return refusal.directory?.domain ?? '';
    case 'zone-renamed':
      return refusal.found;
    case 'zone-kept-by-service':
      return refusal.service;
    default:
      return '';
  }
};

const idsOf = (refusal: RecordRefusal): readonly string[] => {
  if (refusal.kind === 'zone-ambiguous') return refusal.zoneIds.slice(0, LISTED);
  return refusal.kind === 'zone-not-configured' ? refusal.inRoute53.slice(0, LISTED) : [];
};

/** What to type, or to write into the configuration; empty where none can be named. */
function commandFor(refusal: RecordRefusal, spec: RecordSpec | undefined): Safe {
  switch (refusal.kind) {
    case 'zone-not-configured':
      return refusal.inRoute53[0] === undefined ? code('') : zoneLine(refusal.inRoute53[0], refusal.domain);
    case 'zone-read-only':
      return code('"write": true');
    case 'zone-renamed':
      return code(`"name": "${refusal.found}"`);
    case 'not-ours':
      return adoptCommand(refusal.text, spec);
    case 'would-be-empty':
      return code(`/kms dns add ${refusal.domain} <host>`, 300);
    case 'bad-target':
      return code(wholeName(refusal, spec), 300);
    default:
      return lookCommand('domain' in refusal ? refusal.domain : (spec?.zone ?? ''));
  }
}

/** A short name is made whole by the domain that it was meant for; for anything else there is an example. */
const wholeName = ({ host, why }: Extract<RecordRefusal, { kind: 'bad-target' }>, spec: RecordSpec | undefined) =>
  why === 'single-label' && spec?.zone.includes('.') ? `${host}.${spec.zone}` : 'kms1.corp.example';

const zoneLine = (id: string, name: string): Safe =>
  code(`{ "id": "${id}", "name": "${name}", "site": "<site>", "write": true }`, 400);

function adoptCommand(text: string, spec: RecordSpec | undefined): Safe {
  const answer = parseSrv(text);
  return answer === undefined || spec === undefined
    ? code('')
    : recordCommand({ action: 'adopt', zone: spec.zone, answer });
}

/** Below the sentence: what to do now, and what there is to choose from. */
export function refusalNotes(
  refusal: ChangeRefusal | undefined,
  spec: ChangeSpec,
  speech: ChangeSpeech,
): readonly string[] {
  if (refusal?.kind !== 'record') return [];
  const notes = notesOf(refusal.refusal, spec, speech);
  const domain = 'domain' in refusal.refusal ? refusal.refusal.domain : (specOf(spec)?.zone ?? '');
  return notes.length > 0 ? notes : [speech.say.record.ended.look(lookCommand(domain))];
}

function notesOf(why: RecordRefusal, spec: ChangeSpec, { say }: ChangeSpeech): readonly string[] {
  const texts = say.record.refusals;
  const parts = partsOf(why, spec);
  switch (why.kind) {
    case 'zone-elsewhere':
      return elsewhereNotes(why, say.record.refusals);
    case 'zone-ambiguous':
      return chooseFrom(texts.chooseFrom, ambiguous(why.zoneIds, specOf(spec)));
    case 'several-values':
      return chooseFrom(texts.chooseFrom, several(why.texts, specOf(spec)));
    case 'no-such-value':
    case 'changed-since':
      return [standing(why.texts, texts.standsThere), texts.next[why.kind]?.(parts) ?? ''].filter(
        (text) => text !== '',
      );
    case 'not-ours':
      return [(entryOf(texts.nextNotOurs, why.ownership) ?? texts.nextNotOurs.foreign)(parts)];
    default:
      return [texts.next[why.kind]?.(parts) ?? ''].filter((text) => text !== '');
  }
}

type Elsewhere = Extract<RecordRefusal, { kind: 'zone-elsewhere' }>;

/** The seeds' steps with this host's values filled in, and who publishes now. */
function elsewhereNotes(
  { domain, answer, publishes }: Elsewhere,
  { elsewhere, publishesNow }: ChangeSpeech['say']['record']['refusals'],
): readonly string[] {
  const { target, port, priority, weight } = answer;
  const values = { domain, host: target, port: `${port}`, priority: `${priority}`, weight: `${weight}` };
  const who = publishes === undefined ? 'unknown' : publishes ? 'itself' : 'person';
  return [
    ...elsewhere({ ...values, zoneKind: 'elsewhere' }).map((step) => `• ${step}`),
    publishesNow[who](words(target, NAME)),
  ];
}

const chooseFrom = (heading: string, commands: readonly Safe[]): readonly string[] =>
  commands.length === 0 ? [] : [[heading, ...commands.map((command) => `• ${command}`)].join('\n')];

const ambiguous = (zoneIds: readonly string[], spec: RecordSpec | undefined): readonly Safe[] =>
  spec === undefined ? [] : zoneIds.slice(0, LISTED).map((id) => commandInZone(spec, id));

/** Each value whole: with its port and numbers there is one left. */
function several(texts: readonly string[], spec: RecordSpec | undefined): readonly Safe[] {
  if (spec === undefined) return [];
  const action = spec.kind === 'dns-add' ? 'add' : spec.kind === 'dns-remove' ? 'remove' : 'adopt';
  return texts.slice(0, LISTED).map((text) => {
    const answer = parseSrv(text);
    return answer === undefined ? code(text, 200) : recordCommand({ action, zone: spec.zone, answer });
  });
}

const standing = (texts: readonly string[], heading: string): string =>
  texts.length === 0
    ? ''
    : [heading, preformatted(texts.slice(0, LISTED).map((text) => text.slice(0, 200)))].join('\n');
