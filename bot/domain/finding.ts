/** What a rule about causes looks like, and what it gives. */
import type { Cause } from './check-report.ts';
import type { Facts } from './judge-facts.ts';

/** A cause but for its key. */
export type Finding = Omit<Cause, 'key'>;

/** One reason why a machine may not be activated. */
export interface CauseRule {
  readonly id: string;
  /** The cause when the rule holds. */
  readonly find: (facts: Facts) => Finding | undefined;
}
