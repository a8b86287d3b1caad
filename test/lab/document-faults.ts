/** What can go wrong on a machine while a document runs there. */
import type { ActiveFault, DocumentRunner } from './aws/types.ts';
import type { Faults } from './faults.ts';
import type { DocumentRun } from './world/types.ts';
import type { LabWorld } from './world/world.ts';

/** Longer than any step may take: the agent kills it. */
const STUCK_SECONDS = 1_000_000;

const NOTHING: DocumentRun = { seconds: 1, exitCode: 1, stdout: '', stderr: '' };

/** Runs documents as the faults have it: each strikes a machine once. */
export const withDocumentFaults = (run: DocumentRunner, world: LabWorld, faults: Faults): DocumentRunner => {
  const struck = new Set<string>();
  const silent = new Set<string>();
  faults.whenCleared(() => {
    for (const nodeId of silent) setOnline(world, nodeId, true);
    silent.clear();
  });
  const faultFor = (nodeId: string, document: string): ActiveFault | undefined =>
    faults
      .active()
      .find(
        ({ id, fault, node, document: only }) =>
          (fault === 'agent-lost' || fault === 'document-stuck') &&
          node === nodeId &&
          (only === undefined || only === document) &&
          !struck.has(id),
      );
  return async (nodeId, document, parameters) => {
    const fault = faultFor(nodeId, document.name);
    if (fault === undefined) return run(nodeId, document, parameters);
    struck.add(fault.id);
    if (fault.fault === 'document-stuck') return { ...NOTHING, seconds: STUCK_SECONDS };
    const result = fault.before === true ? NOTHING : await run(nodeId, document, parameters);
    silent.add(nodeId);
    setOnline(world, nodeId, false);
    return result;
  };
};

/** A silent agent's last word is as old as its silence; what it had to tell comes when it is back, or never. */
const setOnline = (world: LabWorld, nodeId: string, online: boolean): void => {
  const node = world.node(nodeId);
  if (node !== undefined) node.agent.online = online;
};
