/** Documents of the lab answered by real PowerShell instead of the lab's models. */
import { CHANGE_DOCUMENTS } from '../../bot/domain/change/change-wire.ts';
import type { DocumentMachine, RunOnSurface } from '../lab/document-runner.ts';
import { type InspectRun, inspect } from '../lab/world/inspect-model.ts';
import { CHANGE_METHODS, ProcessDied } from '../lab/world/surface.ts';
import { type ScriptDocument, scriptOf } from './document-script.ts';
import { environmentOf, type PowerShell, type PowerShellRun } from './powershell.ts';
import { recordSurface } from './surface-table.ts';

/** As the model: starting PowerShell and answering local questions. */
const START_SECONDS = 2;
/** Longer than any step may take: the agent waits in vain for a process that died. */
const NEVER_SECONDS = 86_400;

/**
 * A runner for `npm start -- --powershell`: the document's own text runs against what the machine shows. The questions
 * of an inspection are those that the lab's model asks of the machine; one more is refused, and rejects with its name.
 * A changing document is answered as it asks.
 */
export const runOnSurface =
  (powershell: PowerShell): RunOnSurface =>
  async (document, parameters, machine) => {
    const values = Object.fromEntries(Object.entries(parameters).map(([name, [value = '']]) => [name, value]));
    const script = scriptOf(document.content as ScriptDocument, values);
    const isChange = CHANGE_DOCUMENTS.some((name) => name === document.name);
    if (!isChange && document.name !== 'KmsBot-Inspect') {
      throw new Error(`The lab has no table for the document ${document.name}`);
    }
    try {
      const run = isChange
        ? await runChange(powershell, script, machine)
        : await runInspection(powershell, script, values, machine);
      return outcomeOf(document.name, machine.nodeId, run);
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
      return { seconds: NEVER_SECONDS, exitCode: -1, stdout: '', stderr: '' };
    }
  };

const runInspection = (
  powershell: PowerShell,
  script: string,
  values: Readonly<Record<string, string>>,
  { nodeId, surface: inner }: DocumentMachine,
): Promise<PowerShellRun> => {
  const { surface, table } = recordSurface(inner, nodeId);
  const options = JSON.parse(Buffer.from(values.Options ?? 'e30=', 'base64').toString('utf8')) as InspectRun;
  inspect(surface, { ...options, nodeId });
  return powershell.run(script, table);
};

const runChange = (
  powershell: PowerShell,
  script: string,
  { nodeId, changes }: DocumentMachine,
): Promise<PowerShellRun> => {
  const surface = changes();
  const env = { ...environmentOf(surface), AWS_SSM_INSTANCE_ID: nodeId };
  return powershell.runLive(script, { clockMs: surface.clockMs, without: surface.without, env }, (question, args) => {
    const known = CHANGE_METHODS.find((name) => name === question);
    if (known === undefined) throw new Error(`The machine has no ${question}`);
    return (surface[known] as (...given: readonly unknown[]) => unknown)(...args);
  });
};

const outcomeOf = (document: string, nodeId: string, run: PowerShellRun) => {
  const { refused, slept, ms, exitCode, stdout, stderr } = run;
  if (refused.length > 0) throw new Error(`${document} asked ${nodeId} in vain: ${refused.join('; ')}`);
  return { seconds: START_SECONDS + slept + Math.ceil(ms / 1000), exitCode, stdout, stderr };
};
