/** The one thing that can be done now about what was found. */

import type { NextAction, NoAnswer } from './check-report.ts';
import type { Finding } from './finding.ts';
import { selectGvlk } from './gvlk.ts';
import type { OperatingSystem } from './inspection-record.ts';
import type { NodeId, NotAskable } from './nodes.ts';

/** Channels whose key is there on purpose, or not understood: replacing it would lose something. */
const KEPT_CHANNELS: readonly string[] = ['mak', 'unknown'];

/** What to do about a machine that answered and is not well. */
export function actionFor(finding: Finding, nodeId: NodeId, os: OperatingSystem | undefined): NextAction {
  switch (finding.kind) {
    case 'no-key':
    case 'wrong-key':
      return installOwnGvlk(os);
    case 'evaluation-edition':
      return { kind: 'convert-edition' };
    case 'other-channel':
      return KEPT_CHANNELS.includes(finding.subject ?? '') ? explained(finding, nodeId) : installOwnGvlk(os);
    case 'clock-skew':
      return { kind: 'sync-clock' };
    case 'renewals-missed':
      return finding.detail === 'clock-skew' ? { kind: 'sync-clock' } : { kind: 'diagnose', nodeId };
    case 'status-reason':
      return explained(finding, nodeId);
    case 'probe-failed':
      return finding.code === undefined ? { kind: 'check-again' } : { kind: 'explain-code', code: finding.code };
    default:
      return { kind: 'diagnose', nodeId };
  }
}

const explained = (finding: Finding, nodeId: NodeId): NextAction =>
  finding.code === undefined ? { kind: 'diagnose', nodeId } : { kind: 'explain-code', code: finding.code };

/** The setup key of the machine's own edition; without one the person has to find it. */
function installOwnGvlk(os: OperatingSystem | undefined): NextAction {
  const choice = os === undefined ? undefined : selectGvlk(os);
  return choice?.kind === 'found' ? { kind: 'install-gvlk', gvlk: choice.gvlk.key } : { kind: 'install-gvlk' };
}

/** What to do about a machine that was asked and gave no record. */
export function actionForNoAnswer(why: NoAnswer): NextAction {
  switch (why.kind) {
    case 'delivery-timed-out':
    case 'undeliverable':
      return { kind: 'start-agent' };
    // The usual reason: the role may command tagged machines only, and the tag went.
    case 'access-denied':
      return { kind: 'tag' };
    case 'invalid-platform':
      return { kind: 'none' };
    default:
      return { kind: 'check-again' };
  }
}

const FOR_NOT_ASKABLE = {
  offline: { kind: 'start-agent' },
  'not-running': { kind: 'start-instance' },
  'no-agent': { kind: 'start-agent' },
  untagged: { kind: 'tag' },
  'not-windows': { kind: 'none' },
} as const satisfies Record<NotAskable['kind'], NextAction>;

/** What to do about a machine that could not be asked. */
export const actionForNotAskable = (why: NotAskable): NextAction => FOR_NOT_ASKABLE[why.kind];
