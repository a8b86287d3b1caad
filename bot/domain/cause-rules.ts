/**
 * Why a machine that is meant to be activated by KMS is not, as a list of rules: the first that holds names the cause.
 *
 * The order is the order of proof. What makes every attempt futile comes first (no key, another channel, a key of
 * another edition, KMS switched off); then the way to the host, as probed just now; then whether the last attempt went
 * that way at all; then what host and client said to each other; last the licence's own status reason. `0xC004F074` only says that no host was reached, so it is
 * the reason only when nothing else is known.
 */
import type { CauseRule, Finding } from './finding.ts';
import type { Facts } from './judge-facts.ts';
import {
  byCode,
  clockOff,
  countTooLow,
  neverReached,
  statusReason,
  unreachedLastTime,
} from './rules-of-the-answers.ts';
import { notTriedSince } from './rules-of-the-change.ts';
import {
  evaluation,
  kmsDisabled,
  noKey,
  otherChannel,
  ownHostKey,
  serviceDisabled,
  wrongKey,
} from './rules-of-the-key.ts';
import {
  assignedHostDead,
  assignedWrongPort,
  dnsServersSilent,
  failedPath,
  lookupFailing,
  noSrvRecord,
} from './rules-of-the-path.ts';

/** The rules, in the order in which they are tried. */
export const CAUSE_RULES: readonly CauseRule[] = [
  { id: 'evaluation', find: evaluation },
  { id: 'no key', find: noKey },
  { id: 'own host key not activated', find: ownHostKey },
  { id: 'other channel', find: otherChannel },
  { id: 'key of another edition', find: wrongKey },
  { id: 'KMS switched off by activation type', find: kmsDisabled },
  { id: 'service disabled', find: serviceDisabled },
  { id: 'DNS servers silent', find: dnsServersSilent },
  { id: 'assigned port wrong', find: assignedWrongPort },
  { id: 'assigned host dead', find: assignedHostDead },
  { id: 'no SRV record anywhere', find: noSrvRecord },
  { id: 'target does not resolve', find: failedPath('unresolved', 'target-unresolved') },
  { id: 'target does not answer', find: failedPath('no-answer', 'target-no-answer') },
  { id: 'target refuses', find: failedPath('refused', 'target-refused') },
  { id: 'target is no KMS host', find: failedPath('not-kms', 'target-not-kms') },
  { id: 'clock off', find: clockOff },
  { id: 'not tried since today’s host is asked', find: notTriedSince },
  { id: 'said by code: clock', find: byCode('clock-skew') },
  { id: 'said by code: host too old', find: byCode('host-too-old') },
  { id: 'said by code: host not activated', find: byCode('host-not-activated') },
  { id: 'count too low', find: countTooLow },
  { id: 'said by code: no KMS host', find: byCode('target-not-kms') },
  { id: 'said by code: no SRV record', find: byCode('no-srv-record') },
  { id: 'said by code: no DNS server', find: byCode('no-dns-server') },
  { id: 'said by code: DNS', find: byCode('dns-server-silent') },
  { id: 'said by code: wrong key', find: byCode('wrong-key') },
  { id: 'not reached at the last attempt', find: unreachedLastTime },
  { id: 'DNS lookup failing', find: lookupFailing },
  { id: 'never reached a host', find: neverReached },
];

/** The first rule that holds; the licence's own status reason, or what the last attempt said, when none does. */
export function findCause(facts: Facts): Finding {
  for (const rule of CAUSE_RULES) {
    const finding = rule.find(facts);
    if (finding !== undefined) return finding;
  }
  return statusReason(facts);
}
