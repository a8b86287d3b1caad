/** One KMS host in at most three lines. */
import type { Owner } from '../../domain/diagnosis/diagnosis.ts';
import type { HostConcern, HostStory, Threshold } from '../../domain/hosts/host-story.ts';
import type { Hresult } from '../../domain/hresult.ts';
import { knownHresult } from '../../domain/hresult-table.ts';
import { type CodeMeaning, type Escaped, escaped } from '../escaped.ts';
import type { ConcernText, HostsTexts } from '../messages/hosts-words.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { cutMrkdwn, moment, words } from '../mrkdwn.ts';
import { codeMeaning } from './check-words.ts';

/** Concerns that one line has room for. */
const CONCERNS = 2;
const LINE = 700;
const KMS_PORT = 1688;

export interface HostSpeech {
  readonly texts: HostsTexts;
  readonly meaning: CodeMeaning;
}

export const hostSpeech = (check: CheckTexts): HostSpeech => ({
  texts: check.hosts,
  meaning: (code) => codeMeaning(code, check),
});

/** A concern in words. */
export function concernText(host: HostStory, concern: HostConcern, { texts, meaning }: HostSpeech): ConcernText {
  const tell = texts.concerns[concern.kind] as (host: string, of: Escaped<HostConcern>) => ConcernText;
  return tell(words(host.name, 60), escaped(concern, meaning));
}

/** Concerns that lie with the machines that ask. */
const CLIENTS_OWN: readonly HostConcern['kind'][] = ['duplicates', 'unknown-host', 'nobody-reaches'];

/** Who acts on a concern. */
export function concernOwner({ kind }: HostConcern): Owner {
  if (kind === 'clients-cannot-reach') return 'network';
  if (kind === 'publishing-fails' || kind === 'count-split') return 'dns';
  return CLIENTS_OWN.includes(kind) ? 'machine' : 'kms-host';
}

/** `brief`: the first line alone. `told`: its worst concern has been said, and only its step is left. */
export type HostForm = 'whole' | 'brief' | 'told';

/** Count and thresholds; requests and ways in; what to mend. */
export function hostLines(host: HostStory, speech: HostSpeech, form: HostForm = 'whole'): string {
  const first = `*${words(host.name, 60)}*  ${countWords(host, speech)}`;
  return [first, ...(form === 'brief' ? [] : [serviceWords(host, speech), concernLine(host, speech, form === 'told')])]
    .filter((line) => line !== '')
    .map((line) => cutMrkdwn(line, LINE))
    .join('\n');
}

const endOf = ({ missedFromMs }: Threshold): string => (missedFromMs === undefined ? '' : moment(missedFromMs, 'date'));

/** Count and thresholds. */
export function countWords(host: HostStory, { texts }: HostSpeech): string {
  const { count, saturated, digest, thresholds, seen, clients, nodeId } = host;
  const byClients = texts.byClients(clients.reached, clients.failed, nodeId !== undefined);
  const counted =
    count === undefined
      ? seen === 'by-clients'
        ? byClients
        : texts.noCount
      : texts.count(count, saturated, digest?.clients, digest?.complete ?? true);
  const met = thresholds.map((each) => texts.threshold(each.of, each.needed, each.met, endOf(each)));
  const told = seen === 'by-clients' && count !== undefined ? [byClients] : [];
  return [counted, ...met, ...told].join(' · ');
}

/** Requests, and how it lets itself be found and reached. */
export function serviceWords(host: HostStory, speech: HostSpeech): string {
  const { texts } = speech;
  const { requestsSince, port, listening, firewall, publishing, publishedAtMs, keyGroup, officeKeys, seen, seenAtMs } =
    host;
  return [
    seen === 'remembered' ? texts.remembered(moment(seenAtMs)) : '',
    requestsSince === undefined
      ? ''
      : texts.requests(requestsSince.total, requestsSince.failed, moment(requestsSince.sinceMs)),
    failureWords(host, speech),
    listening === undefined || isPlain(host) ? '' : texts.listening[listening](port),
    firewall === undefined ? '' : texts.firewall[firewall],
    publishing === undefined
      ? ''
      : texts.publishing[publishing](publishedAtMs === undefined ? '' : moment(publishedAtMs, 'date')),
    keyGroup === undefined ? '' : texts.key(words(keyGroup, 40)),
    officeKeys === undefined ? '' : texts.officeKeys(officeKeys.keys, officeKeys.activated),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Clients that reached it say already that it answers; only another port than everybody's is news. */
const isPlain = ({ seen, port }: HostStory): boolean => seen === 'by-clients' && port === KMS_PORT;

/** The most frequent failure, where no concern speaks of it already. */
function failureWords({ digest, concerns }: HostStory, { texts, meaning }: HostSpeech): string {
  const [most] = digest?.failures ?? [];
  const isSaid = most === undefined || concerns.some((concern) => isAbout(concern, most.code));
  return isSaid ? '' : texts.failure(meaning(most.code), most.events);
}

/** Whether a concern tells this code, or what it means. */
function isAbout(concern: HostConcern, code: Hresult): boolean {
  const cause = knownHresult(code)?.cause;
  if (concern.kind === 'refuses') return concern.code === code;
  if (concern.kind === 'not-activated') return cause === 'host-not-activated';
  return concern.kind === 'below-threshold' && cause === 'count-too-low';
}

function concernLine(host: HostStory, speech: HostSpeech, isTold: boolean): string {
  const { texts } = speech;
  const concerns = host.concerns.filter(isFirstOfCount);
  const shown = concerns.slice(0, CONCERNS).map((each, index) => {
    const text = concernText(host, each, speech);
    return (isTold && index === 0) || isCounted(host, each) ? texts.step(text) : texts.next(text);
  });
  const left = concerns.length - shown.length;
  return [...shown, ...(left > 0 ? [texts.moreConcerns(left)] : [])].join(' · ');
}

/** Whether the line of the count has told it: how many clients reached a host is all there is of one without an agent. */
const isCounted = ({ seen }: HostStory, { kind }: HostConcern): boolean =>
  seen === 'by-clients' && (kind === 'clients-cannot-reach' || kind === 'nobody-reaches');

/** Several thresholds that are not met are one thing to mend; the line of the count names them all. */
const isFirstOfCount = ({ kind }: HostConcern, index: number, all: readonly HostConcern[]): boolean =>
  kind !== 'below-threshold' || all.findIndex((other) => other.kind === kind) === index;
