/** Rules about the machine itself: what makes every attempt at KMS futile, whatever the network does. */
import type { Finding } from './finding.ts';
import { classifyTail } from './gvlk.ts';
import type { Facts } from './judge-facts.ts';
import { isEvaluationEdition } from './windows-edition.ts';

/** No Windows product has a key. */
export const noKey = ({ product }: Facts): Finding | undefined =>
  product === undefined ? { kind: 'no-key' } : undefined;

/** Cannot be activated by KMS until it is converted. */
export function evaluation({ channel, os }: Facts): Finding | undefined {
  const isEvaluation = channel === 'evaluation' || isEvaluationEdition(os?.edition ?? '');
  return isEvaluation ? { kind: 'evaluation-edition' } : undefined;
}

/** A KMS host's own licence. */
export function ownHostKey({ channel, product, record }: Facts): Finding | undefined {
  if (channel !== 'kms-host' || product === undefined) return undefined;
  return { kind: 'host-not-activated', subject: record.computerName, code: product.reason };
}

/** A channel this version does not know is told as such: its path to a KMS host would be a guess. */
export function otherChannel({ channel, product }: Facts): Finding | undefined {
  if (product === undefined || channel === 'kms-client') return undefined;
  return { kind: 'other-channel', subject: channel, code: product.reason };
}

/** A setup key, but of another edition or release. */
export function wrongKey({ product, os }: Facts): Finding | undefined {
  if (product === undefined || os === undefined) return undefined;
  const tail = classifyTail(product.keyTail, os);
  return tail.kind === 'other-edition' ? { kind: 'wrong-key', subject: tail.editionName } : undefined;
}

/** Only other kinds of activation are allowed on this machine. */
export function kmsDisabled({ product }: Facts): Finding | undefined {
  const allowed = product?.allowed;
  const excludesKms = allowed === 'active-directory' || allowed === 'token';
  return excludesKms ? { kind: 'kms-disabled', subject: allowed } : undefined;
}

/** Windows cannot start the service that would activate it: `ERROR_SERVICE_DISABLED`. */
export function serviceDisabled({ record }: Facts): Finding | undefined {
  const disabled = record.sppsvc.read && record.sppsvc.value.startMode.toLowerCase() === 'disabled';
  return disabled ? { kind: 'status-reason', code: '0x80070422' } : undefined;
}
