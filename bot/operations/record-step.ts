/** What the requester's message shows while a record's change is carried out. */
import type { ChangeMessage } from '../domain/change/change-message.ts';
import type { Content } from '../ports.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import { changeContent } from './change-waves.ts';
import { type Shown, showContent } from './message.ts';
import { planInForce } from './plan-in-force.ts';

/** A change that is carried out. */
export interface RecordRun {
  readonly of: ChangeCase;
  readonly decidedBy: string;
  /** When it began to be. */
  readonly sinceMs: number;
  /** What the message shows meanwhile, where the record is part of another change. */
  readonly content?: (facts: StepFacts) => Promise<Content>;
}

/** What the message showed last; only display depends on it. */
export interface View {
  shown: Shown;
}

type Stage = Extract<ChangeMessage['stage'], { at: 'writing-record' }>;
export type StepFacts = Pick<Stage, 'step' | 'waitingSeconds' | 'cachedSeconds'>;

/** The content that says how far it is. */
export const stepContent = async (
  deps: ChangeDeps,
  { of, decidedBy, sinceMs, content }: RecordRun,
  facts: StepFacts,
): Promise<Content> => {
  if (content !== undefined) return content(facts);
  return changeContent(of, {
    at: 'writing-record',
    plan: await planInForce(deps, of.id),
    sinceMs,
    decidedBy,
    ...facts,
  });
};

/** Shows it where it is new, and time. */
export const showStep = async (deps: ChangeDeps, run: RecordRun, view: View, facts: StepFacts): Promise<void> => {
  const digest = JSON.stringify(facts);
  view.shown = await showContent(deps, run.of.talk, view.shown, digest, () => stepContent(deps, run, facts));
};
