/** Why a change did not come through on machines, in words, and who has to act. */
import type { Fate, OutcomeGroup } from '../../domain/change/outcome-groups.ts';
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { hresultFromDigits } from '../../domain/hresult.ts';
import { knownHresult } from '../../domain/hresult-table.ts';
import type { Unreadable } from '../messages/change-plan-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { codeMeaning } from './check-words.ts';

/** A reason in words: what a code means, what a safeguard is for, or what a word of the bot's own stands for. */
export function reasonWords(reason: string, { say, check }: ChangeSpeech): string {
  const hresult = hresultFromDigits(reason);
  if (hresult !== undefined) return codeMeaning(hresult, check);
  const known = entryOf(say.refused, reason) ?? entryOf(say.reasons, reason);
  if (known !== undefined) return known;
  const [word = '', rest = ''] = [reason.split(' ')[0], reason.split(' ').slice(1).join(' ')];
  switch (word) {
    case 'exit':
      return say.reasonExit(words(rest, 10));
    case 'unreadable':
      return say.reasonUnreadable;
    case 'missing-right':
      return say.reasonRight(code(rest, 80));
    case 'document-missing':
      return say.reasonDocument(code(rest, 80));
    default:
      return words(reason, 80);
  }
}

/** The reason as the outcome has it; empty where the fate says it all. */
export const reasonIn = (fate: Fate, { why, code: failed, detail, activationCode }: NodeOutcome): string => {
  switch (fate) {
    case 'lost':
    case 'not-activated':
      return activationCode === '00000000' ? '' : (activationCode ?? '');
    case 'left-half-done':
    case 'failed':
      return failed ?? '';
    case 'refused':
      return why ?? '';
    case 'no-answer':
      return detail === 'no-answer' ? '' : (detail ?? '');
    case 'not-sent':
      return detail ?? '';
    default:
      return '';
  }
};

/** A step that failed, by its name or as it stands; may be empty. */
export const stepWords = (step: string | undefined, { say }: ChangeSpeech): string =>
  step === undefined ? '' : (entryOf(say.steps, step) ?? code(step, 60));

/** Codes of connections: elsewhere they tell of Microsoft's servers. */
const isOffline = (code: string): boolean => {
  const hresult = hresultFromDigits(code);
  return hresult !== undefined && knownHresult(hresult)?.cause === 'no-internet';
};

/** What the deployment names the policy that lets machines of a site fetch secrets, before the site. */
const NODE_SECRETS_POLICY = 'KmsBotNodeSecrets';

/** What a secret that cannot be fetched is told with. */
export const unreadableParts = (
  { siteId, need, who, step, code: failed }: Pick<NodeOutcome, 'siteId' | 'need' | 'who' | 'step' | 'code'>,
  speech: ChangeSpeech,
): Unreadable => ({
  need: code(need ?? '', 80),
  who: code(who ?? '', 150),
  policy: code(`${NODE_SECRETS_POLICY}-${siteId}`, 80),
  step: stepWords(step, speech),
  reason: failed === undefined ? '' : isOffline(failed) ? speech.say.noAws : reasonWords(failed, speech),
});

/** Why, in words; may be empty. */
export const groupReason = ({ fate, example }: OutcomeGroup, speech: ChangeSpeech): string => {
  if (fate === 'refused' && example.why === 'secret-unreadable')
    return speech.say.unreadable(unreadableParts(example, speech));
  const reason = reasonIn(fate, example);
  return reason === '' ? '' : reasonWords(reason, speech);
};

/** Who has to act; empty where nobody has. */
export function actorOf({ fate, example }: OutcomeGroup, { say, check }: ChangeSpeech): string {
  const hresult = hresultFromDigits(reasonIn(fate, example));
  const known = hresult === undefined ? undefined : knownHresult(hresult);
  // That no host was reached has many causes and owners: whoever asked has it diagnosed.
  if (known?.cause === 'no-host-reached') return say.requester;
  const actor = known?.actor;
  if (actor !== undefined && actor !== 'nobody') return check.codes.actor[actor];
  const reason = reasonIn(fate, example);
  if (fate === 'done' || reason === 'cancelled' || reason === 'stopped') return '';
  if (/^(?:missing-right|document-missing|internal)\b/.test(reason)) return say.botOwner;
  if (reason === 'moved' || reason === 'busy') return say.requester;
  if (fate === 'not-sent') return UNDELIVERED.includes(reason) ? check.codes.actor['machine-owner'] : say.requester;
  return MACHINE_OWNERS.includes(fate) ? check.codes.actor['machine-owner'] : say.requester;
}

/** The agent there does not take commands. */
const UNDELIVERED: readonly string[] = ['delivery-timed-out', 'undeliverable', 'no-invocation', 'invalid-platform'];

const MACHINE_OWNERS: readonly Fate[] = ['left-half-done', 'failed', 'lost', 'not-activated', 'no-answer', 'refused'];
