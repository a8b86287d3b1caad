/** A lab with few machines, in which a whole check takes a fraction of a second. */
import { createLab, type Lab, type LabSetup } from '../../lab/lab.ts';
import { seededWorld } from '../../lab/world/seeded-world.ts';
import type { WorldState } from '../../lab/world/types.ts';

/** Healthy, broken, offline, foreign platform, other site. */
export const SMALL_WORLD = ['kms-01', 'web-01', 'erp-01', 'app-09', 'nat-01', 'eu-web-01'] as const;

/** The seeded world with these machines alone, and with those named besides. */
export const smallWorld = (besides: readonly string[] = []): WorldState => {
  const state = seededWorld({ seed: 1, nowMs: Date.now() });
  const names: readonly string[] = [...SMALL_WORLD, ...besides];
  return { ...state, nodes: state.nodes.filter(({ name }) => names.includes(name)) };
};

export const startSmallLab = (setup: Partial<LabSetup> = {}, besides: readonly string[] = []): Promise<Lab> =>
  createLab({ port: 0, seed: 1, state: smallWorld(besides), ...setup });
