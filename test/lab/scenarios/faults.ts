/** Every fault a company can be broken by. */
import type { FaultOf } from './fault.ts';
import { FAULTS_OF_HOSTS } from './faults-of-hosts.ts';
import { FAULTS_OF_LICENCES } from './faults-of-licences.ts';
import { FAULTS_OF_NAMES } from './faults-of-names.ts';

/** All of them, with the weight each has when one is drawn. */
export const FAULTS: readonly FaultOf[] = [...FAULTS_OF_NAMES, ...FAULTS_OF_LICENCES, ...FAULTS_OF_HOSTS];

/** The fault of that id. @throws where there is none. */
export function faultNamed(id: string): FaultOf {
  const fault = FAULTS.find((known) => known.id === id);
  if (fault === undefined) throw new Error(`There is no fault ${id}`);
  return fault;
}
