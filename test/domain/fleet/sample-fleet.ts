/** Results of machines that gave a record, as a fleet's summary and causes are made from. */
import { causeOf } from '../../../bot/domain/cause-key.ts';
import type { ClientSeen, NodeResult, Verdict } from '../../../bot/domain/check-report.ts';
import type { Finding } from '../../../bot/domain/finding.ts';

export const AT_MS = 1_794_000_000_000;

export const FAILED: Verdict = { state: 'notification', channel: 'kms-client', reason: '0xC004F074' };

export const WELL: Verdict = {
  state: 'activated',
  by: 'kms',
  channel: 'kms-client',
  expiresAtMs: AT_MS,
  missedRenewals: 0,
};

export const LATE: Verdict = { ...WELL, missedRenewals: 5 };

/** A machine that is well, and looks for its host by DNS. */
export const well = (name: string, seen: ClientSeen = {}): NodeResult => ({
  nodeId: `i-${name}`,
  siteId: 'tokyo',
  name,
  verdict: WELL,
  next: { kind: 'none' },
  seen: { build: 20_348, needs: 5, host: 'kms1.corp.example:1688', reached: true, recordIn: 'corp.example', ...seen },
});

/** A machine that is not activated, with its cause. */
export const failed = (name: string, finding: Finding, seen: ClientSeen = {}): NodeResult => ({
  ...well(name, seen),
  verdict: FAILED,
  cause: causeOf(finding),
  next: { kind: 'diagnose', nodeId: `i-${name}` },
});
