/** Worlds with exactly as many machines as a benchmark is about. */
import { seededWorld } from '../lab/world/seeded-world.ts';
import type { LabNode, WorldState } from '../lab/world/types.ts';

/** The tag that marks the fleet, as configured in the lab. */
const FLEET_TAG = 'KmsManaged';

/** Sites that a check is about; every site when absent. */
export interface Scope {
  readonly site?: string;
}

/** The machines that `all` means: those that carry the fleet's tag. */
export const machinesMeant = (state: WorldState, { site }: Scope): readonly LabNode[] =>
  state.nodes.filter((node) => node.tags[FLEET_TAG] === 'true' && (site === undefined || node.site === site));

/**
 * The seeded world with the default site filled up until `all` means exactly this many machines.
 *
 * @throws when that cannot be: the seeded fleet alone has more.
 */
export const worldOf = (machines: number, scope: Scope, seed: number): WorldState => {
  const nowMs = Date.now();
  const seeded = seededWorld({ seed, nowMs });
  const home = seeded.nodes.filter((node) => node.site === seeded.sites[0]?.id).length;
  const nodes = home + machines - machinesMeant(seeded, scope).length;
  const state = seededWorld({ seed, nowMs, nodes });
  const meant = machinesMeant(state, scope).length;
  if (meant !== machines) throw new Error(`A fleet of ${machines} machines cannot be made; the nearest has ${meant}`);
  return state;
};
