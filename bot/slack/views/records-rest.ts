/** What a look at the records tells beside them: domains without a zone, hosts without a record, what was not read. */
import { endpointText, livingHost } from '../../domain/records/living-hosts.ts';
import type { NetworkUse, SuffixStory, Unread } from '../../domain/records/records-report.ts';
import { total } from '../../domain/records/suffix-stories.ts';
import type { RecordsTexts } from '../messages/records-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cutMrkdwn, words } from '../mrkdwn.ts';
import type { RecordSpeech } from './records-problem.ts';

const DOMAINS = 4;
const HOSTS = 3;
const UNREAD = 5;
const NETWORKS = 3;
const LINE = 500;

/** Domains that machines ask in and that no configured zone holds. */
export function suffixLines({ texts, report }: RecordSpeech): readonly string[] {
  const shown = report.suffixes.slice(0, DOMAINS).map((story) => cutMrkdwn(suffixLine(story, { texts, report }), LINE));
  const left = report.suffixes.length - shown.length;
  return [...shown, ...(left > 0 ? [texts.moreSuffixes(left)] : [])];
}

function suffixLine(story: SuffixStory, { texts, report }: RecordSpeech): string {
  const { domain, networks, why, zoneId } = story;
  const tell = entryOf(texts.suffix, why) ?? texts.suffix.unread;
  const found = total(networks, 'found');
  const line = tell(
    words(domain, 80),
    networkNames(networks, texts),
    found,
    total(networks, 'machines'),
    words(zoneId ?? '', 40),
  );
  const stranded = total(networks, 'stranded') > 0;
  const host = livingHost(report, domain);
  const step =
    stranded && why === 'no-zone' && host !== undefined
      ? texts.suffixStep(plainCode(domain), plainCode(endpointText(host)))
      : '';
  return `${stranded ? '⚠' : '–'} ${step === '' ? line : texts.withStep(line, texts.next(step))}`;
}

/** Within a code span of the catalogue, which backticks would end. */
const plainCode = (name: string): string => words(name.replace(/`/g, ''), 80);

function networkNames(networks: readonly NetworkUse[], texts: RecordsTexts): string {
  const names = networks.map(({ vpcId }) => (vpcId === undefined ? texts.outsideEc2 : words(vpcId, 30)));
  const left = names.length - NETWORKS;
  return [...names.slice(0, NETWORKS), ...(left > 0 ? [texts.more(left)] : [])].join(', ');
}

/** KMS hosts that no record names. */
export function unrecordedLines({ texts, report: { withoutRecord, records } }: RecordSpeech): readonly string[] {
  const shown = withoutRecord.slice(0, HOSTS).map(({ name, port, nodeId, publishes, domains }) => {
    const domain = domains.find((each) => records.some(({ place, write }) => write && place.domain === each));
    const command =
      domain === undefined ? '' : code(`/kms dns add ${domain} ${endpointText({ target: name, port })}`, 300);
    const clientKey = nodeId === undefined ? '' : code(`/kms key ${nodeId} gvlk`, 100);
    return cutMrkdwn(`– ${texts.unrecorded(words(name, 80), publishes, command, clientKey)}`, LINE);
  });
  const left = withoutRecord.length - shown.length;
  return [...shown, ...(left > 0 ? [texts.moreUnrecorded(left)] : [])];
}

/** What was not read, and which right is missing. */
export function unreadLine({ texts, report: { unread } }: RecordSpeech): readonly string[] {
  if (unread.length === 0) return [];
  const shown = unread.slice(0, UNREAD).map((each) => `${unreadName(each, texts)} (${unreadWhy(each, texts)})`);
  const left = unread.length - shown.length;
  return [`${texts.unreadHeading} ${[...shown, ...(left > 0 ? [texts.more(left)] : [])].join(' · ')}`];
}

export const unreadName = ({ of, name }: Unread, texts: RecordsTexts): string =>
  (entryOf(texts.unread, of) ?? texts.unread.zone)(words(name, 80));

const unreadWhy = ({ why, action = '' }: Unread, texts: RecordsTexts): string =>
  (entryOf(texts.unreadWhy, why) ?? texts.unreadWhy.unreachable)(code(action, 80));
