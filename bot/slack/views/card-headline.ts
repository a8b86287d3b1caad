/** The state of one machine as a sentence. */
import type { NodeResult } from '../../domain/check-report.ts';
import { LATE_FROM_MISSED_RENEWALS } from '../../domain/licence.ts';
import type { CardTexts } from '../messages/card-en.ts';
import { moment, words } from '../mrkdwn.ts';

/** The sentence that fits the machine's verdict. */
export function fitting({ name: rawName, verdict }: NodeResult, { headline: say }: CardTexts): string {
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
      if (verdict.channel === 'kms-host') return verdict.licensed ? say.asHost(name) : say.asHostNot(name);
      return verdict.licensed ? say.otherwise(name) : say.otherwiseNot(name);
    case 'unknown':
    case 'unreadable':
      return say.unknown(name);
    case 'no-answer':
      return say.noAnswer(name);
    case 'not-asked':
      return say.notAsked(name);
  }
}
