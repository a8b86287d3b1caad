/** What can go wrong on a machine while a document runs there. */
import type { ActiveFault, DocumentRunner } from './aws/types.ts';
import type { DocumentRun } from './world/types.ts';
import type { LabWorld } from './world/world.ts';

/** Longer than any step may take: the agent kills it. */
const STUCK_SECONDS = 1_000_000;

const NOTHING: DocumentRun = { seconds: 1, exitCode: 1, stdout: '', stderr: '' };

/** The agent falls silent; what it had to tell comes when it is back, or never. */
const loseAgent = (world: LabWorld, nodeId: string): void => {
  const node = world.state.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return;
  node.agent.online = false;
  world.changed(nodeId);
};

/** Runs documents as the faults have it: each strikes a machine once. */
export const withDocumentFaults = (
  run: DocumentRunner,
  world: LabWorld,
  active: () => readonly ActiveFault[],
): DocumentRunner => {
  const struck = new Set<string>();
  const faultFor = (nodeId: string, document: string): ActiveFault | undefined => {
    const name = world.state.nodes.find(({ id }) => id === nodeId)?.name.toLowerCase();
    return active().find(
      ({ id, fault, node, document: only }) =>
        (fault === 'agent-lost' || fault === 'document-stuck') &&
        !struck.has(`${id} ${nodeId}`) &&
        [nodeId, name].includes(String(node).toLowerCase()) &&
        (only === undefined || only === document),
    );
  };
  return async (nodeId, document, parameters) => {
    const fault = faultFor(nodeId, document.name);
    if (fault === undefined) return run(nodeId, document, parameters);
    struck.add(`${fault.id} ${nodeId}`);
    if (fault.fault === 'document-stuck') return { ...NOTHING, seconds: STUCK_SECONDS };
    const result = fault.before === true ? NOTHING : await run(nodeId, document, parameters);
    loseAgent(world, nodeId);
    return result;
  };
};
