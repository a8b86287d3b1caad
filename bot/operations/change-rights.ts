/** Whether the person who asked may have a change made: judged when it begins, and again before it is carried out. */
import { decideRight, mayAnywhere, type NodeScope } from '../domain/rights/rights.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { End } from './change-end.ts';

type Refusal = NonNullable<End['refusal']>;

/** Judged once more where the change is made: what the click or command was allowed may be so no longer. */
export const refusedBeforehand = async (
  deps: ChangeDeps,
  { person, talk }: Pick<ChangeCase, 'person' | 'talk'>,
): Promise<Refusal | undefined> => {
  const decision = mayAnywhere(deps.settings.rules, person, 'operator');
  if (!decision.allowed) return { kind: 'no-right', right: 'operator', why: decision.why };
  const shared = await deps.people.isShared(talk.place.channelId);
  return shared ? { kind: 'shared-channel' } : undefined;
};

/**
 * Hours may lie between request and approval: who left, or lost the right, changes nothing any more. `scope` is the one
 * place that the change is about; absent where each machine has its own.
 */
export const refusedSince = async (deps: ChangeDeps, of: ChangeCase, scope?: NodeScope): Promise<Refusal | null> => {
  const person = await deps.people.find(of.talk.place.userId);
  const refusal = await refusedBeforehand(deps, { ...of, person });
  return refusal ?? (scope === undefined ? undefined : refusedThere(deps, { person }, scope)) ?? null;
};

/** The same for one place, once it is known. */
export const refusedThere = (
  { settings: { rules } }: Pick<ChangeDeps, 'settings'>,
  { person }: Pick<ChangeCase, 'person'>,
  scope: NodeScope,
): Refusal | undefined => {
  const decision = decideRight(rules, person, 'operator', scope);
  return decision.allowed ? undefined : { kind: 'no-right', right: 'operator', why: decision.why };
};
