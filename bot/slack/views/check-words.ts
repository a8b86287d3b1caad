/** The sentences that progress, reports, cards and files share. */
import type { Cause, CauseKind, NextAction, Verdict } from '../../domain/check-report.ts';
import type { Hresult } from '../../domain/hresult.ts';
import type { HresultActor, HresultCause } from '../../domain/hresult-row.ts';
import { knownHresult } from '../../domain/hresult-table.ts';
import type { CheckTexts } from '../messages/reports.ts';

/** How hostile text becomes part of a sentence: escaped for messages, bare for files. */
export type Write = (text: string) => string;

/** What a code means, with the code behind it: a code never stands alone. */
export function codeMeaning(code: Hresult, { codes }: CheckTexts): string {
  const known = knownHresult(code);
  return `${known === undefined ? codes.unknown : codes.means[known.cause]} (${code})`;
}

/** Amazon's activation servers for Windows with the licence included: link-local, and never repaired by DNS. */
const AMAZON: readonly string[] = ['169.254.169.250', '169.254.169.251'];

const isAmazonSilent = ({ kind, subject = '' }: Cause): boolean =>
  AMAZON.includes(subject) && (kind === 'assigned-host-dead' || kind === 'target-no-answer');

/** Of missed renewals the cause that explains them; undefined when none does, or for another cause. */
export function behindRenewals({ detail, ...cause }: Cause, { report }: CheckTexts): Cause | undefined {
  const isKnown = cause.kind === 'renewals-missed' && detail !== undefined && Object.hasOwn(report.causes, detail);
  return isKnown ? { ...cause, kind: detail as CauseKind } : undefined;
}

/** Why machines are not well, as one sentence without a full stop. */
export function causeSentence(cause: Cause, say: CheckTexts, write: Write): string {
  const why = behindRenewals(cause, say);
  if (why !== undefined) return say.report.renewalsFailed(causeSentence(why, say, write));
  const { kind, subject, detail, code } = cause;
  if (isAmazonSilent(cause)) return say.report.amazonSilent(write(subject ?? ''));
  return say.report.causes[kind]({
    subject: write(subject ?? ''),
    detail: write(detail ?? ''),
    codeMeaning: code === undefined ? '' : codeMeaning(code, say),
  });
}

/**
 * Who has to act on a cause, several where one record cannot tell them apart; absent where the sentence itself says
 * what is missing on the machine. Who drops packets one record cannot tell either: the network's owner finds out, as
 * for the codes of a failed connection.
 */
const ACTORS: Readonly<Partial<Record<CauseKind, HresultActor | readonly HresultActor[]>>> = {
  'no-srv-record': ['dns-owner', 'machine-owner'],
  'target-unresolved': 'dns-owner',
  'target-no-answer': 'network-owner',
  'target-refused': 'kms-host-owner',
  'target-not-kms': 'dns-owner',
  'assigned-host-dead': 'machine-owner',
  'assigned-unresolved': 'machine-owner',
  'assigned-wrong-port': 'machine-owner',
  'assigned-not-kms': 'machine-owner',
  'lookup-domain-empty': 'machine-owner',
  'clock-skew': 'machine-owner',
  'count-too-low': 'kms-host-owner',
  'host-not-activated': 'kms-host-owner',
  'host-too-old': 'kms-host-owner',
  'wrong-key': 'machine-owner',
  'no-key': 'machine-owner',
  'evaluation-edition': 'machine-owner',
  'dns-server-silent': 'network-owner',
  'no-dns-server': 'machine-owner',
  'kms-disabled': 'machine-owner',
  'dead-srv-target': 'dns-owner',
  'retired-assignment': 'machine-owner',
  'path-blocked': 'network-owner',
  'zone-missing': 'dns-owner',
  'duplicate-cmid': 'image-owner',
  'unknown-host': 'machine-owner',
};

/** Who acts; empty where nobody can be named. */
export function actorWords(cause: Cause, say: CheckTexts): string {
  const { kind, code } = behindRenewals(cause, say) ?? cause;
  const isByCode = (kind === 'status-reason' || kind === 'probe-failed') && code !== undefined;
  const known = (isByCode ? knownHresult(code)?.actor : ACTORS[kind]) ?? [];
  return [known]
    .flat()
    .flatMap((actor) => (actor === 'nobody' ? [] : [say.codes.actor[actor]]))
    .join(say.report.orActor);
}

/** Who acts, in parentheses; empty where nobody can be named. */
export function actorNote(cause: Cause, say: CheckTexts): string {
  const who = actorWords(cause, say);
  return who === '' ? '' : say.report.actor(who);
}

/** What is to be done about a cause is what is to be done about the code that Windows would give for it. */
const LIKE_CODE: Readonly<Partial<Record<CauseKind, HresultCause>>> = {
  'never-reached-host': 'no-host-reached',
  'no-srv-record': 'no-srv-record',
  'target-no-answer': 'rpc-failed',
  'target-refused': 'rpc-failed',
  'target-not-kms': 'target-not-kms',
  'assigned-host-dead': 'bad-host-name',
  'assigned-unresolved': 'bad-host-name',
  'assigned-not-kms': 'bad-host-name',
  'count-too-low': 'count-too-low',
  'host-not-activated': 'host-not-activated',
  'host-too-old': 'host-too-old',
  'dns-server-silent': 'dns-server-failing',
  'no-dns-server': 'no-dns-server',
};

/** The next step as a clause or sentence; empty when there is none. */
export function nextStep(next: NextAction, cause: Cause | undefined, say: CheckTexts): string {
  const { report, codes } = say;
  switch (next.kind) {
    case 'install-gvlk':
      return report.next['install-gvlk'](/[A-Z0-9]{5}$/.exec(next.gvlk ?? '')?.[0] ?? '');
    case 'explain-code': {
      const known = knownHresult(next.code);
      const act = known === undefined ? '' : codes.act[known.cause];
      return act === '' ? report.next['explain-code'](`\`/kms error ${next.code}\``) : act;
    }
    case 'diagnose':
      return actOn(cause, say) || report.next.diagnose;
    default:
      return report.next[next.kind];
  }
}

function actOn(cause: Cause | undefined, say: CheckTexts): string {
  if (cause === undefined) return '';
  const { report, codes } = say;
  const why = behindRenewals(cause, say);
  const repair = why === undefined ? '' : actOn(why, say);
  if (repair !== '') return repair;
  if (isAmazonSilent(cause)) return report.act.amazonSilent;
  const like = LIKE_CODE[cause.kind];
  if (like !== undefined) return codes.act[like];
  return cause.kind in report.act ? report.act[cause.kind as keyof typeof report.act] : '';
}

/** A verdict in a few words. */
export function stateWords(verdict: Verdict, { report }: CheckTexts): string {
  if (verdict.state !== 'not-a-kms-client') return report.state[verdict.state];
  return verdict.licensed ? report.licensedOtherwise(report.channels[verdict.channel]) : report.notActivatedState;
}
