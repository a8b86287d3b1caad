/** What Windows says of a Confirmation ID that it does not take. */
import type { NodeOutcome } from '../change/plan.ts';

/** Codes for a Confirmation ID that was mistyped, or is for another Installation ID (Microsoft, "Volume activation error codes"). */
const WRONG: readonly string[] = ['C004F02C', 'C004F02D', 'C004F02E', 'C004F02F', 'C004F030', 'C004F031', 'C004F04D'];

/** Whether another Confirmation ID may do: this one is wrong, or does not belong to what the machine shows now. */
export const mayTryAnother = ({ result, code, why }: Pick<NodeOutcome, 'result' | 'code' | 'why'>): boolean => {
  if (result === 'refused') return why === 'installation-id-changed' || why === 'secret-malformed';
  return result === 'failed' && code !== undefined && WRONG.includes(code);
};
