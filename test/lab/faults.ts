/** Everything that can be broken on purpose: in the world, at AWS, at Slack, in a function's process. */
import type { ActiveFault } from './aws/types.ts';
import { type Directories, FAULTS_ELSEWHERE, InvalidFaultElsewhere, readFaultElsewhere } from './faults-elsewhere.ts';
import { Refused } from './http/json.ts';
import { InvalidFault } from './world/fault-targets.ts';
import type { LabWorld } from './world/world.ts';
import { breakWorld, WORLD_FAULTS } from './world/world-faults.ts';

export interface Faults {
  /** The vocabulary, with each fault's target and parameters. */
  readonly vocabulary: readonly { readonly fault: string }[];
  active(): readonly ActiveFault[];
  /** Breaks something; throws a sentence that says what exists when the fault is not known. */
  add(request: Readonly<Record<string, unknown>>): ActiveFault;
  /** Mends everything. */
  clear(): void;
  /** Called when everything is mended: by the parts that a fault made change the world. */
  whenCleared(undo: () => void): void;
}

type Request = Readonly<Record<string, unknown>>;

const VOCABULARY = [...WORLD_FAULTS, ...FAULTS_ELSEWHERE];

/** @throws Refused with the sentence of whoever knows the fault. */
const orRefused = <T>(act: () => T): T => {
  try {
    return act();
  } catch (error) {
    if (error instanceof InvalidFault || error instanceof InvalidFaultElsewhere) throw new Refused(error.message);
    throw error;
  }
};

/** No faults yet. Faults of the world change it and are undone by `clear`; the others are asked by the parts concerned. */
export const createFaults = (world: () => LabWorld, now: () => number, directories: Directories): Faults => {
  let active: { readonly fault: ActiveFault; readonly undo: () => void }[] = [];
  const watching: (() => void)[] = [];
  let count = 0;
  const breakNow = (request: Request): { readonly facts: Request; readonly undo: () => void } => {
    const elsewhere = FAULTS_ELSEWHERE.find(({ fault }) => fault === request.fault);
    if (elsewhere !== undefined) return { facts: readFaultElsewhere(elsewhere, request, directories), undo: () => {} };
    return { facts: request, undo: breakWorld(world(), request, now()) };
  };
  return {
    vocabulary: VOCABULARY,
    active: () => active.map(({ fault }) => fault),
    add: (request) => {
      const known = VOCABULARY.find(({ fault }) => fault === request.fault);
      if (known === undefined) {
        const names = VOCABULARY.map(({ fault }) => fault).join(', ');
        throw new Refused(
          `fault: there is no ${JSON.stringify(request.fault) ?? 'fault without a name'}; there are ${names}`,
        );
      }
      const { facts, undo } = orRefused(() => breakNow(request));
      count += 1;
      const fault: ActiveFault = { ...facts, id: `fault-${count}`, fault: known.fault };
      active.push({ fault, undo });
      return fault;
    },
    clear: () => {
      for (const { undo } of active.toReversed()) undo();
      active = [];
      for (const undo of watching) undo();
    },
    whenCleared: (undo) => {
      watching.push(undo);
    },
  };
};
