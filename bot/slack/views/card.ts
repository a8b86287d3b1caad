/** The card of one machine: everything `slmgr /dlv` and `ipconfig /all` would show that matters. */
import type { NodeCard } from '../../domain/card.ts';
import type { NodeResult, Verdict } from '../../domain/check-report.ts';
import type { InspectionRecord, LicenceProduct } from '../../domain/inspection-record.ts';
import { channelOf, primaryProduct } from '../../domain/licence.ts';
import { eventsInTrueTime } from '../../domain/true-time.ts';
import { ACTIONS } from '../ids.ts';
import type { CardTexts } from '../messages/card-en.ts';
import { diagnoses } from '../messages/diagnoses.ts';
import type { DiagnosisTexts } from '../messages/diagnosis-words.ts';
import type { Language } from '../messages/language.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { cutMrkdwn, moment, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { firstLine, riskOf, stepAgainst } from './card-first-line.ts';
import { hostRoleRow } from './card-host-row.ts';
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
import { nextStep, stateWords } from './check-words.ts';
import { fixButton } from './fix-button.ts';

/** A row that is longer is cut; nine of them fit a message. */
const ROW_CHARACTERS = 900;

/** One machine, its worst fact first. */
export function cardView(card: NodeCard, say: CheckTexts, language: Language): Rendered {
  const { result } = card;
  const risk = riskOf(card);
  const first = `${isWell(result) && risk === undefined ? '✓' : '⚠'} ${firstLine(card, risk, say)}`;
  const step = risk === undefined ? nextStep(result.next, result.cause, say) : stepAgainst(risk, result.nodeId, say);
  const lines = rowLines(card, say);
  const next = step === '' ? [] : [say.card.nextStep(step)];
  return {
    text: [first, ...next].join('\n'),
    blocks: [
      section([first, ...next].join('\n')),
      ...inSections(lines).map((text) => section(text)),
      smallPrint([
        result.verdict.state === 'not-asked' ? '' : say.card.small,
        say.report.small.checked(moment(card.checkedAtMs)),
      ]),
      ...buttonRow(result, !isWell(result) || risk !== undefined, say, diagnoses[language].texts),
    ],
  };
}

/** States in which a KMS client has something to gain from an attempt of its own. */
const mayActivate = ({ verdict }: NodeResult): boolean =>
  (verdict.state === 'in-grace' || verdict.state === 'notification' || verdict.state === 'unlicensed') &&
  verdict.channel === 'kms-client';

/** *Diagnose* where something is wrong that a diagnosis can look at, *Activate now*, and *Check again*. */
function buttonRow(result: NodeResult, isBad: boolean, { report }: CheckTexts, texts: DiagnosisTexts) {
  const { nodeId, name, verdict } = result;
  const shared = { value: `check ${nodeId}`, about: name };
  const row = [
    isBad && verdict.state !== 'not-asked'
      ? button({
          action: ACTIONS.diagnose,
          label: report.buttons.diagnose,
          accessibleLabel: report.diagnoseLabel(name),
          ...shared,
          value: `diagnose ${nodeId}`,
        })
      : undefined,
    mayActivate(result) ? fixButton(`activate ${nodeId}`, name, texts) : undefined,
    button({ action: ACTIONS.checkAgain, label: report.buttons.checkAgain, ...shared }),
  ].flatMap((each) => each ?? []);
  return row.length === 0 ? [] : [actions(row)];
}

const isWell = ({ verdict, cause }: NodeResult): boolean =>
  cause === undefined && (verdict.state === 'activated' || (verdict.state === 'not-a-kms-client' && verdict.licensed));

/** Rows as `*Label*  part · part`, those without content left out. */
function rowLines(card: NodeCard, say: CheckTexts): readonly string[] {
  const rows: readonly Row[] = [
    stateRow(card, say),
    ...(card.record === undefined ? [] : recordRows(card.record, card.result.verdict, say)),
    hostRoleRow(card, say),
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
      ? [
          attemptRow(
            eventsInTrueTime(record, record.events.value),
            record.os.read ? record.os.value.kind : undefined,
            say,
          ),
        ]
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
