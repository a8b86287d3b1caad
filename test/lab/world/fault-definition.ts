/** How a fault of the world is described and carried out. */
import type { Parameters, Undo } from './fault-effects.ts';
import type { WorldState } from './types.ts';
import type { LabWorld } from './world.ts';

/** One parameter of a fault, as data. */
export interface FaultParameter {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly description: string;
  /** Used when the parameter is not given; one without default has to be given. */
  readonly default?: string | number;
}

/** A fault as people and programs are told of it. */
export interface WorldFault {
  readonly fault: string;
  readonly description: string;
  readonly target: 'machine' | 'KMS host' | 'managed KMS host' | 'zone' | 'address' | 'record name';
  readonly parameters: readonly FaultParameter[];
}

/** A fault with what it does. */
export interface FaultDefinition extends WorldFault {
  readonly apply: (state: WorldState, target: string, given: Parameters, nowMs: number, world: LabWorld) => Undo;
}

/** A text that a fault takes; to be given where there is no fallback. */
export const text = (name: string, description: string, fallback?: string): FaultParameter => ({
  name,
  type: 'string',
  description,
  ...(fallback === undefined ? {} : { default: fallback }),
});
/** A number that a fault takes. */
export const number = (name: string, description: string, fallback: number): FaultParameter => ({
  name,
  type: 'number',
  description,
  default: fallback,
});
