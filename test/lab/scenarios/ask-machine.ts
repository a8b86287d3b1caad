/** One machine asked through the model of the document, and the whole fleet. */
import { unpack } from '../../../bot/aws/unpack.ts';
import { type Reading, readJson, readOutput } from '../../../bot/domain/inspection-line.ts';
import { whyNotAskable } from '../../../bot/domain/node-selection.ts';
import { random, seedOf } from '../random.ts';
import { inspect } from '../world/inspect-model.ts';
import { runsWindows } from '../world/law-context.ts';
import { managedNodeOf } from './managed-node.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { withoutProbes } from './unread.ts';

/** How facts are gathered. */
export interface FactsOptions {
  /** Share of probes that stay unread, 0 to 1, of the machine's record and of each host's; 0 when absent. */
  readonly unread?: number;
  /** Hosts outside Systems Manager that the configuration names; the world's own when absent. */
  readonly knownHosts?: readonly string[];
}

/** Runs the model of the document on a machine, and reads what it printed. */
export function ask(world: ScenarioWorld, nodeId: string, { unread = 0, knownHosts }: FactsOptions): Reading {
  const { line } = inspect(world.surface(nodeId), { bind: 'all', nodeId, known: knownHosts ?? world.knownHosts });
  const reading = readOutput(line, unpack);
  if (unread === 0 || reading.kind !== 'record') return reading;
  return readJson(withoutProbes(reading.json, unread, random(world.seed ^ seedOf(`unread ${nodeId}`))));
}

/** Looks at KMS hosts and at one machine, as yesterday's check did, and keeps what those that can be asked say. */
export function rememberFleet(world: ScenarioWorld, nodeId: string): void {
  for (const node of world.state.nodes) {
    if (node.id !== nodeId && node.windows?.kmsHostRole === undefined) continue;
    if (!runsWindows(node) || whyNotAskable(managedNodeOf(node)) !== undefined) continue;
    const reading = ask(world, node.id, {});
    if (reading.kind === 'record') world.ledger.set(node.id, { json: reading.json, atMs: world.now() });
  }
}
