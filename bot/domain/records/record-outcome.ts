/** How a change of a record ended, and what a machine's own resolver gives afterwards. */
import type { NodeId } from '../nodes.ts';

/** What one machine's resolver gave for the record. */
export interface ResolverAnswer {
  readonly nodeId: NodeId;
  readonly siteId: string;
  readonly name: string;
  /** Compared with the plan, by target, port, priority and weight. `nothing`: the name does not exist, or failed. */
  readonly gives: 'planned' | 'before' | 'otherwise' | 'nothing';
  /** What it gave, as `priority weight port target.`; at most eight. */
  readonly values: readonly string[];
  /** The code of a failed question. */
  readonly code?: string;
  /** Whether a target that the plan added is reached from there; absent where that was not tried. */
  readonly reaches?: boolean;
  /** The machine was asked once more when nobody may have kept the earlier record any longer, and it gives it still. */
  readonly outlived?: true;
  /** The name of every target that the plan added has no address there. */
  readonly unresolved?: true;
}

/**
 * Why Route 53 did not take a batch: the zone is gone, a limit or quota is reached, a value is none that it takes, the
 * name is not permitted there, something else has come to stand at the name, or the batch is malformed: our mistake.
 */
export type WriteRefusal = 'zone-gone' | 'limit' | 'value' | 'name' | 'conflict' | 'malformed';

/** Who can mend it: whoever keeps the zone, or whoever runs the bot. */
export const MENDED_BY: Readonly<Record<WriteRefusal, 'dns-owner' | 'bot-owner'>> = {
  'zone-gone': 'bot-owner',
  limit: 'dns-owner',
  value: 'dns-owner',
  name: 'dns-owner',
  conflict: 'dns-owner',
  malformed: 'bot-owner',
};

export interface RecordOutcome {
  /** `moved`: somebody else changed the set first; nothing was written. `failed`: Route 53 refused the batch. */
  readonly result: 'done' | 'moved' | 'failed';
  /** Only of one that was overtaken by another change of ours: its id. */
  readonly by?: string;
  /** Only of a failure: why, and Route 53's own words for it. */
  readonly why?: WriteRefusal;
  readonly detail?: string;
  /** The answer to the batch was lost, and the set is as planned: it cannot be followed to INSYNC. */
  readonly answerLost?: true;
  /** Whether all name servers have it; false where waiting was given up. */
  readonly inSync?: boolean;
  /** The right without which that could not be followed. */
  readonly missingRight?: string;
  /** What machines' resolvers gave; empty where none could be asked. */
  readonly answers: readonly ResolverAnswer[];
  /** Why no machine was asked. */
  readonly unasked?: 'public-zone' | 'no-machine' | 'no-answer';
}
