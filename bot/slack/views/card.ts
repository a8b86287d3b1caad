/** The card of one machine: everything `slmgr /dlv` and `ipconfig /all` would show that matters. */
import type { NodeCard } from '../../domain/card.ts';
import type { NodeResult, Verdict } from '../../domain/check-report.ts';
import type { InspectionRecord, LicenceProduct } from '../../domain/inspection-record.ts';
import { channelOf, LATE_FROM_MISSED_RENEWALS, primaryProduct } from '../../domain/licence.ts';
import { ACTIONS } from '../ids.ts';
import type { CardTexts } from '../messages/card-en.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { cutMrkdwn, moment, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import {
  attemptRow,
  blindRow,
  discoveryRow,
  hostRow,
  networkRow,
  probeRow,
  type Row,
  serviceRow,
} from './card-rows.ts';
import { actorNote, causeSentence, nextStep, stateWords } from './check-words.ts';

/** A row that is longer is cut; nine of them fit a message. */
const ROW_CHARACTERS = 900;

/** One machine, its worst fact first. */
export function cardView(card: NodeCard, say: CheckTexts): Rendered {
  const { result } = card;
  const first = `${isWell(result) ? '✓' : '⚠'} ${firstLine(card, say)}`;
  const step = nextStep(result.next, result.cause, say);
  const lines = rowLines(card, say);
  const next = step === '' ? [] : [say.card.nextStep(step)];
  const again = button({
    action: ACTIONS.checkAgain,
    label: say.report.buttons.checkAgain,
    value: `check ${result.nodeId}`,
    about: result.name,
  });
  return {
    text: [first, ...next].join('\n'),
    blocks: [
      section([first, ...next].join('\n')),
      ...inSections(lines).map((text) => section(text)),
      smallPrint([
        result.verdict.state === 'not-asked' ? '' : say.card.small,
        say.report.small.checked(moment(card.checkedAtMs)),
      ]),
      ...(again === undefined ? [] : [actions([again])]),
    ],
  };
}

const isWell = ({ verdict, cause }: NodeResult): boolean =>
  cause === undefined && (verdict.state === 'activated' || (verdict.state === 'not-a-kms-client' && verdict.licensed));

function firstLine({ result }: NodeCard, say: CheckTexts): string {
  const fact = fitting(result, say.card);
  const cause = result.cause;
  if (cause === undefined) return fact;
  const { gap, fullStop } = say.report;
  const sentence =
    causeSentence(cause, say, (text) => words(text, 80)) + lastSeen(result.verdict, say) + actorNote(cause, say);
  return `${fact}${fact.endsWith(fullStop) ? '' : fullStop}${gap}${sentence}${fullStop}`;
}

function lastSeen(verdict: Verdict, { card }: CheckTexts): string {
  const seenMs = verdict.state === 'not-asked' && 'lastSeenMs' in verdict.why ? verdict.why.lastSeenMs : undefined;
  return seenMs === undefined ? '' : card.lastSeen(moment(seenMs));
}

function fitting({ name: rawName, verdict }: NodeResult, { headline: say }: CardTexts): string {
  const name = words(rawName, 60);
  switch (verdict.state) {
    case 'activated': {
      const until = verdict.expiresAtMs === undefined ? '' : moment(verdict.expiresAtMs, 'date');
      return verdict.missedRenewals >= LATE_FROM_MISSED_RENEWALS
        ? say.late(name, verdict.missedRenewals, until)
        : say.activated(name, until);
    }
    case 'in-grace':
      return say.inGrace(name, moment(verdict.endsAtMs));
    case 'notification':
    case 'unlicensed':
      return say.notActivated(name);
    case 'not-a-kms-client':
      if (!verdict.licensed) return say.otherwiseNot(name);
      return verdict.channel === 'kms-host' ? say.asHost(name) : say.otherwise(name);
    case 'unknown':
    case 'unreadable':
      return say.unknown(name);
    case 'no-answer':
      return say.noAnswer(name);
    case 'not-asked':
      return say.notAsked(name);
  }
}

/** Rows as `*Label*  part · part`, those without content left out. */
function rowLines(card: NodeCard, say: CheckTexts): readonly string[] {
  const rows: readonly Row[] = [
    stateRow(card, say),
    ...(card.record === undefined ? [] : recordRows(card.record, card.result.verdict, say)),
    machineRow(card, say.card),
    ...(card.record === undefined ? [] : [blindRow(card.record, card.result.nodeId, say)]),
    lastKnownRow(card, say),
  ];
  return rows.flatMap(([label, parts]) => {
    const content = parts.filter((part) => part !== '').join(' · ');
    return content === '' ? [] : [cutMrkdwn(`*${say.card.rows[label]}*  ${content}`, ROW_CHARACTERS)];
  });
}

function recordRows(record: InspectionRecord, verdict: Verdict, say: CheckTexts): readonly Row[] {
  const asksHosts = verdict.state !== 'not-a-kms-client';
  const product = productOf(record);
  const service = record.service.read ? record.service.value : undefined;
  return [
    ...(record.products.read ? [keyRow(product, say)] : []),
    ...(asksHosts && (product !== undefined || service !== undefined) ? [hostRow(product, service, say.card)] : []),
    ...(asksHosts && record.events.read
      ? [attemptRow(record.events.value, record.os.read ? record.os.value.kind : undefined, say)]
      : []),
    ...(record.srvLookups.read ? [discoveryRow(record.srvLookups.value, say)] : []),
    ...(record.targets.read ? [probeRow(record.targets.value, say)] : []),
    ...(record.network.read ? [networkRow(record.network.value, record, say)] : []),
    serviceRow(record, say),
  ];
}

function productOf({ products }: InspectionRecord): LicenceProduct | undefined {
  const primary = products.read ? primaryProduct(products.value) : undefined;
  return primary?.kind === 'found' ? primary.product : undefined;
}

function stateRow({ result, checkedAtMs }: NodeCard, say: CheckTexts): Row {
  const { verdict, os } = result;
  const by = verdict.state === 'activated' ? say.card.by[verdict.by] : '';
  return ['state', [stateWords(verdict, say), by, timeLeft(verdict, checkedAtMs, say.card), words(os ?? '', 80)]];
}

const HOUR_MS = 3_600_000;

function timeLeft(verdict: Verdict, nowMs: number, card: CardTexts): string {
  const endsAtMs =
    verdict.state === 'in-grace' ? verdict.endsAtMs : verdict.state === 'activated' ? verdict.expiresAtMs : undefined;
  if (endsAtMs === undefined) return '';
  const hours = Math.max(0, Math.floor((endsAtMs - nowMs) / HOUR_MS));
  return card.timeLeft(Math.floor(hours / 24), hours % 24);
}

const keyRow = (product: LicenceProduct | undefined, { card, report }: CheckTexts): Row =>
  product === undefined
    ? ['key', [card.noKey]]
    : [
        'key',
        [
          card.keyTail(words(product.keyTail, 5), report.channels[channelOf(product.channelToken)]),
          card.allowed[product.allowed],
        ],
      ];

function machineRow({ node, result, record }: NodeCard, card: CardTexts): Row {
  const aws = record?.aws.read ? record.aws.value : undefined;
  const os = record?.os.read ? record.os.value : undefined;
  const vpc = aws?.vpcId ?? node.vpcId ?? '';
  const image = aws?.imageId ?? node.imageId ?? '';
  const licensing = licensingOf(node.usageOperation);
  return [
    'machine',
    [
      words(result.nodeId, 30),
      card.site(words(result.siteId, 20)),
      os === undefined ? '' : os.domainJoined ? card.domain : card.workgroup,
      licensing === undefined ? '' : card.licensing[licensing],
      vpc === '' ? '' : card.vpc(words(vpc, 40)),
      image === '' ? '' : card.image(words(image, 40)),
      node.agentVersion === undefined ? '' : card.agent(words(node.agentVersion, 20)),
    ],
  ];
}

/** Who pays for Windows, by EC2 `UsageOperation` (EC2 documentation, "AMI billing information"). */
function licensingOf(usage = ''): keyof CardTexts['licensing'] | undefined {
  if (/^RunInstances:(?:0002|0006|0102|0202)$/.test(usage)) return 'licence-included';
  return /^RunInstances:08\d\d$/.test(usage) ? 'byol' : undefined;
}

const lastKnownRow = ({ lastKnown }: NodeCard, say: CheckTexts): Row => [
  'lastKnown',
  lastKnown === undefined
    ? []
    : [say.card.lastKnown(stateWords(lastKnown.result.verdict, say), moment(lastKnown.atMs))],
];

/** Rows that fit one section together share it. */
function inSections(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts[texts.length - 1];
    if (last !== undefined && last.length + line.length < 2_900) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}
