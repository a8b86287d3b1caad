/** The message of a look at the KMS hosts: the worst fact first, then each host in at most three lines. */
import type { HostStory, HostsReport } from '../../domain/hosts/host-story.ts';
import { isRealHost } from '../../domain/hosts/worst-first.ts';
import type { Content } from '../../ports.ts';
import { ACTIONS } from '../ids.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { code, moment, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { lookProgress } from './diagnosis.ts';
import { concernOwner, concernText, type HostForm, type HostSpeech, hostLines, hostSpeech } from './host-lines.ts';

/** From this many on, a host that is well has one line. */
const MANY = 6;
/** Characters that the hosts of one message may take. */
const ROOM = 8_000;

type Shown = Extract<Content, { kind: 'hosts-progress' | 'hosts' }>;

/** A look at the hosts under way, or done. */
export function hostsView(content: Shown, check: CheckTexts): Rendered {
  const texts = check.hosts;
  if (content.kind === 'hosts-progress')
    return lookProgress(content.progress, texts.progress[content.progress.phase], texts.answered, check);
  return finishedHosts(content.asked, content.report, hostSpeech(check), check);
}

function finishedHosts(asked: string, report: HostsReport, speech: HostSpeech, check: CheckTexts): Rendered {
  const first = firstLine(report, speech);
  const lines = bodyLines(report, speech);
  return {
    text: [first, ...lines].join('\n'),
    blocks: [
      section(first),
      ...lines.map((line) => section(line)),
      smallPrint([
        speech.texts.small.slmgr,
        report.sites.length > 1 ? check.report.small.sites(report.sites.map(({ id }) => words(id, 20)).join(', ')) : '',
        speech.texts.small.looked(moment(report.finishedAtMs)),
      ]),
      ...buttons(asked, report, speech, check),
    ],
  };
}

const isBad = ({ concerns }: HostStory): boolean => concerns.length > 0;

function firstLine({ hosts, unread }: HostsReport, speech: HostSpeech): string {
  const { first } = speech.texts;
  const worst = hosts.find(isBad);
  const [concern] = worst?.concerns ?? [];
  if (worst !== undefined && concern !== undefined) {
    const { fact } = concernText(worst, concern, speech);
    const like = hosts.filter((host) => isRealHost(host) || !isRealHost(worst));
    return `⚠ ${first.worst(fact, concernOwner(concern), like.filter(isBad).length, like.length)}`;
  }
  if (unread.length > 0) {
    const sites = [...new Set(unread.map(({ siteId }) => words(siteId, 20)))].slice(0, 5).join(', ');
    return `⚠ ${first.unread(sites, hosts.length)}`;
  }
  return hosts.length === 0 ? `⚠ ${first.none}` : `✓ ${first.well(hosts.map(({ name }) => words(name, 60)))}`;
}

/** The first line has told the worst concern; one that is well is brief among many. */
function formOf(host: HostStory, hosts: readonly HostStory[]): HostForm {
  if (!isBad(host)) return hosts.length >= MANY ? 'brief' : 'whole';
  return hosts.find(isBad) === host ? 'told' : 'whole';
}

/** Every host while there is room, the rest counted; then what could not be read. */
function bodyLines({ hosts, unread }: HostsReport, speech: HostSpeech): readonly string[] {
  const { texts } = speech;
  const lines: string[] = [];
  let room = ROOM;
  for (const host of hosts) {
    const line = hostLines(host, speech, formOf(host, hosts));
    room -= line.length;
    if (room < 0) break;
    lines.push(line);
  }
  const left = hosts.slice(lines.length);
  return [
    ...lines,
    ...(left.length > 0 ? [texts.moreHosts(left.length, left.filter(isBad).length)] : []),
    ...unread.slice(0, 5).map(({ siteId, why }) => texts.unreadSite(words(siteId, 20), unreadWords(why, speech))),
    ...(hosts.length === 0 && unread.length === 0 ? [texts.first.noneStep] : []),
  ];
}

/** A right is shown as code, a reason by its sentence. */
function unreadWords(why: string, { texts }: HostSpeech): string {
  const known = Object.entries(texts.unreadWhy).find(([kind]) => kind === why)?.[1];
  return (
    known ?? (/^[a-z0-9-]+:[A-Za-z]+$/.test(why) ? `${texts.unreadWhy['missing-right']}: ${code(why, 80)}` : words(why))
  );
}

function buttons(asked: string, { hosts }: HostsReport, { texts }: HostSpeech, { report }: CheckTexts) {
  const worst = hosts.find((host) => isBad(host) && host.nodeId !== undefined);
  const row = [
    button({ action: ACTIONS.showHosts, label: texts.buttons.lookAgain, value: asked }),
    worst === undefined
      ? undefined
      : button({
          action: ACTIONS.showMachine,
          label: report.buttons.showMachine,
          accessibleLabel: report.showMachineLabel(worst.name),
          value: `check ${worst.nodeId}`,
          about: worst.name,
        }),
  ].flatMap((each) => each ?? []);
  return row.length === 0 ? [] : [actions(row)];
}
