/** A policy holds something the evaluator does not know. Never a pass: the call fails and says so. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
