/**
 * Why the next renewal of an activated machine is going to fail, though none has been missed that one would speak of.
 *
 * Only what was probed just now counts: old events tell of attempts that later ones made good.
 */
import type { Verdict } from './check-report.ts';
import type { CauseRule, Finding } from './finding.ts';
import type { InspectionRecord } from './inspection-record.ts';
import { factsOf } from './judge-facts.ts';
import { LATE_FROM_MISSED_RENEWALS, primaryProduct } from './licence.ts';
import { clockOff } from './rules-of-the-answers.ts';
import { assignedHostDead, assignedWrongPort, dnsServersSilent, failedPath, noSrvRecord } from './rules-of-the-path.ts';

const RULES: readonly CauseRule['find'][] = [
  clockOff,
  dnsServersSilent,
  assignedWrongPort,
  assignedHostDead,
  noSrvRecord,
  failedPath('unresolved', 'target-unresolved'),
  failedPath('no-answer', 'target-no-answer'),
  failedPath('refused', 'target-refused'),
  failedPath('not-kms', 'target-not-kms'),
];

/** The first probe that says so; undefined for a machine that KMS did not activate, or that is late already. */
export function renewalRisk(verdict: Verdict, record: InspectionRecord): Finding | undefined {
  if (verdict.state !== 'activated' || verdict.by !== 'kms') return undefined;
  if (verdict.missedRenewals >= LATE_FROM_MISSED_RENEWALS || !record.products.read) return undefined;
  const primary = primaryProduct(record.products.value);
  if (primary.kind !== 'found') return undefined;
  const facts = factsOf(record, primary.product);
  for (const find of RULES) {
    const finding = find(facts);
    if (finding !== undefined) return finding;
  }
  return undefined;
}
