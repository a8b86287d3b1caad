/** Named scenarios under diagnosis: what is said of each, and what is wrong with that. */
import { diagnose } from '../../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../bot/domain/diagnosis/diagnosis.ts';
import { factsFrom } from '../facts.ts';
import { attemptAfter, isRight, isRightAmongTwo } from '../oracle.ts';
import { isProved } from '../proof.ts';
import type { Story } from '../story.ts';
import type { Scenario } from './scenario.ts';

/** A scenario's diagnosis; `faults` is empty when everything about it is right. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly faults: readonly string[];
}

/** Diagnoses a scenario and compares with what the scenario and its world say. */
export function diagnoseScenario(scenario: Scenario): Diagnosed {
  const story = scenario.build();
  const facts = factsFrom(story.world, story.nodeId);
  const diagnosis = diagnose(facts);
  const { first, state } = diagnosis;
  const faults = [
    state === scenario.state ? '' : `state ${state} instead of ${scenario.state}`,
    kindFault(scenario, diagnosis),
    isRightFor(scenario, story, diagnosis) ? '' : 'mending what it names does not help',
    first?.confidence === 'sure' && !isProved(diagnosis, facts) ? 'sure without proof' : '',
    officeFault(scenario, story, diagnosis),
  ];
  return { diagnosis, faults: faults.filter((fault) => fault !== '') };
}

function kindFault({ expects }: Scenario, { first }: Diagnosis): string {
  const kind = first?.cause.kind;
  const fits = kind === undefined ? expects.length === 0 : expects.includes(kind);
  return fits ? '' : `${kind ?? 'nothing'} instead of ${expects.join(' or ') || 'nothing'}`;
}

function isRightFor({ causes, gives }: Scenario, story: Story, diagnosis: Diagnosis): boolean {
  const { world, nodeId } = story;
  const several = diagnosis.first?.cause.kind !== 'office' && causes(story).length > 1;
  if (several) return isRightAmongTwo(world, nodeId, { ...diagnosis, runnersUp: [] });
  return isRight(world, nodeId, diagnosis) || (gives === undefined && diagnosis.first !== undefined);
}

function officeFault({ office }: Scenario, { world, nodeId }: Story, diagnosis: Diagnosis): string {
  if (office === undefined) return '';
  const cause = diagnosis.office?.first?.cause;
  if (office === 'well') return diagnosis.office?.state === 'well' ? '' : 'Office is not called well';
  if (cause?.kind !== 'office' || cause.of !== office) return `Office: ${JSON.stringify(cause)} instead of ${office}`;
  return attemptAfter(world, nodeId, [cause])?.office === true ? '' : 'mending what it names of Office does not help';
}
