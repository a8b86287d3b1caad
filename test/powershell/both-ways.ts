/** One case run by the lab's model and by the document's own text in PowerShell. */
import { inspectDocument } from '../../infra/lib/documents.ts';
import { unpackLine } from '../lab/inspect/line.ts';
import { encodeOptions, inspect } from '../lab/world/inspect-model.ts';
import { scriptOf } from './document-script.ts';
import type { InspectCase } from './plain-case.ts';
import type { PowerShell, PowerShellRun } from './powershell.ts';
import { recordSurface, type SurfaceTable } from './surface-table.ts';

/** What a run comes to, comparable whoever made it: compressed records after unpacking. */
export interface Outcome {
  readonly json: string;
  readonly packed: boolean;
  readonly seconds: number;
}

/** The lab's model on a case, with every question it asked. */
export const runModel = (one: InspectCase): { outcome: Outcome; table: SurfaceTable; line: string } => {
  const { surface, table } = recordSurface(one.surface, one.run.nodeId);
  const { line, seconds } = inspect(surface, one.run);
  if (one.without) table.without = one.without;
  if (one.culture) table.culture = one.culture;
  return { outcome: { json: unpackLine(line), packed: line.startsWith('KMSBOT1Z'), seconds }, table, line };
};

/** The document's script for these options, as the agent would write it. */
export const inspectScript = (one: Pick<InspectCase, 'run'>): string =>
  scriptOf(inspectDocument(), { Options: encodeOptions(one.run) });

/** Starting PowerShell takes the model two seconds as well. */
const START_SECONDS = 2;

/** Reads a run's output; throws when the document did anything but print one record. */
export const outcomeOf = (run: PowerShellRun): Outcome => {
  if (run.refused.length > 0) throw new Error(`refused: ${run.refused.join('; ')}`);
  if (run.exitCode !== 0 || run.stderr !== '') throw new Error(`exit ${run.exitCode}: ${run.stderr}`);
  if (!/^[ -~]+\r\n$/.test(run.stdout)) throw new Error(`not one line of ASCII: ${JSON.stringify(run.stdout)}`);
  const line = run.stdout.slice(0, -2);
  return {
    json: unpackLine(line),
    packed: line.startsWith('KMSBOT1Z'),
    seconds: START_SECONDS + run.slept + Math.ceil(run.ms / 1000),
  };
};

/** Runs the document's own text on the questions that the model asked. */
export const runPowerShell = async (powershell: PowerShell, one: InspectCase, table: SurfaceTable): Promise<Outcome> =>
  outcomeOf(await powershell.run(inspectScript(one), table));
