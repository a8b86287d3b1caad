/** Documents of the lab answered by real PowerShell instead of the lab's models. */
import type { RunOnSurface } from '../lab/document-runner.ts';
import { type InspectRun, inspect } from '../lab/world/inspect-model.ts';
import { type ScriptDocument, scriptOf } from './document-script.ts';
import type { PowerShell } from './powershell.ts';
import { recordSurface } from './surface-table.ts';

/** As the model: starting PowerShell and answering local questions. */
const START_SECONDS = 2;

/**
 * A runner for `npm start -- --powershell`: the document's own text runs against what the machine shows. The questions
 * are those that the lab's model asks of the machine; one more is refused, and rejects with its name.
 */
export const runOnSurface =
  (powershell: PowerShell): RunOnSurface =>
  async (document, parameters, { nodeId, surface: inner }) => {
    if (document.name !== 'KmsBot-Inspect') throw new Error(`The lab has no table for the document ${document.name}`);
    const values = Object.fromEntries(Object.entries(parameters).map(([name, [value = '']]) => [name, value]));
    const { surface, table } = recordSurface(inner, nodeId);
    const options = JSON.parse(Buffer.from(values.Options ?? 'e30=', 'base64').toString('utf8')) as InspectRun;
    inspect(surface, { ...options, nodeId });
    const run = await powershell.run(scriptOf(document.content as ScriptDocument, values), table);
    const { refused, slept, ms, exitCode, stdout, stderr } = run;
    if (refused.length > 0) throw new Error(`${document.name} asked ${nodeId} in vain: ${refused.join('; ')}`);
    return { seconds: START_SECONDS + slept + Math.ceil(ms / 1000), exitCode, stdout, stderr };
  };
