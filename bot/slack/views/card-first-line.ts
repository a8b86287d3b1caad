/** The first line of a card: the machine's state and why it is so, or will not stay so. */

import type { NodeCard } from '../../domain/card.ts';
import type { Cause, Verdict } from '../../domain/check-report.ts';
import type { NodeId } from '../../domain/nodes.ts';
import { renewalRisk } from '../../domain/renewal-risk.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { moment, words } from '../mrkdwn.ts';
import { fitting } from './card-headline.ts';
import { actorNote, behindRenewals, causeSentence, nextStep } from './check-words.ts';

/** What will make the next renewal of an activated machine fail. */
export function riskOf({ result, record }: NodeCard): Cause | undefined {
  if (record === undefined || result.cause !== undefined) return undefined;
  const finding = renewalRisk(result.verdict, record);
  return finding === undefined ? undefined : { key: finding.kind, ...finding };
}

/** The next step against it. */
export const stepAgainst = (risk: Cause, nodeId: NodeId, say: CheckTexts): string =>
  nextStep(risk.kind === 'clock-skew' ? { kind: 'sync-clock' } : { kind: 'diagnose', nodeId }, risk, say);

/** State, cause and who acts, in one or two sentences. */
export function firstLine({ result }: NodeCard, risk: Cause | undefined, say: CheckTexts): string {
  const fact = fitting(result, say.card);
  const cause = risk ?? result.cause;
  if (cause === undefined) return fact;
  const { gap, fullStop } = say.report;
  const told = isSaid(cause, result.verdict) ? '' : causeOf(cause, risk !== undefined, say);
  const who = actorNote(cause, say);
  if (told === '')
    return fact.endsWith(fullStop) && who !== '' ? fact.slice(0, -fullStop.length) + who + fullStop : fact + who;
  const sentence = told + lastSeen(result.verdict, say) + who;
  return `${fact}${fact.endsWith(fullStop) ? '' : fullStop}${gap}${sentence}${fullStop}`;
}

/** That a KMS host is itself not activated, its state says already. */
const isSaid = ({ kind }: Cause, verdict: Verdict): boolean =>
  kind === 'host-not-activated' && verdict.state === 'not-a-kms-client' && verdict.channel === 'kms-host';

/** The cause's sentence; that renewals were missed, the fact before it says already. */
function causeOf(cause: Cause, isRisk: boolean, say: CheckTexts): string {
  const bare = (text: string): string => words(text, 80);
  if (isRisk) return say.card.renewalWillFail(causeSentence(cause, say, bare));
  if (cause.kind !== 'renewals-missed') return causeSentence(cause, say, bare);
  const why = behindRenewals(cause, say);
  if (why !== undefined) return causeSentence(why, say, bare);
  return cause.subject === undefined ? '' : say.card.renewsWith(bare(cause.subject));
}

function lastSeen(verdict: Verdict, { card }: CheckTexts): string {
  const seenMs = verdict.state === 'not-asked' && 'lastSeenMs' in verdict.why ? verdict.why.lastSeenMs : undefined;
  return seenMs === undefined ? '' : card.lastSeen(moment(seenMs));
}
