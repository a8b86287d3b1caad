/** What the lines about changes share: the catalogues of one language, and a change in words. */
import { type ChangeSpec, isRecordSpec, type PublishDomain } from '../../domain/change/change-spec.ts';
import type { ChangePlan } from '../../domain/change/plan.ts';
import type { RecordPlan } from '../../domain/records/record-plan.ts';
import type { ChangeTexts, SpecParts, SpecTexts } from '../messages/change-words.ts';
import { changeTexts } from '../messages/changes.ts';
import type { Language } from '../messages/language.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { hostAndPort } from '../messages/wording.ts';
import { cut, plain, words } from '../mrkdwn.ts';

/** Everything that is needed to say something about a change. */
export interface ChangeSpeech {
  readonly say: ChangeTexts;
  readonly check: CheckTexts;
}

export const changeSpeech = (language: Language, check: CheckTexts): ChangeSpeech => ({
  say: changeTexts[language],
  check,
});

/** A machine as people know it. */
export interface Named {
  readonly name: string;
}

/** Machines by their list, or only their number, none of either where it is not known whom it is about; or a record. */
export type Whom = readonly Named[] | number | RecordPlan;

/** What a plan is about. */
export const whomOf = ({ records, nodes }: ChangePlan): Whom => records ?? nodes;

const isRecord = (whom: Whom): whom is RecordPlan => typeof whom === 'object' && 'place' in whom;

/** How a text of people and machines is made safe for where it goes. */
export type Write = (text: string) => string;

/** For messages. */
export const inMessage: Write = (text) => words(text, 60);
/** For dialogs and labels, which know no markup. */
export const inDialog: Write = (text) => cut(plain(text), 60);

/** One machine by its name, several by their number; a record by its domain. */
export function whomWords(whom: Whom, { say }: ChangeSpeech, write: Write): string {
  if (isRecord(whom)) return say.record.recordOf(write(whom.place.domain));
  const count = typeof whom === 'number' ? whom : whom.length;
  const only = typeof whom === 'number' ? undefined : whom[0];
  if (count === 0) return say.someMachines;
  return count === 1 && only !== undefined ? write(only.name) : say.machines(count);
}

/** An undo may be about machines or about a record: it is said of neither before that is known. */
const isNobody = (whom: Whom): boolean => whom === 0 || (Array.isArray(whom) && whom.length === 0);

const hostOf = (spec: ChangeSpec): string => {
  if (spec.kind !== 'point' && spec.kind !== 'test' && !isRecordSpec(spec)) return '';
  const target = spec.kind === 'point' ? spec.to : spec.host;
  return hostAndPort({ name: target.host, port: target.port });
};

/** More domains than these are only hinted at. */
const DOMAINS = 3;

/** What is set on a KMS host. */
const hostParts = (spec: ChangeSpec, write: Write) => ({
  domains: spec.kind === 'host-domains' ? domainWords(spec.domains, write) : '',
  port: spec.kind === 'host-port' ? String(spec.port) : '',
  activation: spec.kind === 'host-intervals' ? String(spec.activationMinutes) : '',
  renewal: spec.kind === 'host-intervals' ? String(spec.renewalMinutes) : '',
  low: spec.kind === 'host-priority' && spec.low,
});

const domainWords = (domains: readonly PublishDomain[], write: Write): string =>
  domains
    .slice(0, DOMAINS)
    .map(({ domain }) => write(domain))
    .join(', ') + (domains.length > DOMAINS ? ' …' : '');

const partsOf = (spec: ChangeSpec, whom: Whom, speech: ChangeSpeech, write: Write): SpecParts => ({
  machines: spec.kind === 'undo' && isNobody(whom) ? '' : whomWords(whom, speech, write),
  host: write(hostOf(spec)),
  domain: spec.kind === 'lookup' ? write(spec.domain ?? '') : '',
  to: spec.kind === 'activation-type' ? spec.to : 'auto',
  on: (spec.kind === 'caching' || spec.kind === 'host-publish') && spec.on,
  key: spec.kind === 'stored-key' || spec.kind === 'host-setup' ? write(spec.key) : '',
  restart: spec.kind === 'rearm' && spec.restart,
  change: spec.kind === 'undo' ? write(spec.change) : '',
  record: isRecord(whom)
    ? whomWords(whom, speech, write)
    : isRecordSpec(spec)
      ? speech.say.record.recordOf(write(spec.zone))
      : '',
  ...hostParts(spec, write),
  renumbered: isRecord(whom) && whom.edits.length > 0 && whom.edits.every(({ kind }) => kind === 'change'),
});

const told =
  (texts: (say: ChangeTexts) => SpecTexts) =>
  (spec: ChangeSpec, whom: Whom, speech: ChangeSpeech, write: Write = inMessage): string =>
    texts(speech.say)[spec.kind](partsOf(spec, whom, speech, write));

/** What is to be done. */
export const todoOf = told(({ todo }) => todo);
/** The same once it is done. */
export const didOf = told(({ did }) => did);

/** More names than these are only counted. */
const NAMES = 5;

/** The first few names. */
export const namesOf = (nodes: readonly Named[]): string =>
  nodes
    .slice(0, NAMES)
    .map(({ name }) => words(name, 40))
    .join(', ') + (nodes.length > NAMES ? ' …' : '');
