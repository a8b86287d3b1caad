/** Causes that come to mind first, and that a host's own record speaks against. */

import type { DiagnosedCause } from './cause.ts';
import { causeOwner } from './cause-owner.ts';
import type { RunnerUp } from './diagnosis.ts';
import { failing, isHost } from './failing-targets.ts';
import { isClosed, isListening } from './known-host.ts';
import type { Look } from './look.ts';
import { hostLines } from './target-evidence.ts';
import { targetName } from './way-target.ts';

/** Causes of a host that is not reached, about which its own record decides. */
const ASKED: readonly DiagnosedCause['kind'][] = ['path-blocked', 'host-firewall-closed', 'path-cut'];

/** What the host's own record rules out where the way to it is in question. */
export function contradicted(look: Look, first: DiagnosedCause): readonly RunnerUp[] {
  if (!ASKED.includes(first.kind)) return [];
  const target = failing(look).find((each) => isHost(each) && each.known?.askedNow === true);
  const known = target?.known;
  if (target === undefined || known === undefined) return [];
  const host = targetName(target);
  const evidence = hostLines(known);
  const out: DiagnosedCause[] = [
    ...(isListening(known) === true ? [{ kind: 'host-service-stopped', host } as const] : []),
    ...(isClosed(known) === false ? [{ kind: 'host-firewall-closed', host } as const] : []),
  ];
  return out.map((cause) => ({
    cause,
    confidence: 'possible',
    owner: causeOwner(cause),
    evidence,
    rule: 'ruled out by the host',
    lessLikely: 'contradicted',
  }));
}
