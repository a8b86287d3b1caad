/** Which of several causes is named first. */
import type { DiagnosedCause } from './cause.ts';
import { hasRead, type Look } from './look.ts';
import { type Candidate, type Found, type Rule, STAGES } from './rule.ts';
import { RULES } from './rules.ts';

/** What every rule finds, the first to be named first. */
export function rank(look: Look): readonly Found[] {
  const found: Found[] = [];
  for (const rule of RULES) {
    const candidate = rule.find(look);
    if (candidate !== undefined) found.push({ ...candidate, rule, confidence: honest(look, rule, candidate) });
  }
  return found.sort((one, other) => standing(one) - standing(other)).filter(isFirstOfItsKind);
}

/** Whether a rule is sure of something that will stop the next attempt: all that is asked of a machine that works. */
export const foresees = (look: Look): boolean =>
  RULES.some((rule) => {
    if (rule.stage === 'now') return false;
    const candidate = rule.find(look);
    return candidate !== undefined && honest(look, rule, candidate) === 'sure';
  });

/** Nothing is sure that no probe which could prove it was read. */
function honest({ record, hosts }: Look, { looksAt }: Rule, { confidence }: Candidate): Candidate['confidence'] {
  if (confidence !== 'sure') return confidence;
  const records = [record, ...hosts.flatMap((host) => host.record ?? [])];
  return records.some((each) => looksAt.some((probe) => hasRead(each, probe))) ? 'sure' : 'likely';
}

/** What is only possible comes after everything that something speaks for; then by the order of an attempt. */
const standing = ({ confidence, rule }: Found): number =>
  (confidence === 'possible' ? STAGES.length : 0) + STAGES.indexOf(rule.stage);

const isFirstOfItsKind = ({ cause }: Found, index: number, all: readonly Found[]): boolean =>
  !all.slice(0, index).some((other) => isSameCause(other.cause, cause));

const isSameCause = (one: DiagnosedCause, other: DiagnosedCause): boolean =>
  one.kind === other.kind && JSON.stringify(one) === JSON.stringify(other);
