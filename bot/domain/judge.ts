/**
 * The verdict on one machine: its state, the cause when it is not well, and what to do next.
 *
 * Total: every machine that was meant gets a verdict, whether it answered, answered badly, or was never asked.
 * Times are absolute, counted from when the record was read, since the machine's own clock may be wrong.
 */
import { causeOf } from './cause-key.ts';
import { findCause } from './cause-rules.ts';
import type { ActivationChannel, NextAction, NoAnswer, NodeResult, Verdict } from './check-report.ts';
import { clientSeen } from './client-seen.ts';
import type { Finding } from './finding.ts';
import type { Reading } from './inspection-line.ts';
import type { InspectionRecord, LicenceProduct, ProbeFailure } from './inspection-record.ts';
import { type Facts, factsOf } from './judge-facts.ts';
import {
  activatedBy,
  LATE_FROM_MISSED_RENEWALS,
  MINUTE_MS,
  missedRenewals,
  type PrimaryProduct,
  primaryProduct,
} from './licence.ts';
import { actionFor, actionForNoAnswer, actionForNotAskable } from './next-action.ts';
import type { ManagedNode, NotAskable } from './nodes.ts';
import { isEvaluationEdition, osName } from './windows-edition.ts';

/** What is known of a machine after asking, or not asking. */
export type Evidence =
  | { readonly kind: 'output'; readonly reading: Reading }
  | { readonly kind: 'no-answer'; readonly why: NoAnswer }
  | { readonly kind: 'not-asked'; readonly why: NotAskable };

/** What a verdict is made from. */
export interface JudgeRequest {
  readonly node: ManagedNode;
  readonly evidence: Evidence;
  /** When the record was read, milliseconds since 1970. */
  readonly nowMs: number;
}

/** Judges one machine. Never throws. */
export function judge({ node, evidence, nowMs }: JudgeRequest): NodeResult {
  switch (evidence.kind) {
    case 'not-asked':
      return judgeNotAsked(node, evidence.why);
    case 'no-answer':
      return judgeNoAnswer(node, evidence.why);
    case 'output': {
      const { reading } = evidence;
      if (reading.kind === 'record') return judgeRecord(node, reading.record, nowMs);
      const finding: Finding = { kind: 'unreadable', subject: reading.why.kind };
      return resultOf(node, { state: 'unreadable', why: reading.why }, finding, { kind: 'check-again' });
    }
  }
}

function resultOf(node: ManagedNode, verdict: Verdict, finding: Finding | undefined, next: NextAction): NodeResult {
  const base = { nodeId: node.id, siteId: node.siteId, name: node.name, verdict, next };
  return finding === undefined ? base : { ...base, cause: causeOf(finding) };
}

function judgeNotAsked(node: ManagedNode, why: NotAskable): NodeResult {
  const verdict: Verdict = { state: 'not-asked', why };
  return resultOf(node, verdict, { kind: why.kind, ...subjectOf(why) }, actionForNotAskable(why));
}

function subjectOf(why: NotAskable): { subject?: string } {
  if (why.kind === 'not-running') return { subject: why.instanceState };
  return why.kind === 'not-windows' ? { subject: why.platform } : {};
}

function judgeNoAnswer(node: ManagedNode, why: NoAnswer): NodeResult {
  const finding: Finding = { kind: 'no-answer', subject: why.kind, ...detailOf(why) };
  return resultOf(node, { state: 'no-answer', why }, finding, actionForNoAnswer(why));
}

function detailOf(why: NoAnswer): { detail?: string } {
  if (why.kind === 'failed') return { detail: String(why.exitCode) };
  return why.kind === 'other' ? { detail: why.status } : {};
}

function judgeRecord(node: ManagedNode, record: InspectionRecord, nowMs: number): NodeResult {
  const { products, os } = record;
  const primary = products.read ? primaryProduct(products.value) : undefined;
  const result =
    primary === undefined || primary.kind === 'ambiguous'
      ? judgeUnknown(node, products.read ? { kind: 'unsaid' } : products.why)
      : judgeProduct(node, record, productOf(primary), nowMs);
  const network = node.vpcId === undefined ? {} : { vpcId: node.vpcId };
  const seen = { ...network, ...clientSeen(record, productOf(primary), result.cause?.subject) };
  return { ...result, ...(os.read ? { os: osName(os.value) } : {}), seen };
}

/** The licence products are what decides; without them nothing is known, neither good nor bad. */
function judgeUnknown(node: ManagedNode, why: ProbeFailure): NodeResult {
  const finding: Finding = {
    kind: 'probe-failed',
    subject: 'prod',
    ...(why.kind === 'code' ? { code: why.code } : {}),
  };
  return resultOf(node, { state: 'unknown', missing: ['prod'] }, finding, actionFor(finding, node.id, undefined));
}

const productOf = (primary: PrimaryProduct | undefined): LicenceProduct | undefined =>
  primary?.kind === 'found' ? primary.product : undefined;

function judgeProduct(
  node: ManagedNode,
  record: InspectionRecord,
  product: LicenceProduct | undefined,
  nowMs: number,
): NodeResult {
  const facts = factsOf(record, product);
  const verdict = verdictOf(facts, nowMs);
  const finding = findingOf(facts, verdict);
  const next = finding === undefined ? ({ kind: 'none' } as const) : actionFor(finding, node.id, facts.os);
  return resultOf(node, verdict, finding, next);
}

/** Windows says so itself when asked to activate without a key: `SL_E_PKEY_NOT_INSTALLED`. */
const NO_KEY = '0xC004F014';

function verdictOf(facts: Facts, nowMs: number): Verdict {
  const { product, os } = facts;
  const channel = isEvaluationEdition(os?.edition ?? '') ? 'evaluation' : facts.channel;
  const licensed = product?.status === 'licensed';
  if (channel !== 'kms-client' && channel !== 'none' && channel !== 'unknown')
    return { state: 'not-a-kms-client', channel, licensed };
  return product === undefined
    ? { state: 'unlicensed', channel, reason: NO_KEY }
    : verdictOfProduct(product, channel, nowMs);
}

const GRACE = {
  'initial-grace': 'initial',
  'out-of-tolerance-grace': 'out-of-tolerance',
  'non-genuine-grace': 'non-genuine',
  'extended-grace': 'extended',
} as const;

function verdictOfProduct(product: LicenceProduct, channel: ActivationChannel, nowMs: number): Verdict {
  const { status, reason } = product;
  if (status === 'licensed') return activated(product, channel, nowMs);
  if (status === 'unlicensed' || status === 'notification') return { state: status, channel, reason };
  return { state: 'in-grace', channel, grace: GRACE[status], endsAtMs: endOf(product, nowMs), reason };
}

const endOf = (product: LicenceProduct, nowMs: number): number => nowMs + product.minutesLeft * MINUTE_MS;

/** Only KMS renews every week; Active Directory is asked again at every restart. */
function activated(product: LicenceProduct, channel: ActivationChannel, nowMs: number): Verdict {
  const by = activatedBy(product);
  if (by === 'permanent') return { state: 'activated', by, channel, missedRenewals: 0 };
  const missed = by === 'kms' ? missedRenewals(product.minutesLeft) : 0;
  return { state: 'activated', by, channel, expiresAtMs: endOf(product, nowMs), missedRenewals: missed };
}

function findingOf(facts: Facts, verdict: Verdict): Finding | undefined {
  if (verdict.state === 'activated')
    return verdict.missedRenewals >= LATE_FROM_MISSED_RENEWALS ? renewalsMissed(facts) : undefined;
  if (verdict.state === 'not-a-kms-client' && verdict.licensed && verdict.channel !== 'evaluation') return undefined;
  return findCause(facts);
}

/**
 * Renewals fail for the same reasons as activation, months before anyone notices: the reason, where one is known, is
 * the detail. The subject is the host the machine renews with, unless the reason lies elsewhere and names its own.
 */
function renewalsMissed(facts: Facts): Finding {
  const { path, product, eventFailures } = facts;
  const why = findCause(facts);
  const isKnown = why.kind !== 'status-reason';
  const host = path.assigned?.host ?? product?.discovered?.host ?? path.targets[0]?.host;
  const subject = isKnown ? why.subject : host?.toLowerCase();
  const code = isKnown ? why.code : eventFailures[0]?.code;
  return {
    kind: 'renewals-missed',
    ...(subject === undefined ? {} : { subject }),
    ...(code === undefined ? {} : { code }),
    ...(isKnown ? { detail: why.kind } : {}),
  };
}
