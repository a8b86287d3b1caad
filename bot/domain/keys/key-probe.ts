/** What a machine says of a stored key that it was asked to fetch and look at. */
import type { DocumentAnswer } from '../change/outcome.ts';
import type { KeyProbe } from './stored-key.ts';

/** An answer that neither has the key's end nor says what stands in the way tells nothing of the key. */
export const keyProbeOf = (answer: DocumentAnswer): KeyProbe => {
  if (answer.kind !== 'record') return { kind: 'no-answer', detail: answer.detail };
  const { result, why, tail, via, need, who, step, code } = answer.record;
  if (result === 'done' && tail !== undefined) return { kind: 'readable', tail, via: via ?? 'instance' };
  if (why === 'secret-malformed') return { kind: 'malformed' };
  if (why !== 'secret-unreadable') return { kind: 'no-answer', detail: why ?? step ?? result };
  return {
    kind: 'unreadable',
    ...(need === undefined ? {} : { need }),
    ...(who === undefined ? {} : { who: roleIn(who) }),
    ...(step === undefined ? {} : { step }),
    ...(code === undefined ? {} : { code }),
  };
};

/** The role without its session, which every machine has of its own: those of one role are told together. */
const roleIn = (who: string): string => who.replace(/^(arn:[a-z-]+:sts::[0-9]+:assumed-role\/[^/]+)\/.*$/, '$1');
