/** A name's sets while a plan is being made: both always there, so that a set that runs empty on the way keeps its TTL. */
import type { PutBack } from './record-plan.ts';
import type { ExactSet, NameState } from './record-set.ts';

/**
 * Seconds for a set that we make. Windows clients keep an answer for its TTL: a record that was put right is believed
 * five minutes later at most. Longer would spare few questions, since a client that is activated keeps its host.
 * Source: aws.md §3.1, "keep it modest (300)".
 */
export const DEFAULT_TTL_SECONDS = 300;

export interface Draft {
  readonly srv: ExactSet;
  readonly txt: ExactSet;
}

/** TTLs of sets that are there stay: whoever made them chose it. Marks that are first at a name live as long as the record. */
export const draftOf = (
  { srv, txt }: NameState,
  { srv: srvTtl, txt: txtTtl }: NonNullable<PutBack['ttl']> = {},
): Draft => {
  const record = srv ?? { ttlSeconds: srvTtl ?? DEFAULT_TTL_SECONDS, values: [] };
  return { srv: record, txt: txt ?? { ttlSeconds: txtTtl ?? record.ttlSeconds, values: [] } };
};

/** A set without values is no set. */
export const stateOf = ({ srv, txt }: Draft): NameState => ({
  ...(srv.values.length === 0 ? {} : { srv }),
  ...(txt.values.length === 0 ? {} : { txt }),
});

/** The TTLs that making the sets of `before` again from `after` would not give by itself. */
export const lostTtl = (before: NameState, after: NameState): Pick<PutBack, 'ttl'> => {
  const again = draftOf(after);
  const srv = before.srv && before.srv.ttlSeconds !== again.srv.ttlSeconds ? { srv: before.srv.ttlSeconds } : {};
  const txt = before.txt && before.txt.ttlSeconds !== again.txt.ttlSeconds ? { txt: before.txt.ttlSeconds } : {};
  const ttl = { ...srv, ...txt };
  return Object.keys(ttl).length === 0 ? {} : { ttl };
};
