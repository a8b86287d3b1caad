import { CHANGE_DOCUMENTS } from '../../bot/domain/change/change-wire.ts';
import type { DocumentRunner } from './aws/types.ts';
import { runChange } from './change-documents/run.ts';
import { inspect } from './world/inspect-model.ts';
import type { ChangeSurface, Surface } from './world/surface.ts';
import type { DocumentRun, World } from './world/types.ts';

/** Runs a document on what a machine shows: the lab's model of it, or real PowerShell. */
export type RunOnSurface = (
  document: { readonly name: string; readonly content: unknown },
  parameters: Readonly<Record<string, readonly string[]>>,
  machine: DocumentMachine,
) => Promise<DocumentRun>;

/** What a document runs on: what the machine shows, and what may be changed of it, for one run. */
export interface DocumentMachine {
  readonly nodeId: string;
  readonly surface: Surface;
  readonly changes: () => ChangeSurface;
}

/** The lab's models, by document. A document without one is refused: the lab never invents an output. */
export const runModel: RunOnSurface = async (document, parameters, { nodeId, surface, changes }) => {
  const changing = CHANGE_DOCUMENTS.find((name) => name === document.name);
  if (changing !== undefined) {
    const [operation = '', options = ''] = [parameters.Operation?.[0], parameters.Options?.[0]];
    return runChange({ document: changing, operation, options }, changes());
  }
  if (document.name !== 'KmsBot-Inspect') throw new Error(`The lab has no model of the document ${document.name}`);
  const text = parameters.Options?.[0] ?? '';
  const options = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Record<string, unknown>;
  const { line, seconds } = inspect(surface, { ...options, nodeId });
  return { seconds, exitCode: 0, stdout: `${line}\r\n`, stderr: '' };
};

/** What the agent of each machine does with a document: brings the machine up to now, then runs it there. */
export const documentRunner =
  (world: World, run: RunOnSurface): DocumentRunner =>
  async (nodeId, document, parameters) => {
    world.catchUp(nodeId);
    const changes = () => world.changeSurface(nodeId);
    return run(document, parameters, { nodeId, surface: world.surface(nodeId), changes });
  };
