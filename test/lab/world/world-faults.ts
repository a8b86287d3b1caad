/** The vocabulary of what can be broken in the world. A fault changes state; everything seen of it follows from that. */
import type { FaultDefinition, FaultParameter, WorldFault } from './fault-definition.ts';
import type { Parameters, Undo } from './fault-effects.ts';
import { InvalidFault } from './fault-targets.ts';
import { HOST_FAULTS } from './faults-of-hosts.ts';
import { MACHINE_FAULTS } from './faults-of-machines.ts';
import { NETWORK_FAULTS } from './faults-of-networks.ts';
import type { LabWorld } from './world.ts';

const DEFINITIONS: readonly FaultDefinition[] = [...HOST_FAULTS, ...NETWORK_FAULTS, ...MACHINE_FAULTS];

/** Every fault of the world with its target and parameters, as data. */
export const WORLD_FAULTS: readonly WorldFault[] = DEFINITIONS.map(({ apply: _, ...described }) => described);

/**
 * Breaks something: `{fault, target, …parameters}`. What was due before happens first. The returned function mends
 * exactly this. @throws InvalidFault for a fault, target or parameter that does not exist, saying what does.
 */
export function breakWorld(
  world: LabWorld,
  request: Readonly<Record<string, unknown>>,
  nowMs: number = world.now(),
): Undo {
  const { fault, target, ...given } = request;
  const definition = DEFINITIONS.find((known) => known.fault === fault);
  if (definition === undefined) {
    const names = DEFINITIONS.map((known) => known.fault).join(', ');
    throw new InvalidFault(`fault: there is no ${String(fault)}; there are ${names}`);
  }
  if (typeof target !== 'string' || target === '')
    throw new InvalidFault(`target: ${fault} needs a ${definition.target}`);
  const parameters = readParameters(definition, given);
  world.catchUpAll();
  const undo = definition.apply(world.state, target, parameters, nowMs, world);
  return () => {
    world.catchUpAll();
    undo();
  };
}

function readParameters(definition: FaultDefinition, given: Readonly<Record<string, unknown>>): Parameters {
  const known = definition.parameters.map((parameter) => parameter.name);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const has = known.length === 0 ? 'none' : known.join(', ');
    throw new InvalidFault(`${name}: ${definition.fault} has no such parameter; it has ${has}`);
  }
  return Object.fromEntries(
    definition.parameters.map((parameter) => [parameter.name, readOne(definition, parameter, given)]),
  );
}

function readOne(
  definition: FaultDefinition,
  parameter: FaultParameter,
  given: Readonly<Record<string, unknown>>,
): string | number {
  const value = given[parameter.name] ?? parameter.default;
  if (value === undefined)
    throw new InvalidFault(`${parameter.name}: ${definition.fault} needs ${parameter.description}`);
  if (
    typeof value === 'number' ? parameter.type === 'number' && Number.isFinite(value) : typeof value === parameter.type
  ) {
    return value as string | number;
  }
  throw new InvalidFault(`${parameter.name}: has to be a ${parameter.type}`);
}
